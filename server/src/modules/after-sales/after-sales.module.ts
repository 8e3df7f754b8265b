import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { AssetsModule } from '../assets/index.js';
import { CatalogModule } from '../catalog/index.js';
import { ClearingModule } from '../clearing/index.js';
import { CouponsModule } from '../coupons/index.js';
import { InventoryModule } from '../inventory/index.js';
import { OrderReturns, OrdersModule } from '../orders/index.js';
import { OrganizationModule } from '../organization/index.js';
import { conditionRule, PaymentsModule } from '../payments/index.js';
import { PicturesModule } from '../pictures/index.js';
import { SettlementModule } from '../settlement/index.js';
import { afterSaleInvariants } from './after-sales.invariants.js';
import { AfterSaleQueries } from './application/after-sale-queries.js';
import { AfterSaleSweeps } from './application/after-sale-sweeps.js';
import { AfterSales } from './application/after-sales.js';
import { PreviewAfterSale } from './application/preview-after-sale.js';
import { ProgressCase } from './application/progress-case.js';
import { RefundAssets } from './application/refund-assets.js';
import { RequestAfterSale } from './application/request-after-sale.js';
import { ReturnStores } from './application/return-stores.js';
import { ReturnedGoods } from './application/returned-goods.js';
import { AfterSaleRuleBook } from './application/rule-book.js';
import { ConsoleAfterSalesController } from './http/console-after-sales.controller.js';
import { GuideAfterSalesController } from './http/guide-after-sales.controller.js';
import { MallAfterSalesController } from './http/mall-after-sales.controller.js';
import { registerCaseRows } from './persistence/member-rows.js';
import { OpenCaseStore } from './persistence/open-case.store.js';

@Module({
  imports: [
    OrdersModule,
    OrganizationModule,
    PaymentsModule,
    InventoryModule,
    CouponsModule,
    AssetsModule,
    ClearingModule,
    PicturesModule,
    CatalogModule,
    SettlementModule,
  ],
  controllers: [MallAfterSalesController, ConsoleAfterSalesController, GuideAfterSalesController],
  providers: [
    AfterSaleRuleBook,
    RefundAssets,
    ReturnStores,
    ReturnedGoods,
    PreviewAfterSale,
    ProgressCase,
    RequestAfterSale,
    AfterSales,
    AfterSaleQueries,
    AfterSaleSweeps,
  ],
  exports: [AfterSales, RequestAfterSale, PreviewAfterSale, AfterSaleRuleBook],
})
export class AfterSalesModule implements OnModuleInit {
  private readonly openCases = new OpenCaseStore();

  constructor(@Inject(AfterSaleRuleBook) private readonly book: AfterSaleRuleBook) {}

  onModuleInit(): void {
    registerInvariants(afterSaleInvariants);
    OrderReturns.register('after-sales', {
      isRefunding: (tx, brandId, orderId) => this.openCases.isRefundAsked(tx, brandId, orderId),
      isInCase: (tx, brandId, orderId) => this.openCases.isOpen(tx, brandId, orderId),
      hasReturnedSince: (tx, brandId, orderId, since) => this.openCases.isAskedSince(tx, brandId, orderId, since),
    });
    conditionRule.fill(async (on, brandId) => (await this.book.of(brandId, on)).condition);
    registerCaseRows();
  }
}
