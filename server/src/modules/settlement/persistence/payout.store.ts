import { type BrandId, type Fen, type Id, type OrderId, parseFen, type StoreId } from '@shuke/shared/kernel';
import { Conditions } from '../../../platform/database/conditions.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { StatementState } from '../domain/statement-life.js';

export type FranchiseeId = Id<'franchisee'>;
export interface Payout {
  id: Id<'payout'>;
  franchiseeId: FranchiseeId;
  amountFen: Fen;
  paidOn: string;
  reference: string;
  note: string;
  by: string;
  at: Date;
  cancelled: { by: string; reason: string; at: Date } | null;
}
/** A line of a statement that the brand still owes outside the channel. */
export interface OpenLine {
  storeId: StoreId;
  seq: number;
  orderId: OrderId;
  day: string;
  fen: Fen;
  isFrozen: boolean;
}
export interface PayableSums {
  dueFen: Fen;
  frozenFen: Fen;
  laterFen: Fen;
}

type Row = Record<string, string | null>;

const FROM = `FROM statement t
  JOIN entitlement_leg l ON l.brand_id = t.brand_id AND l.business_day = t.business_day AND l.party = 'FRANCHISEE' AND CAST(l.party_id AS UNSIGNED) = t.franchisee_id AND l.fen <> 0
  JOIN split s ON s.brand_id = l.brand_id AND s.order_id = l.order_id AND s.collect_mode = 'BRAND'
  LEFT JOIN payout_line p ON p.brand_id = l.brand_id AND p.store_id = l.store_id AND p.seq = l.seq
  LEFT JOIN statement_dispute d ON d.brand_id = t.brand_id AND d.franchisee_id = t.franchisee_id AND d.business_day = t.business_day
    AND d.store_id = l.store_id AND d.seq = l.seq AND d.state <> 'SETTLED'`;
const UNPAID = 't.brand_id = ? AND t.unpaid_lines > 0 AND p.payout_id IS NULL';
const SUMS = `SUM(CASE WHEN d.seq IS NULL AND t.state IN ('LOCKED','DISPUTED') THEN l.fen ELSE 0 END) AS due_fen,
  SUM(CASE WHEN d.seq IS NOT NULL THEN l.fen ELSE 0 END) AS frozen_fen,
  SUM(CASE WHEN d.seq IS NULL AND t.state NOT IN ('LOCKED','DISPUTED') THEN l.fen ELSE 0 END) AS later_fen`;
const sumsOf = (row: Row): PayableSums => ({
  dueFen: parseFen(row['due_fen']),
  frozenFen: parseFen(row['frozen_fen']),
  laterFen: parseFen(row['later_fen']),
});
const toPayout = (row: Row & { at: Date; cancelled_at: Date | null }): Payout => ({
  id: row['id'] as Payout['id'],
  franchiseeId: row['franchisee_id'] as FranchiseeId,
  amountFen: parseFen(row['amount_fen']),
  paidOn: row['paid_on'] as string,
  reference: row['reference'] as string,
  note: row['note'] as string,
  by: row['user_name'] as string,
  at: row.at,
  cancelled:
    row.cancelled_at === null
      ? null
      : { by: row['cancelled_by'] ?? '', reason: row['cancel_reason'] ?? '', at: row.cancelled_at },
});
const PAYOUT =
  'SELECT id, franchisee_id, amount_fen, paid_on, reference, note, user_name, at, cancelled_by, cancel_reason, cancelled_at FROM payout';

