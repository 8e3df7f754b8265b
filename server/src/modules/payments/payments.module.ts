import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { OrderReturns, OrdersModule } from '../orders/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PromotionsModule } from '../promotions/index.js';
import { ApplyPayment, PaidOrders } from './application/apply-payment.js';
import { Arrivals } from './application/arrivals.js';
import { CheckPayment } from './application/check-payment.js';
import { Notifications, NotificationTargets } from './application/notifications.js';
import { OpenRefund } from './application/open-refund.js';
import { OrderSubject } from './application/order-subject.js';
import { PaymentPlans } from './application/payment-plans.js';
import { PaymentSweeps } from './application/payment-sweeps.js';
import { Payments } from './application/payments.js';
import { PromotionRefunds } from './application/promotion-refunds.js';
import { RequestRefund } from './application/request-refund.js';
import { StartPayment } from './application/start-payment.js';
import { UploadShipping } from './application/upload-shipping.js';
import {
  ConsoleRefundsController,
  MallPaymentsController,
  PayNotificationController,
} from './http/payments.controllers.js';
import { paymentInvariants } from './payments.invariants.js';
import { PaymentStore } from './persistence/payment.store.js';
import { RefundStore } from './persistence/refund.store.js';
import { SettlingStore } from './persistence/settling.store.js';

@Module({
  imports: [OrdersModule, OrganizationModule, PromotionsModule],
  controllers: [MallPaymentsController, ConsoleRefundsController, PayNotificationController],
  providers: [
    PaymentStore,
    RefundStore,
    SettlingStore,
    PaymentPlans,
    OrderSubject,
    Arrivals,
    PaidOrders,
    Payments,
    StartPayment,
    OpenRefund,
    RequestRefund,
    ApplyPayment,
    CheckPayment,
    NotificationTargets,
    Notifications,
    UploadShipping,
    PaymentSweeps,
    PromotionRefunds,
  ],
  exports: [Payments, PaymentStore, RefundStore, SettlingStore, RequestRefund, OpenRefund, CheckPayment],
})
export class PaymentsModule implements OnModuleInit {
  constructor(@Inject(RefundStore) private readonly refunds: RefundStore) {}

  onModuleInit(): void {
    registerInvariants(paymentInvariants);
    OrderReturns.register('payments', {
      isRefunding: (tx, brandId, orderId) => this.refunds.hasOpen(tx, brandId, orderId),
      hasReturnedSince: (tx, brandId, orderId, since) => this.refunds.hasAnySince(tx, brandId, orderId, since),
    });
  }
}
