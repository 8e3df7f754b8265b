import type { AfterSaleRules } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** All SQL of a brand's rules for after-sale. */
export class AfterSaleRuleStore {
  /** What the brand has set; what it has not set is missing. */
  async find(on: Queryable, brandId: BrandId): Promise<Partial<AfterSaleRules>> {
    const [row] = await on.query<{ rules: unknown }>('SELECT rules FROM after_sale_rules WHERE brand_id = ?', [
      brandId,
    ]);
    return (typeof row?.rules === 'string' ? JSON.parse(row.rules) : (row?.rules ?? {})) as Partial<AfterSaleRules>;
  }

  async put(tx: Tx, brandId: BrandId, rules: AfterSaleRules, by: string): Promise<void> {
    await tx.execute(
      `INSERT INTO after_sale_rules (brand_id, rules, updated_by, updated_at) VALUES (?,?,?,?)
       ON DUPLICATE KEY UPDATE rules = VALUES(rules), updated_by = VALUES(updated_by), updated_at = VALUES(updated_at)`,
      [brandId, JSON.stringify(rules), by, tx.now],
    );
  }
}
