export { LevelDesk } from './application/level-desk.js';
export { LevelPeriods } from './application/level-periods.js';
export { Levels, type MemberLevel } from './application/levels.js';
export { DEFAULT_SCHEME, type LevelScheme, levelAt, levelFor, levelView, shownGrowth } from './domain/level-scheme.js';
export { levelInvariants } from './levels.invariants.js';
export { LevelsModule } from './levels.module.js';
