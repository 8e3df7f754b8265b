import { Inject, Injectable } from '@nestjs/common';
import { addFen, businessDay, type Fen, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import { type ReversalBody, shareOf } from '@shuke/shared/rules';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import type { Order } from '../../orders/index.js';
import { type PaymentRow, type RefundDraft, RefundEffects } from '../../payments/index.js';
import { accounts, moneyTransfer, reversalTransfer, type TransferDraft, transfer } from '../domain/ledger.js';
import type { Split } from '../persistence/split-rows.js';
import { SettlementStores } from './accrue.js';
import { collectorShare, netOfOrder } from './net-shares.js';
import { RefundParts, type ReversalPlan } from './refund-parts.js';

const beforeBooked = declareFailpoint('refund.before-booked');

/** The money is back with the consumer: lines, order, chain, ledger, wallet, points and coupon say so together. */
@Injectable()
export class BookRefund {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(RefundParts) private readonly parts: RefundParts,
  ) {}

  /** Books a refund once; a second call finds it booked. */
  async run(refund: RefundDraft, payment: PaymentRow): Promise<void> {
    await this.unitOfWork.run('book refund', async (tx) => {
      const order = await this.parts.orders.store.lock(tx, refund.brandId, refund.orderId);
      const locked = await this.parts.refunds.lock(tx, refund.brandId, refund.id);
      // A late payment of something that is no order has no order to lock.
      if ((!order && !payment.isLate) || locked.state === 'SUCCESS') return;
      if (payment.isLate) await this.stores.ledger.post(tx, refund.brandId, this.lateTransfers(refund, payment));
      else if (order) await this.bookOrder(tx, order, refund);
      await this.parts.refunds.update(tx, refund, {
        state: 'SUCCESS',
        step: 'DONE',
        finished_at: tx.now,
        next_check_at: null,
        problem: null,
      });
      beforeBooked();
    });
  }

  private async bookOrder(tx: Tx, order: Order, refund: RefundDraft): Promise<void> {
    const split = await this.parts.splits.lockOfOrder(tx, refund.brandId, refund.orderId);
    if (refund.amountFen > 0) await this.bookReversal(tx, order, refund, split);
    const totalFen = addFen(refund.amountFen, refund.walletFen);
    await this.parts.orders.progress.refunded(tx, order, { lines: refund.lines, totalFen, goods: refund.goods });
    const isAllBack = this.isEveryPiece(order, refund);
    const isEveryFen = addFen(order.refundedFen, totalFen) === order.totalFen;
    await RefundEffects.apply(tx, { refund, order, isAllBack });
    // With nothing left to divide there is nothing to wait for.
    if (isEveryFen && split && split.step !== 'DONE')
      await this.parts.splits.setReady(tx, refund.brandId, refund.orderId);
    if (split?.step === 'DONE') await this.parts.debts.sync(tx, split);
  }

  private isEveryPiece(order: Order, refund: RefundDraft): boolean {
    return order.lines.every((line) => {
      const now = refund.lines.find((one) => one.lineId === line.lineId)?.qty ?? 0;
      return line.refundedQty + now === line.qty;
    });
  }

  private async bookReversal(tx: Tx, order: Order, refund: RefundDraft, split: Split | null): Promise<void> {
    const plan = refund.plan as ReversalPlan;
    const net = await netOfOrder(tx, this.stores.chain, order.brandId, order.id);
    const { accrual } = net;
    const body: ReversalBody = {
      v: 1,
      kind: 'REVERSAL',
      storeId: accrual.storeId,
      storeName: accrual.storeName,
      orderId: order.id,
      orderNo: order.orderNo,
      at: tx.now.toISOString(),
      businessDay: businessDay(tx.now.getTime()),
      rule: accrual.rule,
      refundId: refund.id,
      input: accrual.input,
      original: accrual.shares,
      refund: plan.refund,
      before: plan.before,
      refundFen: refund.amountFen,
      ...plan.result,
    };
    await this.stores.chain.append(tx, order.brandId, [{ storeId: order.storeId, refId: refund.id, body }]);
    const feeBack = shareOf(plan.result.shares, 'CHANNEL', 'wechat-pay');
    const channel = { party: 'CHANNEL', partyId: 'wechat-pay' };
    await this.stores.ledger.post(tx, order.brandId, [
      reversalTransfer(`reverse:${refund.id}`, order.id, order.storeId, plan.result.shares),
      transfer('ENTITLEMENT', `fee-back:${refund.id}`, 'PAID', order.id, [
        { account: accounts.due(channel), fen: feeBack },
        { account: accounts.paid(channel), fen: subFen(ZERO_FEN, feeBack) },
      ]),
      ...this.refundMoney(refund, split?.subMchid ?? split?.mchid ?? '', split?.step !== 'DONE', feeBack),
      ...(split?.step === 'DONE' ? this.collectorBack(order, refund, plan, split) : []),
    ]);
  }

  /** After the split the collector's share had counted as paid; the refund took it from its balance again. */
  private collectorBack(order: Order, refund: RefundDraft, plan: ReversalPlan, split: Split): TransferDraft[] {
    const back = collectorShare(split, plan.result.shares);
    if (!back || back.fen === 0) return [];
    return [
      transfer('ENTITLEMENT', `owner-back:${refund.id}`, 'PAID', order.id, [
        { account: accounts.due(back), fen: back.fen },
        { account: accounts.paid(back), fen: subFen(ZERO_FEN, back.fen) },
      ]),
    ];
  }

  private refundMoney(refund: RefundDraft, collector: string, isFrozen: boolean, feeBack: Fen): TransferDraft[] {
    const from = isFrozen ? accounts.frozen(collector) : accounts.available(collector);
    return [
      transfer('MONEY', `refund:${refund.id}`, 'REFUND', refund.orderId, [
        { account: accounts.consumer, fen: refund.amountFen },
        { account: accounts.fee, fen: subFen(ZERO_FEN, feeBack) },
        { account: from, fen: subFen(feeBack, refund.amountFen) },
      ]),
    ];
  }

  private lateTransfers(refund: RefundDraft, payment: PaymentRow): TransferDraft[] {
    const collector = payment.subMchid ?? payment.mchid;
    const { consumer, fee } = accounts;
    const frozen = accounts.frozen(collector);
    const paid = moneyTransfer(`pay:${payment.id}`, 'PAY', refund.orderId, consumer, frozen, payment.amountFen);
    const feePaid =
      payment.feeFen > 0
        ? [moneyTransfer(`fee:${payment.id}`, 'FEE', refund.orderId, frozen, fee, payment.feeFen)]
        : [];
    return [paid, ...feePaid, ...this.refundMoney(refund, collector, true, payment.feeFen)];
  }
}
