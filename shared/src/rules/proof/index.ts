export * from './chain.js';
export * from './proof-file.js';
export type { ProofText } from './proof-text.js';
export { recomputed } from './recompute.js';
export * from './verify.js';
export * from './verify-days.js';
