import type { BrandId, Id, MemberId, OrderId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { DEFAULT_SCHEME, type LevelScheme } from '../domain/level-scheme.js';

export interface LevelRow {
  memberId: MemberId;
  level: number;
  since: Date;
  periodEndsAt: Date;
  grantedLevel: number | null;
  grantedUntil: Date | null;
  schemeVersion: number;
}
interface OrderRow {
  id: OrderId;
  member_id: MemberId;
  kind: 'SALE' | 'RETURN';
  store_id: string;
  paid_at: Date;
}
export interface PaidOrderRow extends OrderRow {
  net_fen: string;
}
const NET_FEN = "(CASE o.kind WHEN 'RETURN' THEN -o.total_fen ELSE o.total_fen - o.refunded_fen END)";
/** Left to itself the database reads all growth of a brand by the key of its references, however much that is. */
const BY_ORDER = 'FORCE INDEX (asset_entry_order)';
/** An order whose growth has to be booked: what it is worth more, or less, than what was booked for it. */
export interface UnbookedOrderRow extends OrderRow {
  differs: string;
}
export interface LevelEvent {
  memberId: MemberId;
  kind: 'UP' | 'DOWN' | 'GRANT' | 'GRANT_END' | 'REBUILD' | 'MERGE';
  from: number;
  to: number;
  growth: number;
  reason: string;
}
interface Row {
  member_id: MemberId;
  level: number;
  since: Date;
  period_ends_at: Date;
  granted_level: number | null;
  granted_until: Date | null;
  scheme_version: number;
}

const LEVEL =
  'SELECT member_id, level, since, period_ends_at, granted_level, granted_until, scheme_version FROM member_level';
const levelOf = (row: Row): LevelRow => ({
  memberId: row.member_id,
  level: row.level,
  since: row.since,
  periodEndsAt: row.period_ends_at,
  grantedLevel: row.granted_level,
  grantedUntil: row.granted_until,
  schemeVersion: row.scheme_version,
});

/** All SQL of levels. */
export class LevelStore {
  async scheme(on: Queryable, brandId: BrandId): Promise<LevelScheme> {
    const [row] = await on.query<{ version: number; body: string | LevelScheme; published_at: Date }>(
      "SELECT version, body, published_at FROM asset_setting WHERE brand_id = ? AND kind = 'LEVELS' ORDER BY version DESC LIMIT 1",
      [brandId],
    );
    if (!row) return DEFAULT_SCHEME;
    const body = typeof row.body === 'string' ? (JSON.parse(row.body) as LevelScheme) : row.body;
    return { ...body, version: row.version, publishedAt: row.published_at };
  }

  async publish(tx: Tx, brandId: BrandId, version: number, body: unknown, by: string): Promise<void> {
    await tx.execute(
      "INSERT INTO asset_setting (brand_id, kind, version, body, published_by, published_at) VALUES (?,'LEVELS',?,?,?,?)",
      [brandId, version, JSON.stringify(body), by, tx.now],
    );
  }

  async rows(
    on: Queryable,
    brandId: BrandId,
    ids: readonly MemberId[],
    isLocked = false,
  ): Promise<Map<MemberId, LevelRow>> {
    const rows = await on.query<Row>(
      `${LEVEL} WHERE brand_id = ? AND member_id IN ${marks(ids)} ORDER BY member_id${isLocked ? ' FOR UPDATE' : ''}`,
      [brandId, ...ids],
    );
    return new Map(rows.map((row) => [row.member_id, levelOf(row)]));
  }

  async save(tx: Tx, brandId: BrandId, rows: readonly LevelRow[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.execute(
      `INSERT INTO member_level (brand_id, member_id, level, since, period_ends_at, granted_level, granted_until, scheme_version)
       VALUES ${rows.map(() => '(?,?,?,?,?,?,?,?)').join(',')}
       ON DUPLICATE KEY UPDATE level = VALUES(level), since = VALUES(since), period_ends_at = VALUES(period_ends_at),
         granted_level = VALUES(granted_level), granted_until = VALUES(granted_until), scheme_version = VALUES(scheme_version)`,
      rows.flatMap((row): SqlValue[] => [
        ...[brandId, row.memberId, row.level],
        row.since,
        row.periodEndsAt,
        row.grantedLevel,
        row.grantedUntil,
        row.schemeVersion,
      ]),
    );
  }

  /** The member's card shows level and growth without asking here: it keeps a copy, written with the original. */
  async project(tx: Tx, brandId: BrandId, rows: readonly { memberId: MemberId; level: number; growth: number }[]) {
    if (rows.length === 0) return;
    const cases = rows.map(() => 'WHEN ? THEN ?').join(' ');
    await tx.execute(
      `UPDATE member SET growth = CASE id ${cases} END, level = CASE id ${cases} END WHERE brand_id = ? AND id IN ${marks(rows.map((row) => row.memberId))}`,
      [
        ...rows.flatMap((row) => [row.memberId, row.growth]),
        ...rows.flatMap((row) => [row.memberId, row.level]),
        brandId,
        ...rows.map((row) => row.memberId),
      ],
    );
  }

  async addEvents(tx: Tx, brandId: BrandId, events: readonly (LevelEvent & { id: Id })[]): Promise<void> {
    if (events.length === 0) return;
    await tx.execute(
      `INSERT INTO member_level_event (brand_id, id, member_id, kind, from_level, to_level, growth, reason, at) VALUES ${events.map(() => '(?,?,?,?,?,?,?,?,?)').join(',')}`,
      events.flatMap((one): SqlValue[] => [
        ...[brandId, one.id, one.memberId, one.kind, one.from, one.to, one.growth, one.reason.slice(0, 100)],
        tx.now,
      ]),
    );
  }

  events(on: Queryable, brandId: BrandId, memberId: MemberId) {
    return on.query<{ kind: LevelEvent['kind']; from_level: number; to_level: number; reason: string; at: Date }>(
      'SELECT kind, from_level, to_level, reason, at FROM member_level_event WHERE brand_id = ? AND member_id = ? ORDER BY id DESC LIMIT 50',
      [brandId, memberId],
    );
  }

  /** What members paid and did not get back, order by order, of all channels. */
  paidOrders(on: Queryable, brandId: BrandId, ids: readonly MemberId[]): Promise<PaidOrderRow[]> {
    return on.query<PaidOrderRow>(
      `SELECT o.id, o.member_id, o.kind, o.store_id, o.paid_at, ${NET_FEN} AS net_fen
       FROM sales_order o WHERE o.brand_id = ? AND o.member_id IN ${marks(ids)} AND o.paid_at IS NOT NULL ORDER BY o.paid_at, o.id`,
      [brandId, ...ids],
    );
  }

  /**
   * Members' orders of all channels for which something else is booked than what was paid and not given back. The others,
   * which are nearly all, stay where they are.
   */
  unbookedOrders(on: Queryable, brandId: BrandId, ids: readonly MemberId[]): Promise<UnbookedOrderRow[]> {
    return on.query<UnbookedOrderRow>(
      `SELECT o.id, o.member_id, o.kind, o.store_id, o.paid_at,
         ${NET_FEN} - COALESCE((SELECT SUM(e.amount) FROM asset_entry e ${BY_ORDER} WHERE e.brand_id = o.brand_id AND e.order_id = o.id AND e.asset = 'GROWTH'), 0) AS differs
       FROM sales_order o WHERE o.brand_id = ? AND o.member_id IN ${marks(ids)} AND o.paid_at IS NOT NULL
       HAVING differs <> 0 ORDER BY o.paid_at, o.id`,
      [brandId, ...ids],
    );
  }

  /** What was booked for orders so far. */
  async booked(on: Queryable, brandId: BrandId, ids: readonly OrderId[]): Promise<Map<OrderId, number>> {
    if (ids.length === 0) return new Map();
    const rows = await on.query<{ order_id: OrderId; amount: string }>(
      `SELECT order_id, SUM(amount) AS amount FROM asset_entry e ${BY_ORDER} WHERE brand_id = ? AND asset = 'GROWTH' AND order_id IN ${marks(ids)} GROUP BY order_id`,
      [brandId, ...ids],
    );
    return new Map(rows.map((row) => [row.order_id, Number(row.amount)]));
  }

  async growthOf(on: Queryable, brandId: BrandId, ids: readonly MemberId[]): Promise<Map<MemberId, number>> {
    const rows = await on.query<{ owner_id: MemberId; balance: string }>(
      `SELECT owner_id, balance FROM asset_account WHERE brand_id = ? AND asset = 'GROWTH' AND owner_id IN ${marks(ids)}`,
      [brandId, ...ids],
    );
    return new Map(rows.map((row) => [row.owner_id, Number(row.balance)]));
  }

  /** Growth that will still count at an instant. */
  async growthAt(on: Queryable, brandId: BrandId, memberId: MemberId, at: Date): Promise<number> {
    const [row] = await on.query<{ fen: string | null }>(
      `SELECT SUM(remaining) AS fen FROM asset_lot WHERE brand_id = ? AND owner_id = ? AND asset = 'GROWTH' AND state = 'ACTIVE' AND (expires_at IS NULL OR expires_at > ?)`,
      [brandId, memberId, at],
    );
    return Number(row?.fen ?? 0);
  }

  due(on: Queryable, now: Date, limit: number) {
    return on.query<{ brand_id: BrandId; member_id: MemberId }>(
      `(SELECT brand_id, member_id FROM member_level WHERE period_ends_at <= ? LIMIT ?)
       UNION (SELECT brand_id, member_id FROM member_level WHERE granted_until <= ? LIMIT ?)`,
      [now, limit, now, limit],
    );
  }

  toWarn(on: Queryable, now: Date, until: Date, limit: number) {
    return on.query<{ brand_id: BrandId; member_id: MemberId; level: number; period_ends_at: Date }>(
      `SELECT brand_id, member_id, level, period_ends_at FROM member_level
       WHERE period_ends_at > ? AND period_ends_at <= ? AND level > 1 AND (warned_for IS NULL OR warned_for <> period_ends_at)
       ORDER BY period_ends_at LIMIT ?`,
      [now, until, limit],
    );
  }

  async setWarned(tx: Tx, brandId: BrandId, memberId: MemberId, period: Date): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      'UPDATE member_level SET warned_for = ? WHERE brand_id = ? AND member_id = ? AND period_ends_at = ? AND (warned_for IS NULL OR warned_for <> ?)',
      [period, brandId, memberId, period, period],
    );
    return affectedRows === 1;
  }

  async members(on: Queryable, brandId: BrandId, after: string, limit: number, only?: MemberId) {
    return on.query<{ id: MemberId; joined_at: Date; level: number; growth: number }>(
      `SELECT id, joined_at, level, growth FROM member WHERE brand_id = ? AND id > ? ${only ? 'AND id = ?' : ''} ORDER BY id LIMIT ?`,
      [brandId, after, ...(only ? [only] : []), limit],
    );
  }

  async counts(on: Queryable, brandId: BrandId): Promise<{ level: number; count: number }[]> {
    const rows = await on.query<{ level: number; n: string }>(
      'SELECT level, COUNT(*) AS n FROM member WHERE brand_id = ? GROUP BY level ORDER BY level',
      [brandId],
    );
    return rows.map((row) => ({ level: row.level, count: Number(row.n) }));
  }

  async card(on: Queryable, brandId: BrandId, memberId: MemberId) {
    const [row] = await on.query<{ level: number; growth: number; joined_at: Date }>(
      'SELECT level, growth, joined_at FROM member WHERE brand_id = ? AND id = ?',
      [brandId, memberId],
    );
    return row ?? null;
  }
}
