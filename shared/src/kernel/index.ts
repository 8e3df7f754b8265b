export * from './allocate.js';
export * from './business-day.js';
export * from './canonical-json.js';
export * from './csv-text.js';
export * from './fen.js';
export * from './ids.js';
export * from './money-text.js';
export * from './ratio.js';
