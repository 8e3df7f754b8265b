export * from './pricing/index.js';
export * from './proof/index.js';
export * from './split/index.js';
