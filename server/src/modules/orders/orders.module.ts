import { Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { AssetsModule } from '../assets/index.js';
import { CartsModule } from '../carts/index.js';
import { ClearingModule } from '../clearing/index.js';
import { CouponsModule } from '../coupons/index.js';
import { HandOversModule } from '../hand-overs/index.js';
import { InventoryModule } from '../inventory/index.js';
import { MembersModule } from '../members/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PricingModule } from '../pricing/index.js';
import { PromotionsModule } from '../promotions/index.js';
import { Attributions } from './application/attribute-order.js';
import { DraftOrder } from './application/draft-order.js';
import { OrderAssets } from './application/order-assets.js';
import { OrderPayment } from './application/order-payment.js';
import { OrderQueries } from './application/order-queries.js';
import { OrderSweeps } from './application/order-sweeps.js';
import { Orders } from './application/orders.js';
import { ProgressOrder } from './application/progress-order.js';
import { Receivers } from './application/receivers.js';
import { RecentOrders } from './application/recent-orders.js';
import { RushOrders } from './application/rush-orders.js';
import { SubmitOrder } from './application/submit-order.js';
import { SubmitParts } from './application/submit-parts.js';
import { UndoHandOver } from './application/undo-hand-over.js';
import { assertTransitions } from './domain/order-state.js';
import {
  ConsoleOrdersController,
  GuideDeliveriesController,
  GuideOrdersController,
  MallOrdersController,
} from './http/orders.controllers.js';
import { orderInvariants } from './orders.invariants.js';
import { registerOrderRows } from './persistence/member-rows.js';
import { OrderStore } from './persistence/order.store.js';

@Module({
  imports: [
    OrganizationModule,
    MembersModule,
    InventoryModule,
    PricingModule,
    PromotionsModule,
    CouponsModule,
    AssetsModule,
    CartsModule,
    ClearingModule,
    HandOversModule,
  ],
  controllers: [MallOrdersController, GuideOrdersController, GuideDeliveriesController, ConsoleOrdersController],
  providers: [
    { provide: RecentOrders, inject: [Clock], useFactory: (clock: Clock) => new RecentOrders(clock) },
    OrderStore,
    OrderPayment,
    OrderAssets,
    Attributions,
    ProgressOrder,
    SubmitParts,
    DraftOrder,
    SubmitOrder,
    RushOrders,
    OrderQueries,
    OrderSweeps,
    Orders,
    Receivers,
    UndoHandOver,
  ],
  exports: [Orders, OrderPayment, OrderQueries, RecentOrders, SubmitOrder],
})
export class OrdersModule implements OnModuleInit {
  onModuleInit(): void {
    registerOrderRows();
    assertTransitions();
    registerInvariants(orderInvariants);
  }
}
