import { type BrandId, type Fen, fen, type Id, parseFen } from '@shuke/shared/kernel';
import type { Totals } from '@shuke/shared/rules';
import { Conditions } from '../../../platform/database/conditions.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { StatementState } from '../domain/statement-life.js';
import type { StatementKey } from './statement.store.js';

/** A franchisee's day in figures, published or not. */
export interface StatementSums extends Omit<StatementKey, 'brandId'> {
  state: StatementState;
  orderCount: number;
  amountFen: Fen;
  franchiseeFen: Fen;
  brandFen: Fen;
  guideFen: Fen;
  channelFen: Fen;
}
export interface StatementFilter {
  franchiseeId?: string | undefined;
  state?: StatementState | undefined;
  from?: string | undefined;
  to?: string | undefined;
  after: { day: string; franchiseeId: string } | null;
}

const sumOf = (party: string) => `SUM(CASE WHEN l.party = '${party}' THEN l.fen ELSE 0 END)`;

/** All SQL of the lists of statements. */
export class StatementListStore {
  /** Published days, the newest first, as they were published: a store that changes hands takes none of its days along. */
  async published(on: Queryable, brandId: BrandId, filter: StatementFilter, limit: number): Promise<StatementSums[]> {
    const asked = new Conditions('brand_id = ?', brandId);
    const { franchiseeId, state, from, to, after } = filter;
    if (franchiseeId) asked.add('franchisee_id = ?', franchiseeId);
    if (state) asked.add('state = ?', state);
    if (from) asked.add('business_day >= ?', from);
    if (to) asked.add('business_day <= ?', to);
    if (after) asked.add('(business_day, franchisee_id) < (?, ?)', after.day, after.franchiseeId);
    const rows = await on.query<{
      franchisee_id: StatementKey['franchiseeId'];
      business_day: string;
      state: StatementState;
      order_count: number;
      totals: unknown;
    }>(
      `SELECT franchisee_id, business_day, state, order_count, totals FROM statement WHERE ${asked.sql} ORDER BY business_day DESC, franchisee_id DESC LIMIT ?`,
      [...asked.values, limit],
    );
    return rows.map((row) => {
      const totals = (typeof row.totals === 'string' ? JSON.parse(row.totals) : row.totals) as Totals;
      return {
        franchiseeId: row.franchisee_id,
        day: row.business_day,
        state: row.state,
        orderCount: row.order_count,
        amountFen: fen(totals.amountFen),
        franchiseeFen: fen(totals.franchisee),
        brandFen: fen(totals.brand),
        guideFen: fen(totals.guide),
        channelFen: fen(totals.channel),
      };
    });
  }

  /** The sums of days that are not published, from their entries. */
  async drafts(on: Queryable, brandId: BrandId, keys: readonly StatementKey[]): Promise<StatementSums[]> {
    if (keys.length === 0) return [];
    const days = [...new Set(keys.map((key) => key.day))];
    const owners = [...new Set(keys.map((key) => key.franchiseeId))];
    const rows = await on.query<Record<string, string>>(
      `SELECT s.franchisee_id, l.business_day, COUNT(DISTINCT l.order_id) AS orders, SUM(l.fen) AS amount_fen, ${sumOf('FRANCHISEE')} AS franchisee_fen, ${sumOf('BRAND')} AS brand_fen,
         ${sumOf('GUIDE')} AS guide_fen, ${sumOf('CHANNEL')} AS channel_fen
       FROM entitlement_leg l JOIN store s ON s.brand_id = l.brand_id AND s.id = l.store_id
       WHERE l.brand_id = ? AND l.business_day IN ${marks(days)} AND s.franchisee_id IN ${marks(owners)} GROUP BY s.franchisee_id, l.business_day`,
      [brandId, ...days, ...owners],
    );
    const wanted = new Set(keys.map((key) => `${key.franchiseeId} ${key.day}`));
    return rows
      .filter((row) => wanted.has(`${row['franchisee_id']} ${row['business_day']}`))
      .map((row) => ({
        franchiseeId: row['franchisee_id'] as Id<'franchisee'>,
        day: row['business_day'] as string,
        state: 'DRAFT',
        orderCount: Number(row['orders']),
        amountFen: parseFen(row['amount_fen']),
        franchiseeFen: parseFen(row['franchisee_fen']),
        brandFen: parseFen(row['brand_fen']),
        guideFen: parseFen(row['guide_fen']),
        channelFen: parseFen(row['channel_fen']),
      }));
  }
}
