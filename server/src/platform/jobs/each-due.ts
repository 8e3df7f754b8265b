import { log } from '../observability/log.js';
import { eachAlone } from './each-alone.js';
import type { Setbacks } from './setbacks.js';

/** So many items that failed are looked past; when more fail, something is broken for all. */
const PASSED_OVER_MAX = 5_000;

/** Work of a sweep whose items are due until they are done. */
export interface Duty<Item> {
  /** Names the work in the log. */
  label: string;
  /** How many items are worked on in one run at most. */
  batch: number;
  /** What is due, the longest waiting first. */
  due(limit: number): Promise<readonly Item[]>;
  nameOf(item: Item): string;
  /** True when the item is done; false when it has to be tried again. */
  work(item: Item): Promise<boolean>;
  /** All at once, which is what nearly always works; when anything stands in the way, each item goes its own way. */
  together?(items: readonly Item[]): Promise<number>;
}

/**
 * Works on what is due, item by item. One that fails, or has to be tried again, pauses, longer each time, and the read
 * looks past those that pause: however many can never be done, what is behind them gets its turn.
 *
 * @param now the instant of this run
 * @returns how many items are done
 * @throws the first failure, when all had their turn
 */
export async function eachDue<Item>(setbacks: Setbacks, now: Date, duty: Duty<Item>): Promise<number> {
  const { label, batch, nameOf } = duty;
  const limit = batch + Math.min(setbacks.size, PASSED_OVER_MAX);
  const due = await duty.due(limit);
  if (due.length < limit) setbacks.keepOnly(new Set(due.map(nameOf)));
  const ready = due.filter((item) => !setbacks.isWaiting(nameOf(item), now)).slice(0, batch);
  if (duty.together && ready.length > 1)
    try {
      const done = await duty.together(ready);
      for (const item of ready) setbacks.remove(nameOf(item));
      return done;
    } catch (error) {
      log.warn({ label, problem: (error as Error).message }, 'what was to be done together is done one by one');
    }
  return eachAlone(label, ready, nameOf, async (item) => {
    const name = nameOf(item);
    let isDone = false;
    try {
      isDone = await duty.work(item);
    } finally {
      if (isDone) setbacks.remove(name);
      else setbacks.add(name, now);
    }
    return isDone;
  });
}
