import { SimClock } from './clock.js';
import { Faults } from './faults.js';
import { Journal } from './journal.js';
import { StateStore } from './state.js';
import type { World } from './world.js';

/** What every simulator shares: one clock, one fault list, one journal, one world, one state folder. */
export interface SimCore {
  world: World;
  clock: SimClock;
  faults: Faults;
  journal: Journal;
  state: StateStore;
}

/** Builds the shared parts; `stateDir` switches persistence on. */
export function createCore(world: World, stateDir?: string): SimCore {
  const clock = new SimClock();
  const state = new StateStore(stateDir);
  state.register<{ offsetMs: number }>(
    'clock',
    () => ({ offsetMs: clock.offsetMs() }),
    (saved) => clock.restoreOffset(saved.offsetMs),
  );
  clock.onChange(() => state.touch('clock'));
  return { world, clock, faults: new Faults(), journal: new Journal(clock), state };
}
