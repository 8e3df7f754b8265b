import { Inject, Injectable } from '@nestjs/common';
import type { MemberId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError, refuse } from '../../../platform/errors/app-error.js';
import type { RequestKey } from '../../../platform/idempotency/idempotency.js';
import { type Hold, type Judge, StockWriter } from '../../inventory/index.js';
import { type OrderUses, Promotions, Seckills, type SeckillWish } from '../../promotions/index.js';
import { type Order, stockWay } from '../domain/order.js';
import { OrderStore } from '../persistence/order.store.js';
import type { OrderWish } from './compose-order.js';
import type { OrderDraft } from './draft-order.js';
import { refuseOrder } from './order-errors.js';
import { RecentOrders } from './recent-orders.js';
import { piecesOf, requestOf, SubmitOrder, submitFailpoints } from './submit-order.js';

/** An order of a rush with all that is written for it. */
interface RushHold extends Hold {
  draft: OrderDraft;
  request: RequestKey;
}

/**
 * Orders of a seckill. Whoever gets past the admission is priced like anybody else, and then many orders are written in
 * one transaction: stock, limits, uses and orders together, each refused for itself. Everything else is submitted alone.
 */
@Injectable()
export class RushOrders {
  private readonly writer: StockWriter<RushHold>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) unitOfWork: UnitOfWork,
    @Inject(SubmitOrder) private readonly submitOrder: SubmitOrder,
    @Inject(OrderStore) private readonly orders: OrderStore,
    @Inject(RecentOrders) private readonly recent: RecentOrders,
    @Inject(Promotions) private readonly promotions: Promotions,
    @Inject(Seckills) private readonly seckills: Seckills,
  ) {
    this.writer = new StockWriter(unitOfWork, (tx, asks) => this.judge(tx, asks));
  }

  /**
   * Submits an order, through the admission when it is for a seckill. The same Idempotency-Key gives the same order, also
   * after everything is sold out.
   * @throws AppError as {@link SubmitOrder.run}, and SECKILL_SOLD_OUT, SECKILL_WAIT, PROMOTION_USED_UP, BUSY
   */
  async run(actor: Consumer, wish: OrderWish, key: string): Promise<Order> {
    const slice = await this.seckills.wished(actor.brandId, wish);
    if (!slice) return this.submitOrder.run(actor, wish, key);
    const request = requestOf(actor, wish, key);
    try {
      return await this.tryFor(actor, wish, slice, request);
    } catch (error) {
      const done = await this.orders.ofRequest(this.database, actor.brandId, actor.memberId, request);
      if (!done) throw error;
      return done;
    }
  }

  private async tryFor(actor: Consumer, wish: OrderWish, slice: SeckillWish, request: RequestKey): Promise<Order> {
    const ticket = await this.seckills.enter(slice);
    try {
      const draft = await this.draft(actor, wish, slice);
      const { order, quote } = draft;
      // Free of charge, or no longer at the seckill's price: not for this way of writing.
      if (order.cashFen === 0 || !quote.priced.promotionUses.some((use) => use.promotionId === slice.promotionId))
        throw (await this.seckills.goneMeanwhile(slice)) ?? refuseOrder('PRICE_CHANGED', { totalFen: quote.totalFen });
      const { brandId, id: orderId, storeId } = order;
      const fulfil = order.fulfil === 'SCAN_AND_GO' ? 'PICKUP' : order.fulfil;
      await this.writer.reserve({
        brandId,
        orderId,
        storeId,
        fulfil: stockWay(fulfil),
        lines: piecesOf(quote),
        draft,
        request,
      });
      ticket.used();
      submitFailpoints.afterCommit();
      this.recent.put(order, draft.payPlan);
      return order;
    } finally {
      await ticket.giveBack();
    }
  }

  /**
   * A buyer who has had all that a person may have is told so, not that the price has changed. Prices that are a few
   * seconds old may not know yet that pieces have come back, so they are read again once.
   */
  private async draft(actor: Consumer, wish: OrderWish, slice: SeckillWish): Promise<OrderDraft> {
    try {
      return await this.submitOrder.drafts.run(actor, wish);
    } catch (error) {
      const reached = await this.seckills.limitReached(slice, actor.memberId);
      if (reached) throw reached;
      if (!(error instanceof AppError)) throw error;
      // Nothing is left at the usual price either: what the buyer came for is gone.
      if (error.code === 'SOLD_OUT') throw (await this.seckills.goneMeanwhile(slice)) ?? error;
      if (error.code !== 'PRICE_CHANGED') throw error;
      this.promotions.forget(actor.brandId);
      try {
        return await this.submitOrder.drafts.run(actor, wish);
      } catch (again) {
        // The usual price counts now because the last piece has just gone: that is what the buyer is told.
        throw (await this.seckills.goneMeanwhile(slice)) ?? again;
      }
    }
  }

  /** The limits of the group's promotions, and its orders. */
  private async judge(tx: Tx, asks: readonly RushHold[]): Promise<Judge<RushHold>> {
    const ledger = await this.promotions.ledger(tx, asks.map(usesOf));
    const taken = new Set<string>();
    return {
      // A second tap with the same key is refused after the first one's commit, and then finds its order.
      refusal: (ask) => (taken.has(tapOf(ask)) ? refuse('CONFLICT') : ledger.refusal(ask.orderId)),
      taken: (ask) => {
        taken.add(tapOf(ask));
        ledger.take(ask.orderId);
      },
      write: async (accepted) => {
        await this.orders.insertAll(
          tx,
          accepted.map(({ draft, request }) => ({ order: draft.order, made: { request, payPlan: draft.payPlan } })),
        );
        const bought = accepted.map(({ draft }) => ({ ...draft.order, skuIds: draft.fromCart }));
        await this.submitOrder.parts.carts.removeBought(tx, ...bought);
        await ledger.write(tx);
        submitFailpoints.beforeCommit();
      },
    };
  }
}

const tapOf = ({ draft, request }: RushHold): string => `${draft.order.memberId}:${request.key}`;

const usesOf = ({ draft: { order, quote } }: RushHold): OrderUses => ({
  brandId: order.brandId,
  orderId: order.id,
  memberId: order.memberId as MemberId,
  storeId: order.storeId,
  promotions: quote.priced.promotionUses,
});
