export * from './proof/index.js';
export * from './split/index.js';
