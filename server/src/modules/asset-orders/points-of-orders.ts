import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type BrandId, type Fen, fen, type Id, type OrderId, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { registerHandler } from '../../platform/outbox/registry.js';
import { type CashLine, Points } from '../assets/index.js';
import { bearingLegs, Clearing, type Party } from '../clearing/index.js';
import { HandOverStore } from '../hand-overs/index.js';
import {
  AfterHandOver,
  isTakenInStore,
  type Order,
  type OrderEventPayload,
  OrderHolds,
  Orders,
} from '../orders/index.js';
import { Organization } from '../organization/index.js';
import { type BookedRefund, RefundEffects } from '../payments/index.js';

/** Goods came back to a till: what of the sale's lines is left in cash. */
interface ReturnedPayload {
  orderId: OrderId;
  returnId: OrderId;
  left: { lineId: string; cashFen: number }[];
}
const POS_PENDING_MS = 7 * 86_400_000;

const share = (part: number, of: number, total: Fen): Fen =>
  of === 0 ? ZERO_FEN : fen(Number((BigInt(total) * BigInt(part)) / BigInt(of)));

/**
 * Points that orders earn, and who bears the points that paid for orders. Holding, giving back and taking back are in the
 * order's and the refund's own transactions, elsewhere; what is here follows.
 */
@Injectable()
export class PointsOfOrders implements OnModuleInit {
  private readonly handOvers = new HandOverStore();

  constructor(
    @Inject(Points) private readonly points: Points,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Clearing) private readonly clearing: Clearing,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  onModuleInit(): void {
    OrderHolds.register('points-clearing', {
      capture: (tx, order) => this.clear(tx, order),
      release: async () => undefined,
    });
    AfterHandOver.register('points', { takeBack: (tx, order, handOverId) => this.unearn(tx, order, handOverId) });
    RefundEffects.register('points-clearing', (tx, booked) => this.clearBack(tx, booked));
    const on = (type: string, handle: (tx: Tx, brandId: BrandId, orderId: OrderId) => Promise<void>) =>
      registerHandler({
        name: `points.on-${type}`,
        type,
        handle: (tx, event) =>
          handle(tx, event.brandId, (event.payload as unknown as OrderEventPayload).orderId as OrderId),
      });
    on('order.received', (tx, brandId, orderId) => this.earn(tx, brandId, orderId));
    on('pos.order.recorded', (tx, brandId, orderId) => this.earn(tx, brandId, orderId));
    registerHandler({
      name: 'points.on-pos.order.returned',
      type: 'pos.order.returned',
      handle: (tx, event) => this.takeBackReturned(tx, event.brandId, event.payload as unknown as ReturnedPayload),
    });
    on('order.finished', (tx, brandId, orderId) => this.points.activate(tx, brandId, orderId));
  }

  /** The store gave goods for points: those who bear them owe it their share. */
  private async clear(tx: Tx, order: Order): Promise<void> {
    if (order.pointsFen === 0) return;
    const rule = await this.points.rule(order.brandId);
    const bearers = await Promise.all(
      rule.bearers.map(async ({ party, bp }) => ({ party: await this.partyOf(order, party), bp })),
    );
    const legs = bearingLegs(`STORE:${order.storeId}`, order.pointsFen, bearers);
    const { brandId, id: subjectId } = order;
    await this.clearing.post(tx, { brandId, kind: 'POINTS_USE', subjectId, legs, note: '积分抵现' });
  }

  private async clearBack(tx: Tx, { refund, order, isAllBack }: BookedRefund): Promise<void> {
    if (refund.pointsBack === 0 || order.pointsFen === 0) return;
    await this.clearing.takeBack(tx, {
      brandId: order.brandId,
      kind: 'POINTS_REFUND',
      ofKind: 'POINTS_USE',
      subjectId: order.id,
      suffix: refund.id,
      note: '退回积分抵现',
      fen: isAllBack ? null : share(refund.pointsBack, order.pointsUsed, order.pointsFen),
    });
  }

  private async partyOf(order: Order, party: 'HQ' | 'STORE' | 'FRANCHISEE'): Promise<Party> {
    if (party === 'HQ') return 'HQ';
    const store = await this.organization.store(order.brandId, order.storeId);
    return party === 'FRANCHISEE' && store?.franchiseeId
      ? `FRANCHISEE:${store.franchiseeId}`
      : `STORE:${order.storeId}`;
  }

  /** A till's return may be told of before its sale's points were booked: they are booked first, then what is too much goes. */
  private async takeBackReturned(
    tx: Tx,
    brandId: BrandId,
    { orderId, returnId, left }: ReturnedPayload,
  ): Promise<void> {
    await this.earn(tx, brandId, orderId);
    const cash = left.map((line) => ({ lineId: line.lineId, cashFen: fen(line.cashFen) }));
    const { points } = await this.points.excess(tx, brandId, orderId, cash);
    if (points > 0) await this.points.takeBack(tx, { brandId, orderId, refundId: returnId, points });
  }

  /** The goods were not handed over after all: the order has earned nothing yet. */
  private async unearn(tx: Tx, { brandId, id: orderId }: Order, handOverId: Id): Promise<void> {
    const { points } = await this.points.excess(tx, brandId, orderId, []);
    const wish = { brandId, orderId, refundId: handOverId, points, title: '撤销交货，积分收回' };
    if (points > 0) await this.points.takeBack(tx, wish);
  }

  private async earn(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    // Locked, so that a hand-over cannot be undone between this look and the booking.
    const order = await this.orders.store.lock(tx, brandId, orderId);
    if (!order?.memberId || order.kind !== 'SALE' || order.paidAt === null) return;
    // The goods were not handed over after all: the next hand-over tells of itself.
    if (order.channel === 'MINIAPP' && order.receivedAt === null) return;
    const isFetched = order.channel === 'MINIAPP' && isTakenInStore(order.fulfil);
    const undone = isFetched ? await this.handOvers.undone(tx, brandId, 'ORDER', orderId) : [];
    const lines = cashLines(order);
    const baseFen = fen(lines.reduce((sum, line) => sum + line.cashFen, 0));
    await this.points.earn(tx, {
      brandId,
      memberId: order.memberId,
      orderId,
      storeId: order.storeId,
      baseFen,
      lines,
      at: order.receivedAt ?? order.paidAt,
      earnedBefore: undone.length,
      // A till tells nobody when its window for returns is over.
      ...(order.channel === 'POS' ? { activeAt: new Date(order.paidAt.getTime() + POS_PENDING_MS) } : {}),
    });
  }
}

/** What of each line was paid in cash and not refunded; a line's refunds are taken from both parts alike. */
function cashLines(order: Order): CashLine[] {
  return order.lines.map((line) => {
    const left = line.payableFen - line.refundedFen;
    const cashFen = share(left, line.payableFen, subFen(line.payableFen, line.walletFen));
    return { lineId: line.lineId, categoryId: line.categoryId, cashFen };
  });
}
