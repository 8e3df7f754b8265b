export * from './client.js';
export * from './shop-clock.js';
export * from './transport.js';
