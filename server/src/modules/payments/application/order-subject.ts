import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { PayParams } from '@shuke/shared/contracts';
import type { Consumer } from '../../../platform/access/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { duePayment, type Order, OrderPayment, Orders } from '../../orders/index.js';
import { PaymentStore } from '../persistence/payment.store.js';
import { PaymentPlans } from './payment-plans.js';
import { PaymentSubjects } from './payment-subjects.js';
import { StartPayment } from './start-payment.js';

/** Orders as something to be paid, and payments as what orders need of them. */
@Injectable()
export class OrderSubject implements OnModuleInit {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OrderPayment) private readonly port: OrderPayment,
    @Inject(PaymentPlans) private readonly plans: PaymentPlans,
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(StartPayment) private readonly start: StartPayment,
  ) {}

  onModuleInit(): void {
    this.port.plug({
      plan: (order, openid) => this.plan(order, openid),
      recordFree: (tx, order, openid) => this.recordFree(tx, order, openid),
      begin: (payer, order) => this.begin(payer, order),
    });
    PaymentSubjects.register('ORDER', {
      isSplit: true,
      isStillWanted: async (tx, payment) => {
        const order = await this.orders.store.lock(tx, payment.brandId, payment.subjectId);
        return order?.state === 'PENDING_PAY' && duePayment(order) === payment.purpose;
      },
      onPaid: async (tx, payment) => {
        const order = await this.orders.store.find(tx, payment.brandId, payment.subjectId);
        const { progress } = this.orders;
        const take = (to: Order, at: Date) =>
          payment.purpose === 'DEPOSIT' ? progress.depositPaid(tx, to, at) : progress.markPaid(tx, to, at);
        if (!order || !payment.paidAt || !(await take(order, payment.paidAt)))
          throw new Error(`order ${payment.subjectId} stopped waiting for its money while it was locked`);
      },
    });
  }

  private async plan(order: Order, openid: string): Promise<string | null> {
    // The payments of a presale are planned when they fall due.
    if (order.presale) return null;
    // A store that cannot collect may still take orders; paying them says what is wrong.
    return this.plans.ofOrder(order, openid).then(JSON.stringify, () => null);
  }

  private async begin(payer: Consumer, order: Order): Promise<PayParams | null> {
    try {
      return await this.start.run(payer, order.id);
    } catch (error) {
      // The order stands whatever WeChat Pay says.
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  private recordFree(tx: Tx, order: Order, openid: string): Promise<void> {
    return this.payments.insert(tx, this.plans.freeRow(order, openid, tx.now), tx.now, null);
  }
}
