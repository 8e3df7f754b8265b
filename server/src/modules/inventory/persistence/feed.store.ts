import type { BrandId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

type SkuId = Id<'sku'>;
export interface FeedRow {
  source_id: Id<'connector'>;
  store_id: StoreId;
  state: 'IN_STEP' | 'GAP';
  sequence: string;
  missing_from: string | null;
  last_snapshot_at: Date | null;
  last_message_at: Date;
  drift_rows: number;
  drift_pieces: number;
}
export interface Drift {
  skuId: SkuId;
  was: number;
  counted: number;
}
export interface NoticeRow {
  id: Id<'notice'>;
  member_id: MemberId;
  store_id: StoreId;
  sku_id: SkuId;
  product_id: Id<'product'>;
  state: 'WAITING' | 'ARRIVED' | 'CANCELLED';
  created_at: Date;
  arrived_at: Date | null;
  name: string;
  colour: string;
  size: string;
  image_url: string;
}

const inScope = (column: string, scope: readonly StoreId[] | 'ALL'): { sql: string; values: SqlValue[] } =>
  scope === 'ALL' ? { sql: '', values: [] } : { sql: ` AND ${column} IN ${marks(scope)}`, values: [...scope] };

/** All SQL about stock feeds, goods sent across stores and arrivals that members wait for. */
export class FeedStore {
  async lockFeed(tx: Tx, brandId: BrandId, sourceId: Id<'connector'>, storeId: StoreId): Promise<FeedRow | null> {
    const [row] = await tx.query<FeedRow>(
      'SELECT * FROM stock_feed WHERE brand_id = ? AND source_id = ? AND store_id = ? FOR UPDATE',
      [brandId, sourceId, storeId],
    );
    return row ?? null;
  }

  async saveFeed(tx: Tx, brandId: BrandId, feed: FeedRow): Promise<void> {
    await tx.execute(
      `INSERT INTO stock_feed (brand_id, source_id, store_id, state, sequence, missing_from, last_snapshot_at, last_message_at, drift_rows, drift_pieces)
       VALUES (?,?,?,?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE state = VALUES(state), sequence = VALUES(sequence),
         missing_from = VALUES(missing_from), last_snapshot_at = VALUES(last_snapshot_at), last_message_at = VALUES(last_message_at),
         drift_rows = VALUES(drift_rows), drift_pieces = VALUES(drift_pieces)`,
      [
        brandId,
        feed.source_id,
        feed.store_id,
        feed.state,
        feed.sequence,
        feed.missing_from,
        feed.last_snapshot_at,
        feed.last_message_at,
        feed.drift_rows,
        feed.drift_pieces,
      ],
    );
  }

  /** SKUs by code with the store's stock, locked in SKU order. */
  async lockByCodes(tx: Tx, brandId: BrandId, storeId: StoreId, codes: readonly string[]) {
    const rows = await tx.query<{
      id: SkuId;
      code: string;
      product_id: Id<'product'>;
      on_hand: number | null;
      reserved: number | null;
      safety: number | null;
    }>(
      `SELECT s.id, s.code, s.product_id, k.on_hand, k.reserved, k.safety FROM sku s
       LEFT JOIN stock k ON k.brand_id = s.brand_id AND k.store_id = ? AND k.sku_id = s.id
       WHERE s.brand_id = ? AND s.code IN ${marks(codes)} ORDER BY s.id FOR UPDATE`,
      [storeId, brandId, ...codes],
    );
    return rows.map((row) => ({
      skuId: row.id,
      code: row.code,
      productId: row.product_id,
      onHand: row.on_hand ?? 0,
      reserved: row.reserved ?? 0,
      safety: row.safety ?? 0,
    }));
  }

  async insertDrifts(
    tx: Tx,
    brandId: BrandId,
    storeId: StoreId,
    drifts: readonly (Drift & { id: Id })[],
  ): Promise<void> {
    if (drifts.length === 0) return;
    await tx.execute(
      `INSERT INTO stock_drift (brand_id, id, store_id, sku_id, was, counted, at) VALUES ${drifts.map(() => '(?,?,?,?,?,?,?)').join(',')}`,
      drifts.flatMap((one): SqlValue[] => [brandId, one.id, storeId, one.skuId, one.was, one.counted, tx.now]),
    );
  }

  feeds(on: Queryable, brandId: BrandId, scope: readonly StoreId[] | 'ALL') {
    const limit = inScope('f.store_id', scope);
    return on.query<FeedRow & { name: string | null }>(
      `SELECT f.*, c.name FROM stock_feed f LEFT JOIN pos_connector c ON c.brand_id = f.brand_id AND c.id = f.source_id
       WHERE f.brand_id = ?${limit.sql} ORDER BY f.state, f.store_id, f.source_id LIMIT 1000`,
      [brandId, ...limit.values],
    );
  }

  drifts(
    on: Queryable,
    brandId: BrandId,
    scope: readonly StoreId[] | 'ALL',
    before: string | undefined,
    limit: number,
  ) {
    const only = inScope('d.store_id', scope);
    return on.query<{ id: Id; store_id: StoreId; was: number; counted: number; at: Date; code: string; name: string }>(
      `SELECT d.id, d.store_id, d.was, d.counted, d.at, s.code, p.name FROM stock_drift d
       JOIN sku s ON s.brand_id = d.brand_id AND s.id = d.sku_id JOIN product p ON p.brand_id = s.brand_id AND p.id = s.product_id
       WHERE d.brand_id = ?${only.sql}${before ? ' AND d.id < ?' : ''} ORDER BY d.id DESC LIMIT ?`,
      [brandId, ...only.values, ...(before ? [before] : []), limit + 1],
    );
  }

  transfers(
    on: Queryable,
    brandId: BrandId,
    scope: readonly StoreId[] | 'ALL',
    query: { state?: string | undefined; before?: string | undefined; limit: number },
  ) {
    const a = inScope('t.shipping_store_id', scope);
    const b = inScope('t.selling_store_id', scope);
    const mine = scope === 'ALL' ? '' : ` AND (${a.sql.slice(5)} OR ${b.sql.slice(5)})`;
    return on.query<{
      id: Id;
      order_id: Id;
      order_no: string;
      selling_store_id: StoreId;
      shipping_store_id: StoreId;
      qty: number;
      cost_bearer: 'SELLING' | 'SHIPPING' | 'HQ';
      cost_fen: string;
      state: 'OPEN' | 'SENT' | 'CANCELLED';
      created_at: Date;
      sent_at: Date | null;
      code: string;
      name: string;
    }>(
      `SELECT t.*, o.order_no, s.code, p.name FROM store_transfer t JOIN sales_order o ON o.brand_id = t.brand_id AND o.id = t.order_id
       JOIN sku s ON s.brand_id = t.brand_id AND s.id = t.sku_id JOIN product p ON p.brand_id = s.brand_id AND p.id = s.product_id
       WHERE t.brand_id = ?${mine}${query.state ? ' AND t.state = ?' : ''}${query.before ? ' AND t.id < ?' : ''} ORDER BY t.id DESC LIMIT ?`,
      [
        brandId,
        ...a.values,
        ...b.values,
        ...(query.state ? [query.state] : []),
        ...(query.before ? [query.before] : []),
        query.limit + 1,
      ],
    );
  }

  /** Other stores that list and have a SKU, with price and free pieces. */
  async elsewhere(on: Queryable, brandId: BrandId, skuId: SkuId, storeIds: readonly StoreId[]) {
    const rows = await on.query<{
      store_id: StoreId;
      available: string;
      price_fen: string;
      for_pickup: number;
      for_delivery: number;
    }>(
      `SELECT k.store_id, k.on_hand - k.reserved - k.safety - k.set_aside AS available, COALESCE(sp.price_fen, s.list_price_fen) AS price_fen, k.for_pickup, k.for_delivery
       FROM stock k JOIN sku s ON s.brand_id = k.brand_id AND s.id = k.sku_id
       JOIN product p ON p.brand_id = s.brand_id AND p.id = s.product_id AND p.status = 'ON_SALE'
       JOIN listing l ON l.brand_id = k.brand_id AND l.store_id = k.store_id AND l.product_id = k.product_id AND l.is_listed = 1
       LEFT JOIN store_price sp ON sp.brand_id = k.brand_id AND sp.store_id = k.store_id AND sp.sku_id = k.sku_id
       WHERE k.brand_id = ? AND k.sku_id = ? AND k.store_id IN ${marks(storeIds)} AND k.on_hand - k.reserved - k.safety - k.set_aside > 0`,
      [brandId, skuId, ...storeIds],
    );
    return new Map(rows.map((row) => [row.store_id, row]));
  }

  /** Which of some stores list and have which of some SKUs at the usual price, with free pieces. */
  having(on: Queryable, brandId: BrandId, skuIds: readonly SkuId[], storeIds: readonly StoreId[]) {
    return on.query<{ store_id: StoreId; sku_id: SkuId; available: string }>(
      `SELECT k.store_id, k.sku_id, k.on_hand - k.reserved - k.safety - k.set_aside AS available FROM stock k
       JOIN listing l ON l.brand_id = k.brand_id AND l.store_id = k.store_id AND l.product_id = k.product_id AND l.is_listed = 1
       WHERE k.brand_id = ? AND k.sku_id IN ${marks(skuIds)} AND k.store_id IN ${marks(storeIds)}
         AND k.on_hand - k.reserved - k.safety - k.set_aside > 0`,
      [brandId, ...skuIds, ...storeIds],
    );
  }

  /** Who asks again while waiting keeps the place in the row. */
  async askNotice(
    tx: Tx,
    notice: {
      brandId: BrandId;
      id: Id<'notice'>;
      memberId: MemberId;
      storeId: StoreId;
      skuId: SkuId;
      productId: Id<'product'>;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO arrival_notice (brand_id, id, member_id, store_id, sku_id, product_id, state, created_at) VALUES (?,?,?,?,?,?,'WAITING',?)
       ON DUPLICATE KEY UPDATE created_at = IF(state = 'WAITING', created_at, VALUES(created_at)), state = 'WAITING', arrived_at = NULL`,
      [notice.brandId, notice.id, notice.memberId, notice.storeId, notice.skuId, notice.productId, tx.now],
    );
  }

  notices(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    query: { storeId?: StoreId; skuId?: SkuId; before?: string | undefined; limit: number },
  ): Promise<NoticeRow[]> {
    const values: SqlValue[] = [brandId, memberId];
    let where = "n.state <> 'CANCELLED'";
    for (const [column, value] of [
      ['n.store_id = ?', query.storeId],
      ['n.sku_id = ?', query.skuId],
      ['n.id < ?', query.before],
    ] as const)
      if (value) {
        where += ` AND ${column}`;
        values.push(value);
      }
    return on.query<NoticeRow>(
      `SELECT n.*, p.name, s.colour, s.size, s.image_url FROM arrival_notice n JOIN sku s ON s.brand_id = n.brand_id AND s.id = n.sku_id
       JOIN product p ON p.brand_id = n.brand_id AND p.id = n.product_id
       WHERE n.brand_id = ? AND n.member_id = ? AND ${where} ORDER BY n.id DESC LIMIT ?`,
      [...values, query.limit + 1],
    );
  }

  async waitingCount(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<number> {
    const [row] = await on.query<{ count: string }>(
      "SELECT COUNT(*) AS count FROM arrival_notice WHERE brand_id = ? AND member_id = ? AND state = 'WAITING'",
      [brandId, memberId],
    );
    return Number(row?.count ?? 0);
  }

  async cancelNotice(tx: Tx, brandId: BrandId, memberId: MemberId, id: Id<'notice'>): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE arrival_notice SET state = 'CANCELLED' WHERE brand_id = ? AND member_id = ? AND id = ?",
      [brandId, memberId, id],
    );
    return affectedRows === 1;
  }

  /**
   * The first of those who wait for goods that are there now: no more than there are pieces, counting those who were told a
   * moment ago and may still be on their way to the counter.
   * @param since who was told later than this still counts
   */
  arrived(on: Queryable, since: Date, limit: number) {
    return on.query<{ brand_id: BrandId; id: Id<'notice'>; member_id: MemberId; store_id: StoreId; sku_id: SkuId }>(
      `SELECT w.brand_id, w.id, w.member_id, w.store_id, w.sku_id FROM (
         SELECT n.brand_id, n.id, n.member_id, n.store_id, n.sku_id, k.on_hand - k.reserved - k.safety - k.set_aside AS pieces,
           ROW_NUMBER() OVER (PARTITION BY n.brand_id, n.store_id, n.sku_id ORDER BY n.created_at, n.id) AS place
         FROM arrival_notice n JOIN stock k ON k.brand_id = n.brand_id AND k.store_id = n.store_id AND k.sku_id = n.sku_id
         WHERE n.state = 'WAITING' AND k.on_hand - k.reserved - k.safety - k.set_aside > 0) w
       WHERE w.place <= w.pieces - (SELECT COUNT(*) FROM arrival_notice t
         WHERE t.state = 'ARRIVED' AND t.brand_id = w.brand_id AND t.store_id = w.store_id AND t.sku_id = w.sku_id AND t.arrived_at > ?)
       ORDER BY w.brand_id, w.place LIMIT ?`,
      [since, limit],
    );
  }

  async markArrived(tx: Tx, brandId: BrandId, id: Id<'notice'>): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE arrival_notice SET state = 'ARRIVED', arrived_at = ? WHERE brand_id = ? AND id = ? AND state = 'WAITING'",
      [tx.now, brandId, id],
    );
    return affectedRows === 1;
  }
}
