import { Inject, Injectable } from '@nestjs/common';
import type { CheckoutActivity } from '@shuke/shared/contracts';
import { type BrandId, type Fen, type Id, mulFen, type OrderId } from '@shuke/shared/kernel';
import type { ActivityFacts } from '@shuke/shared/rules';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { rowOf } from '../domain/play.js';
import type { PresaleTerms } from '../domain/plays/presale.js';
import { type PaymentSchedule, scheduleOf } from '../domain/presale-schedule.js';
import type { LivePromotion } from '../domain/promotion.js';
import type { PresaleState } from '../domain/session-rules.js';
import { BargainStore } from '../persistence/bargain.store.js';
import { GroupStore } from '../persistence/group.store.js';
import { PresaleStore } from '../persistence/presale.store.js';
import { SeatStore } from '../persistence/seat.store.js';
import { type ActivityBuyer, ActivityPrices } from './activity-prices.js';
import { GroupSeats } from './group-seats.js';
import { refusePromotion } from './promotion-errors.js';
import { Promotions } from './promotions.js';
import { PromotionTools } from './tools.js';

/** A submitted order of one activity. */
type ActivityOrder = ActivityBuyer & { orderId: OrderId; activity: ActivityFacts; qty: number; totalFen: Fen };

/** WeChat may say only after the last day that a tail was paid on it; an order that still waited has taken it. */
const TAIL_TAKEN_FROM: readonly PresaleState[] = ['DEPOSIT_PAID', 'TAIL_DUE', 'FORFEITED'];

/**
 * Orders of a group, a bargain or a presale. Checkout asks `facts` for the price, hands them to the pipeline, calls
 * `attach` where the order is written, and tells `paid`, `dropped` and `refunded` what became of it.
 */
