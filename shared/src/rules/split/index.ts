export * from './entitle.js';
export * from './ratios.js';
export * from './reverse.js';
export * from './split-types.js';
