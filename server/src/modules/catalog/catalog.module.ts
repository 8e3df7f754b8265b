import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { OrganizationModule } from '../organization/index.js';
import { Approvals } from './application/approvals.js';
import { BulkProducts } from './application/bulk-products.js';
import { Catalog } from './application/catalog.js';
import { ConsoleProducts } from './application/console-products.js';
import { EditParts, EditProduct } from './application/edit-product.js';
import { KeepCategories } from './application/keep-categories.js';
import { KeepListingRules } from './application/keep-listing-rules.js';
import { ListCategories } from './application/list-categories.js';
import { ListProducts } from './application/list-products.js';
import { PricePlans } from './application/price-plans.js';
import { Reprice } from './application/reprice.js';
import { SetListed } from './application/set-listed.js';
import { SetPrice } from './application/set-price.js';
import { ShowHome } from './application/show-home.js';
import { ShowLooks } from './application/show-looks.js';
import { ShowProduct } from './application/show-product.js';
import { StoreListings } from './application/store-listings.js';
import { StorePicture } from './application/store-picture.js';
import { UpdateProduct } from './application/update-product.js';
import { catalogInvariants } from './catalog.invariants.js';
import { registerCountSold } from './events/count-sold.js';
import { registerToShelve } from './events/to-shelve.js';
import { ConsoleCatalogController } from './http/console-catalog.controller.js';
import { ConsoleProductsController } from './http/console-products.controller.js';
import { ConsoleShelfRulesController } from './http/console-shelf-rules.controller.js';
import { MallCatalogController } from './http/mall-catalog.controller.js';

@Module({
  imports: [OrganizationModule],
  controllers: [
    MallCatalogController,
    ConsoleCatalogController,
    ConsoleProductsController,
    ConsoleShelfRulesController,
  ],
  providers: [
    Catalog,
    ShowHome,
    ListCategories,
    ListProducts,
    ShowProduct,
    ShowLooks,
    ConsoleProducts,
    UpdateProduct,
    StoreListings,
    SetListed,
    SetPrice,
    Reprice,
    Approvals,
    EditParts,
    EditProduct,
    KeepCategories,
    KeepListingRules,
    PricePlans,
    StorePicture,
    BulkProducts,
  ],
  exports: [Catalog, StoreListings, BulkProducts],
})
export class CatalogModule implements OnModuleInit {
  constructor(
    @Inject(PricePlans) private readonly plans: PricePlans,
    @Inject(KeepListingRules) private readonly rules: KeepListingRules,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'catalog.price-plans', everyMs: 1000, run: () => this.plans.sweep(this.clock.date()) });
    registerInvariants(catalogInvariants);
    registerCountSold();
    registerToShelve(this.rules);
  }
}
