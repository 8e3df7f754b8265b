import type { ReviewRules } from '@shuke/shared/contracts';
import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** All SQL of a brand's rules for reviews. */
export class ReviewRuleStore {
  /** What the brand has set; what it has not set is missing. */
  async find(on: Queryable, brandId: BrandId): Promise<Partial<ReviewRules>> {
    const [row] = await on.query<{ rules: unknown }>('SELECT rules FROM review_rules WHERE brand_id = ?', [brandId]);
    return (typeof row?.rules === 'string' ? JSON.parse(row.rules) : (row?.rules ?? {})) as Partial<ReviewRules>;
  }

  /** @param areTagsNew reviews that are shown already have to be read with them again */
  async put(tx: Tx, brandId: BrandId, rules: ReviewRules, by: string, areTagsNew: boolean): Promise<void> {
    await tx.execute(
      `INSERT INTO review_rules (brand_id, rules, updated_by, updated_at, tags_read_to) VALUES (?,?,?,?,?)
       ON DUPLICATE KEY UPDATE rules = VALUES(rules), updated_by = VALUES(updated_by), updated_at = VALUES(updated_at),
         tags_read_to = COALESCE(VALUES(tags_read_to), tags_read_to)`,
      [brandId, JSON.stringify(rules), by, tx.now, areTagsNew ? '0' : null],
    );
  }

  /** Brands whose reviews have not all been read with their present tags. */
  async toReread(on: Queryable, limit: number): Promise<BrandId[]> {
    const rows = await on.query<{ brand_id: BrandId }>(
      'SELECT brand_id FROM review_rules WHERE tags_read_to IS NOT NULL ORDER BY updated_at LIMIT ?',
      [limit],
    );
    return rows.map((row) => row.brand_id);
  }

  /** After which review to go on; null when all are read. The row stays locked. */
  async lockReread(tx: Tx, brandId: BrandId): Promise<Id | null> {
    const [row] = await tx.query<{ tags_read_to: Id | null }>(
      'SELECT tags_read_to FROM review_rules WHERE brand_id = ? FOR UPDATE',
      [brandId],
    );
    return row?.tags_read_to ?? null;
  }

  async rereadTo(tx: Tx, brandId: BrandId, id: Id | null): Promise<void> {
    await tx.execute('UPDATE review_rules SET tags_read_to = ? WHERE brand_id = ?', [id, brandId]);
  }
}
