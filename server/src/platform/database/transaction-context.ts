import { Carried } from '../context/carried.js';

/** The label of the transaction that work runs in. */
const labels = new Carried<string>();

/** Runs work marked as "inside a transaction", so that gateway calls in it can be caught. */
export const insideTransaction = <T>(label: string, work: () => Promise<T>): Promise<T> => labels.run(label, work);

/** Runs work outside of any mark, for callbacks that run after the commit. */
export const outsideTransaction = <T>(work: () => T): T => labels.exit(work);

/** The label of the open transaction, if any. */
export const openTransaction = (): string | null => labels.get() ?? null;

let alarm: ((message: string) => void) | null = null;

/** In production a network call inside a transaction is reported, not refused: a shop must not stop for it. */
export const reportNetworkInTransaction = (report: (message: string) => void): void => {
  alarm = report;
};

/**
 * First line of every gateway call. A network call inside a transaction holds row locks for as long as the other side
 * takes, and its effect cannot be rolled back.
 * @throws Error inside a transaction, unless production reports instead.
 */
export function guardOutsideTransaction(gateway: string): void {
  const open = openTransaction();
  if (open === null) return;
  const message = `${gateway} was called inside the transaction of ${open}`;
  if (alarm === null) throw new Error(message);
  alarm(message);
}
