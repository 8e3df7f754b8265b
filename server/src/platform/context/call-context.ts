import { AsyncLocalStorage } from 'node:async_hooks';

/** What every piece of work carries along without being handed it. */
interface CallContext {
  /** Names the request or job in log lines. */
  traceId: string;
  /** The label of the open transaction, if any. */
  transaction: string | null;
}

/** One storage for everything: Node copies each storage's value to every promise, so a second one would be paid twice. */
const storage = new AsyncLocalStorage<CallContext>();
const NOTHING: CallContext = { traceId: '-', transaction: null };

/** What the running piece of work carries along. */
export const callContext = (): CallContext => storage.getStore() ?? NOTHING;

/** Runs work with some of what it carries along changed. */
export const withContext = <T>(changed: Partial<CallContext>, work: () => T): T => {
  const { traceId, transaction } = callContext();
  return storage.run({ traceId, transaction, ...changed }, work);
};
