export { Clearing, type Posting } from './application/clearing.js';
export { CloseDays } from './application/close-days.js';
export { CrossStoreCosts } from './application/cross-store-costs.js';
export { ClearingModule } from './clearing.module.js';
export { bearingLegs, reversedLegs } from './domain/bearing.js';
export type { Debt, Leg, Party } from './domain/netting.js';
