import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Id, type OrderId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import type { GroupBuyTerms } from '../domain/plays/group-buy.js';
import { type Promotion } from '../domain/promotion.js';
import { seatFate } from '../domain/session-rules.js';
import { type Group, GroupStore } from '../persistence/group.store.js';
import { PromotionStore } from '../persistence/promotion.store.js';
import { type Seat, SeatStore } from '../persistence/seat.store.js';
import { PromotionTools } from './tools.js';

const HOUR_MS = 3_600_000;
const BATCH = 200;

/** Seats of groups: taken by paying, given back by refunds, all refunded when the time is up (pain-15). */
@Injectable()
export class GroupSeats {
  private readonly unsettled = new Setbacks();
  private readonly groups = new GroupStore();
  private readonly seats = new SeatStore();
  private readonly rows = new PromotionStore();

  constructor(@Inject(PromotionTools) private readonly tools: PromotionTools) {}

  /** A paid order takes its seat, or opens a new group when it came too late, or gets its money back; never lost. */
  async paid(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    // The group is locked before the seat, as the sweep of expired groups does, so that the two cannot deadlock.
    const wanted = await this.seats.one(tx, brandId, orderId);
    if (!wanted) return;
    const group = wanted.groupId ? await this.groups.lock(tx, brandId, wanted.groupId) : null;
    const mine = await this.seats.ofMember(tx, brandId, wanted.memberId, wanted.promotionId, true);
    const seat = await this.seats.lock(tx, brandId, orderId);
    if (!seat || (seat.state !== 'WANTED' && seat.state !== 'DROPPED')) return;
    const promotion = await this.rows.one(tx, brandId, seat.promotionId);
    const tooOften = promotion && whyNoMore(seat, mine, promotion.terms as unknown as GroupBuyTerms);
    if (tooOften) return this.owe(tx, seat, tooOften);
    const runsUntil = promotion?.state === 'PUBLISHED' ? promotion.endsAt : null;
    const fate = seatFate(group, runsUntil, tx.now);
    if (fate.kind === 'SEATED' && group) await this.join(tx, group, seat, fate.completes);
    else if (fate.kind === 'NEW_GROUP' && promotion) await this.openFor(tx, seat, promotion, group !== null);
    else await this.owe(tx, seat, fate.kind === 'REFUND' ? fate.why : '活动已经结束了');
  }

  /** The money of a seat is back. */
  async refunded(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    const known = await this.seats.one(tx, brandId, orderId);
    if (!known) return;
    const group = known.groupId ? await this.groups.lock(tx, brandId, known.groupId) : null;
    const seat = await this.seats.lock(tx, brandId, orderId);
    if (!seat || seat.state === 'REFUNDED') return;
    const wasSeated = seat.state === 'PAID';
    await this.seats.set(tx, seat, { state: 'REFUNDED' });
    if (!wasSeated || group?.state !== 'OPEN') return;
    const joined = group.joined - 1;
    await this.groups.set(tx, group, { joined, ...(joined === 0 ? { state: 'FAILED' as const } : {}) });
  }

  /** Ends the groups whose time is up; run by a sweep, safe to run twice at once. */
  settleDue(): Promise<number> {
    const { database, clock, unitOfWork } = this.tools;
    return eachDue(this.unsettled, clock.date(), {
      label: 'settle a group',
      batch: BATCH,
      due: (limit) => this.groups.due(database, clock.date(), limit),
      nameOf: ({ id }) => id,
      work: async ({ brandId, id }) => {
        await unitOfWork.run('promotions.settleGroup', (tx) => this.settle(tx, brandId, id));
        return true;
      },
    });
  }

  private async settle(tx: Tx, brandId: BrandId, id: Id): Promise<void> {
    const group = await this.groups.lock(tx, brandId, id);
    if (group?.state !== 'OPEN' || group.expiresAt > tx.now) return;
    const promotion = await this.rows.one(tx, brandId, group.promotionId);
    const seats = await this.seats.paid(tx, brandId, id);
    if ((promotion?.terms as unknown as GroupBuyTerms | undefined)?.fillsUp) {
      await this.groups.set(tx, group, { state: 'SUCCEEDED', isFilledUp: true });
      this.tellSuccess(tx, group, seats);
      return;
    }
    await this.groups.set(tx, group, { state: 'FAILED' });
    for (const seat of seats) await this.owe(tx, seat, '拼团人数不够，已为你退款');
  }

  private async join(tx: Tx, group: Group, seat: Seat, completes: boolean): Promise<void> {
    await this.seats.set(tx, seat, { state: 'PAID' });
    const joined = group.joined + 1;
    await this.groups.set(tx, group, { joined, ...(completes ? { state: 'SUCCEEDED' as const } : {}) });
    if (completes) this.tellSuccess(tx, group, await this.seats.paid(tx, group.brandId, group.id));
  }

  private async openFor(tx: Tx, seat: Seat, promotion: Promotion, isLate: boolean): Promise<void> {
    const terms = promotion.terms as unknown as GroupBuyTerms;
    const id = this.tools.ids.next<'group'>();
    await this.groups.open(tx, {
      brandId: seat.brandId,
      id,
      promotionId: promotion.id,
      storeId: seat.storeId,
      skuId: seat.skuId,
      leaderId: seat.memberId,
      size: terms.size,
      expiresAt: new Date(tx.now.getTime() + terms.hours * HOUR_MS),
    });
    const note = isLate ? '付款时原来的团已经结束，为你开了新团' : '';
    await this.seats.set(tx, seat, { state: 'PAID', groupId: id, isLeader: true, note });
  }

  private async owe(tx: Tx, seat: Seat, why: string): Promise<void> {
    await this.seats.set(tx, seat, { state: 'REFUND_DUE', note: why });
    tx.emit({
      brandId: seat.brandId,
      type: 'promotion.refund-due',
      payload: { orderId: seat.orderId, storeId: seat.storeId, memberId: seat.memberId, reason: why },
    });
  }

  private tellSuccess(tx: Tx, group: Group, seats: readonly Seat[]): void {
    tx.emit({
      brandId: group.brandId,
      type: 'group-buy.succeeded',
      payload: { groupId: group.id, storeId: group.storeId, orderIds: seats.map((seat) => seat.orderId) },
    });
  }
}

/** Orders that waited side by side to be paid all passed the look at checkout; the first that is paid has the seat. */
function whyNoMore({ groupId }: Seat, mine: readonly Seat[], { joinsPerMember }: GroupBuyTerms): string | null {
  const paid = mine.filter((one) => one.state === 'PAID');
  if (groupId !== null && paid.some((one) => one.groupId === groupId)) return '你已经在这个团里了，这一单为你退款';
  return paid.length >= joinsPerMember ? `每人最多参加 ${joinsPerMember} 次，这一单为你退款` : null;
}
