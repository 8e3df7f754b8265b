import type { BrandId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';

/** What is on shelves, read for files that count it. */
export class StockLevelStore {
  /** Pieces on hand and reserved by `<store> <sku>`. */
  async levels(on: Queryable, brandId: BrandId, storeIds: readonly StoreId[], skuIds: readonly string[]) {
    const rows = await on.query<{ store_id: string; sku_id: string; on_hand: number; reserved: number }>(
      `SELECT store_id, sku_id, on_hand, reserved FROM stock WHERE brand_id = ? AND store_id IN ${marks(storeIds)} AND sku_id IN ${marks(skuIds)}`,
      [brandId, ...storeIds, ...skuIds],
    );
    return new Map(
      rows.map((row) => [`${row.store_id} ${row.sku_id}`, { onHand: row.on_hand, reserved: row.reserved }]),
    );
  }
}
