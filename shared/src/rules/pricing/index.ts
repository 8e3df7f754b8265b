export * from './basket.js';
export * from './piece-sets.js';
export * from './price-types.js';
export * from './promotion-stage.js';
