import { randomInt } from 'node:crypto';
import type { BodyOf, mallRoutes } from '@shuke/shared/contracts';
import { businessDay, type Id, ZERO_FEN } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import type { IdSource } from '../../../platform/ids/id-source.js';
import type { Store } from '../../organization/index.js';
import type { Quote } from '../../pricing/index.js';
import { isTakenInStore, type Order, type OrderDelivery, type OrderLineRow } from '../domain/order.js';
import { usesAssets } from './order-assets.js';

/** What a consumer sends to order something. */
export type OrderWish = BodyOf<typeof mallRoutes.submitOrder>;

/** What was found out about an order before it is put together. */
export interface OrderFacts extends Pick<Order, 'address' | 'attribution' | 'presale'> {
  actor: Consumer;
  store: Store;
  wish: OrderWish;
  quote: Quote;
  /** How long it waits for its money. */
  payMinutes: number;
}

/** Puts an order together, its lines with the shares that pricing gave them; nothing is written yet. */
export function composeOrder(ids: IdSource, now: number, facts: OrderFacts): Order {
  const { actor, store, wish, quote, address, attribution, presale, payMinutes } = facts;
  const id = ids.next<'order'>();
  // Written together with the order when nothing is left to pay in cash.
  const isPaid = quote.priced.cashFen === 0;
  const lines = [...quote.lines, ...quote.gifts].map(
    (line): OrderLineRow => ({
      lineId: ids.next<'line'>(),
      skuId: line.skuId,
      productId: line.productId,
      categoryId: line.categoryId,
      code: line.skuCode,
      name: line.name,
      spec: `${line.colour} ${line.size}`,
      imageUrl: line.imageUrl,
      qty: line.qty,
      unitPriceFen: line.unitPriceFen,
      amountFen: line.amountFen,
      payableFen: line.payableFen,
      walletFen: line.walletFen,
      applied: line.applied.map((one) => ({ ...one, bearers: [...one.bearers] })),
      refundedQty: 0,
      refundedFen: ZERO_FEN,
    }),
  );
  return {
    brandId: actor.brandId,
    id,
    orderNo: orderNo(id, now),
    channel: 'MINIAPP',
    kind: 'SALE',
    isImported: false,
    memberId: actor.memberId,
    storeId: store.id,
    guideId: attribution?.guideId ?? null,
    attribution,
    state: !isPaid ? 'PENDING_PAY' : isTakenInStore(wish.fulfil) ? 'TO_PICKUP' : 'TO_SHIP',
    fulfil: wish.fulfil,
    goodsFen: quote.goodsFen,
    freightFen: quote.freightFen,
    promotionFen: quote.priced.promotionFen,
    couponFen: quote.priced.couponFen,
    pointsFen: quote.priced.pointsFen,
    pointsUsed: quote.priced.pointsUsed,
    totalFen: quote.totalFen,
    walletFen: quote.priced.walletFen,
    cashFen: quote.priced.cashFen,
    // A booked slot must be given back when the order is closed.
    hasHolds: usesAssets(quote.priced) || wish.fulfil === 'DELIVERY',
    refundedFen: ZERO_FEN,
    collectMode: store.collectMode,
    address,
    shipping: null,
    pickupCode: isPaid && isTakenInStore(wish.fulfil) ? newPickupCode() : null,
    presale,
    depositPaidAt: null,
    delivery: deliveryOf(wish, quote),
    steps: quote.steps,
    remark: wish.remark ?? '',
    // A send that is not this consumer's is somebody else's success.
    sendId: attribution?.way === 'SEND' ? (wish.sendId as Id<'send'>) : null,
    createdAt: new Date(now),
    dueAt: isPaid ? null : new Date(now + payMinutes * 60_000),
    paidAt: isPaid ? new Date(now) : null,
    shippedAt: null,
    receivedAt: null,
    finishedAt: null,
    closedAt: null,
    closeReason: null,
    lines,
  };
}

const deliveryOf = ({ delivery }: OrderWish, { distanceM, freightFen }: Quote): OrderDelivery | null =>
  delivery?.slot && distanceM !== null ? { slot: delivery.slot, feeFen: freightFen, distanceM } : null;

/** The number that people read: the day, then the tail of the id, which is unique within it. */
export const orderNo = (id: string, nowMs: number): string =>
  `${businessDay(nowMs).replaceAll('-', '')}${id.slice(-12)}`;

/** A pickup code: ten digits by a secure source; the unique key refuses the rare double. */
export const newPickupCode = (): string => String(randomInt(1_000_000_000, 9_999_999_999));
