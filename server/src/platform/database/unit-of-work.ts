import type { Id } from '@shuke/shared/kernel';
import type { Clock } from '../clock/clock.js';
import type { IdSource } from '../ids/id-source.js';
import { log } from '../observability/log.js';
import { metrics } from '../observability/metrics.js';
import type { EventDraft } from '../outbox/event.js';
import { handlerCount } from '../outbox/registry.js';
import { type Database, errorNumber, type Queryable } from './database.js';
import { insideTransaction, openTransaction, outsideTransaction } from './transaction-context.js';
import type { Tx } from './tx.js';

export type { Tx } from './tx.js';

const RETRY_ERRORS = new Set([1213, 1205]);
const RETRY_MAX = 3;

/** Raised inside a unit of work to roll back and hand a value out without retrying. */
export class RollBack<T> extends Error {
  constructor(readonly value: T) {
    super('roll back');
  }
}

/** Runs a whole use case as one transaction; see docs/architecture.md, decision 4. */
export class UnitOfWork {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: IdSource,
    private readonly wake: () => void = () => undefined,
  ) {}

  /**
   * Runs work in a transaction. On a deadlock or lock timeout the whole function runs again on a fresh transaction, at
   * most three times, because InnoDB has rolled back everything before it.
   *
   * @param label names the use case in logs and in the guard against network calls
   * @throws Error when called inside another unit of work
   */
  async run<T>(label: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const open = openTransaction();
    if (open !== null) throw new Error(`${label} would nest in the transaction of ${open}`);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(label, work);
      } catch (error) {
        if (error instanceof RollBack) return error.value as T;
        if (attempt > RETRY_MAX || !RETRY_ERRORS.has(errorNumber(error) ?? 0)) throw error;
        metrics.transactionRetries.inc();
        log.warn({ label, attempt }, 'transaction runs again after a lock conflict');
        await new Promise((resume) => setTimeout(resume, 5 * 2 ** attempt + ((attempt * 7) % 11)));
      }
    }
  }

  private async attempt<T>(label: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const open = await this.database.begin();
    const events: EventDraft[] = [];
    const after: (() => void)[] = [];
    let result: T;
    try {
      const now = this.clock.date();
      const tx: Tx = {
        query: (sql, values) => open.query(sql, values),
        execute: (sql, values) => open.execute(sql, values),
        now,
        emit: (event) => void events.push(event),
        afterCommit: (run) => void after.push(run),
      };
      result = await insideTransaction(label, () => work(tx));
      if (events.length > 0) await this.writeOutbox(tx, events, now);
      await open.commit();
    } catch (error) {
      await open.rollback();
      throw error;
    }
    outsideTransaction(() => {
      if (events.length > 0) this.wake();
      for (const run of after) run();
    });
    return result;
  }

  private async writeOutbox(tx: Queryable, events: readonly EventDraft[], now: Date): Promise<void> {
    const rows = events.map((event): [Id, Id, string, string, number, Date] => [
      this.ids.next(),
      event.brandId,
      event.type,
      JSON.stringify(event.payload),
      handlerCount(event.type),
      now,
    ]);
    await tx.execute(
      `INSERT INTO outbox (id, brand_id, type, payload, pending, created_at) VALUES ${rows.map(() => '(?,?,?,?,?,?)').join(',')}`,
      rows.flat(),
    );
  }
}
