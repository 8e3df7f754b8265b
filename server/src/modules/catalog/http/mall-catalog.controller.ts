import { Controller, Inject } from '@nestjs/common';
import { guideRoutes, mallRoutes } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Actor, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Organization } from '../../organization/index.js';
import { ListCategories } from '../application/list-categories.js';
import { ListProducts } from '../application/list-products.js';
import { ShowHome } from '../application/show-home.js';
import { ShowLooks } from '../application/show-looks.js';
import { ShowProduct } from '../application/show-product.js';
import type { ProductId } from '../domain/types.js';

/** What a store sells, for consumers and guides. */
@Controller()
export class MallCatalogController {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(ShowHome) private readonly showHome: ShowHome,
    @Inject(ListCategories) private readonly listCategories: ListCategories,
    @Inject(ListProducts) private readonly listProducts: ListProducts,
    @Inject(ShowProduct) private readonly showProduct: ShowProduct,
    @Inject(ShowLooks) private readonly showLooks: ShowLooks,
  ) {}

  @Contract(mallRoutes.home)
  home(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.home>): Out<typeof mallRoutes.home> {
    return this.showHome.run(actor, input.query.storeId as StoreId);
  }

  @Contract(mallRoutes.categories)
  categories(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.categories>): Out<typeof mallRoutes.categories> {
    return this.listCategories.ofStore(actor, input.query.storeId as StoreId);
  }

  @Contract(mallRoutes.products)
  async products(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.products>): Out<typeof mallRoutes.products> {
    const store = await this.organization.requireStore(actor, input.query.storeId as StoreId);
    return this.listProducts.run(actor.brandId, store.id, input.query);
  }

  @Contract(mallRoutes.product)
  product(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.product>): Out<typeof mallRoutes.product> {
    return this.showProduct.run(actor, input.query.storeId as StoreId, input.params.id as ProductId);
  }

  @Contract(mallRoutes.looks)
  looks(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.looks>): Out<typeof mallRoutes.looks> {
    return this.showLooks.run(actor, input.query.storeId as StoreId, input.params.id as ProductId);
  }

  @Contract(guideRoutes.products)
  guideProducts(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.products>,
  ): Out<typeof guideRoutes.products> {
    return this.listProducts.run(actor.brandId, (actor as Guide).storeId, input.query);
  }
}
