import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, basisPoints, fen, halfUpShare, type OrderId } from '@shuke/shared/kernel';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import type { Payment } from '../../../gateways/wechat-pay/index.js';
import { isDuplicate } from '../../../platform/database/database.js';
import { RollBack, type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { Wake } from '../../../platform/platform.module.js';
import { isTakenInStore, newPickupCode, type Order, Orders, orderEvent, RecentOrders } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import type { PaymentRow } from '../domain/payment.js';
import { PaymentStore, type TakenPayment } from '../persistence/payment.store.js';
import { Arrivals } from './arrivals.js';
import { PaymentSubjects } from './payment-subjects.js';
import { RequestRefund } from './request-refund.js';

const beforeCommit = declareFailpoint('payment.apply.before-commit');
const afterCommit = declareFailpoint('payment.apply.after-commit');
const PICKUP_CODE_TRIES = 3;

interface OrderRef {
  brandId: BrandId;
  id: OrderId;
}

export type Applied = 'PAID' | 'ALREADY' | 'LATE' | 'NOT_PAID' | 'MISMATCH';

/** What the orders' side offers to a payment that is applied. */
@Injectable()
export class PaidOrders {
  constructor(
    @Inject(Orders) readonly orders: Orders,
    @Inject(RecentOrders) readonly recent: RecentOrders,
    @Inject(Arrivals) readonly arrivals: Arrivals,
    @Inject(Organization) readonly organization: Organization,
  ) {}
}

/** Takes what WeChat says about a payment and brings ours up to it, whatever came before and however often. */
@Injectable()
export class ApplyPayment {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(PaidOrders) private readonly paid: PaidOrders,
    @Inject(RequestRefund) private readonly refunds: RequestRefund,
    @Inject(PayGateways) private readonly gateways: PayGateways,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /**
   * Applies a verified payment. A late one, for what no longer waits for it, is kept and refunded by itself (pay-04).
   * @returns MISMATCH when mini-program, merchant, amount or currency are not ours, or a paid one does not say what, when
   * or under which number: nothing is changed and somebody must look (pay-08)
   */
  async run(ours: PaymentRow, theirs: Payment): Promise<Applied> {
    if (!isSame(ours, theirs) || !this.isOurApp(ours.accountId, theirs)) return 'MISMATCH';
    if (theirs.tradeState !== 'SUCCESS' && theirs.tradeState !== 'REFUND') return 'NOT_PAID';
    const { total, transactionId, paidAtMs } = theirs;
    if (total === null || !transactionId || paidAtMs === null) return 'MISMATCH';
    if (await this.atOnce(ours.accountId, theirs, null)) return 'PAID';
    const paidAt = new Date(paidAtMs);
    const subject = PaymentSubjects.get(ours.subject);
    const applied = await this.unitOfWork.run('apply payment', async (tx): Promise<Applied> => {
      // The subject first, then the payment: the same order of locks as everywhere else.
      const isWanted = await subject.isStillWanted(tx, ours);
      const payment = await this.payments.lock(tx, ours.brandId, ours.id);
      if (!payment) return 'MISMATCH';
      if (payment.state === 'PAID') return 'ALREADY';
      if (isWanted) await subject.onPaid(tx, { ...payment, state: 'PAID', transactionId, paidAt });
      // A deposit is settled together with its tail.
      const splits = (subject.isSplit ?? false) && payment.purpose !== 'DEPOSIT';
      const feeFen = this.feeOf(ours.accountId, ours.amountFen);
      await this.payments.setPaid(tx, payment, { transactionId, paidAt, feeFen, isLate: !isWanted, splits });
      if (!isWanted) await this.refunds.forLatePayment(tx, payment);
      beforeCommit();
      return isWanted ? 'PAID' : 'LATE';
    });
    afterCommit();
    if (applied === 'PAID') this.paid.arrivals.announce(ours.subjectId);
    if (applied === 'LATE') this.wake.sweep('settlement.refunds');
    return applied;
  }

  /** A presale was given up with its deposit paid, and the deposit is not forfeit: it goes back whole, by itself. */
  async giveBackDeposit(tx: Tx, order: Order): Promise<void> {
    const begun = await this.payments.allOfOrder(tx, order.brandId, order.id);
    const deposit = begun.find((one) => one.purpose === 'DEPOSIT' && one.state === 'PAID' && !one.isLate);
    if (!deposit) return;
    await this.payments.setLate(tx, deposit);
    await this.refunds.forLatePayment(tx, deposit, '尾款没有付，定金原路退回');
  }

  /**
   * The short way, which nearly every payment takes: the order and its payment are moved without looking at them first,
   * provided that everything is as planned.
   * @param notificationId of the callback that brought the news, kept with the payment
   * @returns false when nothing was changed and the long way must look
   */
  async atOnce(accountId: string, theirs: Payment, notificationId: string | null): Promise<boolean> {
    const orderId = /^P(\d+)$/.exec(theirs.outTradeNo)?.[1];
    const { total, transactionId, paidAtMs } = theirs;
    if (orderId === undefined || theirs.tradeState !== 'SUCCESS' || theirs.currency !== 'CNY') return false;
    if (total === null || !transactionId || paidAtMs === null || !this.isOurApp(accountId, theirs)) return false;
    const brand = await this.paid.organization.brandByAppid(this.gateways.get(accountId).appid);
    if (!brand) return false;
    const paid = {
      accountId,
      mchid: theirs.mchid,
      subMchid: theirs.subMchid ?? null,
      outTradeNo: theirs.outTradeNo,
      totalFen: total,
      transactionId,
      paidAt: new Date(paidAtMs),
      feeFen: this.feeOf(accountId, total),
      notificationId,
    };
    let order: Order | null = null;
    for (let attempt = 1; order === null; attempt += 1) {
      try {
        order = await this.take({ brandId: brand.id, id: orderId as OrderId }, paid, newPickupCode());
        if (!order) return false;
      } catch (error) {
        // Two orders drew the same pickup code.
        if (attempt > PICKUP_CODE_TRIES || !isDuplicate(error)) throw error;
      }
    }
    afterCommit();
    this.paid.arrivals.announce(orderId, order);
    return true;
  }

  /** @returns the order as it is written now, or null when nothing was changed */
  private take(ref: OrderRef, paid: TakenPayment, pickupCode: string): Promise<Order | null> {
    const { orders, recent } = this.paid;
    return this.unitOfWork.run('take payment', async (tx) => {
      // The order first, then the payment: the same order of locks as everywhere else.
      const isTaken =
        (await orders.store.setPaid(tx, ref, { paidAt: paid.paidAt, pickupCode })) &&
        (await this.payments.takeForOrder(tx, ref.brandId, paid));
      if (!isTaken) throw new RollBack(null);
      const submitted = recent.get(ref.id)?.order;
      const order = submitted
        ? withMoney(submitted, { paidAt: paid.paidAt, pickupCode })
        : await orders.store.find(tx, ref.brandId, ref.id);
      if (!order) throw new Error(`order ${ref.id} is gone`);
      tx.emit(orderEvent('order.paid', order));
      beforeCommit();
      return order;
    });
  }

  /** Whether it was paid in the mini-program of the account that collects. */
  private isOurApp(accountId: string, theirs: Payment): boolean {
    return theirs.appid === this.gateways.get(accountId).appid;
  }

  private feeOf(accountId: string, amountFen: number) {
    return halfUpShare(fen(amountFen), basisPoints(this.gateways.get(accountId).settings.feeBp));
  }
}

/** What `setPaid` makes of an order as it was submitted. */
function withMoney(order: Order, { paidAt, pickupCode }: { paidAt: Date; pickupCode: string }): Order {
  const paid = { ...order, paidAt, dueAt: null };
  return isTakenInStore(order.fulfil)
    ? { ...paid, state: 'TO_PICKUP', pickupCode }
    : { ...paid, state: 'TO_SHIP', pickupCode: null };
}

/** Merchant, sub-merchant, number, amount and currency must all be ours (reference/wechat-pay.md §3.3). */
function isSame(ours: PaymentRow, theirs: Payment): boolean {
  return (
    theirs.outTradeNo === ours.outTradeNo &&
    theirs.mchid === ours.mchid &&
    (theirs.subMchid ?? null) === ours.subMchid &&
    (theirs.total === null || theirs.total === ours.amountFen) &&
    theirs.currency === 'CNY'
  );
}
