import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id, OrderId, StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Catalog, type ProductId, type SkuId } from '../../catalog/index.js';
import { Inventory } from '../../inventory/index.js';
import type { AfterSaleCase } from '../domain/after-sale-case.js';
import { CaseStore } from '../persistence/case.store.js';

interface Batch {
  orderId: OrderId;
  lines: { skuId: Id<'sku'>; qty: number }[];
}

/** Puts returned goods on the shelf of the store where they are. */
@Injectable()
export class ReturnedGoods {
  private readonly cases = new CaseStore();

  constructor(
    @Inject(Inventory) private readonly inventory: Inventory,
    @Inject(Catalog) private readonly catalog: Catalog,
  ) {}

  /**
   * Books the goods of a case in. Pieces that were exchanged before come back as what they were exchanged for.
   * @throws AppError RETURN_TOO_MANY when more would come back than left
   */
  async putBack(tx: Tx, one: AfterSaleCase, storeId: StoreId): Promise<void> {
    const exchanged = (await this.cases.exchanged(tx, one.brandId, one.orderId)).filter((other) => other.id !== one.id);
    const plain: Batch = { orderId: one.orderId, lines: [] };
    const batches: Batch[] = [plain];
    for (const line of one.lines) {
      if (!line.skuId) continue;
      let open = line.qty;
      for (const swap of exchanged) {
        const before = swap.lines.find((other) => other.lineId === line.lineId);
        const left = before ? before.qty - (await this.backOf(tx, swap)) : 0;
        const qty = Math.min(open, Math.max(0, left));
        if (qty === 0 || !swap.exchangeSkuId) continue;
        batches.push({ orderId: swap.id as unknown as OrderId, lines: [{ skuId: swap.exchangeSkuId, qty }] });
        open -= qty;
      }
      if (open > 0) plain.lines.push({ skuId: line.skuId, qty: open });
    }
    const reason = one.kind === 'EXCHANGE' ? `换货退回 ${one.caseNo}` : `退货 ${one.caseNo}`;
    for (const batch of batches)
      if (batch.lines.length > 0)
        await this.inventory.putBack(tx, one.brandId, batch.orderId, batch.lines, reason, storeId);
  }

  /** Pieces of an exchange's new goods that came back before; the exchange holds them under its own number. */
  private async backOf(tx: Tx, swap: AfterSaleCase): Promise<number> {
    return swap.exchangeSkuId ? this.inventory.returnedQty(tx, swap.brandId, swap.id, swap.exchangeSkuId) : 0;
  }

  /** The product of a SKU. @throws AppError NOT_FOUND */
  async productOf(tx: Tx, brandId: BrandId, skuId: SkuId): Promise<ProductId> {
    const sku = await this.catalog.skuSpec(tx, brandId, skuId);
    if (!sku) throw refuse('NOT_FOUND');
    return sku.productId;
  }
}
