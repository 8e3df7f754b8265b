import { callContext, withContext } from '../context/call-context.js';

/** Runs work marked as "inside a transaction", so that gateway calls in it can be caught. */
export const insideTransaction = <T>(label: string, work: () => Promise<T>): Promise<T> =>
  withContext({ transaction: label }, work);

/** Runs work outside of any mark, for callbacks that run after the commit. */
export const outsideTransaction = <T>(work: () => T): T => withContext({ transaction: null }, work);

/** The label of the open transaction, if any. */
export const openTransaction = (): string | null => callContext().transaction;

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
