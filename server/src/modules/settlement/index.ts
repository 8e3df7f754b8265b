export { SplitRules } from './application/rules.js';
export { Settlement } from './application/settlement.js';
export { SettlementModule } from './settlement.module.js';
