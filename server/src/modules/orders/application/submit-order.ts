import { Inject, Injectable } from '@nestjs/common';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { type RequestKey, requestKey } from '../../../platform/idempotency/idempotency.js';
import type { Quote } from '../../pricing/index.js';
import { type Order, stockWay } from '../domain/order.js';
import type { OrderWish } from './compose-order.js';
import { DraftOrder, type OrderDraft } from './draft-order.js';
import { OrderAssets } from './order-assets.js';
import { orderEvent } from './order-events.js';
import { OrderHolds } from './order-holds.js';
import { SubmitParts } from './submit-parts.js';

/** Where a fault run may kill a process that is writing an order. */
export const submitFailpoints = {
  beforeCommit: declareFailpoint('order.submit.before-commit'),
  afterCommit: declareFailpoint('order.submit.after-commit'),
};

/** Turns a wish into an order with reserved stock, or says exactly why not. */
@Injectable()
export class SubmitOrder {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(DraftOrder) readonly drafts: DraftOrder,
    @Inject(SubmitParts) readonly parts: SubmitParts,
    @Inject(OrderAssets) private readonly assets: OrderAssets,
  ) {}

  /**
   * Submits an order. The same Idempotency-Key gives the same order.
   * @throws AppError PRICE_CHANGED, NOT_SELLABLE, SOLD_OUT, STORE_NOT_SERVING, FULFIL_NOT_OFFERED, ADDRESS_NEEDED
   */
  async run(actor: Consumer, wish: OrderWish, key: string): Promise<Order> {
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
  private async submit(actor: Consumer, wish: OrderWish, request: RequestKey, tries: number): Promise<Order> {
    const draft = await this.drafts.run(actor, wish);
    try {
      return await this.write(actor, wish, request, draft);
    } catch (error) {
      if (tries === 0 || !isGiftGone(error, draft.quote)) throw error;
      return this.submit(actor, tries === 1 ? { ...wish, noGifts: true } : wish, request, tries - 1);
    }
  }

  private async write(actor: Consumer, wish: OrderWish, request: RequestKey, draft: OrderDraft): Promise<Order> {
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

  /** Nothing is left for WeChat Pay: wallet, points or coupons have paid, so the order is paid as it is written. */
  private async payWithoutCash(tx: Tx, order: Order, openid: string): Promise<void> {
    await this.parts.payment.get().recordFree(tx, order, openid);
    await OrderHolds.capture(tx, order);
    tx.emit(orderEvent('order.paid', order));
  }
}

/** One request of a consumer, however it is written in the end. */
export const requestOf = (actor: Consumer, wish: OrderWish, key: string): RequestKey =>
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

/** The goods that an order holds, presents included. */
export const piecesOf = (quote: Quote) =>
  [...quote.lines, ...quote.gifts].map(({ skuId, productId, qty, fromSlice }) => ({
    skuId,
    productId,
    qty,
    fromSlice,
  }));
