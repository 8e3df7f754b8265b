import { Inject, Injectable } from '@nestjs/common';
import type { AfterSaleRules } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DEFAULT_RULES } from '../domain/after-sale-case.js';

/** The brand's switches and deadlines of after-sale. */
@Injectable()
export class AfterSaleRuleBook {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The rules in force; what was never set has its default. */
  async of(brandId: BrandId, on: Queryable = this.database): Promise<AfterSaleRules> {
    const [row] = await on.query<{ rules: unknown }>('SELECT rules FROM after_sale_rules WHERE brand_id = ?', [
      brandId,
    ]);
    const set = typeof row?.rules === 'string' ? JSON.parse(row.rules) : (row?.rules ?? {});
    return { ...DEFAULT_RULES, ...(set as Partial<AfterSaleRules>) };
  }

  /** Changes the rules for cases from now on. */
  async set(actor: Desk, rules: AfterSaleRules): Promise<AfterSaleRules> {
    await this.unitOfWork.run('set after-sale rules', (tx) =>
      tx.execute(
        `INSERT INTO after_sale_rules (brand_id, rules, updated_by, updated_at) VALUES (?,?,?,?)
         ON DUPLICATE KEY UPDATE rules = VALUES(rules), updated_by = VALUES(updated_by), updated_at = VALUES(updated_at)`,
        [actor.brandId, JSON.stringify(rules), actorLabel(actor), tx.now],
      ),
    );
    return this.of(actor.brandId);
  }
}
