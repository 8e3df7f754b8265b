import { addDays, type BrandId, type Fen, type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import { Conditions } from '../../../platform/database/conditions.js';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { StatementAct, StatementState } from '../domain/statement-life.js';

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
}

/** A franchisee's day in figures, published or not. */
export interface StatementSums extends Omit<StatementKey, 'brandId'> {
  state: StatementState | null;
  orderCount: number;
  amountFen: Fen;
  franchiseeFen: Fen;
  brandFen: Fen;
  guideFen: Fen;
  channelFen: Fen;
}
export interface StatementFilter {
  franchiseeId?: string;
  state?: StatementState | 'DRAFT';
  from?: string;
  to?: string;
  after: { day: string; franchiseeId: string } | null;
}

const sumOf = (party: string) => `SUM(CASE WHEN l.party = '${party}' THEN l.fen ELSE 0 END)`;

/** All SQL of a published statement's state and of what people said about it. */
export class StatementStore {
  async find(on: Queryable, key: StatementKey): Promise<PublishedStatement | null> {
    const [row] = await on.query<{ state: StatementState; published_at: Date; statement_hash: string; heads: unknown }>(
      'SELECT state, published_at, statement_hash, heads FROM statement WHERE brand_id = ? AND franchisee_id = ? AND business_day = ?',
      [key.brandId, key.franchiseeId, key.day],
    );
    if (!row) return null;
    const heads = (typeof row.heads === 'string' ? JSON.parse(row.heads) : row.heads) as PublishedDay;
    return { state: row.state, publishedAt: row.published_at, hash: row.statement_hash, day: heads };
  }

  /** The days published last. */
  async newest(on: Queryable, brandId: BrandId, limit: number): Promise<StatementKey[]> {
    const rows = await on.query<{ franchisee_id: Id<'franchisee'>; business_day: string }>(
      'SELECT franchisee_id, business_day FROM statement WHERE brand_id = ? ORDER BY published_at DESC, franchisee_id LIMIT ?',
      [brandId, limit],
    );
    return rows.map((row) => ({ brandId, franchiseeId: row.franchisee_id, day: row.business_day }));
  }

  async steps(on: Queryable, key: StatementKey): Promise<StatementStep[]> {
    return on.query<StatementStep>(
      'SELECT act, user_name AS `by`, note, at FROM statement_step WHERE brand_id = ? AND franchisee_id = ? AND business_day = ? ORDER BY id LIMIT 200',
      [key.brandId, key.franchiseeId, key.day],
    );
  }

  /** The state, with the row locked; null for a day that is not published. */
  async lock(tx: Tx, key: StatementKey): Promise<StatementState | null> {
    const [row] = await tx.query<{ state: StatementState }>(
      'SELECT state FROM statement WHERE brand_id = ? AND franchisee_id = ? AND business_day = ? FOR UPDATE',
      [key.brandId, key.franchiseeId, key.day],
    );
    return row?.state ?? null;
  }

  async setState(tx: Tx, key: StatementKey, state: StatementState): Promise<void> {
    await tx.execute('UPDATE statement SET state = ? WHERE brand_id = ? AND franchisee_id = ? AND business_day = ?', [
      state,
      key.brandId,
      key.franchiseeId,
      key.day,
    ]);
  }

  async note(
    tx: Tx,
    key: StatementKey,
    step: { id: Id; act: StatementAct; userId: Id<'user'>; name: string; note: string },
  ): Promise<void> {
    await tx.execute(
      'INSERT INTO statement_step (brand_id, franchisee_id, business_day, id, act, user_id, user_name, note, at) VALUES (?,?,?,?,?,?,?,?,?)',
      [key.brandId, key.franchiseeId, key.day, step.id, step.act, step.userId, step.name, step.note, tx.now],
    );
  }

