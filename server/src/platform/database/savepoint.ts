import { AppError } from '../errors/app-error.js';
import type { Tx } from './tx.js';

/**
 * Runs a part of a transaction that may be refused without refusing the whole: what it wrote until then is taken back, and
 * the refusal comes back as a value. Any other error is not caught, because a deadlock has ended the transaction already.
 */
export async function attempt<T>(tx: Tx, work: () => Promise<T>): Promise<{ value: T } | { refusal: AppError }> {
  await tx.execute('SAVEPOINT attempt');
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await tx.execute('ROLLBACK TO SAVEPOINT attempt');
    return { refusal: error };
  }
}
