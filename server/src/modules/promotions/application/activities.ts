import { Inject, Injectable } from '@nestjs/common';
import type { CheckoutActivity } from '@shuke/shared/contracts';
import {
  type BrandId,
  type Fen,
  fen,
  type Id,
  type MemberId,
  mulFen,
  type OrderId,
  type StoreId,
  subFen,
} from '@shuke/shared/kernel';
import type { ActivityFacts } from '@shuke/shared/rules';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { rowOf } from '../domain/play.js';
import type { BargainTerms } from '../domain/plays/bargain.js';
import type { GroupBuyTerms } from '../domain/plays/group-buy.js';
import { type PresaleTerms, presaleUnitFen } from '../domain/plays/presale.js';
import type { LivePromotion } from '../domain/promotion.js';
import type { PresaleState } from '../domain/session-rules.js';
import { BargainStore } from '../persistence/bargain.store.js';
import { GroupStore } from '../persistence/group.store.js';
import { PresaleStore } from '../persistence/presale.store.js';
import { GroupSeats } from './group-seats.js';
import { refusePromotion } from './promotion-errors.js';
import { Promotions } from './promotions.js';
import { PromotionTools } from './tools.js';

/** Whose order it is and where. */
export interface ActivityBuyer {
  brandId: BrandId;
  memberId: MemberId;
  storeId: StoreId;
}

/** Two payments of a presale; for everything else an order is paid at once. */
export interface PaymentSchedule {
  depositFen: Fen;
  tailFen: Fen;
  tailFrom: Date;
  tailUntil: Date;
  /** The deposit is kept when the tail is not paid in time. */
  forfeits: boolean;
}

/** WeChat may say only after the last day that a tail was paid on it; an order that still waited has taken it. */
const TAIL_TAKEN_FROM: readonly PresaleState[] = ['DEPOSIT_PAID', 'TAIL_DUE', 'FORFEITED'];

/**
 * Orders of a group, a bargain or a presale. Checkout asks `facts` for the price, hands them to the pipeline, calls
 * `attach` where the order is written, and tells `paid`, `dropped` and `refunded` what became of it.
 */
