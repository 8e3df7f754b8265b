import { Inject, Injectable } from '@nestjs/common';
import type { ProductCard } from '@shuke/shared/contracts';
import type { BrandId, Fen, StoreId } from '@shuke/shared/kernel';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { lowestPrice } from '../domain/price-history.js';
import type { CategoryId, Offer, ProductId, ProductName, SkuId } from '../domain/types.js';
import { PriceStore } from '../persistence/price.store.js';
import { ShelfStore, type SkuSpec } from '../persistence/shelf.store.js';

/** The door to products for other modules. */
@Injectable()
export class Catalog {
  private readonly shelf = new ShelfStore();
  private readonly prices = new PriceStore();

  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * What a store asks for some SKUs now, in one statement; ids that are no SKU of the brand are missing.
   * @param on a transaction to read in it, else the database
   */
  async offers(on: Queryable, brandId: BrandId, storeId: StoreId, skuIds: readonly SkuId[]): Promise<Offer[]> {
    return skuIds.length === 0 ? [] : this.shelf.offers(on, brandId, storeId, [...new Set(skuIds)]);
  }

  /** What a store asks for the SKU behind a code on a tag; null for a code that the brand does not know. Two statements. */
  async offerByCode(on: Queryable, brandId: BrandId, storeId: StoreId, code: string): Promise<Offer | null> {
    const skuId = await this.shelf.skuOfCode(on, brandId, code);
    return skuId ? ((await this.offers(on, brandId, storeId, [skuId]))[0] ?? null) : null;
  }

  /**
   * The lowest price of some SKUs in a store since an instant (for honest discounts: of the last seven days). Two statements.
   * Source: 国家市场监督管理总局《规范促销行为暂行规定》第二十一条, where seven days count.
   */
  async lowestPrices(
    on: Queryable,
    brandId: BrandId,
    storeId: StoreId,
    skuIds: readonly SkuId[],
    since: Date,
  ): Promise<Map<SkuId, Fen>> {
    if (skuIds.length === 0) return new Map();
    const current = await this.prices.current(on, brandId, storeId, skuIds);
    const steps = await this.prices.changesSince(on, brandId, storeId, skuIds, since);
    return new Map(
      current.map((now) => [
        now.skuId,
        lowestPrice(
          now,
          steps.filter((step) => step.skuId === now.skuId),
        ),
      ]),
    );
  }

  /** Cards of some products by id, as a store prices them when one is given. */
  async productCards(
    brandId: BrandId,
    ids: readonly ProductId[],
    storeId?: StoreId,
  ): Promise<Map<ProductId, ProductCard>> {
    return ids.length === 0 ? new Map() : this.shelf.cards(this.database, brandId, [...new Set(ids)], storeId);
  }

  /** Code, name and picture of some products by id. */
  async productNames(brandId: BrandId, ids: readonly ProductId[]): Promise<Map<ProductId, ProductName>> {
    return ids.length === 0 ? new Map() : this.shelf.names(this.database, brandId, [...new Set(ids)]);
  }

  /** Names of some categories by id; ids that are no category of the brand are missing. */
  async categoryNames(on: Queryable, brandId: BrandId, ids: readonly CategoryId[]): Promise<Map<CategoryId, string>> {
    return ids.length === 0 ? new Map() : this.shelf.categoryNames(on, brandId, [...new Set(ids)]);
  }

  /** Product, colour and size of a SKU; null for one that the brand does not have. */
  skuSpec(on: Queryable, brandId: BrandId, skuId: SkuId): Promise<SkuSpec | null> {
    return this.shelf.skuSpec(on, brandId, skuId);
  }
}
