import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { CheckoutActivity } from '@shuke/shared/contracts';
import type { BrandId, Fen, MemberId, StoreId } from '@shuke/shared/kernel';
import type { ActivityFacts } from '@shuke/shared/rules';
import type { Consumer } from '../../../platform/access/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Points, Wallet, WalletPins } from '../../assets/index.js';
import { type CouponId, Coupons } from '../../coupons/index.js';
import { Deliveries } from '../../organization/index.js';
import type { PricedOrder } from '../../pricing/index.js';
import { Activities, type PaymentSchedule, Promotions } from '../../promotions/index.js';
import type { Order } from '../domain/order.js';
import { refuseOrder } from './order-errors.js';
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
    @Inject(Activities) private readonly activities: Activities,
    @Inject(WalletPins) private readonly pins: WalletPins,
    @Inject(Deliveries) private readonly deliveries: Deliveries,
  ) {}

  onModuleInit(): void {
    OrderHolds.register('assets', {
      capture: (tx, order) => this.capture(tx, order),
      release: (tx, order) => this.release(tx, order),
      depositPaid: (tx, order) => this.activities.paid(tx, order.brandId, order.id, 'DEPOSIT'),
      keepsGoods: async (tx, order) =>
        isPromoted(order) && (await this.activities.holdsShipping(tx, order.brandId, order.id)),
      refunded: (tx, order) => this.freeSlot(tx, order),
    });
  }

  /**
   * Holds what the price used; no statement for a plain order.
   * @throws AppError PROMOTION_USED_UP, PROMOTION_OVER, COUPON_NOT_YOURS, COUPON_TAKEN, POINTS_NOT_ENOUGH, WALLET_NOT_ENOUGH
   */
  async hold(tx: Tx, order: Order, priced: PricedOrder, activity: ActivityFacts | null): Promise<void> {
    if (!usesAssets(priced)) return;
    const { brandId, id: orderId, storeId } = order;
    const memberId = order.memberId as MemberId;
    // What a presale holds, it holds until the tail is paid.
    const dueAt = order.presale ? new Date(order.presale.tailUntil) : (order.dueAt ?? tx.now);
    // Only the order ends what it holds: one that was paid in time may be heard of long after its deadline.
    const until = null;
    await this.promotions.record(tx, { brandId, orderId, memberId, storeId, promotions: priced.promotionUses });
    if (priced.usedCoupons.length > 0) {
      const uses = priced.usedCoupons.map((one) => ({ couponId: one.couponId as CouponId, fen: one.fen }));
      await this.coupons.lock(tx, { brandId, memberId, orderId, until: dueAt, uses });
    }
    if (priced.pointsUsed > 0)
      await this.points.hold(tx, { brandId, memberId, orderId, points: priced.pointsUsed, storeId, until });
    if (priced.walletFen > 0)
      await this.wallet.hold(tx, { brandId, memberId, orderId, amountFen: priced.walletFen, storeId, until });
    if (activity) {
      const qty = order.lines.reduce((sum, line) => sum + (line.unitPriceFen > 0 ? line.qty : 0), 0);
      const { cashFen: totalFen } = order;
      await this.activities.attach(tx, {
        brandId,
        memberId,
        storeId,
        orderId,
        activity,
        qty,
        totalFen,
      });
    }
  }

  /** The agreed price of a group, a bargain or a presale, or null for any other order; a seckill's price is everybody's. */
  async facts(
    buyer: { brandId: BrandId; memberId: MemberId; storeId: StoreId },
    wish: CheckoutActivity | undefined,
    lines: readonly { skuId: string; qty: number }[],
  ): Promise<ActivityFacts | null> {
    if (!wish || (await this.promotions.isSeckill(buyer.brandId, wish.promotionId))) return null;
    return this.activities.facts(buyer, wish, lines);
  }

  /** How long the consumer may take to pay: a seckill's pieces are wanted by others too. No statement. */
  async payMinutes(brandId: BrandId, priced: PricedOrder, usual: number): Promise<number> {
    return Math.min(usual, (await this.promotions.payMinutes(brandId, priced.promotionUses)) ?? usual);
  }

  /**
   * The two payments of a presale with a deposit, or null.
   * @param pieces how many of the presale's SKU
   * @throws AppError NOT_SELLABLE when other means leave less to pay than the deposit
   */
  async scheduleOf(
    buyer: { brandId: BrandId; memberId: MemberId; storeId: StoreId },
    activity: ActivityFacts | null,
    pieces: number,
    cashFen: Fen,
  ): Promise<PaymentSchedule | null> {
    if (!activity) return null;
    const schedule = await this.activities.planOf({ ...buyer, activity, qty: pieces, totalFen: cashFen });
    if (schedule && schedule.tailFen <= 0)
      throw refuseOrder('NOT_SELLABLE', undefined, '定金和尾款要用微信支付，请少用一点储值或积分');
    return schedule;
  }

  private async capture(tx: Tx, order: Order): Promise<void> {
    if (order.presale) await this.activities.paid(tx, order.brandId, order.id, 'TAIL');
    else if (isPromoted(order)) await this.activities.paid(tx, order.brandId, order.id);
    if (order.couponFen > 0 || hasCoupon(order)) await this.coupons.use(tx, order.brandId, order.id);
    if (order.pointsUsed > 0) await this.points.capture(tx, order.brandId, order.id);
    if (order.walletFen > 0) await this.wallet.capture(tx, order.brandId, order.id);
  }

  /** @throws AppError WALLET_PIN_NEEDED, PIN_WRONG, PIN_LOCKED */
  async checkPin(actor: Consumer, walletFen: Fen, pin: string | undefined): Promise<void> {
    if (walletFen > 0) await this.pins.check(actor, walletFen, pin);
  }

  /** Nobody drives for an order that was given back before it left: somebody else can have its time. */
  private async freeSlot(tx: Tx, order: Order): Promise<void> {
    if (order.delivery && order.state === 'TO_SHIP') await this.deliveries.release(tx, order.brandId, order.id);
  }

  private async release(tx: Tx, order: Order): Promise<void> {
    if (order.delivery) await this.deliveries.release(tx, order.brandId, order.id);
    await this.promotions.release(tx, order.brandId, order.id);
    if (isPromoted(order)) await this.activities.dropped(tx, order.brandId, order.id);
    if (order.depositPaidAt && !order.presale?.forfeits) await this.activities.refunded(tx, order.brandId, order.id);
    await this.coupons.release(tx, order.brandId, order.id);
    if (order.pointsUsed > 0) await this.points.release(tx, order.brandId, order.id);
    if (order.walletFen > 0) await this.wallet.release(tx, order.brandId, order.id);
  }
}

/** A freight coupon lowers the freight and shows in the order's steps only. */
const hasCoupon = (order: Order): boolean => order.steps.some((step) => step.label === '优惠券');

const isPromoted = (order: Order): boolean =>
  order.lines.some((line) => line.applied.some((one) => one.kind === 'PROMOTION'));
