import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { CatalogModule } from '../catalog/index.js';
import { OrganizationModule } from '../organization/index.js';
import { CrossStore } from './application/cross-store.js';
import { Inventory } from './application/inventory.js';
import { PushStock } from './application/push-stock.js';
import { ReconcileFeeds } from './application/reconcile-feeds.js';
import { SetStock } from './application/set-stock.js';
import { SoldOut } from './application/sold-out.js';
import { StockDesk } from './application/stock-desk.js';
import { ConsoleStockController } from './http/console-stock.controller.js';
import { StockFlowController } from './http/stock-flow.controller.js';
import { inventoryInvariants } from './inventory.invariants.js';
import { registerArrivalRows } from './persistence/member-rows.js';

const ARRIVALS_MS = 5000;
const REPORTS_MS = 10 * 60_000;

@Module({
  imports: [OrganizationModule, CatalogModule],
  controllers: [ConsoleStockController, StockFlowController],
  providers: [Inventory, SetStock, CrossStore, PushStock, SoldOut, StockDesk, ReconcileFeeds],
  exports: [Inventory, CrossStore, SoldOut],
})
export class InventoryModule implements OnModuleInit {
  constructor(
    @Inject(SoldOut) private readonly soldOut: SoldOut,
    @Inject(ReconcileFeeds) private readonly feeds: ReconcileFeeds,
  ) {}

  onModuleInit(): void {
    registerInvariants(inventoryInvariants);
    registerArrivalRows();
    registerSweep({ name: 'inventory.arrivals', everyMs: ARRIVALS_MS, run: () => this.soldOut.sweep() });
    registerSweep({ name: 'inventory.feed-reports', everyMs: REPORTS_MS, run: () => this.feeds.run() });
  }
}
