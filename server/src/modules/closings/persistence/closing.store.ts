import type { BrandId, Id, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';
import { isDuplicate, marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type ClosingOrderState =
  | 'ASKED'
  | 'MOVED'
  | 'DECLINED'
  | 'EXPIRED'
  | 'REFUNDING'
  | 'REFUNDED'
  | 'SHIPS_STILL'
  | 'CLOSED'
  | 'DONE'
  | 'STUCK';
export const ENDED: readonly ClosingOrderState[] = ['REFUNDED', 'CLOSED', 'DONE'];
export const TO_REFUND: readonly ClosingOrderState[] = ['DECLINED', 'EXPIRED', 'STUCK'];

export interface ClosingRow {
  brand_id: BrandId;
  id: Id<'closing'>;
  store_id: StoreId;
  to_store_id: StoreId | null;
  reason: string;
  state: 'RUNNING' | 'DONE' | 'CANCELLED';
  started_at: Date;
  answer_by: Date;
  finished_at: Date | null;
}
export interface ClosingOrderRow {
  id: Id<'pickup-move'>;
  closing_id: Id<'closing'>;
  order_id: OrderId;
  member_id: MemberId | null;
  from_store_id: StoreId;
  to_store_id: StoreId | null;
  state: ClosingOrderState;
  note: string;
  order_no: string;
  order_state: string;
  total_fen: string;
  nickname: string | null;
  line_text: string | null;
  answer_by: Date;
}

const ORDERS = `SELECT x.*, o.order_no, o.state AS order_state, o.total_fen, m.nickname, c.answer_by,
  (SELECT GROUP_CONCAT(CONCAT(l.name, ' ', l.spec, ' × ', l.qty) SEPARATOR '；') FROM order_line l WHERE l.brand_id = o.brand_id AND l.order_id = o.id) AS line_text
  FROM closing_order x JOIN sales_order o ON o.brand_id = x.brand_id AND o.id = x.order_id
  JOIN store_closing c ON c.brand_id = x.brand_id AND c.id = x.closing_id
  LEFT JOIN member m ON m.brand_id = x.brand_id AND m.id = x.member_id`;

/** A store's open orders, and those whose goods it holds, whoever sold them; each along its own index. */
const WAITING = `SELECT id FROM sales_order WHERE brand_id = ? AND store_id = ? AND state IN ('PENDING_PAY', 'TO_SHIP', 'TO_PICKUP', 'SHIPPED')
  UNION SELECT order_id FROM reservation WHERE brand_id = ? AND store_id = ? AND state = 'HELD'`;

/** All SQL about closing stores. */
export class ClosingStore {
  /** False when the store is being closed already. */
  async insert(tx: Tx, closing: ClosingRow, by: string): Promise<boolean> {
    try {
      await tx.execute(
        'INSERT INTO store_closing (brand_id, id, store_id, to_store_id, reason, state, started_at, answer_by, by_whom, open_key) VALUES (?,?,?,?,?,?,?,?,?,?)',
        [
          closing.brand_id,
          closing.id,
          closing.store_id,
          closing.to_store_id,
          closing.reason,
          closing.state,
          closing.started_at,
          closing.answer_by,
          by,
          closing.store_id,
        ],
      );
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  async end(tx: Tx, brandId: BrandId, id: Id<'closing'>, state: 'DONE' | 'CANCELLED'): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE store_closing SET state = ?, finished_at = ?, open_key = NULL WHERE brand_id = ? AND id = ? AND state = 'RUNNING'",
      [state, tx.now, brandId, id],
    );
    return affectedRows === 1;
  }

  list(
    on: Queryable,
    query: {
      brandId: BrandId;
      scope: readonly StoreId[] | 'ALL';
      id?: Id<'closing'>;
      state?: string | undefined;
      before?: string | undefined;
      limit: number;
    },
  ): Promise<ClosingRow[]> {
    const where = ['brand_id = ?'];
    const values: SqlValue[] = [query.brandId];
    for (const [column, value] of [
      ['id = ?', query.id],
      ['state = ?', query.state],
      ['id < ?', query.before],
    ] as const)
      if (value) {
        where.push(column);
        values.push(value);
      }
    if (query.scope !== 'ALL') {
      where.push(`store_id IN ${marks(query.scope)}`);
      values.push(...query.scope);
    }
    return on.query<ClosingRow>(`SELECT * FROM store_closing WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`, [
      ...values,
      query.limit + 1,
    ]);
  }

  running(on: Queryable): Promise<ClosingRow[]> {
    return on.query<ClosingRow>("SELECT * FROM store_closing WHERE state = 'RUNNING' ORDER BY brand_id, id LIMIT 100");
  }

  /**
   * Open orders that this closing does not know yet: the store's own, and those of others whose goods wait here, because
   * their pickup has moved here or this store sends them. A pickup of its own that waits in another store is that one's.
   */
  strangers(on: Queryable, closing: ClosingRow, limit: number) {
    const { brand_id: brandId, store_id: storeId } = closing;
    return on.query<{ id: OrderId; state: string; member_id: MemberId | null }>(
      `SELECT o.id, o.state, o.member_id FROM (${WAITING}) w JOIN sales_order o ON o.brand_id = ? AND o.id = w.id
       LEFT JOIN closing_order x ON x.brand_id = o.brand_id AND x.closing_id = ? AND x.order_id = o.id
       WHERE x.order_id IS NULL AND (o.state IN ('TO_SHIP', 'TO_PICKUP') OR o.state = 'SHIPPED' AND o.store_id = ?)
         AND NOT (o.state = 'TO_PICKUP' AND EXISTS (
           SELECT 1 FROM reservation r WHERE r.brand_id = o.brand_id AND r.order_id = o.id AND r.state = 'HELD' AND r.store_id <> ?))
       ORDER BY o.id LIMIT ?`,
      [brandId, storeId, brandId, storeId, brandId, closing.id, storeId, storeId, limit],
    );
  }

  /** The store's open orders by their state, with those of others whose goods wait here. */
  async stateCounts(on: Queryable, brandId: BrandId, storeId: StoreId) {
    const rows = await on.query<{ state: string; count: string; fen: string }>(
      `SELECT o.state, COUNT(*) AS count, COALESCE(SUM(o.total_fen - o.refunded_fen), 0) AS fen
       FROM (${WAITING}) w JOIN sales_order o ON o.brand_id = ? AND o.id = w.id
       WHERE o.state IN ('TO_SHIP', 'TO_PICKUP') OR o.store_id = ? GROUP BY o.state`,
      [brandId, storeId, brandId, storeId, brandId, storeId],
    );
    return new Map(rows.map((row) => [row.state, { count: Number(row.count), fen: row.fen }]));
  }

  /** What waiting pickups hold, and how much of it other stores have free. */
  pickupNeeds(on: Queryable, brandId: BrandId, storeId: StoreId) {
    return on.query<{ order_id: OrderId; sku_id: string; qty: number }>(
      `SELECT r.order_id, r.sku_id, r.qty FROM reservation r JOIN sales_order o ON o.brand_id = r.brand_id AND o.id = r.order_id
       WHERE r.brand_id = ? AND r.store_id = ? AND o.state = 'TO_PICKUP' AND r.state = 'HELD' LIMIT 2000`,
      [brandId, storeId],
    );
  }

  async free(on: Queryable, brandId: BrandId, storeIds: readonly StoreId[], skuIds: readonly string[]) {
    const rows = await on.query<{ store_id: StoreId; sku_id: string; free: string }>(
      `SELECT store_id, sku_id, on_hand - reserved - safety - set_aside AS free FROM stock
       WHERE brand_id = ? AND store_id IN ${marks(storeIds)} AND sku_id IN ${marks(skuIds)} AND for_pickup = 1`,
      [brandId, ...storeIds, ...skuIds],
    );
    return new Map(rows.map((row) => [`${row.store_id}:${row.sku_id}`, Number(row.free)]));
  }

  async insertOrders(
    tx: Tx,
    closing: ClosingRow,
    orders: readonly { id: Id<'pickup-move'>; orderId: OrderId; memberId: MemberId | null; state: ClosingOrderState }[],
  ): Promise<void> {
    if (orders.length === 0) return;
    await tx.execute(
      `INSERT IGNORE INTO closing_order (brand_id, closing_id, order_id, id, member_id, from_store_id, to_store_id, state, note, updated_at) VALUES ${orders
        .map(() => "(?,?,?,?,?,?,?,?,'',?)")
        .join(',')}`,
      orders.flatMap((one): SqlValue[] => [
        closing.brand_id,
        closing.id,
        one.orderId,
        one.id,
        one.memberId,
        closing.store_id,
        closing.to_store_id,
        one.state,
        tx.now,
      ]),
    );
  }

  orders(on: Queryable, brandId: BrandId, closingId: Id<'closing'>): Promise<ClosingOrderRow[]> {
    return on.query<ClosingOrderRow>(
      `${ORDERS} WHERE x.brand_id = ? AND x.closing_id = ? ORDER BY x.order_id LIMIT 1000`,
      [brandId, closingId],
    );
  }

  /** Those that are not settled yet, however many are. */
  openOrders(on: Queryable, brandId: BrandId, closingId: Id<'closing'>, limit = 5000): Promise<ClosingOrderRow[]> {
    return on.query<ClosingOrderRow>(
      `${ORDERS} WHERE x.brand_id = ? AND x.closing_id = ? AND x.state NOT IN ${marks(ENDED)} ORDER BY x.updated_at, x.order_id LIMIT ?`,
      [brandId, closingId, ...ENDED, limit],
    );
  }

  /** Nothing of a closing that was called off is asked or waited for any more; moved pickups stay moved. */
  async callOff(tx: Tx, brandId: BrandId, closingId: Id<'closing'>): Promise<void> {
    await tx.execute(
      "UPDATE closing_order SET state = 'CLOSED', note = '闭店已取消', updated_at = ? WHERE brand_id = ? AND closing_id = ? AND state IN ('ASKED', 'SHIPS_STILL')",
      [tx.now, brandId, closingId],
    );
  }

  async orderCounts(on: Queryable, brandId: BrandId, closingId: Id<'closing'>): Promise<Record<string, number>> {
    const rows = await on.query<{ state: string; count: string }>(
      'SELECT state, COUNT(*) AS count FROM closing_order WHERE brand_id = ? AND closing_id = ? GROUP BY state',
      [brandId, closingId],
    );
    return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
  }

  ofMember(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<ClosingOrderRow[]> {
    return on.query<ClosingOrderRow>(
      `${ORDERS} WHERE x.brand_id = ? AND x.member_id = ? AND x.state IN ('ASKED', 'MOVED', 'DECLINED', 'EXPIRED', 'REFUNDING', 'REFUNDED')
       ORDER BY x.id DESC LIMIT 50`,
      [brandId, memberId],
    );
  }

  async lockOrder(tx: Tx, brandId: BrandId, id: Id<'pickup-move'>): Promise<ClosingOrderRow | null> {
    const [row] = await tx.query<ClosingOrderRow>(
      'SELECT * FROM closing_order WHERE brand_id = ? AND id = ? FOR UPDATE',
      [brandId, id],
    );
    return row ?? null;
  }

  /** Moves an order's state where it still is what was seen; false when somebody else was faster. */
  async move(
    tx: Tx,
    brandId: BrandId,
    id: Id<'pickup-move'>,
    from: ClosingOrderState,
    to: ClosingOrderState,
    note = '',
  ): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      'UPDATE closing_order SET state = ?, note = ?, updated_at = ? WHERE brand_id = ? AND id = ? AND state = ?',
      [to, note.slice(0, 120), tx.now, brandId, id, from],
    );
    return affectedRows === 1;
  }

  /** Where a pickup has moved to last, or null. */
  async placeOf(on: Queryable, brandId: BrandId, orderId: Id): Promise<StoreId | null> {
    const [row] = await on.query<{ to_store_id: StoreId | null }>(
      "SELECT to_store_id FROM closing_order WHERE brand_id = ? AND order_id = ? AND state IN ('MOVED', 'DONE') AND to_store_id IS NOT NULL ORDER BY id DESC LIMIT 1",
      [brandId, orderId],
    );
    return row?.to_store_id ?? null;
  }
}
