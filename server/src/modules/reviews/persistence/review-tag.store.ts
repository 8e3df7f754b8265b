import type { BrandId, Id } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Review } from './review-row.js';

/** A review as far as its words are read. */
export interface ShownReview {
  id: Id;
  productId: Id;
  text: string;
}

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

  /** Shown reviews of goods behind one, in id order; they stay locked, so that none is hidden meanwhile. */
  async shownAfter(tx: Tx, brandId: BrandId, after: Id, limit: number): Promise<ShownReview[]> {
    const rows = await tx.query<{ id: Id; product_id: Id; text: string }>(
      `SELECT id, product_id, text FROM review WHERE brand_id = ? AND id > ? AND kind = 'LINE' AND state = 'SHOWN' AND product_id IS NOT NULL
       ORDER BY id LIMIT ? FOR UPDATE`,
      [brandId, after, limit],
    );
    return rows.map((row) => ({ id: row.id, productId: row.product_id, text: row.text }));
  }

  /** What some reviews say, instead of what was noted of them before. */
  async replace(
    tx: Tx,
    brandId: BrandId,
    reviews: readonly (Omit<ShownReview, 'text'> & { tags: readonly string[] })[],
  ): Promise<void> {
    if (reviews.length === 0) return;
    const ids = reviews.map((one) => one.id);
    await tx.execute(`DELETE FROM review_tag WHERE brand_id = ? AND review_id IN ${marks(ids)}`, [brandId, ...ids]);
    const rows = reviews.flatMap(({ id, productId, tags }) => tags.map((tag) => [brandId, productId, tag, id]));
    if (rows.length === 0) return;
    await tx.execute(
      `INSERT IGNORE INTO review_tag (brand_id, product_id, tag, review_id) VALUES ${rows.map(() => '(?,?,?,?)').join(',')}`,
      rows.flat(),
    );
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
