export * from './token-source.js';
export * from './token-store.js';
export * from './redis-token-store.js';
