import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Points, Wallet } from '../../assets/index.js';
import { type CouponId, Coupons } from '../../coupons/index.js';
import type { PricedOrder } from '../../pricing/index.js';
import { Promotions } from '../../promotions/index.js';
import type { Order } from '../domain/order.js';
import { OrderHolds } from './order-holds.js';

/** Whether pricing used anything that must be held for the order. */
export const usesAssets = (priced: PricedOrder): boolean =>
  priced.promotionUses.length > 0 || priced.usedCoupons.length > 0 || priced.pointsUsed > 0 || priced.walletFen > 0;

/**
 * Promotions, coupons, points and wallet money of an order: held when it is submitted, captured when it is paid, released
 * when it is closed, always in the transaction that moves the order, so that none is ever left behind (pain-03).
 */
@Injectable()
export class OrderAssets implements OnModuleInit {
  constructor(
    @Inject(Promotions) private readonly promotions: Promotions,
    @Inject(Coupons) private readonly coupons: Coupons,
    @Inject(Points) private readonly points: Points,
    @Inject(Wallet) private readonly wallet: Wallet,
  ) {}

  onModuleInit(): void {
    OrderHolds.register('assets', {
      capture: (tx, order) => this.capture(tx, order),
      release: (tx, order) => this.release(tx, order),
    });
  }

  /**
   * Holds what the price used; no statement for a plain order.
   * @throws AppError PROMOTION_USED_UP, PROMOTION_OVER, COUPON_NOT_YOURS, COUPON_TAKEN, POINTS_NOT_ENOUGH, WALLET_NOT_ENOUGH
   */
  async hold(tx: Tx, order: Order, priced: PricedOrder): Promise<void> {
    if (!order.hasHolds) return;
    const { brandId, id: orderId, storeId } = order;
    const memberId = order.memberId as MemberId;
    const until = order.dueAt ?? tx.now;
    await this.promotions.record(tx, { brandId, orderId, memberId, storeId, promotions: priced.promotionUses });
    if (priced.usedCoupons.length > 0) {
      const uses = priced.usedCoupons.map((one) => ({ couponId: one.couponId as CouponId, fen: one.fen }));
      await this.coupons.lock(tx, { brandId, memberId, orderId, until, uses });
    }
    if (priced.pointsUsed > 0)
      await this.points.hold(tx, { brandId, memberId, orderId, points: priced.pointsUsed, storeId, until });
    if (priced.walletFen > 0)
      await this.wallet.hold(tx, { brandId, memberId, orderId, amountFen: priced.walletFen, storeId, until });
  }

  private async capture(tx: Tx, order: Order): Promise<void> {
    if (order.couponFen > 0 || hasCoupon(order)) await this.coupons.use(tx, order.brandId, order.id);
    if (order.pointsUsed > 0) await this.points.capture(tx, order.brandId, order.id);
    if (order.walletFen > 0) await this.wallet.capture(tx, order.brandId, order.id);
  }

  private async release(tx: Tx, order: Order): Promise<void> {
    await this.promotions.release(tx, order.brandId, order.id);
    await this.coupons.release(tx, order.brandId, order.id);
    if (order.pointsUsed > 0) await this.points.release(tx, order.brandId, order.id);
    if (order.walletFen > 0) await this.wallet.release(tx, order.brandId, order.id);
  }
}

/** A freight coupon lowers the freight and shows in the order's steps only. */
const hasCoupon = (order: Order): boolean => order.steps.some((step) => step.label === '优惠券');
