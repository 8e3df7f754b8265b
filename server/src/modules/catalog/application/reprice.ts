import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, moneyText, type StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { corridorText, holds } from '../domain/corridor.js';
import type { ProductId, SkuId } from '../domain/types.js';
import { type PriceCause, type PriceChangeRow, PriceStore } from '../persistence/price.store.js';
import { type PricedProduct, ShelvingStore } from '../persistence/shelving.store.js';
import { refuseCatalog } from './catalog-errors.js';

type Change = Omit<PriceChangeRow, 'id'>;

/** The one place where prices change: shelf, listing and history move together. The caller has locked the product. */
@Injectable()
export class Reprice {
  private readonly shelving = new ShelvingStore();
  private readonly prices = new PriceStore();

  constructor(@Inject(IdSource) private readonly ids: IdSource) {}

  /** @throws AppError OUTSIDE_CORRIDOR naming the corridor in yuan */
  requireInside(product: PricedProduct, priceFen: Fen): void {
    if (holds(product, priceFen)) return;
    const message = `总部允许的价格是 ${corridorText(product)}，${moneyText(priceFen)} 超出了范围`;
    throw refuseCatalog('OUTSIDE_CORRIDOR', { floorFen: product.floorFen, ceilingFen: product.ceilingFen }, message);
  }

  /** Sets or clears a store's own price and says what it was before. */
  async ofStore(
    tx: Tx,
    brandId: BrandId,
    sku: { storeId: StoreId; skuId: SkuId; productId: ProductId },
    priceFen: Fen | null,
    cause: PriceCause,
    by: string,
  ): Promise<Fen | null> {
    const { storeId, skuId, productId } = sku;
    const beforeFen = await this.prices.storePrice(tx, brandId, storeId, skuId);
    if (beforeFen === priceFen) return beforeFen;
    await this.shelving.setStorePrice(tx, brandId, storeId, { id: skuId, productId }, priceFen);
    await this.shelving.refreshPrices(tx, brandId, productId, storeId);
    await this.keep(tx, brandId, [{ ...sku, beforeFen, afterFen: priceFen, cause, by }]);
    return beforeFen;
  }

  /**
   * Moves a product's list price and corridor: SKUs follow, store prices outside go to the edge, all of it is kept.
   * @returns how many store prices were pulled
   */
  async ofProduct(tx: Tx, brandId: BrandId, product: PricedProduct, oldListFen: Fen, by: string): Promise<number> {
    const before = await this.prices.pricesOf(tx, brandId, product.id);
    await this.shelving.moveListPrices(tx, brandId, product, oldListFen);
    const pulled = await this.shelving.pullStorePrices(tx, brandId, product);
    await this.shelving.refreshPrices(tx, brandId, product.id);
    const after = await this.prices.pricesOf(tx, brandId, product.id);
    const changes: Change[] = [];
    for (const [skuId, afterFen] of after.list) {
      const beforeFen = before.list.get(skuId) ?? null;
      if (beforeFen !== afterFen)
        changes.push({ storeId: null, skuId, productId: product.id, beforeFen, afterFen, cause: 'LIST', by });
    }
    for (const [key, { storeId, skuId, fen: afterFen }] of after.own) {
      const beforeFen = before.own.get(key)?.fen ?? null;
      if (beforeFen !== afterFen)
        changes.push({ storeId, skuId, productId: product.id, beforeFen, afterFen, cause: 'CORRIDOR', by });
    }
    await this.keep(tx, brandId, changes);
    return pulled;
  }

  keep(tx: Tx, brandId: BrandId, changes: readonly Change[]): Promise<void> {
    return this.prices.insertChanges(
      tx,
      brandId,
      changes.map((one) => ({ ...one, id: this.ids.next<'price-change'>() })),
    );
  }
}
