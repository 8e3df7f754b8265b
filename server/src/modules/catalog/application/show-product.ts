import { Inject, Injectable } from '@nestjs/common';
import type { ProductDetail } from '@shuke/shared/contracts';
import { type Fen, fen, type StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { isWithin, metresBetween, Organization, type Store } from '../../organization/index.js';
import type { ProductId } from '../domain/types.js';
import { ProductStore } from '../persistence/product.store.js';

const NEIGHBOURS = 20;
const ALTERNATIVES = 5;

/** A product's page as one store sells it; when the store does not, which stores nearby do. Two statements. */
@Injectable()
export class ShowProduct {
  private readonly products = new ProductStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** @throws AppError NOT_FOUND for an unknown product or store. */
  async run(actor: Actor, storeId: StoreId, productId: ProductId): Promise<ProductDetail> {
    const store = await this.organization.requireStore(actor, storeId);
    const reach = await this.organization.reachOf(actor);
    const near = (await this.organization.neighbours(actor.brandId, store))
      .slice(0, NEIGHBOURS)
      .filter((one) => isWithin(reach, one.store.id));
    const ids = near.map((one) => one.store.id);
    const [product, skus] = await Promise.all([
      this.products.facts(this.database, actor.brandId, storeId, productId, ids),
      this.products.skus(this.database, actor.brandId, storeId, productId),
    ]);
    if (!product) throw refuse('NOT_FOUND');
    const { content } = product;
    const prices = skus.map((sku) => sku.priceFen);
    const pictures = [product.imageUrl, ...content.images, ...product.colours.map((colour) => colour.imageUrl)];
    return {
      id: product.id,
      code: product.code,
      name: product.name,
      subtitle: product.subtitle,
      description: product.description,
      categoryId: product.categoryId,
      categoryName: product.categoryName,
      images: [...new Set(pictures.filter((url) => url !== ''))],
      sellingPoints: content.sellingPoints,
      attributes: content.attributes,
      care: content.care,
      sizeTable: content.sizeTable,
      colours: product.colours,
      sizes: [...new Set(skus.map((sku) => sku.size))],
      skus,
      priceFen: lowest(prices, product.listPriceFen),
      listPriceFen: product.listPriceFen,
      isListed: product.isListed,
      alternatives: alternatives(store, near, product.listedElsewhere),
    };
  }
}

const lowest = (prices: readonly number[], otherwise: Fen): Fen =>
  prices.length === 0 ? otherwise : fen(Math.min(...prices));

/** Stores that do sell it, nearest to the asked store first. */
function alternatives(
  from: Store,
  near: readonly { store: Store }[],
  listed: readonly StoreId[],
): ProductDetail['alternatives'] {
  return near
    .filter((one) => listed.includes(one.store.id))
    .slice(0, ALTERNATIVES)
    .map(({ store }) => ({ storeId: store.id, storeName: store.name, distanceM: metresBetween(from, store) }));
}
