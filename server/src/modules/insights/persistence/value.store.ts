import { type BrandId, type MemberId, parseFen } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { MemberValue } from '../domain/value-tags.js';

/** Members whose ids lie between two bounds, both included. */
export interface MemberRange {
  from: MemberId;
  to: MemberId;
}
/** The upper bounds of the four lower fifths. */
export type Cuts = readonly [SqlValue, SqlValue, SqlValue, SqlValue];

interface ValueRow {
  member_id: MemberId;
  order_count: number;
  total_fen: string;
  first_at: Date;
  last_at: Date;
  r: number;
  f: number;
  m: number;
  median_gap_days: number | null;
  expected_next_at: Date | null;
}
const PAID = "('TO_SHIP','TO_PICKUP','SHIPPED','RECEIVED','FINISHED')";
const NOT_SCORED = new Date('2000-01-01T00:00:00.000Z');

const toValue = (row: ValueRow): MemberValue => ({
  orderCount: row.order_count,
  totalFen: parseFen(row.total_fen),
  firstAt: row.first_at,
  lastAt: row.last_at,
  r: row.r,
  f: row.f,
  m: row.m,
  medianGapDays: row.median_gap_days,
  expectedNextAt: row.expected_next_at,
});

/** The computed value of members; recomputed as a whole from orders, so nothing else writes it. */
export class ValueStore {
  /** The next so many members behind an id, as a range; null at the end. */
  async rangeAfter(on: Queryable, brandId: BrandId, after: string, size: number): Promise<MemberRange | null> {
    const [row] = await on.query<{ first: MemberId | null; last: MemberId | null }>(
      `SELECT MIN(id) AS first, MAX(id) AS last FROM (SELECT id FROM member WHERE brand_id = ? AND id > ? ORDER BY id LIMIT ?) chunk`,
      [brandId, after, size],
    );
    return row?.first && row.last ? { from: row.first, to: row.last } : null;
  }

  /**
   * Sums the paid orders of a range of members, all channels: sales less refunds less returns, and the median gap
   * between purchase days. Scores come later, when the whole brand is summed.
   */
  async sum(tx: Tx, brandId: BrandId, { from, to }: MemberRange): Promise<void> {
    await tx.execute(
      `DELETE FROM member_value WHERE brand_id = ? AND member_id BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM sales_order o
        WHERE o.brand_id = member_value.brand_id AND o.member_id = member_value.member_id AND o.kind = 'SALE' AND o.state IN ${PAID})`,
      [brandId, from, to],
    );
    await tx.execute(
      `INSERT INTO member_value (brand_id, member_id, order_count, total_fen, first_at, last_at, r, f, m, median_gap_days, expected_next_at, computed_at)
      WITH bought AS (
        SELECT member_id, kind, created_at, total_fen, refunded_fen, DATE(created_at + INTERVAL 8 HOUR) AS bought_on FROM sales_order
        WHERE brand_id = ? AND member_id BETWEEN ? AND ? AND state IN ${PAID}),
      purchase_days AS (SELECT DISTINCT member_id, bought_on FROM bought WHERE kind = 'SALE'),
      gaps AS (SELECT member_id, DATEDIFF(bought_on, LAG(bought_on) OVER (PARTITION BY member_id ORDER BY bought_on)) AS gap FROM purchase_days),
      ranked AS (
        SELECT member_id, gap, ROW_NUMBER() OVER (PARTITION BY member_id ORDER BY gap) AS place, COUNT(*) OVER (PARTITION BY member_id) AS gap_count
        FROM gaps WHERE gap IS NOT NULL),
      medians AS (
        SELECT member_id, FLOOR(AVG(gap)) AS median FROM ranked
        WHERE place IN (FLOOR((gap_count + 1) / 2), FLOOR((gap_count + 2) / 2)) GROUP BY member_id)
      SELECT ?, b.member_id, SUM(b.kind = 'SALE'), SUM(CASE WHEN b.kind = 'SALE' THEN b.total_fen - b.refunded_fen ELSE -b.total_fen END),
        MIN(CASE WHEN b.kind = 'SALE' THEN b.created_at END), MAX(CASE WHEN b.kind = 'SALE' THEN b.created_at END), 0, 0, 0, MAX(g.median),
        MAX(CASE WHEN b.kind = 'SALE' THEN b.created_at END) + INTERVAL MAX(g.median) DAY, ?
      FROM bought b LEFT JOIN medians g ON g.member_id = b.member_id GROUP BY b.member_id HAVING SUM(b.kind = 'SALE') > 0
      ON DUPLICATE KEY UPDATE order_count = VALUES(order_count), total_fen = VALUES(total_fen), first_at = VALUES(first_at), last_at = VALUES(last_at),
        median_gap_days = VALUES(median_gap_days), expected_next_at = VALUES(expected_next_at)`,
      [brandId, from, to, brandId, NOT_SCORED],
    );
  }

