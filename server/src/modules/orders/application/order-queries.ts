import { Inject, Injectable } from '@nestjs/common';
import type { OrderDetail, OrderSummary, Receiver, StoreOrder } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { HandOverStore } from '../../hand-overs/index.js';
import { Organization } from '../../organization/index.js';
import { isTakenInStore, type Order } from '../domain/order.js';
import { type OrderFilter, OrderListStore } from '../persistence/order-list.store.js';
import { deliveryOf, orderDetail, orderSummary } from './order-view.js';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type DeskOrder = OrderSummary & {
  memberName: string | null;
  guideName: string | null;
  paidAt: string | null;
  refundedFen: number;
};

/** What may have happened to an order after its payment, so that its page has to ask for it. */
interface OrderPast {
  refunds: boolean;
  handOvers: boolean;
}

/** Reads of orders for all ends; who may see which rows is in the filter that the caller makes from its actor. */
@Injectable()
export class OrderQueries {
  private readonly rows = new OrderListStore();
  private readonly handOvers = new HandOverStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A page of orders, newest first. */
  async list(filter: OrderFilter, cursor: string | undefined, limit = 20): Promise<Page<DeskOrder>> {
    return this.page(filter, cursor, limit, (order, memberName) => this.deskOrder(order, memberName));
  }

  /** The same for the counter of a store, with as much of the receiver as the caller lets through. */
  storeList(
    filter: OrderFilter,
    cursor: string | undefined,
    limit = 20,
    receiver: (order: Order) => Receiver | null = () => null,
  ): Promise<Page<StoreOrder>> {
    return this.page(filter, cursor, limit, async (order, memberName) => ({
      ...orderSummary(order, await this.storeName(order)),
      memberName,
      remark: order.remark,
      receiver: receiver(order),
      ...deliveryOf(order),
    }));
  }

  private async page<T>(
    filter: OrderFilter,
    cursor: string | undefined,
    limit: number,
    show: (order: Order, memberName: string | null) => Promise<T>,
  ): Promise<Page<T>> {
    const after = readCursor(cursor, [DIGITS, DIGITS]);
    const before = after && { createdAt: new Date(Number(after[0])), id: after[1] ?? '' };
    const listed = await this.rows.list(this.database, filter, before, limit + 1);
    const shown = await Promise.all(
      listed.map(async ({ order, memberName }) => ({ view: await show(order, memberName), order })),
    );
    return pageOf(
      shown,
      limit,
      (row) => row.view,
      (row) => makeCursor(row.order.createdAt.getTime(), row.order.id),
    );
  }

  private async deskOrder(order: Order, memberName: string | null): Promise<DeskOrder> {
    const guide = order.guideId ? await this.organization.guide(order.brandId, order.guideId) : null;
    return {
      ...orderSummary(order, await this.storeName(order)),
      memberName,
      guideName: guide?.name ?? null,
      paidAt: order.paidAt?.toISOString() ?? null,
      refundedFen: order.refundedFen,
    };
  }

  private async storeName(order: Order): Promise<string> {
    return (await this.organization.store(order.brandId, order.storeId))?.name ?? '门店';
  }

  /** One order that the filter lets through. @throws AppError NOT_FOUND otherwise */
  async detail(filter: OrderFilter, orderId: Id): Promise<OrderDetail> {
    const found = await this.rows.one(this.database, filter, orderId);
    if (!found) throw refuse('NOT_FOUND');
    return this.detailOf(found.order, found.memberName, { refunds: found.hasRefund, handOvers: true });
  }

  /** An order that the caller may see, with its member's name, which the people at its counter are shown. */
  atCounter({ brandId, id }: Pick<Order, 'brandId' | 'id'>): Promise<OrderDetail> {
    return this.detail({ brandId }, id);
  }

  /** The page of an order that was read already; its member's name is only shown where it is given. */
  async detailOf(
    order: Order,
    memberName: string | null = null,
    past: OrderPast = { refunds: order.state !== 'PENDING_PAY', handOvers: true },
  ): Promise<OrderDetail> {
    const guide = order.guideId ? await this.organization.guide(order.brandId, order.guideId) : null;
    const names = { storeName: await this.storeName(order), guideName: guide?.name ?? null, memberName };
    const refunds = past.refunds ? await this.rows.refunds(this.database, order) : [];
    const undone =
      past.handOvers && order.paidAt && isTakenInStore(order.fulfil)
        ? await this.handOvers.undone(this.database, order.brandId, 'ORDER', order.id)
        : [];
    return orderDetail(order, names, refunds, undone, this.clock.now());
  }
}
