import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface UnreportedFeed {
  brand_id: BrandId;
  source_id: Id<'connector'>;
  store_id: StoreId;
  missing_from: string | null;
  last_message_at: Date;
  last_snapshot_at: Date | null;
}
export interface FeedReport {
  sourceId: Id<'connector'>;
  storeId: StoreId;
  driftRows: number;
  driftPieces: number;
  missingFrom: string | null;
  alarms: readonly string[];
}

const ALARM_END = '；';

/** All SQL of the nightly comparison of stock with other systems. */
export class ReportStore {
  /** Feeds that a day has no report of, of one brand or any; brands in order. */
  unreported(on: Queryable, day: string, limit: number, only: BrandId | null): Promise<UnreportedFeed[]> {
    return on.query<UnreportedFeed>(
      `SELECT f.brand_id, f.source_id, f.store_id, f.missing_from, f.last_message_at, f.last_snapshot_at FROM stock_feed f
       LEFT JOIN stock_report r ON r.brand_id = f.brand_id AND r.day = ? AND r.source_id = f.source_id AND r.store_id = f.store_id
       WHERE r.day IS NULL${only ? ' AND f.brand_id = ?' : ''} ORDER BY f.brand_id, f.store_id, f.source_id LIMIT ?`,
      [day, ...(only ? [only] : []), limit],
    );
  }

  /** By store: how many SKUs and pieces the messages of a span found apart, and what is on the shelves. */
  async apart(on: Queryable, brandId: BrandId, storeIds: readonly StoreId[], from: Date, until: Date) {
    const drifts = await on.query<{ store_id: StoreId; skus: string; pieces: string }>(
      `SELECT store_id, COUNT(DISTINCT sku_id) AS skus, SUM(ABS(counted - was)) AS pieces FROM stock_drift
       WHERE brand_id = ? AND store_id IN ${marks(storeIds)} AND at >= ? AND at < ? GROUP BY store_id`,
      [brandId, ...storeIds, from, until],
    );
    const shelves = await on.query<{ store_id: StoreId; pieces: string }>(
      `SELECT store_id, SUM(on_hand) AS pieces FROM stock WHERE brand_id = ? AND store_id IN ${marks(storeIds)} GROUP BY store_id`,
      [brandId, ...storeIds],
    );
    const onHand = new Map(shelves.map((row) => [row.store_id, Number(row.pieces)]));
    const found = new Map(drifts.map((row) => [row.store_id, row]));
    return new Map(
      storeIds.map((id) => [
        id,
        {
          driftRows: Number(found.get(id)?.skus ?? 0),
          driftPieces: Number(found.get(id)?.pieces ?? 0),
          onHandPieces: onHand.get(id) ?? 0,
        },
      ]),
    );
  }

  /** Writes reports once; returns how many were new. */
  async add(tx: Tx, brandId: BrandId, day: string, reports: readonly FeedReport[]): Promise<number> {
    const made = await tx.execute(
      `INSERT IGNORE INTO stock_report (brand_id, day, source_id, store_id, drift_rows, drift_pieces, missing_from, alarms, made_at)
       VALUES ${reports.map(() => '(?,?,?,?,?,?,?,?,?)').join(',')}`,
      reports.flatMap((one): SqlValue[] => [
        ...[brandId, day, one.sourceId, one.storeId, one.driftRows, one.driftPieces, one.missingFrom],
        one.alarms.length > 0 ? one.alarms.join(ALARM_END) : null,
        tx.now,
      ]),
    );
    return made.affectedRows;
  }

  /** What the last night found that somebody must look at, by `source/store`; a feed that is in step is missing. */
  async lastAlarms(on: Queryable, brandId: BrandId): Promise<Map<string, string[]>> {
    const rows = await on.query<{ source_id: string; store_id: string; alarms: string }>(
      `SELECT r.source_id, r.store_id, r.alarms FROM stock_report r
       WHERE r.brand_id = ? AND r.alarms IS NOT NULL AND r.day = (SELECT MAX(x.day) FROM stock_report x WHERE x.brand_id = r.brand_id)`,
      [brandId],
    );
    return new Map(rows.map((row) => [`${row.source_id}/${row.store_id}`, row.alarms.split(ALARM_END)]));
  }
}