  /** Where the fifths of a brand's members end in one column, or null when nobody has bought. */
  async cuts(on: Queryable, brandId: BrandId, column: 'last_at' | 'order_count' | 'total_fen'): Promise<Cuts | null> {
    const rows = await on.query<{ top: SqlValue }>(
      `SELECT MAX(value) AS top FROM (SELECT ${column} AS value, NTILE(5) OVER (ORDER BY ${column}) AS fifth FROM member_value WHERE brand_id = ?) parts
        GROUP BY fifth ORDER BY fifth`,
      [brandId],
    );
    const at = (index: number): SqlValue => (rows[index] ?? rows[rows.length - 1])?.top ?? null;
    return rows.length === 0 ? null : [at(0), at(1), at(2), at(3)];
  }

  /**
   * Scores a range: one, and one more for each bound that the member is above; equal values get equal scores. Writes
   * only those whose scores change.
   */
  async score(tx: Tx, brandId: BrandId, range: MemberRange, cuts: { r: Cuts; f: Cuts; m: Cuts }): Promise<void> {
    const above = (column: string) => `1 + ${Array.from({ length: 4 }, () => `(${column} > ?)`).join(' + ')}`;
    const [r, f, m] = [above('last_at'), above('order_count'), above('total_fen')];
    const bounds = [...cuts.r, ...cuts.f, ...cuts.m];
    await tx.execute(
      `UPDATE member_value SET r = ${r}, f = ${f}, m = ${m}, computed_at = ?
        WHERE brand_id = ? AND member_id BETWEEN ? AND ? AND (r <> ${r} OR f <> ${f} OR m <> ${m})`,
      [...bounds, tx.now, brandId, range.from, range.to, ...bounds],
    );
  }

  /** Notes with the last member that the whole brand is scored. */
  async markScored(tx: Tx, brandId: BrandId): Promise<void> {
    await tx.execute('UPDATE member_value SET computed_at = ? WHERE brand_id = ? ORDER BY member_id DESC LIMIT 1', [
      tx.now,
      brandId,
    ]);
  }

  async inRange(on: Queryable, brandId: BrandId, range: MemberRange): Promise<Map<MemberId, MemberValue>> {
    const rows = await on.query<ValueRow>(
      'SELECT * FROM member_value WHERE brand_id = ? AND member_id BETWEEN ? AND ? ORDER BY member_id',
      [brandId, range.from, range.to],
    );
    return new Map(rows.map((row) => [row.member_id, toValue(row)]));
  }

  async memberIds(on: Queryable, brandId: BrandId, range: MemberRange): Promise<MemberId[]> {
    const rows = await on.query<{ id: MemberId }>(
      'SELECT id FROM member WHERE brand_id = ? AND id BETWEEN ? AND ? ORDER BY id',
      [brandId, range.from, range.to],
    );
    return rows.map((row) => row.id);
  }

  async of(on: Queryable, brandId: BrandId, ids: readonly MemberId[]): Promise<Map<MemberId, MemberValue>> {
    const rows = await on.query<ValueRow>(
      `SELECT * FROM member_value WHERE brand_id = ? AND member_id IN ${marks(ids)}`,
      [brandId, ...ids],
    );
    return new Map(rows.map((row) => [row.member_id, toValue(row)]));
  }

  /** When the whole brand was scored last; see `markScored`. */
  async scoredAt(on: Queryable, brandId: BrandId): Promise<Date | null> {
    const [row] = await on.query<{ computed_at: Date }>(
      'SELECT computed_at FROM member_value WHERE brand_id = ? ORDER BY member_id DESC LIMIT 1',
      [brandId],
    );
    return row?.computed_at ?? null;
  }
}
