import { Inject, Injectable } from '@nestjs/common';
import { basisPoints, halfUpShare } from '@shuke/shared/kernel';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import type { Payment } from '../../../gateways/wechat-pay/index.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { Wake } from '../../../platform/platform.module.js';
import { Orders } from '../../orders/index.js';
import type { PaymentRow } from '../domain/payment.js';
import { PaymentStore } from '../persistence/payment.store.js';
import { RequestRefund } from './request-refund.js';

const beforeCommit = declareFailpoint('payment.apply.before-commit');
const afterCommit = declareFailpoint('payment.apply.after-commit');

export type Applied = 'PAID' | 'ALREADY' | 'LATE' | 'NOT_PAID' | 'MISMATCH';

/** Takes what WeChat says about a payment and brings ours up to it, whatever came before and however often. */
@Injectable()
export class ApplyPayment {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(RequestRefund) private readonly refunds: RequestRefund,
    @Inject(PayGateways) private readonly gateways: PayGateways,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /**
   * Applies a verified payment. A late one, for an order that is closed, is kept and refunded by itself (pay-04).
   * @returns MISMATCH when merchant, amount or currency are not ours: nothing is changed and somebody must look (pay-08)
   */
  async run(ours: PaymentRow, theirs: Payment): Promise<Applied> {
    if (!isSame(ours, theirs)) return 'MISMATCH';
    if (theirs.tradeState !== 'SUCCESS' && theirs.tradeState !== 'REFUND') return 'NOT_PAID';
    const paidAt = new Date(theirs.paidAtMs ?? 0);
    const { settings } = this.gateways.get(ours.accountId);
    const feeFen = halfUpShare(ours.amountFen, basisPoints(settings.feeBp));
    const applied = await this.unitOfWork.run('apply payment', async (tx): Promise<Applied> => {
      // The order first, then the payment: the same order of locks as everywhere else.
      const order = await this.orders.store.lock(tx, ours.brandId, ours.orderId);
      const payment = await this.payments.lock(tx, ours.brandId, ours.id);
      if (!order || !payment) return 'MISMATCH';
      if (payment.state === 'PAID') return 'ALREADY';
      const isOnTime = await this.orders.progress.markPaid(tx, order, paidAt);
      await this.payments.setPaid(tx, payment, {
        transactionId: theirs.transactionId ?? '',
        paidAt,
        feeFen,
        isLate: !isOnTime,
      });
      if (!isOnTime) await this.refunds.forLatePayment(tx, payment, order);
      beforeCommit();
      return isOnTime ? 'PAID' : 'LATE';
    });
    afterCommit();
    if (applied === 'PAID') this.wake.sweep('settlement.accrue');
    if (applied === 'LATE') this.wake.sweep('settlement.refunds');
    return applied;
  }
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
