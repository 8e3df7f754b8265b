import { addDays, type BrandId, type Id, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { DisputeState, StatementAct, StatementState } from '../domain/statement-life.js';

export interface StatementKey {
  brandId: BrandId;
  franchiseeId: Id<'franchisee'>;
  day: string;
}
/** What the proof of a day says besides its entries, as it was when the day was published: names and stores may change. */
export interface PublishedDay {
  brandName: string;
  franchiseeName: string;
  stores: { storeId: StoreId; storeName: string; afterSeq: number; afterHash: string; seq: number; hash: string }[];
}
export interface PublishedStatement {
  state: StatementState;
  /** Since when it has been in its state. */
  since: Date;
  publishedAt: Date;
  /** The fingerprint of the proof file. */
  hash: string;
  day: PublishedDay;
}
export interface StatementStep {
  act: StatementAct;
  by: string;
  note: string;
  at: Date;
  line: LineRef | null;
}

/** A line of a statement: the place of its entry in its store's chain. */
export interface LineRef {
  storeId: StoreId;
  seq: number;
}
export interface Dispute extends LineRef {
  state: DisputeState;
}

const LINE = 'store_id = ? AND seq = ?';
const DAY = 'brand_id = ? AND franchisee_id = ? AND business_day = ?';
const ofDay = (key: StatementKey) => [key.brandId, key.franchiseeId, key.day] as const;

/** All SQL of a published statement's state and of what people said about it. */
export class StatementStore {
  async find(on: Queryable, key: StatementKey): Promise<PublishedStatement | null> {
    const [row] = await on.query<{
      state: StatementState;
      state_at: Date | null;
      published_at: Date;
      statement_hash: string;
      heads: unknown;
    }>(`SELECT state, state_at, published_at, statement_hash, heads FROM statement WHERE ${DAY}`, ofDay(key));
    if (!row) return null;
    const heads = (typeof row.heads === 'string' ? JSON.parse(row.heads) : row.heads) as PublishedDay;
    const { state, published_at: publishedAt, statement_hash: hash } = row;
    return { state, since: row.state_at ?? publishedAt, publishedAt, hash, day: heads };
  }

  /** The days published last. */
  async newest(on: Queryable, brandId: BrandId, limit: number): Promise<StatementKey[]> {
    const rows = await on.query<{ franchisee_id: Id<'franchisee'>; business_day: string }>(
      'SELECT franchisee_id, business_day FROM statement WHERE brand_id = ? ORDER BY published_at DESC, franchisee_id LIMIT ?',
      [brandId, limit],
    );
    return rows.map((row) => ({ brandId, franchiseeId: row.franchisee_id, day: row.business_day }));
  }

  /** What people said, the oldest first. */
  async steps(on: Queryable, key: StatementKey): Promise<StatementStep[]> {
    const rows = await on.query<Omit<StatementStep, 'line'> & { store_id: StoreId | null; seq: string | null }>(
      `SELECT act, user_name AS \`by\`, note, at, store_id, seq FROM statement_step WHERE ${DAY} ORDER BY id LIMIT 500`,
      ofDay(key),
    );
    return rows.map(({ store_id: storeId, seq, ...step }) => ({
      ...step,
      line: storeId === null ? null : { storeId, seq: Number(seq) },
    }));
  }

  async disputes(on: Queryable, key: StatementKey): Promise<Dispute[]> {
    const rows = await on.query<{ store_id: StoreId; seq: string; state: DisputeState }>(
      `SELECT store_id, seq, state FROM statement_dispute WHERE ${DAY} ORDER BY store_id, seq`,
      ofDay(key),
    );
    return rows.map((row) => ({ storeId: row.store_id, seq: Number(row.seq), state: row.state }));
  }

  /** State, and how many lines still have to be paid outside the channel, with the row locked; null before it is published. */
  async lock(tx: Tx, key: StatementKey): Promise<{ state: StatementState; since: Date; unpaidLines: number } | null> {
    const [row] = await tx.query<{ state: StatementState; since: Date; unpaid_lines: number }>(
      `SELECT state, COALESCE(state_at, published_at) AS since, unpaid_lines FROM statement WHERE ${DAY} FOR UPDATE`,
      ofDay(key),
    );
    return row ? { state: row.state, since: row.since, unpaidLines: row.unpaid_lines } : null;
  }

  async setState(tx: Tx, key: StatementKey, state: StatementState): Promise<void> {
    await tx.execute(`UPDATE statement SET state = ?, state_at = ? WHERE ${DAY}`, [state, tx.now, ...ofDay(key)]);
  }

  /** Objects to lines; one that was answered or settled before is open again. */
  async dispute(tx: Tx, key: StatementKey, lines: readonly LineRef[]): Promise<void> {
    if (lines.length === 0) return;
    await tx.execute(
      `INSERT INTO statement_dispute (brand_id, franchisee_id, business_day, store_id, seq, state) VALUES ${lines.map(() => "(?,?,?,?,?,'OPEN')").join(',')}
       ON DUPLICATE KEY UPDATE state = 'OPEN'`,
      lines.flatMap((line) => [...ofDay(key), line.storeId, line.seq]),
    );
  }

  /** Moves a line that is not settled, or all that wait in a state, on; tells whether there was any. */
  async moveDisputes(tx: Tx, key: StatementKey, to: DisputeState, which: { line?: LineRef; from?: DisputeState }) {
    const { line, from } = which;
    const { affectedRows } = await tx.execute(
      `UPDATE statement_dispute SET state = ? WHERE ${DAY} AND state <> 'SETTLED'${line ? ` AND ${LINE}` : ''}${from ? ' AND state = ?' : ''}`,
      [to, ...ofDay(key), ...(line ? [line.storeId, line.seq] : []), ...(from ? [from] : [])],
    );
    return affectedRows > 0;
  }

  /** Keeps what was said or done, once for each line that it is about. */
  async note(
    tx: Tx,
    key: StatementKey,
    steps: readonly {
      id: Id;
      act: StatementAct;
      userId: Id<'user'> | '0';
      name: string;
      note: string;
      line?: LineRef;
    }[],
  ): Promise<void> {
    if (steps.length === 0) return;
    await tx.execute(
      `INSERT INTO statement_step (brand_id, franchisee_id, business_day, id, act, user_id, user_name, note, at, store_id, seq)
       VALUES ${steps.map(() => '(?,?,?,?,?,?,?,?,?,?,?)').join(',')}`,
      steps.flatMap(({ id, act, userId, name, note, line }) => [
        ...ofDay(key),
        ...[id, act, userId, name, note, tx.now],
        ...[line?.storeId ?? null, line?.seq ?? null],
      ]),
    );
  }

  /** Statements of all brands that have been in a state since an instant, the longest first. */
  async inStateSince(on: Queryable, state: StatementState, since: Date, limit: number): Promise<StatementKey[]> {
    const rows = await on.query<{ brand_id: BrandId; franchisee_id: Id<'franchisee'>; business_day: string }>(
      'SELECT brand_id, franchisee_id, business_day FROM statement WHERE state = ? AND state_at <= ? ORDER BY state_at LIMIT ?',
      [state, since, limit],
    );
    return rows.map((row) => ({ brandId: row.brand_id, franchiseeId: row.franchisee_id, day: row.business_day }));
  }

  /** The days whose accruals later entries of the same orders take back, by order. */
  async accruedOn(on: Queryable, brandId: BrandId, orderIds: readonly string[]): Promise<Map<string, string>> {
    if (orderIds.length === 0) return new Map();
    const rows = await on.query<{ order_id: string; business_day: string }>(
      `SELECT order_id, business_day FROM entitlement WHERE brand_id = ? AND kind = 'ACCRUAL' AND order_id IN ${marks(orderIds)}`,
      [brandId, ...orderIds],
    );
    return new Map(rows.map((row) => [row.order_id, row.business_day]));
  }

  /** Days with entries of a store's franchisee between two days, both included, whose statement is not published yet. */
  async unpublished(
    on: Queryable,
    from: string,
    to: string,
    limit: number,
    of?: { brandId: BrandId; franchiseeId?: string },
  ): Promise<StatementKey[]> {
    const days: string[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
    if (days.length === 0) return [];
    // Each store and day is looked up in the index; reading two months of entries of all brands would take seconds.
    const rows = await on.query<{ brand_id: BrandId; franchisee_id: Id<'franchisee'>; business_day: string }>(
      `SELECT DISTINCT s.brand_id, s.franchisee_id, d.day AS business_day
       FROM (${days.map(() => 'SELECT ? COLLATE utf8mb4_unicode_ci AS day').join(' UNION ALL ')}) d JOIN store s ON s.franchisee_id IS NOT NULL
       LEFT JOIN statement t ON t.brand_id = s.brand_id AND t.franchisee_id = s.franchisee_id AND t.business_day = d.day
       WHERE t.business_day IS NULL${of ? ' AND s.brand_id = ?' : ''}${of?.franchiseeId ? ' AND s.franchisee_id = ?' : ''}
         AND EXISTS (SELECT 1 FROM entitlement_leg l WHERE l.brand_id = s.brand_id AND l.business_day = d.day AND l.store_id = s.id
           AND l.party = 'FRANCHISEE' AND CAST(l.party_id AS UNSIGNED) = s.franchisee_id) LIMIT ?`,
      [...days, ...(of ? [of.brandId] : []), ...(of?.franchiseeId ? [of.franchiseeId] : []), limit],
    );
    return rows.map((row) => ({ brandId: row.brand_id, franchiseeId: row.franchisee_id, day: row.business_day }));
  }

  /** Keeps what is published of a day; a day that was published before stays as it was. */
  async publish(
    tx: Tx,
    key: StatementKey,
    day: { totals: unknown; heads: PublishedDay; hash: string; orderCount: number; unpaidLines: number },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO statement (brand_id, franchisee_id, business_day, state, totals, heads, statement_hash, published_at, state_at, order_count, unpaid_lines)
       VALUES (?,?,?,'PUBLISHED',?,?,?,?,?,?,?) ON DUPLICATE KEY UPDATE state = state`,
      [
        ...ofDay(key),
        ...[JSON.stringify(day.totals), JSON.stringify(day.heads), day.hash, tx.now, tx.now],
        ...[day.orderCount, day.unpaidLines],
      ],
    );
  }
}
