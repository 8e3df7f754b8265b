export * from './chain.js';
export * from './proof-file.js';
export * from './verify.js';
