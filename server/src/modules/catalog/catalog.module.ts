import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { OrganizationModule } from '../organization/index.js';
import { Catalog } from './application/catalog.js';
import { ConsoleProducts } from './application/console-products.js';
import { ListCategories } from './application/list-categories.js';
import { ListProducts } from './application/list-products.js';
import { SetListed } from './application/set-listed.js';
import { SetPrice } from './application/set-price.js';
import { ShowHome } from './application/show-home.js';
import { ShowProduct } from './application/show-product.js';
import { StoreListings } from './application/store-listings.js';
import { UpdateProduct } from './application/update-product.js';
import { catalogInvariants } from './catalog.invariants.js';
import { registerCountSold } from './events/count-sold.js';
import { ConsoleCatalogController } from './http/console-catalog.controller.js';
import { MallCatalogController } from './http/mall-catalog.controller.js';

@Module({
  imports: [OrganizationModule],
  controllers: [MallCatalogController, ConsoleCatalogController],
  providers: [
    Catalog,
    ShowHome,
    ListCategories,
    ListProducts,
    ShowProduct,
    ConsoleProducts,
    UpdateProduct,
    StoreListings,
    SetListed,
    SetPrice,
  ],
  exports: [Catalog, StoreListings],
})
export class CatalogModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(catalogInvariants);
    registerCountSold();
  }
}
