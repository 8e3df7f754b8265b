import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  COUNTER,
  type CounterRow,
  counterKey,
  isSlice,
  readSlice,
  type SliceRow,
  type StoredCounter,
  sliceCounter,
  usedOf,
} from './counter-rows.js';

const CHUNK = 500;

/** All SQL of slices: the pieces of a store's stock that a promotion alone may sell. */
export class SliceStore {
  /** The slices of some promotions, in one store or in all. */
  async of(on: Queryable, brandId: BrandId, promotionIds: readonly string[], storeId?: StoreId): Promise<SliceRow[]> {
    if (promotionIds.length === 0) return [];
    const rows = await on.query<CounterRow>(
      `SELECT ${COUNTER} FROM promotion_counter
       WHERE brand_id = ? AND promotion_id IN ${marks(promotionIds)} AND counter LIKE ?`,
      [brandId, ...promotionIds, storeId ? `K:${storeId}:%` : 'K:%'],
    );
    return rows.map((row) => {
      const { count: used, held } = usedOf(row);
      return { promotionId: row.promotion_id, ...readSlice(row.counter), used, held };
    });
  }

  /** Says how many pieces slices hold from now on; null: nothing any more. */
  async setHeld(
    tx: Tx,
    brandId: BrandId,
    promotionId: string,
    slices: readonly (Pick<SliceRow, 'storeId' | 'skuId'> & { held: number | null })[],
  ): Promise<void> {
    for (let at = 0; at < slices.length; at += CHUNK) {
      const some = slices.slice(at, at + CHUNK);
      await tx.execute(
        `INSERT INTO promotion_counter (brand_id, promotion_id, counter, used_count, used_fen, held_count)
         VALUES ${some.map(() => '(?,?,?,0,0,?)').join(',')} ON DUPLICATE KEY UPDATE held_count = VALUES(held_count)`,
        some.flatMap((one): SqlValue[] => [brandId, promotionId, sliceCounter(one.storeId, one.skuId), one.held]),
      );
    }
  }

  /** The counters among these whose slices hold stock, locked. */
  async lockHolding(tx: Tx, brandId: BrandId, counters: readonly StoredCounter[]): Promise<StoredCounter[]> {
    const slices = counters.filter((one) => isSlice(one.counter));
    if (slices.length === 0) return [];
    const rows = await tx.query<CounterRow>(
      `SELECT ${COUNTER} FROM promotion_counter WHERE brand_id = ? AND held_count IS NOT NULL
         AND (promotion_id, counter) IN (${slices.map(() => '(?,?)').join(',')}) FOR UPDATE`,
      [brandId, ...slices.flatMap((one): SqlValue[] => [one.promotionId, one.counter])],
    );
    const holding = new Set(rows.map((row) => `${row.promotion_id}|${row.counter}`));
    return slices.filter((one) => holding.has(counterKey(one)));
  }

  /** Pieces of a slice that may still be sold: neither more than it has left nor more than the store has on its shelf. */
  async left(
    on: Queryable,
    slice: { brandId: BrandId; promotionId: string; storeId: StoreId; skuId: Id<'sku'>; sliceQty: number },
  ): Promise<number> {
    const { brandId, promotionId, storeId, skuId, sliceQty } = slice;
    const [row] = await on.query<{ available: string; used: string | null; held: string | null }>(
      `SELECT k.on_hand - k.reserved - k.safety AS available, c.used_count AS used, c.held_count AS held FROM stock k
       LEFT JOIN promotion_counter c ON c.brand_id = k.brand_id AND c.promotion_id = ? AND c.counter = ?
       WHERE k.brand_id = ? AND k.store_id = ? AND k.sku_id = ?`,
      [promotionId, sliceCounter(storeId, skuId), brandId, storeId, skuId],
    );
    if (!row) return 0;
    const size = Math.min(sliceQty, Number(row.held ?? 0));
    return Math.max(0, Math.min(Number(row.available), size - Number(row.used ?? 0)));
  }
}
