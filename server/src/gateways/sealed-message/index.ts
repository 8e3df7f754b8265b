export * from './sealed-message.js';
