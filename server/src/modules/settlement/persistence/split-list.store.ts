import {
  type BrandId,
  DAY_MS,
  type Fen,
  type Id,
  parseFen,
  type StoreId,
  startOfBusinessDay,
} from '@shuke/shared/kernel';
import { Conditions, containing } from '../../../platform/database/conditions.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import { type Split, toSplit } from './split-rows.js';

/** Which splits of a brand the desk asks for. */
export interface SplitFilter {
  brandId: BrandId;
  storeIds: readonly StoreId[] | 'ALL';
  orderId?: Id;
  q?: string;
  state?: string;
  from?: string;
  to?: string;
  beforeId?: string;
}
/** A split with what the desk shows of its order. */
export interface ListedSplit extends Split {
  orderNo: string;
  refundedFen: Fen;
}
/** A line of the MONEY book that an order caused. */
export interface Movement {
  kind: string;
  account: string;
  fen: Fen;
  at: Date;
}

/** All SQL that the desk reads splits with. */
export class SplitListStore {
  /** Splits with the number of their order, newest first. */
  async list(on: Queryable, filter: SplitFilter, limit: number): Promise<ListedSplit[]> {
    const asked = new Conditions('s.brand_id = ?', filter.brandId);
    if (filter.storeIds !== 'ALL') asked.add(`s.store_id IN ${marks(filter.storeIds)}`, ...filter.storeIds);
    if (filter.state) asked.add('s.state = ?', filter.state);
    if (filter.q) asked.add('o.order_no LIKE ?', containing(filter.q));
    if (filter.from) asked.add('s.paid_at >= ?', new Date(startOfBusinessDay(filter.from)));
    if (filter.to) asked.add('s.paid_at < ?', new Date(startOfBusinessDay(filter.to) + DAY_MS));
    if (filter.orderId) asked.add('s.order_id = ?', filter.orderId);
    if (filter.beforeId) asked.add('s.id < ?', filter.beforeId);
    const rows = await on.query(
      `SELECT s.*, o.order_no, o.refunded_fen FROM split s JOIN sales_order o ON o.brand_id = s.brand_id AND o.id = s.order_id WHERE ${asked.sql} ORDER BY s.id DESC LIMIT ?`,
      [...asked.values, limit],
    );
    return rows.map((row) => ({
      ...toSplit(row),
      orderNo: String(row['order_no']),
      refundedFen: parseFen(row['refunded_fen']),
    }));
  }

  /** How an order's money moved at the channel, in the order of booking. */
  async movements(on: Queryable, brandId: BrandId, orderId: Id): Promise<Movement[]> {
    const rows = await on.query<{ kind: string; account: string; fen: string; at: Date }>(
      `SELECT t.kind, p.account, p.fen, p.at FROM posting p JOIN transfer t ON t.brand_id = p.brand_id AND t.id = p.transfer_id
       WHERE p.brand_id = ? AND p.order_id = ? AND p.book = 'MONEY' ORDER BY p.transfer_id, p.line_no`,
      [brandId, orderId],
    );
    return rows.map((row) => ({ ...row, fen: parseFen(row.fen) }));
  }
}
