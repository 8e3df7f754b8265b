import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { CatalogModule } from '../catalog/index.js';
import { OrganizationModule } from '../organization/index.js';
import { Inventory } from './application/inventory.js';
import { SetStock } from './application/set-stock.js';
import { ConsoleStockController } from './http/console-stock.controller.js';
import { inventoryInvariants } from './inventory.invariants.js';

@Module({
  imports: [OrganizationModule, CatalogModule],
  controllers: [ConsoleStockController],
  providers: [Inventory, SetStock],
  exports: [Inventory],
})
export class InventoryModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(inventoryInvariants);
  }
}
