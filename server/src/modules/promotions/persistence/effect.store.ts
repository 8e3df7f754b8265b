import { type BrandId, type Fen, type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import type { PriceBearer } from '@shuke/shared/rules';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { json } from './promotion.store.js';

/** All SQL of what promotions cost: sums of their uses, and the months' envelopes of franchisees. */
export class EffectStore {
  /** Uses and money of promotions; one statement for a page. */
  async totals(on: Queryable, brandId: BrandId, promotionIds: readonly string[], storeIds: readonly StoreId[] | 'ALL') {
    if (promotionIds.length === 0) return new Map<string, { count: number; fen: Fen }>();
    const scope = storeIds === 'ALL' ? '' : ` AND store_id IN ${marks(storeIds)}`;
    const rows = await on.query<{ promotion_id: string; uses: string; fen: string }>(
      `SELECT promotion_id, COUNT(DISTINCT order_id) AS uses, SUM(fen) AS fen FROM promotion_use
       WHERE brand_id = ? AND promotion_id IN ${marks(promotionIds)} AND state = 'HELD'${scope} GROUP BY promotion_id`,
      [brandId, ...promotionIds, ...(storeIds === 'ALL' ? [] : storeIds)],
    );
    return new Map(rows.map((row) => [row.promotion_id, { count: Number(row.uses), fen: parseFen(row.fen) }]));
  }

  /** A promotion's uses by store and day, with the bearers that they were made with. */
  async effect(on: Queryable, brandId: BrandId, id: string, storeIds: readonly StoreId[] | 'ALL') {
    const scope = storeIds === 'ALL' ? '' : ` AND store_id IN ${marks(storeIds)}`;
    const values: SqlValue[] = [brandId, id, ...(storeIds === 'ALL' ? [] : storeIds)];
    const from = `FROM promotion_use WHERE brand_id = ? AND promotion_id = ? AND state = 'HELD'${scope}`;
    const [rows, [people]] = await Promise.all([
      on.query<{ store_id: StoreId; day: string; bearers: unknown; orders: string; uses: string; fen: string }>(
        `SELECT store_id, day, bearers, COUNT(DISTINCT order_id) AS orders, COUNT(*) AS uses, SUM(fen) AS fen ${from} GROUP BY store_id, day, bearers ORDER BY day`,
        values,
      ),
      on.query<{ members: string; orders: string }>(
        `SELECT COUNT(DISTINCT member_id) AS members, COUNT(DISTINCT order_id) AS orders ${from}`,
        values,
      ),
    ]);
    return {
      memberCount: Number(people?.members ?? 0),
      orderCount: Number(people?.orders ?? 0),
      rows: rows.map((row) => ({
        storeId: row.store_id,
        day: row.day,
        bearers: json<PriceBearer[]>(row.bearers),
        orderCount: Number(row.orders),
        usedCount: Number(row.uses),
        fen: parseFen(row.fen),
      })),
    };
  }

  async envelopes(on: Queryable, brandId: BrandId, month: string) {
    const rows = await on.query<{ franchisee_id: Id<'franchisee'>; budget_fen: string; used_fen: string | null }>(
      `SELECT e.franchisee_id, e.budget_fen, c.used_fen FROM promotion_envelope e
       LEFT JOIN promotion_counter c ON c.brand_id = e.brand_id AND c.promotion_id = 0 AND c.counter = CONCAT('F:', e.franchisee_id, ':', e.month)
       WHERE e.brand_id = ? AND e.month = ?`,
      [brandId, month],
    );
    return new Map(
      rows.map((row) => [
        row.franchisee_id,
        { budgetFen: parseFen(row.budget_fen), usedFen: parseFen(row.used_fen ?? 0) },
      ]),
    );
  }

  async setEnvelope(tx: Tx, brandId: BrandId, franchiseeId: Id, month: string, budgetFen: Fen, by: string) {
    await tx.execute(
      `INSERT INTO promotion_envelope (brand_id, franchisee_id, month, budget_fen, updated_by, updated_at) VALUES (?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE budget_fen = VALUES(budget_fen), updated_by = VALUES(updated_by), updated_at = VALUES(updated_at)`,
      [brandId, franchiseeId, month, budgetFen, by, tx.now],
    );
  }
}
