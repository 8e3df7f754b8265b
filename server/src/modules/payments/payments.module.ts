import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { OrdersModule } from '../orders/index.js';
import { OrganizationModule } from '../organization/index.js';
import { ApplyPayment } from './application/apply-payment.js';
import { CheckPayment } from './application/check-payment.js';
import { Notifications, NotificationTargets } from './application/notifications.js';
import { PaymentSweeps } from './application/payment-sweeps.js';
import { RequestRefund } from './application/request-refund.js';
import { PaymentTools, StartPayment } from './application/start-payment.js';
import { UploadShipping } from './application/upload-shipping.js';
import {
  ConsoleRefundsController,
  MallPaymentsController,
  PayNotificationController,
} from './http/payments.controllers.js';
import { paymentInvariants } from './payments.invariants.js';
import { PaymentStore } from './persistence/payment.store.js';
import { RefundStore } from './persistence/refund.store.js';

@Module({
  imports: [OrdersModule, OrganizationModule],
  controllers: [MallPaymentsController, ConsoleRefundsController, PayNotificationController],
  providers: [
    PaymentStore,
    RefundStore,
    PaymentTools,
    StartPayment,
    RequestRefund,
    ApplyPayment,
    CheckPayment,
    NotificationTargets,
    Notifications,
    UploadShipping,
    PaymentSweeps,
  ],
  exports: [PaymentStore, RefundStore, RequestRefund, CheckPayment],
})
export class PaymentsModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(paymentInvariants);
  }
}
