import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Carts } from '../../carts/index.js';
import { CrossStore, Inventory } from '../../inventory/index.js';
import { Deliveries } from '../../organization/index.js';
import { Pricing } from '../../pricing/index.js';
import { OrderStore } from '../persistence/order.store.js';
import { Attributions } from './attribute-order.js';
import { OrderPayment } from './order-payment.js';
import { RecentOrders } from './recent-orders.js';

/** The other modules that submitting needs, in one place to keep the constructor short. */
@Injectable()
export class SubmitParts {
  constructor(
    @Inject(Inventory) readonly inventory: Inventory,
    @Inject(CrossStore) readonly crossStore: CrossStore,
    @Inject(Carts) readonly carts: Carts,
    @Inject(Deliveries) readonly deliveries: Deliveries,
    @Inject(Pricing) readonly pricing: Pricing,
    @Inject(OrderStore) readonly orders: OrderStore,
    @Inject(Attributions) readonly attributions: Attributions,
    @Inject(OrderPayment) readonly payment: OrderPayment,
    @Inject(RecentOrders) readonly recent: RecentOrders,
    @Inject(Clock) readonly clock: Clock,
  ) {}
}
