import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import { marks, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

type SkuId = Id<'sku'>;
const CHUNK = 500;

/** A shelf and how many pieces more (or, below zero, fewer) are set aside on it. */
export interface Shift {
  storeId: StoreId;
  skuId: SkuId;
  delta: number;
}

/** All SQL about what of the stock is set aside. */
export class SetAsideStore {
  /** Locks the shelves that exist, in the order of the primary key, and says what a usual sale could take; by `store:sku`. */
  async lockUsual(
    tx: Tx,
    brandId: BrandId,
    storeIds: readonly StoreId[],
    skuIds: readonly SkuId[],
  ): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    const inOrder = [...storeIds].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    for (let at = 0; at < inOrder.length; at += CHUNK) {
      const some = inOrder.slice(at, at + CHUNK);
      const rows = await tx.query<{ store_id: StoreId; sku_id: SkuId; usual: string }>(
        `SELECT store_id, sku_id, GREATEST(on_hand - reserved - safety - set_aside, 0) AS usual FROM stock
         WHERE brand_id = ? AND store_id IN ${marks(some)} AND sku_id IN ${marks(skuIds)} ORDER BY store_id, sku_id FOR UPDATE`,
        [brandId, ...some, ...skuIds],
      );
      for (const row of rows) found.set(`${row.store_id}:${row.sku_id}`, Number(row.usual));
    }
    return found;
  }

  /** Sets more or fewer pieces aside on shelves that exist and are locked; five hundred in one statement. */
  async shift(tx: Tx, brandId: BrandId, shifts: readonly Shift[]): Promise<void> {
    for (let at = 0; at < shifts.length; at += CHUNK) {
      const some = shifts.slice(at, at + CHUNK);
      // Every row is there, so that this is an UPDATE of many rows, each by its own number.
      await tx.execute(
        `INSERT INTO stock (brand_id, store_id, sku_id, product_id, on_hand, reserved, safety, set_aside)
         VALUES ${some.map(() => '(?,?,?,0,0,0,0,?)').join(',')} ON DUPLICATE KEY UPDATE set_aside = set_aside + VALUES(set_aside)`,
        some.flatMap((one): SqlValue[] => [brandId, one.storeId, one.skuId, one.delta]),
      );
    }
  }
}
