import { Inject, Injectable } from '@nestjs/common';
import type { OrderDetail, OrderSummary, Receiver, StoreOrder } from '@shuke/shared/contracts';
import {
  type BrandId,
  DAY_MS,
  type Id,
  type MemberId,
  parseFen,
  type StoreId,
  startOfBusinessDay,
} from '@shuke/shared/kernel';
import { Database, marks, type SqlValue } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import type { Order } from '../domain/order.js';
import type { OrderState } from '../domain/order-state.js';
import { lineColumns, whole, withLines } from '../persistence/order.store.js';
import { orderDetail, orderSummary, type RefundRow } from './order-view.js';

/** Which orders; every field is a fixed fragment with bound values. */
export interface OrderFilter {
  brandId: BrandId;
  memberId?: MemberId;
  storeIds?: readonly StoreId[] | 'ALL';
  states?: readonly OrderState[];
  channel?: 'MINIAPP' | 'POS';
  /** Order number or member's nickname. */
  q?: string;
  fromDay?: string;
  toDay?: string;
}

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

function where(filter: OrderFilter): { sql: string; values: SqlValue[] } {
  const parts = ['o.brand_id = ?'];
  const values: SqlValue[] = [filter.brandId];
  const add = (sql: string, ...more: SqlValue[]) => {
    parts.push(sql);
    values.push(...more);
  };
  if (filter.memberId) add('o.member_id = ?', filter.memberId);
  if (filter.storeIds && filter.storeIds !== 'ALL') add(`o.store_id IN ${marks(filter.storeIds)}`, ...filter.storeIds);
  if (filter.states) add(`o.state IN ${marks(filter.states)}`, ...filter.states);
  if (filter.channel) add('o.channel = ?', filter.channel);
  if (filter.q) {
    const like = `%${filter.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    add(
      '(o.order_no LIKE ? OR o.member_id IN (SELECT id FROM member WHERE brand_id = o.brand_id AND nickname LIKE ?))',
      like,
      like,
    );
  }
  if (filter.fromDay) add('o.created_at >= ?', new Date(startOfBusinessDay(filter.fromDay)));
  if (filter.toDay) add('o.created_at < ?', new Date(startOfBusinessDay(filter.toDay) + DAY_MS));
  return { sql: parts.join(' AND '), values };
}

type Named = Record<string, unknown>;

/** Reads of orders for all ends; who may see which rows is in the filter that the caller makes from its actor. */
@Injectable()
export class OrderQueries {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
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
    }));
  }

  private async page<T>(
    filter: OrderFilter,
    cursor: string | undefined,
    limit: number,
    show: (order: Order, memberName: string | null) => Promise<T>,
  ): Promise<Page<T>> {
    const { sql, values } = where(filter);
    const after = readCursor(cursor, [DIGITS, DIGITS]);
    const keyset = after ? ' AND (o.created_at, o.id) < (?, ?)' : '';
    const rows = await this.database.query<Named>(
      `SELECT o.*, m.nickname AS member_name FROM sales_order o LEFT JOIN member m ON m.brand_id = o.brand_id AND m.id = o.member_id
       WHERE ${sql}${keyset} ORDER BY o.created_at DESC, o.id DESC LIMIT ?`,
      [...values, ...(after ? [new Date(Number(after[0])), after[1] ?? ''] : []), limit + 1],
    );
    const orders = await withLines(this.database, filter.brandId, rows);
    const names = new Map(rows.map((row) => [row['id'] as string, (row['member_name'] as string | null) ?? null]));
    const shown = await Promise.all(orders.map((order) => show(order, names.get(order.id) ?? null)));
    return pageOf(
      shown.map((view, index) => ({ view, order: orders[index] as Order })),
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
    const { sql, values } = where(filter);
    const rows = await this.database.query<Named>(
      `SELECT o.*, m.nickname AS member_name, ${lineColumns},
         EXISTS (SELECT 1 FROM refund r WHERE r.brand_id = o.brand_id AND r.order_id = o.id) AS has_refund
       FROM sales_order o LEFT JOIN member m ON m.brand_id = o.brand_id AND m.id = o.member_id
         LEFT JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id
       WHERE ${sql} AND o.id = ?`,
      [...values, orderId],
    );
    const order = whole(rows);
    if (!order) throw refuse('NOT_FOUND');
    const hasRefund = Number(rows[0]?.['has_refund']) === 1;
    return this.detailOf(order, (rows[0]?.['member_name'] as string | null) ?? null, hasRefund);
  }

  /** The page of an order that was read already. */
  async detailOf(
    order: Order,
    memberName: string | null = null,
    mayHaveRefunds = order.state !== 'PENDING_PAY',
  ): Promise<OrderDetail> {
    const guide = order.guideId ? await this.organization.guide(order.brandId, order.guideId) : null;
    const names = { storeName: await this.storeName(order), guideName: guide?.name ?? null, memberName };
    return orderDetail(order, names, mayHaveRefunds ? await this.refunds(order) : []);
  }

  private async refunds(order: Order): Promise<RefundRow[]> {
    const rows = await this.database.query<Named>(
      'SELECT id, amount_fen, reason, state, created_at, finished_at FROM refund WHERE brand_id = ? AND order_id = ? ORDER BY id',
      [order.brandId, order.id],
    );
    return rows.map((row) => ({
      id: row['id'] as string,
      amountFen: parseFen(row['amount_fen']),
      reason: row['reason'] as string,
      state: row['state'] as RefundRow['state'],
      createdAt: row['created_at'] as Date,
      finishedAt: row['finished_at'] as Date | null,
    }));
  }
}
