import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';

type SkuId = Id<'sku'>;

/** All SQL about where else goods are that a store has sold out. */
export class ElsewhereStore {
  /** Other stores that list and have a SKU, with price and free pieces. */
  async elsewhere(on: Queryable, brandId: BrandId, skuId: SkuId, storeIds: readonly StoreId[]) {
    const rows = await on.query<{
      store_id: StoreId;
      available: string;
      price_fen: string;
      for_pickup: number;
      for_delivery: number;
    }>(
      `SELECT k.store_id, k.on_hand - k.reserved - k.safety - k.set_aside AS available, COALESCE(sp.price_fen, s.list_price_fen) AS price_fen, k.for_pickup, k.for_delivery
       FROM stock k JOIN sku s ON s.brand_id = k.brand_id AND s.id = k.sku_id
       JOIN product p ON p.brand_id = s.brand_id AND p.id = s.product_id AND p.status = 'ON_SALE'
       JOIN listing l ON l.brand_id = k.brand_id AND l.store_id = k.store_id AND l.product_id = k.product_id AND l.is_listed = 1
       LEFT JOIN store_price sp ON sp.brand_id = k.brand_id AND sp.store_id = k.store_id AND sp.sku_id = k.sku_id
       WHERE k.brand_id = ? AND k.sku_id = ? AND k.store_id IN ${marks(storeIds)} AND k.on_hand - k.reserved - k.safety - k.set_aside > 0`,
      [brandId, skuId, ...storeIds],
    );
    return new Map(rows.map((row) => [row.store_id, row]));
  }

  /** Which of some stores list and have which of some SKUs at the usual price, with free pieces. */
  having(on: Queryable, brandId: BrandId, skuIds: readonly SkuId[], storeIds: readonly StoreId[]) {
    return on.query<{ store_id: StoreId; sku_id: SkuId; available: string }>(
      `SELECT k.store_id, k.sku_id, k.on_hand - k.reserved - k.safety - k.set_aside AS available FROM stock k
       JOIN listing l ON l.brand_id = k.brand_id AND l.store_id = k.store_id AND l.product_id = k.product_id AND l.is_listed = 1
       WHERE k.brand_id = ? AND k.sku_id IN ${marks(skuIds)} AND k.store_id IN ${marks(storeIds)}
         AND k.on_hand - k.reserved - k.safety - k.set_aside > 0`,
      [brandId, ...skuIds, ...storeIds],
    );
  }
}