/** All SQL of what is owed and paid to franchisees outside the channel. */
export class PayoutStore {
  /** What is owed, a row for each franchisee with an unpaid day. */
  async owed(on: Queryable, brandId: BrandId, filter: { franchiseeId?: string; after?: string }, limit: number) {
    const asked = new Conditions(UNPAID, brandId);
    if (filter.franchiseeId) asked.add('t.franchisee_id = ?', filter.franchiseeId);
    if (filter.after) asked.add('t.franchisee_id > ?', filter.after);
    const rows = await on.query<Row>(
      `SELECT t.franchisee_id, COUNT(DISTINCT t.business_day) AS days, ${SUMS} ${FROM} WHERE ${asked.sql} GROUP BY t.franchisee_id ORDER BY t.franchisee_id LIMIT ?`,
      [...asked.values, limit],
    );
    return rows.map((row) => ({
      franchiseeId: row['franchisee_id'] as FranchiseeId,
      dayCount: Number(row['days']),
      ...sumsOf(row),
    }));
  }

  /** A franchisee's unpaid days, the oldest first. */
  async owedDays(on: Queryable, brandId: BrandId, franchiseeId: FranchiseeId, limit: number) {
    const rows = await on.query<Row>(
      `SELECT t.business_day, t.state, ${SUMS} ${FROM} WHERE ${UNPAID} AND t.franchisee_id = ? GROUP BY t.business_day, t.state ORDER BY t.business_day LIMIT ?`,
      [brandId, franchiseeId, limit],
    );
    return rows.map((row) => ({
      day: row['business_day'] as string,
      state: row['state'] as StatementState,
      ...sumsOf(row),
    }));
  }

  /** The unpaid lines of some days, which the caller has locked. */
  async openLines(tx: Tx, brandId: BrandId, franchiseeId: FranchiseeId, days: readonly string[]): Promise<OpenLine[]> {
    const rows = await tx.query<Row>(
      `SELECT l.store_id, l.seq, l.order_id, t.business_day, l.fen, d.seq IS NOT NULL AS is_frozen ${FROM} WHERE ${UNPAID} AND t.franchisee_id = ? AND t.business_day IN ${marks(days)} ORDER BY l.store_id, l.seq`,
      [brandId, franchiseeId, ...days],
    );
    return rows.map((row) => ({
      storeId: row['store_id'] as StoreId,
      seq: Number(row['seq']),
      orderId: row['order_id'] as OrderId,
      day: row['business_day'] as string,
      fen: parseFen(row['fen']),
      isFrozen: Number(row['is_frozen']) === 1,
    }));
  }

  async insert(tx: Tx, brandId: BrandId, payout: Payout, lines: readonly OpenLine[]): Promise<void> {
    await tx.execute(
      'INSERT INTO payout (brand_id, id, franchisee_id, amount_fen, paid_on, reference, live_reference, note, user_name, at) VALUES (?,?,?,?,?,?,?,?,?,?)',
      [
        ...[brandId, payout.id, payout.franchiseeId, payout.amountFen, payout.paidOn],
        ...[payout.reference, payout.reference, payout.note, payout.by, payout.at],
      ],
    );
    await tx.execute(
      `INSERT INTO payout_line (brand_id, store_id, seq, payout_id, order_id, business_day, fen) VALUES ${lines.map(() => '(?,?,?,?,?,?,?)').join(',')}`,
      lines.flatMap((line) => [brandId, line.storeId, line.seq, payout.id, line.orderId, line.day, line.fen]),
    );
    await tx.execute(
      `INSERT INTO payout_day (brand_id, payout_id, business_day, fen)
       SELECT brand_id, payout_id, business_day, SUM(fen) FROM payout_line WHERE brand_id = ? AND payout_id = ? GROUP BY brand_id, payout_id, business_day`,
      [brandId, payout.id],
    );
  }

  /** So many lines of a day are paid, or, negative, are open again. */
  async setPaid(tx: Tx, brandId: BrandId, franchiseeId: FranchiseeId, day: string, lines: number): Promise<void> {
    await tx.execute(
      'UPDATE statement SET unpaid_lines = unpaid_lines - ? WHERE brand_id = ? AND franchisee_id = ? AND business_day = ?',
      [lines, brandId, franchiseeId, day],
    );
  }

