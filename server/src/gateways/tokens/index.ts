export * from './redis-token-store.js';
export * from './token-source.js';
export * from './token-store.js';
