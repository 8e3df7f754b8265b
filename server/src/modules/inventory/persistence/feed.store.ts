import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { inScope } from './scope.js';

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
/** All SQL about stock feeds and what their countings corrected. */
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
}
