import {
  type BrandId,
  DAY_MS,
  type Fen,
  type Id,
  type MemberId,
  parseFen,
  type StoreId,
  startOfBusinessDay,
} from '@shuke/shared/kernel';
import { Conditions, containing } from '../../../platform/database/conditions.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Order } from '../domain/order.js';
import type { OrderState } from '../domain/order-state.js';
import { lineColumns, whole, withLines } from './order-rows.js';

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
/** An order with the name of its member, which every page shows beside it. */
export interface ListedOrder {
  order: Order;
  memberName: string | null;
}
/** A refund as the page of its order shows it. */
export interface OrderRefund {
  id: string;
  amountFen: Fen;
  reason: string;
  state: 'REQUESTED' | 'PROCESSING' | 'SUCCESS' | 'FAILED';
  createdAt: Date;
  finishedAt: Date | null;
}

function where(filter: OrderFilter): Conditions {
  const asked = new Conditions('o.brand_id = ?', filter.brandId);
  if (filter.memberId) asked.add('o.member_id = ?', filter.memberId);
  if (filter.storeIds && filter.storeIds !== 'ALL')
    asked.add(`o.store_id IN ${marks(filter.storeIds)}`, ...filter.storeIds);
  if (filter.states) asked.add(`o.state IN ${marks(filter.states)}`, ...filter.states);
  if (filter.channel) asked.add('o.channel = ?', filter.channel);
  if (filter.q) {
    const like = containing(filter.q);
    asked.add(
      '(o.order_no LIKE ? OR o.member_id IN (SELECT id FROM member WHERE brand_id = o.brand_id AND nickname LIKE ?))',
      like,
      like,
    );
  }
  if (filter.fromDay) asked.add('o.created_at >= ?', new Date(startOfBusinessDay(filter.fromDay)));
  if (filter.toDay) asked.add('o.created_at < ?', new Date(startOfBusinessDay(filter.toDay) + DAY_MS));
  return asked;
}

const nameOf = (row: Record<string, unknown> | undefined) =>
  (row?.['member_name'] as string | null | undefined) ?? null;

/** All SQL that pages of orders are read with. */
export class OrderListStore {
  /** Orders with their lines, newest first: two statements. */
  async list(
    on: Queryable,
    filter: OrderFilter,
    before: { createdAt: Date; id: string } | null,
    limit: number,
  ): Promise<ListedOrder[]> {
    const { sql, values } = where(filter);
    const keyset = before ? ' AND (o.created_at, o.id) < (?, ?)' : '';
    const rows = await on.query<Record<string, unknown>>(
      `SELECT o.*, m.nickname AS member_name FROM sales_order o LEFT JOIN member m ON m.brand_id = o.brand_id AND m.id = o.member_id
       WHERE ${sql}${keyset} ORDER BY o.created_at DESC, o.id DESC LIMIT ?`,
      [...values, ...(before ? [before.createdAt, before.id] : []), limit],
    );
    const orders = await withLines(on, filter.brandId, rows);
    return orders.map((order, index) => ({ order, memberName: nameOf(rows[index]) }));
  }

  /** One order that the filter lets through, and whether it has refunds to ask for: one statement. */
  async one(on: Queryable, filter: OrderFilter, orderId: Id): Promise<(ListedOrder & { hasRefund: boolean }) | null> {
    const { sql, values } = where(filter);
    const rows = await on.query<Record<string, unknown>>(
      `SELECT o.*, m.nickname AS member_name, ${lineColumns},
         EXISTS (SELECT 1 FROM refund r WHERE r.brand_id = o.brand_id AND r.order_id = o.id) AS has_refund
       FROM sales_order o LEFT JOIN member m ON m.brand_id = o.brand_id AND m.id = o.member_id
         LEFT JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id
       WHERE ${sql} AND o.id = ?`,
      [...values, orderId],
    );
    const order = whole(rows);
    return order && { order, memberName: nameOf(rows[0]), hasRefund: Number(rows[0]?.['has_refund']) === 1 };
  }

  async refunds(on: Queryable, order: Pick<Order, 'brandId' | 'id'>): Promise<OrderRefund[]> {
    const rows = await on.query<Record<string, unknown>>(
      'SELECT id, amount_fen, reason, state, created_at, finished_at FROM refund WHERE brand_id = ? AND order_id = ? ORDER BY id',
      [order.brandId, order.id],
    );
    return rows.map((row) => ({
      id: row['id'] as string,
      amountFen: parseFen(row['amount_fen']),
      reason: row['reason'] as string,
      state: row['state'] as OrderRefund['state'],
      createdAt: row['created_at'] as Date,
      finishedAt: row['finished_at'] as Date | null,
    }));
  }
}
