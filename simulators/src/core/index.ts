export { SimClock } from './clock.js';
export { registerControl } from './control.js';
export { createCore, type SimCore } from './core.js';
export * from './faults.js';
export { installJournal, Journal, type JournalEntry } from './journal.js';
export { jsonBody } from './json-body.js';
export * from './make-keys.js';
export { StateStore } from './state.js';
export * from './world.js';
