export * from './constant-time.js';
export * from './gateway-logger.js';
export * from './http-exchange.js';
export * from './single-flight.js';
