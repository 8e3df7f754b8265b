import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { StockStore } from '../persistence/stock.store.js';

const CHUNK = 500;
const rows = new StockStore();

/** Opening stock for seeds and imports, in bulk and without movements; what is reserved stays as it is. */
export async function createStock(
  tx: Tx,
  brandId: BrandId,
  list: readonly { storeId: StoreId; skuId: Id<'sku'>; productId: Id<'product'>; onHand: number; safety: number }[],
): Promise<void> {
  for (let at = 0; at < list.length; at += CHUNK) await rows.put(tx, brandId, list.slice(at, at + CHUNK));
}