@Injectable()
export class Activities {
  private readonly groups = new GroupStore();
  private readonly seatRows = new SeatStore();
  private readonly bargains = new BargainStore();
  private readonly presales = new PresaleStore();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Promotions) private readonly promotions: Promotions,
    @Inject(ActivityPrices) private readonly prices: ActivityPrices,
    @Inject(GroupSeats) private readonly seats: GroupSeats,
  ) {}

  /** The agreed price for an order of one SKU, as {@link ActivityPrices.facts} finds it. */
  facts(
    buyer: ActivityBuyer,
    wish: CheckoutActivity,
    lines: readonly { skuId: string; qty: number }[],
  ): Promise<ActivityFacts> {
    return this.prices.facts(buyer, wish, lines);
  }

  /** The two payments that an order of an activity would have, or null when it is paid at once. */
  async planOf(order: Omit<ActivityOrder, 'orderId'>): Promise<PaymentSchedule | null> {
    const live = await this.promotions.live(order.brandId, order.storeId, this.tools.clock.date());
    const found = live.find((one) => one.id === order.activity.promotionId);
    return found?.promotion.kind === 'PRESALE' ? scheduleOf(found.promotion, order) : null;
  }

  /**
   * Ties a submitted order to its activity, inside the transaction that writes it.
   * @param totalFen what the whole order costs
   * @returns the two payments of a presale, or null when the order is paid at once
   * @throws AppError BARGAIN_CLOSED when another order has taken the bargain meanwhile
   */
  async attach(tx: Tx, order: ActivityOrder): Promise<PaymentSchedule | null> {
    const { brandId, memberId, storeId, orderId, activity } = order;
    const found = (await this.promotions.live(brandId, storeId, tx.now)).find((one) => one.id === activity.promotionId);
    if (!found) throw refusePromotion('PROMOTION_OVER', { promotionId: activity.promotionId });
    switch (found.promotion.kind) {
      case 'GROUP_BUY':
        await this.seatRows.add(tx, {
          brandId,
          orderId,
          promotionId: found.id,
          storeId,
          skuId: activity.skuId,
          groupId: activity.sessionId as Id<'group'> | null,
          memberId,
          isLeader: activity.sessionId === null,
        });
        return null;
      case 'BARGAIN': {
        const bargain = await this.bargains.lock(tx, brandId, activity.sessionId ?? '');
        const isOpen = bargain && (bargain.state === 'OPEN' || bargain.state === 'AT_FLOOR');
        if (!isOpen || bargain.memberId !== memberId || bargain.nowFen !== activity.unitPriceFen)
          throw refusePromotion('BARGAIN_CLOSED');
        await this.bargains.set(tx, { ...bargain, state: 'ORDERED', orderId });
        return null;
      }
      default:
        return this.attachPresale(tx, found, order);
    }
  }

  /**
   * A payment of an order has come; anything that is no activity, and a repeat, does nothing.
   * @param purpose DEPOSIT and TAIL of a presale; ORDER for everything else
   */
  async paid(
    tx: Tx,
    brandId: BrandId,
    orderId: OrderId,
    purpose: 'ORDER' | 'DEPOSIT' | 'TAIL' = 'ORDER',
  ): Promise<void> {
    if (purpose === 'DEPOSIT') await this.presales.move(tx, brandId, orderId, ['DEPOSIT_DUE'], 'DEPOSIT_PAID');
    else if (purpose === 'TAIL') await this.presales.move(tx, brandId, orderId, TAIL_TAKEN_FROM, 'PAID');
    else await this.seats.paid(tx, brandId, orderId);
  }

  /** An order was closed unpaid: its seat is free, its bargain may be ordered again while it runs. */
  async dropped(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    const seat = await this.seatRows.lock(tx, brandId, orderId);
    if (seat?.state === 'WANTED') await this.seatRows.set(tx, seat, { state: 'DROPPED' });
    const bargain = await this.bargains.byOrder(tx, brandId, orderId);
    if (bargain?.state === 'ORDERED') {
      const open = bargain.helpCount === bargain.cuts.length ? 'AT_FLOOR' : 'OPEN';
      const state = bargain.expiresAt <= tx.now ? 'EXPIRED' : open;
      await this.bargains.set(tx, { ...bargain, state, orderId: null });
    }
  }

  /** An order's money is back: its seat is free again while the group is open; after success nobody else is touched. */
  async refunded(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    await this.seats.refunded(tx, brandId, orderId);
    await this.presales.move(tx, brandId, orderId, ['DEPOSIT_PAID', 'TAIL_DUE', 'PAID'], 'REFUNDED');
  }

  /** True while goods must wait: the group is not complete, or the tail is not paid. */
  async holdsShipping(on: Queryable, brandId: BrandId, orderId: OrderId): Promise<boolean> {
    const [seat, deal] = await Promise.all([
      this.seatRows.one(on, brandId, orderId),
      this.presales.one(on, brandId, orderId),
    ]);
    if (deal && deal.state !== 'PAID') return true;
    if (!seat) return false;
    const group = seat.groupId ? await this.groups.one(on, brandId, seat.groupId) : null;
    return seat.state !== 'PAID' || group?.state !== 'SUCCEEDED';
  }

  /** The presale of an order, to know which payment is due; null for any other order. */
  async schedule(on: Queryable, brandId: BrandId, orderId: OrderId): Promise<PaymentSchedule | null> {
    return this.presales.one(on, brandId, orderId);
  }

  private async attachPresale(
    tx: Tx,
    { promotion }: LivePromotion,
    order: ActivityOrder,
  ): Promise<PaymentSchedule | null> {
    const terms = promotion.terms as unknown as PresaleTerms;
    const row = rowOf(terms.items, order.activity.skuId);
    const schedule = scheduleOf(promotion, order);
    if (!schedule || !row?.depositFen) return null;
    const deal = {
      brandId: order.brandId,
      orderId: order.orderId,
      promotionId: promotion.id,
      memberId: order.memberId,
      storeId: order.storeId,
      skuId: order.activity.skuId,
      ...schedule,
      worthFen: mulFen(row.worthFen ?? row.depositFen, order.qty),
      shipBy: new Date(terms.shipBy),
    };
    await this.presales.insert(tx, deal);
    return schedule;
  }
}
