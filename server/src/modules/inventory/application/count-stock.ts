import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import type { IdSource } from '../../../platform/ids/id-source.js';
import { StockStore } from '../persistence/stock.store.js';
import { refuseStock } from './inventory-errors.js';

/** What a count sets; what is left out stays. */
export interface StockCount {
  brandId: BrandId;
  storeId: StoreId;
  skuId: Id<'sku'>;
  onHand?: number | undefined;
  safety?: number | undefined;
  reason: string;
}

/** What somebody counted on a shelf. */
export class CountStock {
  private readonly rows = new StockStore();

  constructor(private readonly ids: IdSource) {}

  /**
   * Sets what was counted on the shelf and the safety stock that is not sold.
   * @returns the product of the SKU
   * @throws AppError NOT_FOUND for an unknown SKU, COUNT_BELOW_RESERVED when orders hold more than was counted
   */
  async run(tx: Tx, count: StockCount): Promise<Id<'product'>> {
    const { brandId, storeId, skuId } = count;
    const before = await this.rows.lock(tx, brandId, storeId, skuId);
    const productId = before?.productId ?? (await this.rows.productOfSku(tx, brandId, skuId));
    if (!productId) throw refuse('NOT_FOUND');
    const onHand = count.onHand ?? before?.onHand ?? 0;
    const reserved = before?.reserved ?? 0;
    if (onHand < reserved) {
      const message = `有 ${reserved} 件已被订单占用，盘点数不能少于 ${reserved} 件`;
      throw refuseStock('COUNT_BELOW_RESERVED', { reserved }, message);
    }
    await this.rows.put(tx, brandId, [
      { storeId, skuId, productId, onHand, safety: count.safety ?? before?.safety ?? 0 },
    ]);
    const delta = onHand - (before?.onHand ?? 0);
    if (delta !== 0)
      await this.rows.insertMovements(tx, [
        { id: this.ids.next(), brandId, storeId, skuId, kind: 'COUNT', delta, orderId: null, reason: count.reason },
      ]);
    return productId;
  }
}
