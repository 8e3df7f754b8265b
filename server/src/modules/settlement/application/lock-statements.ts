import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { afterAct, lockingBefore, locksAt, type StatementState } from '../domain/statement-life.js';
import { PayoutStore } from '../persistence/payout.store.js';
import { type StatementKey, StatementStore } from '../persistence/statement.store.js';

const BATCH = 200;
const WHY: Partial<Record<StatementState, string>> = {
  PUBLISHED: '七天里没有异议，视为认可',
  CONFIRMED: '确认满一天，没有撤回',
};

/** Locks statements when their time has come (product.md S6): what is corrected later is an entry of a later day. */
@Injectable()
export class LockStatements {
  private readonly kept = new StatementStore();
  private readonly payouts = new PayoutStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async run(): Promise<number> {
    const due: StatementKey[] = [];
    for (const { state, since } of lockingBefore(this.clock.date()))
      due.push(...(await this.kept.inStateSince(this.database, state, since, BATCH)));
    return eachAlone(
      'lock a statement',
      due,
      (key) => `${key.brandId}/${key.franchiseeId}/${key.day}`,
      (key) => this.unitOfWork.run('lock statement', (tx) => this.lock(tx, key)),
    );
  }

  private async lock(tx: Tx, key: StatementKey): Promise<boolean> {
    const found = await this.kept.lock(tx, key);
    const at = found && locksAt(found.state, found.since);
    const next = found && at && at <= tx.now ? afterAct(found.state, 'LOCK') : null;
    if (!found || !next) return false;
    const step = { id: this.ids.next(), act: 'LOCK' as const, userId: '0' as const, name: '系统' };
    await this.kept.note(tx, key, [{ ...step, note: WHY[found.state] ?? '' }]);
    // All of it may have been paid while the last disputed lines were settled.
    const paid =
      found.unpaidLines === 0 ? await this.payouts.paidLines(tx, key.brandId, key.franchiseeId, key.day) : null;
    await this.kept.setState(tx, key, (paid?.size ? afterAct(next, 'PAY') : null) ?? next);
    return true;
  }
}
