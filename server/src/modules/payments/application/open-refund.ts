import { Inject, Injectable } from '@nestjs/common';
import { type Fen, type Id, minFen, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { type Order, type OrderLineRow, PAID_STATES, refuseOrder } from '../../orders/index.js';
import { conditionsOf } from '../domain/paid-conditions.js';
import type { PaymentRow } from '../domain/payment.js';
import {
  type PaidLine,
  type PaidOrder,
  type RefundShares,
  type RefundWish,
  refundShares,
} from '../domain/refund-shares.js';
import { PaymentStore } from '../persistence/payment.store.js';
import { RefundStore } from '../persistence/refund.store.js';
import { newRefund, type RefundDraft } from '../persistence/refund-row.js';

/** Why and for whom a refund is opened. */
export interface RefundOrigin {
  id?: Id<'refund'>;
  reason: string;
  cause: RefundDraft['cause'];
  requestedBy: string;
  goods?: RefundDraft['goods'];
  caseId?: Id | null;
}

const appliedFen = (line: OrderLineRow, kind: string): Fen =>
  sumFen(line.applied.filter((one) => one.kind === kind).map((one) => one.fen));

/** A present says on its line what a piece of it cost; promotions that gave the same one say the same. */
const presentOf = ({ applied }: OrderLineRow, keptQty: number): Pick<PaidLine, 'present'> => {
  const gift = applied.find((one) => one.gift)?.gift;
  return gift ? { present: { unitPriceFen: gift.unitPriceFen, keptQty } } : {};
};

/** Works out and opens refunds inside the caller's transaction; the money moves later, by the refund saga. */
@Injectable()
export class OpenRefund {
  constructor(
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(RefundStore) private readonly refunds: RefundStore,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /** What a wish gives back now, per source; null when it asks for pieces that are not there. */
  async shares(on: Queryable, order: Order, wish: RefundWish): Promise<RefundShares | null> {
    return refundShares(await this.paid(on, order), wish);
  }

  /**
   * What of each line's cash stays once some shares have gone back.
   * @param isStored whether these shares are a refund that has been written already
   */
  async cashLeft(
    on: Queryable,
    order: Order,
    now: { lines: RefundShares['lines']; isStored: boolean },
  ): Promise<{ lineId: string; cashFen: Fen }[]> {
    const back = await this.refunds.givenBack(on, order.brandId, order.id);
    return order.lines.map((line) => {
      const part = now.lines.find((one) => one.lineId === line.lineId);
      const walletNow = part?.walletFen ?? ZERO_FEN;
      const walletAll = back.walletByLine.get(line.lineId) ?? ZERO_FEN;
      const walletBefore = now.isStored ? subFen(walletAll, walletNow) : walletAll;
      const paid = subFen(line.payableFen, line.walletFen);
      const before = subFen(line.refundedFen, walletBefore);
      return {
        lineId: line.lineId,
        cashFen: subFen(subFen(paid, before), subFen(part?.amountFen ?? ZERO_FEN, walletNow)),
      };
    });
  }

  private async paid(on: Queryable, order: Order): Promise<PaidOrder> {
    const back = await this.refunds.givenBack(on, order.brandId, order.id);
    const walletOfLines = sumFen(order.lines.map((line) => line.walletFen));
    return {
      lines: order.lines.map((line) => ({
        lineId: line.lineId,
        skuId: line.skuId ?? '',
        unitPriceFen: line.unitPriceFen,
        qty: line.qty,
        payableFen: line.payableFen,
        walletFen: line.walletFen,
        pointsFen: appliedFen(line, 'POINTS'),
        refundedQty: line.refundedQty,
        refundedFen: line.refundedFen,
        refundedWalletFen: back.walletByLine.get(line.lineId) ?? ZERO_FEN,
        ...presentOf(line, back.keptByLine.get(line.lineId) ?? 0),
      })),
      freightFen: order.freightFen,
      freightWalletFen: subFen(order.walletFen, walletOfLines),
      pointsUsed: order.pointsUsed,
      conditions: conditionsOf(order.lines),
      before: { freightFen: back.freightFen, points: back.points },
    };
  }

  /**
   * Opens a refund of an order whose row the caller has locked.
   * @throws AppError REFUND_NOT_POSSIBLE when there is nothing to give back, REFUND_IN_PROGRESS
   */
  async open(tx: Tx, order: Order, wish: RefundWish, origin: RefundOrigin): Promise<RefundDraft> {
    if (order.channel !== 'MINIAPP' || !PAID_STATES.includes(order.state)) throw refuseOrder('REFUND_NOT_POSSIBLE');
    const payment = await this.payments.ofOrder(tx, order.brandId, order.id);
    if (payment?.state !== 'PAID') throw refuseOrder('REFUND_NOT_POSSIBLE');
    if (await this.refunds.hasOpen(tx, order.brandId, order.id)) throw refuseOrder('REFUND_IN_PROGRESS');
    const shares = await this.shares(tx, order, wish);
    if (!shares) throw refuseOrder('REFUND_NOT_POSSIBLE');
    const draft = this.draft(order, payment, shares, origin);
    if (order.presale) {
      const tailLeft = subFen(payment.amountFen, await this.refunds.tailGivenBack(tx, order.brandId, order.id));
      draft.depositFen = subFen(shares.cashFen, minFen(shares.cashFen, tailLeft));
    }
    await this.refunds.insert(tx, draft);
    return draft;
  }

  /**
   * Tries a failed refund again under a new number. The caller has locked the order.
   * @returns false when it is not failed, another refund is open, or its pieces have gone back by another one meanwhile
   */
  async retry(tx: Tx, order: Order, refundId: Id): Promise<boolean> {
    const refund = await this.refunds.lock(tx, order.brandId, refundId);
    if (refund.state !== 'FAILED' || (await this.refunds.hasOpen(tx, order.brandId, order.id))) return false;
    const isThere = refund.lines.every((part) => {
      const line = order.lines.find((one) => one.lineId === part.lineId);
      return line && line.refundedQty + part.qty <= line.qty && line.refundedFen + part.amountFen <= line.payableFen;
    });
    return isThere && this.refunds.reopen(tx, refund);
  }

  private draft(order: Order, payment: PaymentRow, shares: RefundShares, origin: RefundOrigin): RefundDraft {
    return newRefund({
      brandId: order.brandId,
      id: origin.id ?? this.ids.next<'refund'>(),
      orderId: order.id,
      paymentId: payment.id,
      amountFen: shares.cashFen,
      walletFen: shares.walletFen,
      freightFen: shares.freightFen,
      freightWalletFen: shares.freightWalletFen,
      pointsBack: shares.pointsBack,
      withheldFen: shares.withheldFen,
      reason: origin.reason.slice(0, 80),
      cause: origin.cause,
      goods: origin.goods ?? 'BACK',
      caseId: origin.caseId ?? null,
      requestedBy: origin.requestedBy,
      lines: shares.lines,
      kept: shares.kept,
    });
  }
}
