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

/** What a refund moves, as it is written down. */
const moneyOf = (shares: RefundShares) => ({
  amountFen: shares.cashFen,
  walletFen: shares.walletFen,
  freightFen: shares.freightFen,
  freightWalletFen: shares.freightWalletFen,
  pointsBack: shares.pointsBack,
  withheldFen: shares.withheldFen,
  lines: shares.lines,
  kept: shares.kept,
});

const maxFen = (a: Fen, b: Fen): Fen => (a > b ? a : b);
/** A presale's tail goes back first; what it has not is the deposit's. */
const depositPart = ({ amountFen }: RefundDraft, tailLeft: Fen): Fen => subFen(amountFen, minFen(amountFen, tailLeft));

const qtyIn = ({ lines }: Pick<RefundDraft, 'lines'>, lineId: string): number =>
  lines.find((one) => one.lineId === lineId)?.qty ?? 0;
/** Whether two refunds give the same pieces back. */
const isSame = (a: RefundDraft, b: RefundDraft): boolean =>
  [...a.lines, ...b.lines].every(({ lineId }) => qtyIn(a, lineId) === qtyIn(b, lineId));
/** Whether an order still has the pieces of a failed refund once another one has gone through. */
const fitsBeside = (order: Order, failed: RefundDraft, other: RefundDraft): boolean =>
  order.lines.every(
    ({ lineId, qty, refundedQty }) => refundedQty + qtyIn(failed, lineId) + qtyIn(other, lineId) <= qty,
  );

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
      const failed = await this.refunds.failedOf(tx, order.brandId, order.id);
      const twin = failed.find((one) => one.depositFen > 0 && one.caseId === draft.caseId && isSame(one, draft));
      // What the first try gave back of the deposit is known by its numbers only, so they are asked for again.
      const again = twin && (await this.again(tx, order, payment, twin, shares));
      if (again) return again;
      draft.depositFen = depositPart(draft, await this.tailLeft(tx, order, payment, draft));
    }
    await this.refunds.insert(tx, draft);
    return draft;
  }

  /**
   * Tries a failed refund again under a new number, giving back what its pieces are worth by now: other refunds may have
   * made it the last one, or used up the tail of a presale. The caller has locked the order.
   * @returns null when it is not failed, another refund is open, or its pieces have gone back by another one meanwhile
   */
  async retry(tx: Tx, order: Order, refundId: Id, wish: RefundWish): Promise<RefundDraft | null> {
    const refund = await this.refunds.lock(tx, order.brandId, refundId);
    if (refund.state !== 'FAILED' || (await this.refunds.hasOpen(tx, order.brandId, order.id))) return null;
    const payment = await this.payments.ofOrder(tx, order.brandId, order.id);
    const shares = await this.shares(tx, order, wish);
    return payment && shares ? this.again(tx, order, payment, refund, shares) : null;
  }

  private async again(
    tx: Tx,
    order: Order,
    payment: PaymentRow,
    refund: RefundDraft,
    shares: RefundShares,
  ): Promise<RefundDraft | null> {
    const attempt = refund.attempt + 1;
    const next: RefundDraft = {
      ...refund,
      ...moneyOf(shares),
      attempt,
      outRefundNo: `R${refund.id}-${attempt}`,
      state: 'REQUESTED',
      step: 'PLAN',
    };
    // What may have gone back of the deposit stays part of this refund.
    if (order.presale)
      next.depositFen = maxFen(refund.depositFen, depositPart(next, await this.tailLeft(tx, order, payment, next)));
    if (next.depositFen > next.amountFen) return null;
    return (await this.refunds.reopen(tx, next)) ? next : null;
  }

  /**
   * What of a presale's tail is free for a refund: not what other refunds took, and not the part of those that failed and
   * can be tried again, whose deposit may have gone back already.
   */
  private async tailLeft(tx: Tx, order: Order, payment: PaymentRow, refund: RefundDraft): Promise<Fen> {
    const gone = await this.refunds.tailGivenBack(tx, order.brandId, order.id);
    const waiting = (await this.refunds.failedOf(tx, order.brandId, order.id)).filter(
      (one) => one.id !== refund.id && one.depositFen > 0 && fitsBeside(order, one, refund),
    );
    const kept = sumFen(waiting.map((one) => subFen(one.amountFen, one.depositFen)));
    return maxFen(ZERO_FEN, subFen(subFen(payment.amountFen, gone), kept));
  }

  private draft(order: Order, payment: PaymentRow, shares: RefundShares, origin: RefundOrigin): RefundDraft {
    return newRefund({
      brandId: order.brandId,
      id: origin.id ?? this.ids.next<'refund'>(),
      orderId: order.id,
      paymentId: payment.id,
      ...moneyOf(shares),
      reason: origin.reason.slice(0, 80),
      cause: origin.cause,
      goods: origin.goods ?? 'BACK',
      caseId: origin.caseId ?? null,
      requestedBy: origin.requestedBy,
    });
  }
}
