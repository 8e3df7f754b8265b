import { Inject, Injectable } from '@nestjs/common';
import { addDays, businessDay } from '@shuke/shared/kernel';
import { hashText, totalsOf } from '@shuke/shared/rules';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { payableOf } from '../domain/payable.js';
import { type StatementKey, StatementStore } from '../persistence/statement.store.js';
import { Statements } from './statements.js';

/** What began before midnight may commit a little after it, and must still be in its day's statement. */
const SETTLING_MS = 15 * 60_000;

/** Publishes the statement of every finished day once: totals, chain heads and the hash of the proof file are kept. */
@Injectable()
export class PublishStatements {
  private readonly kept = new StatementStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Statements) private readonly statements: Statements,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async run(limit = 20): Promise<number> {
    const yesterday = addDays(businessDay(this.clock.now() - SETTLING_MS), -1);
    const missing = await this.kept.unpublished(this.database, addDays(yesterday, -60), yesterday, limit);
    return eachAlone(
      'publish a statement',
      missing,
      (key) => `${key.brandId}/${key.franchiseeId}/${key.day}`,
      (key) => this.publish(key),
    );
  }

  private async publish(key: StatementKey): Promise<true> {
    const { brandId, franchiseeId, day } = key;
    const actor = { kind: 'system' as const, brandId };
    const statement = await this.statements.day(actor, franchiseeId, day);
    const text = await this.statements.textOf(brandId, statement, 'PUBLISHED');
    const entries = statement.stores.flatMap((store) => store.entries);
    const totals = totalsOf(entries);
    const orderCount = new Set(entries.map((entry) => entry.body.orderId)).size;
    const unpaidLines = entries.filter((entry) => payableOf(entry.body) !== 0).length;
    const heads = {
      brandName: statement.brandName,
      franchiseeName: statement.franchisee.name,
      stores: statement.stores.map(({ entries, ...store }) => ({
        ...store,
        seq: entries.at(-1)?.seq ?? store.afterSeq,
        hash: entries.at(-1)?.hash ?? store.afterHash,
      })),
    };
    await this.unitOfWork.run('publish statement', (tx) =>
      this.kept.publish(tx, key, { totals, heads, hash: hashText(text), orderCount, unpaidLines }),
    );
    return true;
  }
}
