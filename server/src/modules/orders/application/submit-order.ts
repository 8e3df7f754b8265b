import { randomInt } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, mallRoutes } from '@shuke/shared/contracts';
import { businessDay, type Id, ZERO_FEN } from '@shuke/shared/kernel';
import type { ActivityFacts } from '@shuke/shared/rules';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { type RequestKey, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { type AddressId, Carts } from '../../carts/index.js';
import { CrossStore, Inventory } from '../../inventory/index.js';
import { Deliveries, Organization, type Store } from '../../organization/index.js';
import { isOffered, Pricing, type Quote } from '../../pricing/index.js';
import {
  isTakenInStore,
  type Order,
  type OrderAddress,
  type OrderDelivery,
  type OrderLineRow,
  stockWay,
} from '../domain/order.js';
import { OrderStore } from '../persistence/order.store.js';
import { Attributions } from './attribute-order.js';
import { OrderAssets, usesAssets } from './order-assets.js';
import { refuseOrder } from './order-errors.js';
import { orderEvent } from './order-events.js';
import { OrderHolds } from './order-holds.js';
import { OrderPayment } from './order-payment.js';
import { RecentOrders } from './recent-orders.js';

type Wish = BodyOf<typeof mallRoutes.submitOrder>;

/** An order that is ready to be written, and what it was made of. */
export interface OrderDraft {
  order: Order;
  quote: Quote;
  payPlan: string | null;
  activity: ActivityFacts | null;
  /** What the cart loses with this order. */
  fromCart: readonly Id<'sku'>[];
}

/** Where a fault run may kill a process that is writing an order. */
export const submitFailpoints = {
  beforeCommit: declareFailpoint('order.submit.before-commit'),
  afterCommit: declareFailpoint('order.submit.after-commit'),
};

/** The other modules that submitting needs, in one place to keep the constructor short. */
@Injectable()
export class SubmitParts {
  constructor(
    @Inject(Inventory) readonly inventory: Inventory,
    @Inject(CrossStore) readonly crossStore: CrossStore,
    @Inject(Carts) readonly carts: Carts,
    @Inject(Deliveries) readonly deliveries: Deliveries,
    @Inject(Pricing) readonly pricing: Pricing,
    @Inject(OrderStore) readonly orders: OrderStore,
    @Inject(Attributions) readonly attributions: Attributions,
    @Inject(OrderPayment) readonly payment: OrderPayment,
    @Inject(RecentOrders) readonly recent: RecentOrders,
    @Inject(Clock) readonly clock: Clock,
  ) {}
}

/** Turns a wish into an order with reserved stock, or says exactly why not. */
@Injectable()
export class SubmitOrder {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SubmitParts) readonly parts: SubmitParts,
    @Inject(OrderAssets) private readonly assets: OrderAssets,
  ) {}

  /**
   * Submits an order. The same Idempotency-Key gives the same order.
   * @throws AppError PRICE_CHANGED, NOT_SELLABLE, SOLD_OUT, STORE_NOT_SERVING, FULFIL_NOT_OFFERED, ADDRESS_NEEDED
   */
  async run(actor: Consumer, wish: Wish, key: string): Promise<Order> {
    const request = requestOf(actor, wish, key);
    try {
      return await this.submit(actor, wish, request, GIFT_TRIES);
    } catch (error) {
      // The order's own row keeps the key: a repeat meets it there, or was refused because its twin took the last piece.
      const done = await this.parts.orders.ofRequest(this.database, actor.brandId, actor.memberId, request);
      if (!done) throw error;
      return done;
    }
  }

  /** A present that somebody else has taken meanwhile does not stop the order: it is made anew without what has gone. */
  private async submit(actor: Consumer, wish: Wish, request: RequestKey, tries: number): Promise<Order> {
    const draft = await this.draft(actor, wish);
    try {
      return await this.write(actor, wish, request, draft);
    } catch (error) {
      if (tries === 0 || !isGiftGone(error, draft.quote)) throw error;
      return this.submit(actor, tries === 1 ? { ...wish, noGifts: true } : wish, request, tries - 1);
    }
  }

  private async write(actor: Consumer, wish: Wish, request: RequestKey, draft: OrderDraft): Promise<Order> {
    const { order, quote, payPlan, activity } = draft;
    await this.assets.checkPin(actor, order.walletFen, wish.walletPin);
    const fallback =
      quote.elsewhere.size > 0 ? await this.parts.crossStore.sourcesFor(order.brandId, order.storeId) : null;
    await this.unitOfWork.run('submit order', async (tx) => {
      await this.parts.orders.insert(tx, order, { request, payPlan });
      await this.parts.inventory.reserve(tx, {
        brandId: order.brandId,
        orderId: order.id,
        storeId: order.storeId,
        fulfil: stockWay(order.fulfil),
        ...(fallback ? { fallback } : {}),
        lines: piecesOf(quote),
      });
      if (order.delivery) await this.parts.deliveries.book(tx, { ...order.delivery, ...refOf(order) });
      await this.parts.carts.removeBought(tx, { ...order, skuIds: draft.fromCart });
      await this.assets.hold(tx, order, quote.priced, activity);
      if (order.cashFen === 0) await this.payWithoutCash(tx, order, actor.openid);
      submitFailpoints.beforeCommit();
    });
    submitFailpoints.afterCommit();
    this.parts.recent.put(order, payPlan);
    return order;
  }

  /**
   * Everything of an order before it is written.
   * @throws AppError PRICE_CHANGED, NOT_SELLABLE, STORE_NOT_SERVING, FULFIL_NOT_OFFERED, ADDRESS_NEEDED
   */
  async draft(actor: Consumer, wish: Wish): Promise<OrderDraft> {
    // Also asks whether the brand's isolation lets this consumer buy here.
    const store = await this.organization.requireStore(actor, wish.storeId as Store['id']);
    if (store?.status !== 'OPEN') throw refuseOrder('STORE_NOT_SERVING');
    const buyer = { brandId: actor.brandId, memberId: actor.memberId, storeId: store.id };
    const activity = await this.assets.facts(buyer, wish.activity, wish.lines);
    const [quote, address, attribution] = await Promise.all([
      this.quote(actor, store, wish, activity),
      this.address(actor, wish),
      this.parts.attributions.of(actor, wish),
    ]);
    const payMinutes = await this.assets.payMinutes(actor.brandId, quote.priced, this.config.PAY_DEADLINE_MINUTES);
    const pieces = quote.lines.reduce((sum, line) => sum + line.qty, 0);
    const schedule = await this.assets.scheduleOf(buyer, activity, pieces, quote.priced.cashFen);
    const presale = schedule && {
      ...schedule,
      tailFrom: schedule.tailFrom.toISOString(),
      tailUntil: schedule.tailUntil.toISOString(),
    };
    const order = this.compose(actor, wish, store, quote, { address, attribution, payMinutes, presale });
    const { payment } = this.parts;
    const payPlan = order.cashFen === 0 ? null : await payment.get().plan(order, actor.openid);
    const fromCart = wish.fromCart ? quote.lines.map((line) => line.skuId) : [];
    return { order, quote, payPlan, activity, fromCart };
  }

  /** Nothing is left for WeChat Pay: wallet, points or coupons have paid, so the order is paid as it is written. */
  private async payWithoutCash(tx: Tx, order: Order, openid: string): Promise<void> {
    await this.parts.payment.get().recordFree(tx, order, openid);
    await OrderHolds.capture(tx, order);
    tx.emit(orderEvent('order.paid', order));
  }

  private async quote(actor: Consumer, store: Store, wish: Wish, activity: ActivityFacts | null): Promise<Quote> {
    if (!isOffered(store, wish.fulfil)) throw refuseOrder('FULFIL_NOT_OFFERED');
    if (wish.fulfil === 'DELIVERY' && !wish.delivery?.slot) throw refuseOrder('SLOT_NEEDED');
    const quote = await this.parts.pricing.price(this.database, {
      brandId: store.brandId,
      store,
      lines: wish.lines.map((line) => ({ ...line, skuId: line.skuId as Id<'sku'> })),
      fulfil: wish.fulfil,
      ...(activity ? { activity } : {}),
      delivery: wish.delivery,
      noGifts: wish.noGifts,
      buyer: {
        memberId: actor.memberId,
        couponIds: wish.couponIds ?? [],
        points: wish.points ?? 0,
        walletFen: wish.walletFen ?? 0,
      },
    });
    const [problem] = quote.problems;
    if (problem)
      throw refuseOrder(
        problem.kind === 'NOT_ENOUGH' || problem.kind === 'OUT_OF_STOCK' ? 'SOLD_OUT' : 'NOT_SELLABLE',
        { problems: quote.problems },
      );
    const { cashFen } = quote.priced;
    if (quote.totalFen !== wish.expectedTotalFen || cashFen !== (wish.expectedCashFen ?? cashFen))
      throw refuseOrder('PRICE_CHANGED', {
        expectedFen: wish.expectedTotalFen,
        totalFen: quote.totalFen,
        cashFen,
        steps: quote.steps,
      });
    return quote;
  }

  private async address(actor: Consumer, wish: Wish): Promise<OrderAddress | null> {
    if (isTakenInStore(wish.fulfil)) return null;
    const { brandId, memberId } = actor;
    const saved = wish.addressId && (await this.parts.carts.address(brandId, memberId, wish.addressId as AddressId));
    if (!saved) throw refuseOrder('ADDRESS_NEEDED');
    return { ...saved, isDefault: false };
  }

  private compose(
    actor: Consumer,
    wish: Wish,
    store: Store,
    quote: Quote,
    {
      address,
      attribution,
      payMinutes,
      presale,
    }: Pick<Order, 'address' | 'attribution' | 'presale'> & { payMinutes: number },
  ): Order {
    const id = this.ids.next<'order'>();
    const now = this.parts.clock.now();
    // Written together with the order when nothing is left to pay in cash.
    const isPaid = quote.priced.cashFen === 0;
    const lines = [...quote.lines, ...quote.gifts].map(
      (line): OrderLineRow => ({
        lineId: this.ids.next<'line'>(),
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
}

/** One request of a consumer, however it is written in the end. */
export const requestOf = (actor: Consumer, wish: Wish, key: string): RequestKey =>
  // A position has decimals, which a canonical form does not take as numbers.
  requestKey(actor.brandId, `order:${actor.memberId}`, key, {
    ...wish,
    delivery: JSON.stringify(wish.delivery) ?? null,
  });

const GIFT_TRIES = 2;

/** Whether an order failed only because its presents have run out. */
function isGiftGone(error: unknown, { lines, gifts }: Quote): boolean {
  if (!(error instanceof AppError) || error.code !== 'SOLD_OUT' || gifts.length === 0) return false;
  const { lines: short = [] } = (error.detail ?? {}) as { lines?: { skuId: string; available: number }[] };
  const bought = new Map<string, number>(lines.map((line) => [line.skuId, line.qty]));
  const isGift = new Set<string>(gifts.map((gift) => gift.skuId));
  // One SKU may be both bought and given: what is left must be enough for what is bought.
  const onlyGifts = short.every((one) => isGift.has(one.skuId) && one.available >= (bought.get(one.skuId) ?? 0));
  return short.length > 0 && onlyGifts;
}

const refOf = (order: Order) => ({ brandId: order.brandId, orderId: order.id, storeId: order.storeId });

const deliveryOf = ({ delivery }: Wish, { distanceM, freightFen }: Quote): OrderDelivery | null =>
  delivery?.slot && distanceM !== null ? { slot: delivery.slot, feeFen: freightFen, distanceM } : null;

/** The goods that an order holds, presents included. */
export const piecesOf = (quote: Quote) =>
  [...quote.lines, ...quote.gifts].map(({ skuId, productId, qty, fromSlice }) => ({
    skuId,
    productId,
    qty,
    fromSlice,
  }));

/** The number that people read: the day, then the tail of the id, which is unique within it. */
export const orderNo = (id: string, nowMs: number): string =>
  `${businessDay(nowMs).replaceAll('-', '')}${id.slice(-12)}`;

/** A pickup code: ten digits by a secure source; the unique key refuses the rare double. */
export const newPickupCode = (): string => String(randomInt(1_000_000_000, 9_999_999_999));
