/**
 * Background work that is derived from rows: it looks for what is due, does it, and says how much it did. Sweeps are
 * safe to run twice at once and after any crash, so the queue may lose or repeat them.
 */
export interface Sweep {
  name: string;
  /** How often it runs at least; a wake-up runs it at once. */
  everyMs: number;
  run(): Promise<number>;
}

const sweeps = new Map<string, Sweep>();

/** Registers a sweep when its module starts; the last one with a name wins, so that tests can build the app twice. */
export const registerSweep = (sweep: Sweep): void => void sweeps.set(sweep.name, sweep);
export const allSweeps = (): Sweep[] => [...sweeps.values()];
export const findSweep = (name: string): Sweep | undefined => sweeps.get(name);
