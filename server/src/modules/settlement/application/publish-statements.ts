import { Inject, Injectable } from '@nestjs/common';
import { addDays, type BrandId, businessDay, type Id } from '@shuke/shared/kernel';
import { hashText, totalsOf } from '@shuke/shared/rules';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Statements } from './statements.js';

interface Missing {
  brand_id: BrandId;
  franchisee_id: Id<'franchisee'>;
  business_day: string;
}

/** What began before midnight may commit a little after it, and must still be in its day's statement. */
const SETTLING_MS = 15 * 60_000;

/** Publishes the statement of every finished day once: totals, chain heads and the hash of the proof file are kept. */
@Injectable()
export class PublishStatements {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Statements) private readonly statements: Statements,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async run(limit = 20): Promise<number> {
    const yesterday = addDays(businessDay(this.clock.now() - SETTLING_MS), -1);
    const missing = await this.database.query<Missing>(
      `SELECT DISTINCT l.brand_id, s.franchisee_id, l.business_day FROM entitlement_leg l JOIN store s ON s.brand_id = l.brand_id AND s.id = l.store_id AND s.franchisee_id IS NOT NULL
       LEFT JOIN statement t ON t.brand_id = l.brand_id AND t.franchisee_id = s.franchisee_id AND t.business_day = l.business_day
       WHERE l.business_day BETWEEN ? AND ? AND t.business_day IS NULL LIMIT ?`,
      [addDays(yesterday, -60), yesterday, limit],
    );
    for (const { brand_id: brandId, franchisee_id: franchiseeId, business_day: day } of missing)
      await this.publish(brandId, franchiseeId, day);
    return missing.length;
  }

  private async publish(brandId: BrandId, franchiseeId: Id<'franchisee'>, day: string): Promise<void> {
    const actor = { kind: 'system' as const, brandId };
    const statement = await this.statements.day(actor, franchiseeId, day);
    const { text } = await this.statements.proof(actor, franchiseeId, day);
    const totals = totalsOf(statement.stores.flatMap((store) => store.entries));
    const heads = statement.stores.map((store) => ({
      storeId: store.storeId,
      seq: store.entries.at(-1)?.seq ?? store.afterSeq,
      hash: store.entries.at(-1)?.hash ?? store.afterHash,
    }));
    await this.unitOfWork.run('publish statement', (tx) =>
      tx.execute(
        `INSERT INTO statement (brand_id, franchisee_id, business_day, state, totals, heads, statement_hash, published_at) VALUES (?,?,?,?,?,?,?,?)
         ON DUPLICATE KEY UPDATE state = state`,
        [
          brandId,
          franchiseeId,
          day,
          'PUBLISHED',
          JSON.stringify(totals),
          JSON.stringify(heads),
          hashText(text),
          tx.now,
        ],
      ),
    );
  }
}