  /** Days with entries, newest first; a day that is not published is a draft. */
  async sums(on: Queryable, brandId: BrandId, filter: StatementFilter, limit: number): Promise<StatementSums[]> {
    const asked = new Conditions('l.brand_id = ? AND s.franchisee_id IS NOT NULL', brandId);
    if (filter.franchiseeId) asked.add('s.franchisee_id = ?', filter.franchiseeId);
    if (filter.state) asked.add("COALESCE(t.state, 'DRAFT') = ?", filter.state);
    if (filter.from) asked.add('l.business_day >= ?', filter.from);
    if (filter.to) asked.add('l.business_day <= ?', filter.to);
    if (filter.after)
      asked.add('(l.business_day, s.franchisee_id) < (?, ?)', filter.after.day, filter.after.franchiseeId);
    const rows = await on.query<Record<string, string>>(
      `SELECT s.franchisee_id, l.business_day, COUNT(DISTINCT l.order_id) AS orders, SUM(l.fen) AS amount_fen, ${sumOf('FRANCHISEE')} AS franchisee_fen, ${sumOf('BRAND')} AS brand_fen,
         ${sumOf('GUIDE')} AS guide_fen, ${sumOf('CHANNEL')} AS channel_fen, MAX(t.state) AS state
       FROM entitlement_leg l JOIN store s ON s.brand_id = l.brand_id AND s.id = l.store_id
       LEFT JOIN statement t ON t.brand_id = l.brand_id AND t.franchisee_id = s.franchisee_id AND t.business_day = l.business_day
       WHERE ${asked.sql} GROUP BY s.franchisee_id, l.business_day ORDER BY l.business_day DESC, s.franchisee_id DESC LIMIT ?`,
      [...asked.values, limit],
    );
    return rows.map((row) => ({
      franchiseeId: row['franchisee_id'] as StatementKey['franchiseeId'],
      day: row['business_day'] as string,
      state: row['state'] as StatementState | null,
      orderCount: Number(row['orders']),
      amountFen: parseFen(row['amount_fen']),
      franchiseeFen: parseFen(row['franchisee_fen']),
      brandFen: parseFen(row['brand_fen']),
      guideFen: parseFen(row['guide_fen']),
      channelFen: parseFen(row['channel_fen']),
    }));
  }

  /** Days with entries between two days, both included, whose statement is not published yet. */
  async unpublished(on: Queryable, from: string, to: string, limit: number): Promise<StatementKey[]> {
    const days: string[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
    if (days.length === 0) return [];
    // Each store and day is looked up in the index; reading two months of entries of all brands would take seconds.
    const rows = await on.query<{ brand_id: BrandId; franchisee_id: Id<'franchisee'>; business_day: string }>(
      `SELECT DISTINCT s.brand_id, s.franchisee_id, d.day AS business_day
       FROM (${days.map(() => 'SELECT ? COLLATE utf8mb4_unicode_ci AS day').join(' UNION ALL ')}) d JOIN store s ON s.franchisee_id IS NOT NULL
       LEFT JOIN statement t ON t.brand_id = s.brand_id AND t.franchisee_id = s.franchisee_id AND t.business_day = d.day
       WHERE t.business_day IS NULL
         AND EXISTS (SELECT 1 FROM entitlement_leg l WHERE l.brand_id = s.brand_id AND l.business_day = d.day AND l.store_id = s.id) LIMIT ?`,
      [...days, limit],
    );
    return rows.map((row) => ({ brandId: row.brand_id, franchiseeId: row.franchisee_id, day: row.business_day }));
  }

  /** Keeps what is published of a day; a day that was published before stays as it was. */
  async publish(tx: Tx, key: StatementKey, day: { totals: unknown; heads: PublishedDay; hash: string }): Promise<void> {
    await tx.execute(
      `INSERT INTO statement (brand_id, franchisee_id, business_day, state, totals, heads, statement_hash, published_at) VALUES (?,?,?,'PUBLISHED',?,?,?,?)
       ON DUPLICATE KEY UPDATE state = state`,
      [
        ...[key.brandId, key.franchiseeId, key.day],
        ...[JSON.stringify(day.totals), JSON.stringify(day.heads), day.hash, tx.now],
      ],
    );
  }
}
