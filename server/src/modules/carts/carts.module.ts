import { Module, type OnModuleInit } from '@nestjs/common';
import { AssetsModule } from '../assets/index.js';
import { CatalogModule } from '../catalog/index.js';
import { InventoryModule } from '../inventory/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PricingModule } from '../pricing/index.js';
import { PromotionsModule } from '../promotions/index.js';
import { CartStock } from './application/cart-stock.js';
import { Carts } from './application/carts.js';
import { ChangeCart } from './application/change-cart.js';
import { KeepAddresses } from './application/keep-addresses.js';
import { PreviewOrder } from './application/preview-order.js';
import { ScanItem } from './application/scan-item.js';
import { ShowCart } from './application/show-cart.js';
import { MallAddressesController } from './http/mall-addresses.controller.js';
import { MallCartController } from './http/mall-cart.controller.js';
import { registerCartRows } from './persistence/member-rows.js';

@Module({
  imports: [OrganizationModule, AssetsModule, CatalogModule, InventoryModule, PricingModule, PromotionsModule],
  controllers: [MallCartController, MallAddressesController],
  providers: [Carts, CartStock, ShowCart, ChangeCart, KeepAddresses, PreviewOrder, ScanItem],
  exports: [Carts],
})
export class CartsModule implements OnModuleInit {
  onModuleInit(): void {
    registerCartRows();
  }
}
