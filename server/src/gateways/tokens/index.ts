export * from './token-source.js';
export * from './token-store.js';
