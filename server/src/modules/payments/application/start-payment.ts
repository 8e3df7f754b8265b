import { Inject, Injectable } from '@nestjs/common';
import type { PayParams } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Static } from '@sinclair/typebox';
import { type PayDesk, PayGateways } from '../../../gateways/registry/pay-gateways.js';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { log } from '../../../platform/observability/log.js';
import { duePayment, type Order, type OrderPresale, Orders, RecentOrders } from '../../orders/index.js';
import { checkPauseMs, type PaymentRow, PREPAY_LIFE_MS } from '../domain/payment.js';
import { PaymentStore } from '../persistence/payment.store.js';
import { refusePay } from './payment-errors.js';
import { PaymentPlans, type PayPlan, type PayWish } from './payment-plans.js';

const afterCall = declareFailpoint('payment.start.after-call');

type Params = Static<typeof PayParams>;

/** Prepares a WeChat payment, as often as the consumer taps "pay". */
@Injectable()
export class StartPayment {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(RecentOrders) private readonly recent: RecentOrders,
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(PayGateways) private readonly gateways: PayGateways,
    @Inject(PaymentPlans) private readonly plans: PaymentPlans,
  ) {}

  /**
   * Prepares the payment of an order. The plan was written with the order, so the first tap is one call and one row.
   * @throws AppError ALREADY_PAID, ORDER_CLOSED, PAY_SETUP, PAY_NOT_READY
   */
  async run(actor: Consumer, orderId: Id): Promise<Params> {
    const known = this.recent.get(orderId);
    const planned = known?.payPlan;
    if (planned && known.order.brandId === actor.brandId && known.order.memberId === actor.memberId) {
      this.recent.forgetPlan(orderId);
      return this.first(known.order, JSON.parse(planned) as PayPlan);
    }
    const order = await this.orders.visible(actor, orderId);
    if (order.state !== 'PENDING_PAY') throw refusePay(order.paidAt ? 'ALREADY_PAID' : 'ORDER_CLOSED');
    if (order.presale) return this.ofPresale(order, order.presale, actor);
    const payment = await this.payments.ofOrder(this.database, order.brandId, order.id);
    return payment ? this.again(payment) : this.first(order, await this.planOf(order, actor));
  }

  /** Deposit or tail, whichever is due; the tail from its day on. @throws AppError TAIL_NOT_YET */
  private ofPresale(order: Order, presale: OrderPresale, actor: Consumer): Promise<Params> {
    if (duePayment(order) === 'TAIL' && this.plans.clock.now() < Date.parse(presale.tailFrom))
      throw refusePay('TAIL_NOT_YET', { tailFrom: presale.tailFrom });
    return this.start(this.plans.wishOf(order, actor.openid));
  }

  /**
   * Prepares the payment of anything else; a repeat renews the same payment.
   * @throws AppError ALREADY_PAID, ORDER_CLOSED, PAY_SETUP, PAY_NOT_READY
   */
  async start(wish: PayWish): Promise<Params> {
    const before = await this.payments.of(this.database, wish);
    if (before) return this.again(before);
    const payment = this.plans.row(wish, await this.plans.plan(wish));
    const now = this.plans.clock.now();
    try {
      await this.payments.insert(this.database, payment, new Date(now), new Date(now + checkPauseMs(0)));
    } catch (error) {
      // Two taps at once: the first row counts, its body is what WeChat will see.
      const other = isDuplicate(error) ? await this.payments.of(this.database, wish) : null;
      if (!other) throw error;
      return this.again(other);
    }
    return this.again(payment);
  }

  private async planOf(order: Order, actor: Consumer): Promise<PayPlan> {
    const planned = await this.orders.store.payPlan(this.database, order.brandId, order.id);
    if (planned) return JSON.parse(planned) as PayPlan;
    // The store could not collect when the order was submitted; perhaps it can now. The first plan that is kept counts.
    const plan = JSON.stringify(await this.plans.ofOrder(order, actor.openid));
    await this.orders.store.setPayPlan(this.database, order.brandId, order.id, plan);
    return JSON.parse((await this.orders.store.payPlan(this.database, order.brandId, order.id)) ?? plan) as PayPlan;
  }

  /** The first tap: WeChat is asked with the planned request, then the row is written if the order still waits. */
  private async first(order: Order, plan: PayPlan): Promise<Params> {
    const planned = this.plans.row({ brandId: order.brandId, subject: 'ORDER', subjectId: order.id }, plan);
    const desk = this.gateways.get(plan.accountId);
    const prepayId = await this.place(planned, desk);
    const now = this.plans.clock.now();
    const at = new Date(now);
    const payment: PaymentRow = { ...planned, state: 'PREPAID', prepayId, prepayAt: at, requestBody: null };
    try {
      if (await this.payments.insertForOrder(this.database, payment, at, new Date(now + checkPauseMs(0))))
        return paramsOf(desk, prepayId);
    } catch (error) {
      const other = isDuplicate(error) ? await this.payments.ofOrder(this.database, order.brandId, order.id) : null;
      if (!other) throw error;
      // Two taps at once asked for the very same order: either number pays it.
      if (await this.payments.setPrepay(this.database, other, prepayId, at)) return paramsOf(desk, prepayId);
    }
    return this.takeBack(payment, desk);
  }

  /** A further tap: the number that is still good, or a new one by the very same request. */
  private async again(payment: PaymentRow): Promise<Params> {
    if (payment.state === 'PAID') throw refusePay('ALREADY_PAID');
    if (payment.state === 'CLOSED') throw refusePay('ORDER_CLOSED');
    const desk = this.gateways.get(payment.accountId);
    const now = this.plans.clock.date();
    const isFresh =
      payment.prepayId !== null &&
      payment.prepayAt !== null &&
      Math.abs(now.getTime() - payment.prepayAt.getTime()) < PREPAY_LIFE_MS;
    if (isFresh) return paramsOf(desk, payment.prepayId as string);
    const prepayId = await this.place(await this.withBody(payment), desk);
    if (await this.payments.setPrepay(this.database, payment, prepayId, now)) return paramsOf(desk, prepayId);
    return this.takeBack(payment, desk);
  }

  private async withBody(payment: PaymentRow): Promise<PaymentRow> {
    if (payment.requestBody !== null) return payment;
    const planned = await this.orders.store.payPlan(this.database, payment.brandId, payment.subjectId);
    if (!planned) throw refusePay('PAY_SETUP');
    return { ...payment, requestBody: JSON.stringify((JSON.parse(planned) as PayPlan).body) };
  }

  /** Sends the frozen body; an unknown outcome is tried once more with the very same body (pay-06). */
  private async place(payment: PaymentRow, desk: PayDesk): Promise<string> {
    const body = JSON.parse(payment.requestBody ?? '{}') as Record<string, unknown>;
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const result = await desk.gateway.payments.placeJsapiOrder(body);
      if (result.kind === 'ok') {
        afterCall();
        return result.data.prepayId;
      }
      if (result.kind === 'refused' && result.status !== 401) {
        log.error(
          { code: result.code, problem: result.message, subject: payment.subject, id: payment.subjectId },
          'WeChat Pay refused an order',
        );
        throw refusePay(result.code === 'ORDERPAID' || result.code === 'ORDER_PAID' ? 'ALREADY_PAID' : 'PAY_SETUP', {
          code: result.code,
        });
      }
    }
    throw refusePay('PAY_NOT_READY');
  }

  /** It was given up while WeChat made its pay sheet: nobody may pay by it any more. */
  private async takeBack(payment: PaymentRow, desk: PayDesk): Promise<never> {
    const now = await this.payments.of(this.database, payment);
    if (now?.state === 'PAID') throw refusePay('ALREADY_PAID');
    await desk.gateway.payments.close({ outTradeNo: payment.outTradeNo, subMchid: payment.subMchid ?? undefined });
    throw refusePay('ORDER_CLOSED');
  }
}

const paramsOf = async (desk: PayDesk, prepayId: string): Promise<Params> => ({
  ...(await desk.gateway.payments.payParams(prepayId, desk.appid)),
  appId: desk.appid,
});
