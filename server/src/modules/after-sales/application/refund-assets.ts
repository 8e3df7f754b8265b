import { Inject, Injectable } from '@nestjs/common';
import { type Fen, fenFromBigInt, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Points, Wallet } from '../../assets/index.js';
import { Clearing, CrossStoreCosts } from '../../clearing/index.js';
import { Coupons, couponSharesOf } from '../../coupons/index.js';
import type { Order } from '../../orders/index.js';
import { type BookedRefund, OpenRefund, type RefundShares } from '../../payments/index.js';
import type { OrderCouponFacts } from '../domain/consequences.js';
import { AfterSaleRuleBook } from './rule-book.js';

const DAY_HOURS = 24;

/** What a refund does to wallet, points, coupons and the cost of goods from other stores, in the transaction that books it. */
@Injectable()
export class RefundAssets {
  constructor(
    @Inject(Wallet) private readonly wallet: Wallet,
    @Inject(Points) private readonly points: Points,
    @Inject(Coupons) private readonly coupons: Coupons,
    @Inject(Clearing) private readonly clearing: Clearing,
    @Inject(OpenRefund) private readonly refunds: OpenRefund,
    @Inject(CrossStoreCosts) private readonly crossStore: CrossStoreCosts,
    @Inject(AfterSaleRuleBook) private readonly book: AfterSaleRuleBook,
  ) {}

  /** How a refund to the wallet divides into paid-in and given money, in the proportion in which it left. */
  async walletParts(on: Queryable, order: Order, back: Fen): Promise<{ principalFen: Fen; bonusFen: Fen } | null> {
    const hold = await this.wallet.heldFor(on, order.brandId, order.id);
    const used = (kind: string) =>
      BigInt((hold?.uses ?? []).filter((use) => use.kind === kind).reduce((sum, use) => sum + use.amount, 0));
    const all = used('PRINCIPAL') + used('BONUS');
    if (all === 0n) return null;
    const bonusFen = fenFromBigInt((BigInt(back) * used('BONUS')) / all);
    return { principalFen: subFen(back, bonusFen), bonusFen };
  }

  /** How many points the order has too many once these shares are gone; nothing of it is dropped silently (pain-12). */
  async pointsToTake(on: Queryable, order: Order, shares: Pick<RefundShares, 'lines'>): Promise<number> {
    const left = await this.refunds.cashLeft(on, order, { lines: shares.lines, isStored: false });
    return (await this.points.excess(on, order.brandId, order.id, left)).points;
  }

  /** What becomes of the order's coupons, and how much of their discount leaves with these pieces. */
  async couponFacts(
    on: Queryable,
    order: Order,
    lines: readonly { lineId: string; qty: number }[],
  ): Promise<OrderCouponFacts[]> {
    if (!order.hasHolds) return [];
    const shares = couponSharesOf(order.lines, lines);
    return (await this.coupons.ofOrder(on, order.brandId, order.id)).map(({ id, name, comesBack }) => ({
      name,
      comesBack,
      shareFen: shares.find((share) => share.couponId === id)?.fen ?? ZERO_FEN,
    }));
  }

  /** Gives back and takes back; called once per refund. */
  async apply(tx: Tx, { refund, order, isAllBack }: BookedRefund): Promise<void> {
    if (refund.cause === 'LATE_PAYMENT') return;
    const of = { brandId: order.brandId, orderId: order.id, refundId: refund.id };
    if (refund.walletFen > ZERO_FEN) await this.wallet.refund(tx, { ...of, amountFen: refund.walletFen });
    if (refund.pointsBack > 0) await this.points.refund(tx, { ...of, points: refund.pointsBack });
    if (order.memberId) {
      const left = await this.refunds.cashLeft(tx, order, { lines: refund.lines, isStored: true });
      const { points } = await this.points.excess(tx, order.brandId, order.id, left);
      if (points > 0) await this.points.takeBack(tx, { ...of, points });
    }
    if (order.hasHolds) await this.couponsBack(tx, { refund, order, isAllBack });
    await this.crossStore.refunded(tx, order, refund);
  }

  /** Coupons stay used until everything is back; what they took off the refunded pieces is nobody's cost any more. */
  private async couponsBack(tx: Tx, { refund, order, isAllBack }: BookedRefund): Promise<void> {
    if (isAllBack) {
      const { couponGraceDays } = await this.book.of(order.brandId, tx);
      await this.coupons.giveBack(tx, order.brandId, order.id, couponGraceDays * DAY_HOURS);
      return;
    }
    const shares = couponSharesOf(order.lines, refund.lines);
    if (shares.length === 0) return;
    const { brandId, id: orderId } = order;
    await this.coupons.takeBackShare(tx, { brandId, orderId, refundId: refund.id, shares });
  }

  /** Goods handed in elsewhere: the store that has them now owes what the selling store has given back. */
  async clearOtherStore(
    tx: Tx,
    one: { order: Order; caseId: string; caseNo: string; receivedStoreId: string; fen: Fen },
  ): Promise<void> {
    if (one.receivedStoreId === one.order.storeId || one.fen === 0) return;
    await this.clearing.post(tx, {
      brandId: one.order.brandId,
      kind: 'RETURN_ELSEWHERE',
      subjectId: one.caseId,
      legs: [
        { party: `STORE:${one.order.storeId}`, fen: one.fen },
        { party: `STORE:${one.receivedStoreId}`, fen: subFen(ZERO_FEN, one.fen) },
      ],
      note: `异店退货 ${one.caseNo}`,
    });
  }
}