  /** The payout that a bank transfer's number stands for, unless it was taken back. */
  async byReference(on: Queryable, brandId: BrandId, reference: string): Promise<Payout | null> {
    const [row] = await on.query<Row & { at: Date; cancelled_at: Date | null }>(
      `${PAYOUT} WHERE brand_id = ? AND live_reference = ?`,
      [brandId, reference],
    );
    return row ? toPayout(row) : null;
  }

  async lock(tx: Tx, brandId: BrandId, id: Payout['id']): Promise<Payout | null> {
    const [row] = await tx.query<Row & { at: Date; cancelled_at: Date | null }>(
      `${PAYOUT} WHERE brand_id = ? AND id = ? FOR UPDATE`,
      [brandId, id],
    );
    return row ? toPayout(row) : null;
  }

  /** Frees the lines of a payout and keeps the payout with the reason. @returns the lines that are open again */
  async cancel(
    tx: Tx,
    brandId: BrandId,
    id: Payout['id'],
    why: { by: string; reason: string },
  ): Promise<Omit<OpenLine, 'isFrozen'>[]> {
    const rows = await tx.query<Row>(
      'SELECT store_id, seq, order_id, business_day, fen FROM payout_line WHERE brand_id = ? AND payout_id = ? ORDER BY store_id, seq',
      [brandId, id],
    );
    await tx.execute('DELETE FROM payout_line WHERE brand_id = ? AND payout_id = ?', [brandId, id]);
    await tx.execute(
      'UPDATE payout SET live_reference = NULL, cancelled_by = ?, cancel_reason = ?, cancelled_at = ? WHERE brand_id = ? AND id = ?',
      [why.by, why.reason, tx.now, brandId, id],
    );
    return rows.map((row) => ({
      storeId: row['store_id'] as StoreId,
      seq: Number(row['seq']),
      orderId: row['order_id'] as OrderId,
      day: row['business_day'] as string,
      fen: parseFen(row['fen']),
    }));
  }

  /** Payouts, the newest first. */
  async list(
    on: Queryable,
    brandId: BrandId,
    filter: { franchiseeId?: string; before?: string; id?: string },
    limit: number,
  ): Promise<Payout[]> {
    const asked = new Conditions('brand_id = ?', brandId);
    if (filter.franchiseeId) asked.add('franchisee_id = ?', filter.franchiseeId);
    if (filter.before) asked.add('id < ?', filter.before);
    if (filter.id) asked.add('id = ?', filter.id);
    const rows = await on.query<Row & { at: Date; cancelled_at: Date | null }>(
      `${PAYOUT} WHERE ${asked.sql} ORDER BY id DESC LIMIT ?`,
      [...asked.values, limit],
    );
    return rows.map(toPayout);
  }

  /** What each payout paid of each day. */
  async daysOf(on: Queryable, brandId: BrandId, ids: readonly Payout['id'][]) {
    if (ids.length === 0) return [];
    const rows = await on.query<Row>(
      `SELECT payout_id, business_day, fen FROM payout_day WHERE brand_id = ? AND payout_id IN ${marks(ids)} ORDER BY business_day`,
      [brandId, ...ids],
    );
    return rows.map((row) => ({
      payoutId: row['payout_id'] as Payout['id'],
      day: row['business_day'] as string,
      fen: parseFen(row['fen']),
    }));
  }

  /** Which entries of some chains are in a payout: "store seq". */
  async paidLines(on: Queryable, brandId: BrandId, franchiseeId: FranchiseeId, day: string): Promise<Set<string>> {
    const rows = await on.query<Row>(
      `SELECT l.store_id, l.seq FROM payout_line l JOIN payout p ON p.brand_id = l.brand_id AND p.id = l.payout_id
       WHERE l.brand_id = ? AND l.business_day = ? AND p.franchisee_id = ?`,
      [brandId, day, franchiseeId],
    );
    return new Set(rows.map((row) => `${row['store_id']} ${row['seq']}`));
  }
}
