import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { ConsoleProducts } from '../application/console-products.js';
import { ListCategories } from '../application/list-categories.js';
import { SetListed } from '../application/set-listed.js';
import { SetPrice } from '../application/set-price.js';
import { StoreListings } from '../application/store-listings.js';
import { UpdateProduct } from '../application/update-product.js';
import type { ProductId, SkuId } from '../domain/types.js';

/** The catalogue and each store's shelf at the desks of headquarters and franchisees. */
@Controller()
export class ConsoleCatalogController {
  constructor(
    @Inject(ListCategories) private readonly listCategories: ListCategories,
    @Inject(ConsoleProducts) private readonly consoleProducts: ConsoleProducts,
    @Inject(UpdateProduct) private readonly update: UpdateProduct,
    @Inject(StoreListings) private readonly storeListings: StoreListings,
    @Inject(SetListed) private readonly list: SetListed,
    @Inject(SetPrice) private readonly price: SetPrice,
  ) {}

  @Contract(consoleRoutes.products)
  products(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.products>): Out<typeof consoleRoutes.products> {
    return this.consoleProducts.list(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.updateProduct)
  async updateProduct(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.updateProduct>,
  ): Out<typeof consoleRoutes.updateProduct> {
    const productId = input.params.id as ProductId;
    const pulledPriceCount = await this.update.run(actor as Desk, productId, input.body);
    return { ...(await this.consoleProducts.one(actor as Desk, productId)), pulledPriceCount };
  }

  @Contract(consoleRoutes.categories)
  categories(@Who() actor: Actor): Out<typeof consoleRoutes.categories> {
    return this.listCategories.all(actor.brandId);
  }

  @Contract(consoleRoutes.listings)
  listings(@Who() actor: Actor, @Given() input: In<typeof consoleRoutes.listings>): Out<typeof consoleRoutes.listings> {
    return this.storeListings.list(actor as Desk, input.params.id as StoreId, input.query);
  }

  @Contract(consoleRoutes.setListed)
  async setListed(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.setListed>,
  ): Out<typeof consoleRoutes.setListed> {
    const [storeId, productId] = [input.params.id as StoreId, input.params.productId as ProductId];
    await this.list.run(actor as Desk, storeId, productId, input.body.isListed);
    return this.storeListings.one(actor.brandId, storeId, productId);
  }

  @Contract(consoleRoutes.setPrice)
  async setPrice(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.setPrice>,
  ): Out<typeof consoleRoutes.setPrice> {
    const [storeId, skuId] = [input.params.id as StoreId, input.params.skuId as SkuId];
    const productId = await this.price.run(actor as Desk, storeId, skuId, input.body.priceFen);
    return this.storeListings.one(actor.brandId, storeId, productId);
  }
}
