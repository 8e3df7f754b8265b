export { refuseHandOver } from './application/hand-over-errors.js';
export { HandOvers } from './application/hand-overs.js';
export { UndoWays } from './application/undo-ways.js';
export { HandOversModule } from './hand-overs.module.js';
export { type HandOver, HandOverStore } from './persistence/hand-over.store.js';
