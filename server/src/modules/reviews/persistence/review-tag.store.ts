import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Review } from './review-row.js';

/** All SQL about what the words of shown reviews say. */
export class ReviewTagStore {
  /** Notes what a shown review says; the same again changes nothing. */
  async put(tx: Tx, { brandId, productId, id }: Review, tags: readonly string[]): Promise<void> {
    if (productId === null || tags.length === 0) return;
    await tx.execute(
      `INSERT IGNORE INTO review_tag (brand_id, product_id, tag, review_id) VALUES ${tags.map(() => '(?,?,?,?)').join(',')}`,
      tags.flatMap((tag) => [brandId, productId, tag, id]),
    );
  }

  async drop(tx: Tx, { brandId, id }: Review): Promise<void> {
    await tx.execute('DELETE FROM review_tag WHERE brand_id = ? AND review_id = ?', [brandId, id]);
  }

  /** How many shown reviews of a product say what. */
  async counts(on: Queryable, brandId: BrandId, productId: Id): Promise<Map<string, number>> {
    const rows = await on.query<{ tag: string; n: string }>(
      'SELECT tag, COUNT(*) AS n FROM review_tag WHERE brand_id = ? AND product_id = ? GROUP BY tag',
      [brandId, productId],
    );
    return new Map(rows.map(({ tag, n }) => [tag, Number(n)]));
  }
}
