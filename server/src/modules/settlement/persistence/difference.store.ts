import type { BrandId, Id, OrderId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { BillFact, DifferenceClass } from '../domain/bill-differences.js';
import type { BillKind } from './bill.store.js';

export interface DifferenceRow {
  id: Id<'bill-difference'>;
  day: string;
  class: DifferenceClass;
  ref: string;
  transactionId: string | null;
  orderId: OrderId | null;
  orderNo: string | null;
  storeId: StoreId | null;
  ours: BillFact | null;
  theirs: BillFact | null;
  status: 'OPEN' | 'RESOLVED';
  owner: string;
  ownerId: Id<'user'> | null;
  foundAt: Date;
  resolvedAt: Date | null;
  resolution: string | null;
}
export interface DifferenceFilter {
  brandId: BrandId;
  /** Stores whose orders may be seen; all of the brand's differences without. */
  storeIds: readonly StoreId[] | 'ALL';
  id?: string;
  status?: string | undefined;
  class?: string | undefined;
  ownerId?: Id<'user'> | undefined;
  from?: string | undefined;
  to?: string | undefined;
  before?: string | undefined;
  limit: number;
}
export interface BillDayRow {
  account_id: string;
  kind: BillKind;
  business_day: string;
  state: 'DONE' | 'EMPTY' | 'WAIT' | 'REFUSED';
  line_count: number;
  problem: string | null;
  compared_at: Date | null;
  open: string;
}
interface Person {
  userId: Id<'user'>;
  name: string;
}

type Row = Record<string, unknown>;
const factOf = (value: unknown): BillFact | null =>
  value === null ? null : typeof value === 'string' ? (JSON.parse(value) as BillFact) : (value as BillFact);
const toRow = (row: Row): DifferenceRow => ({
  id: row['id'] as DifferenceRow['id'],
  day: row['business_day'] as string,
  class: row['class'] as DifferenceClass,
  ref: row['ref'] as string,
  transactionId: row['transaction_id'] as string | null,
  orderId: row['order_id'] as OrderId | null,
  orderNo: row['order_no'] as string | null,
  storeId: row['store_id'] as StoreId | null,
  ours: factOf(row['ours']),
  theirs: factOf(row['theirs']),
  status: row['status'] as DifferenceRow['status'],
  owner: row['owner'] as string,
  ownerId: row['owner_id'] as DifferenceRow['ownerId'],
  foundAt: row['found_at'] as Date,
  resolvedAt: row['resolved_at'] as Date | null,
  resolution: row['resolution'] as string | null,
});

/** All SQL of differences at the desk: lists, whose they are, and every step that somebody took. */
export class DifferenceStore {
  async list(on: Queryable, filter: DifferenceFilter): Promise<DifferenceRow[]> {
    const where = ['d.brand_id = ?'];
    const values: SqlValue[] = [filter.brandId];
    const add = (sql: string, ...more: (SqlValue | undefined)[]) => {
      if (more.some((value) => value === undefined)) return;
      where.push(sql);
      values.push(...(more as SqlValue[]));
    };
    if (filter.storeIds !== 'ALL') add(`d.store_id IN ${marks(filter.storeIds)}`, ...filter.storeIds);
    add('d.id = ?', filter.id);
    add('d.status = ?', filter.status);
    add('d.class = ?', filter.class);
    add('d.owner_id = ?', filter.ownerId);
    add('d.business_day >= ?', filter.from);
    add('d.business_day <= ?', filter.to);
    add('d.id < ?', filter.before);
    const rows = await on.query<Row>(
      `SELECT d.*, o.order_no FROM bill_difference d LEFT JOIN sales_order o ON o.brand_id = d.brand_id AND o.id = d.order_id
       WHERE ${where.join(' AND ')} ORDER BY d.id DESC LIMIT ?`,
      [...values, filter.limit],
    );
    return rows.map(toRow);
  }

  async steps(on: Queryable, brandId: BrandId, id: DifferenceRow['id']) {
    return on.query<{ user_name: string; text: string; at: Date }>(
      'SELECT user_name, text, at FROM bill_difference_step WHERE brand_id = ? AND difference_id = ? ORDER BY id LIMIT 100',
      [brandId, id],
    );
  }

  /** Who the share behind a number of the split bill goes to, and where; null for other numbers. */
  async receiver(on: Queryable, brandId: BrandId, ref: string) {
    const [outOrderNo = '', account] = ref.split('/');
    if (account === undefined) return null;
    const [row] = await on.query<{ party: 'BRAND' | 'FRANCHISEE' | 'GUIDE'; party_id: string }>(
      `SELECT v.party, v.party_id FROM split_request q JOIN split_receiver v ON v.brand_id = q.brand_id AND v.split_id = q.split_id AND v.request_id = q.id
       WHERE q.brand_id = ? AND q.out_order_no = ? AND v.account = ? LIMIT 1`,
      [brandId, outOrderNo, account],
    );
    return row ? { party: row.party, partyId: row.party_id, account } : null;
  }

  /** False when it is not open any more. */
  async assign(tx: Tx, brandId: BrandId, id: DifferenceRow['id'], to: Person): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE bill_difference SET owner = ?, owner_id = ? WHERE brand_id = ? AND id = ? AND status = 'OPEN'",
      [to.name, to.userId, brandId, id],
    );
    return affectedRows === 1;
  }

  /** False when somebody, or a later bill, was faster. */
  async close(tx: Tx, brandId: BrandId, id: DifferenceRow['id'], note: string): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE bill_difference SET status = 'RESOLVED', resolution = ?, resolved_at = ? WHERE brand_id = ? AND id = ? AND status = 'OPEN'",
      [note, tx.now, brandId, id],
    );
    return affectedRows === 1;
  }

  async note(tx: Tx, brandId: BrandId, id: DifferenceRow['id'], step: { id: Id; by: Person; text: string }) {
    await tx.execute(
      'INSERT INTO bill_difference_step (brand_id, difference_id, id, user_id, user_name, text, at) VALUES (?,?,?,?,?,?,?)',
      [brandId, id, step.id, step.by.userId, step.by.name, step.text.slice(0, 300), tx.now],
    );
  }

  /** Bills since a day, newest first, each with its open differences. */
  async days(on: Queryable, brandId: BrandId, since: string): Promise<BillDayRow[]> {
    return on.query<BillDayRow>(
      `SELECT b.account_id, b.kind, b.business_day, b.state, b.line_count, b.problem, b.compared_at, COUNT(d.id) AS open
       FROM bill_day b LEFT JOIN bill_difference d ON d.brand_id = b.brand_id AND d.account_id = b.account_id AND d.business_day = b.business_day AND d.status = 'OPEN'
         AND (CASE WHEN d.class = 'FILE' THEN SUBSTRING_INDEX(d.ref, '/', 1) WHEN JSON_VALUE(COALESCE(d.theirs, d.ours), '$.kind') IN ('PAY','REFUND') THEN 'TRADE' ELSE 'SPLIT' END) = b.kind
       WHERE b.brand_id = ? AND b.business_day >= ?
       GROUP BY b.account_id, b.kind, b.business_day, b.state, b.line_count, b.problem, b.compared_at
       ORDER BY b.business_day DESC, b.account_id, b.kind DESC LIMIT 200`,
      [brandId, since],
    );
  }
}
