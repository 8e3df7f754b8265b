import { log } from '../observability/log.js';

/**
 * Does a piece of work for each item, one after the other. One that fails holds no other up: it is logged, and the first
 * failure is thrown when all had their turn, so that the sweep still counts as failed.
 *
 * @param label names the work in the log, `nameOf` the item; an item itself may hold keys and is never logged
 * @returns how many items the work said yes to
 */
export async function eachAlone<Item>(
  label: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  work: (item: Item) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  const failures: unknown[] = [];
  for (const item of items)
    try {
      if (await work(item)) done += 1;
    } catch (error) {
      failures.push(error);
      log.error(
        { label, item: nameOf(item), problem: (error as Error).message },
        'one piece of work failed; the next goes on',
      );
    }
  if (failures.length > 0) throw failures[0];
  return done;
}