@Injectable()
export class Activities {
  private readonly groups = new GroupStore();
  private readonly bargains = new BargainStore();
  private readonly presales = new PresaleStore();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Promotions) private readonly promotions: Promotions,
    @Inject(GroupSeats) private readonly seats: GroupSeats,
  ) {}

  /**
   * The agreed price for an order of one SKU.
   * @throws AppError ACTIVITY_UNKNOWN, GROUP_CLOSED, GROUP_JOINED, BARGAIN_CLOSED, BARGAIN_NOT_AT_FLOOR
   */
  async facts(
    buyer: ActivityBuyer,
    wish: CheckoutActivity,
    lines: readonly { skuId: string; qty: number }[],
  ): Promise<ActivityFacts> {
    const live = await this.promotions.live(buyer.brandId, buyer.storeId, this.tools.clock.date());
    const found = live.find((one) => one.id === wish.promotionId);
    const [line, ...more] = lines;
    if (!found || !line || more.length > 0) throw refusePromotion('ACTIVITY_UNKNOWN');
    const of = (unitPriceFen: Fen): ActivityFacts => ({
      promotionId: found.id,
      sessionId: wish.sessionId ?? null,
      skuId: line.skuId,
      unitPriceFen,
    });
    switch (found.promotion.kind) {
      case 'GROUP_BUY':
        return of(await this.groupPrice(buyer, found, wish.sessionId ?? null, line.skuId));
      case 'BARGAIN':
        return of(await this.bargainPrice(buyer, found, wish.sessionId ?? '', line));
      case 'PRESALE': {
        const row = rowOf((found.promotion.terms as unknown as PresaleTerms).items, line.skuId);
        if (!row) throw refusePromotion('ACTIVITY_UNKNOWN');
        return of(presaleUnitFen(row));
      }
      default:
        throw refusePromotion('ACTIVITY_UNKNOWN');
    }
  }

  /** The two payments that an order of an activity would have, or null when it is paid at once. */
  async planOf(
    order: ActivityBuyer & { activity: ActivityFacts; qty: number; totalFen: Fen },
  ): Promise<PaymentSchedule | null> {
    const live = await this.promotions.live(order.brandId, order.storeId, this.tools.clock.date());
    const found = live.find((one) => one.id === order.activity.promotionId);
    return found?.promotion.kind === 'PRESALE' ? scheduleOf(found, order) : null;
  }

  /**
   * Ties a submitted order to its activity, inside the transaction that writes it.
   * @param totalFen what the whole order costs
   * @returns the two payments of a presale, or null when the order is paid at once
   * @throws AppError BARGAIN_CLOSED when another order has taken the bargain meanwhile
   */
  async attach(
    tx: Tx,
    order: ActivityBuyer & { orderId: OrderId; activity: ActivityFacts; qty: number; totalFen: Fen },
  ): Promise<PaymentSchedule | null> {
    const { brandId, memberId, storeId, orderId, activity } = order;
    const found = (await this.promotions.live(brandId, storeId, tx.now)).find((one) => one.id === activity.promotionId);
    if (!found) throw refusePromotion('PROMOTION_OVER', { promotionId: activity.promotionId });
    switch (found.promotion.kind) {
      case 'GROUP_BUY':
        await this.groups.addSeat(tx, {
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
    const seat = await this.groups.lockSeat(tx, brandId, orderId);
    if (seat?.state === 'WANTED') await this.groups.setSeat(tx, seat, { state: 'DROPPED' });
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
      this.groups.seat(on, brandId, orderId),
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

  private async groupPrice(
    buyer: ActivityBuyer,
    { promotion }: LivePromotion,
    groupId: string | null,
    skuId: string,
  ): Promise<Fen> {
    const terms = promotion.terms as unknown as GroupBuyTerms;
    const row = rowOf(terms.items, skuId);
    if (!row) throw refusePromotion('ACTIVITY_UNKNOWN');
    const mine = await this.groups.seatsOf(this.tools.database, buyer.brandId, buyer.memberId, promotion.id);
    if (mine.filter((seat) => seat.state === 'PAID').length >= terms.joinsPerMember)
      throw refusePromotion('GROUP_JOINED', undefined, `每人最多参加 ${terms.joinsPerMember} 次`);
    if (groupId === null) return fen(Math.max(1, row.priceFen - (terms.leaderCutFen ?? 0)));
    const group = await this.groups.one(this.tools.database, buyer.brandId, groupId);
    const isHere = group && group.promotionId === promotion.id && group.storeId === buyer.storeId;
    if (!isHere || group.skuId !== skuId) throw refusePromotion('ACTIVITY_UNKNOWN');
    if (group.state !== 'OPEN' || group.expiresAt <= this.tools.clock.date() || group.joined >= group.size)
      throw refusePromotion('GROUP_CLOSED');
    if (mine.some((seat) => seat.groupId === group.id && seat.state === 'PAID')) throw refusePromotion('GROUP_JOINED');
    return row.priceFen;
  }

  private async bargainPrice(
    buyer: ActivityBuyer,
    { promotion }: LivePromotion,
    bargainId: string,
    line: { skuId: string; qty: number },
  ): Promise<Fen> {
    const bargain = await this.bargains.one(this.tools.database, buyer.brandId, bargainId);
    const isMine = bargain && bargain.memberId === buyer.memberId && bargain.promotionId === promotion.id;
    if (!isMine || bargain.skuId !== line.skuId || bargain.storeId !== buyer.storeId || line.qty !== 1)
      throw refusePromotion('ACTIVITY_UNKNOWN');
    if (bargain.state === 'ORDERED' || bargain.state === 'EXPIRED' || bargain.expiresAt <= this.tools.clock.date())
      throw refusePromotion('BARGAIN_CLOSED');
    if ((promotion.terms as unknown as BargainTerms).needsFloor && bargain.state !== 'AT_FLOOR')
      throw refusePromotion('BARGAIN_NOT_AT_FLOOR');
    return bargain.nowFen;
  }

  private async attachPresale(
    tx: Tx,
    { promotion }: LivePromotion,
    order: ActivityBuyer & { orderId: OrderId; activity: ActivityFacts; qty: number; totalFen: Fen },
  ): Promise<PaymentSchedule | null> {
    const terms = promotion.terms as unknown as PresaleTerms;
    const row = rowOf(terms.items, order.activity.skuId);
    const schedule = scheduleOf({ promotion }, order);
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

function scheduleOf(
  { promotion }: Pick<LivePromotion, 'promotion'>,
  order: { activity: ActivityFacts; qty: number; totalFen: Fen },
): PaymentSchedule | null {
  const terms = promotion.terms as unknown as PresaleTerms;
  const row = rowOf(terms.items, order.activity.skuId);
  if (terms.mode === 'FULL' || !row?.depositFen) return null;
  const depositFen = mulFen(row.depositFen, order.qty);
  return {
    depositFen,
    tailFen: subFen(order.totalFen, depositFen),
    tailFrom: new Date(terms.tailFrom ?? promotion.endsAt),
    tailUntil: new Date(terms.tailUntil ?? promotion.endsAt),
    forfeits: terms.forfeits === true,
  };
}
