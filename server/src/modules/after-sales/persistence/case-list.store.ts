import type { AfterSaleKind, AfterSaleState } from '@shuke/shared/contracts';
import type { BrandId, MemberId, StoreId } from '@shuke/shared/kernel';
import { beginningWith, Conditions } from '../../../platform/database/conditions.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { AfterSaleCase } from '../domain/after-sale-case.js';
import { CaseStore } from './case.store.js';

/** Which cases a page shows. */
export interface CaseFilter {
  brandId: BrandId;
  memberId?: MemberId;
  storeIds?: readonly StoreId[] | 'ALL';
  orderId?: string;
  state?: AfterSaleState;
  kind?: AfterSaleKind;
  q?: string;
  overdueOnly?: boolean;
  /** The store has the next step: to decide, to check a parcel, to send the replacement. */
  waitingOnly?: boolean;
}
/** A case with what the desk shows beside it. */
export interface ListedCase {
  one: AfterSaleCase;
  memberName: string | null;
  refundState: string | null;
}

const SLA_MS = 24 * 3_600_000;

function where(filter: CaseFilter, now: Date): Conditions {
  const asked = new Conditions('c.brand_id = ?', filter.brandId);
  if (filter.memberId) asked.add('c.member_id = ?', filter.memberId);
  if (filter.storeIds && filter.storeIds !== 'ALL')
    asked.add(`c.store_id IN ${marks(filter.storeIds)}`, ...filter.storeIds);
  if (filter.orderId) asked.add('c.order_id = ?', filter.orderId);
  if (filter.state) asked.add('c.state = ?', filter.state);
  if (filter.kind) asked.add('c.kind = ?', filter.kind);
  if (filter.q) {
    const like = beginningWith(filter.q);
    asked.add('(c.case_no LIKE ? OR c.order_no LIKE ? OR m.nickname LIKE ?)', like, like, like);
  }
  if (filter.waitingOnly)
    asked.add(
      "(c.state = 'SENT_BACK' OR (c.state = 'REQUESTED' AND c.paused_ms IS NULL) OR (c.state = 'RECEIVED' AND c.kind = 'EXCHANGE'))",
    );
  const late = new Date(now.getTime() - SLA_MS);
  if (filter.overdueOnly)
    asked.add(
      "((c.state = 'REQUESTED' AND c.paused_ms IS NULL AND c.created_at < ?) OR (c.state = 'RECEIVED' AND c.received_at < ?) OR (c.state = 'SENT_BACK' AND c.due_at < ?))",
      late,
      late,
      now,
    );
  return asked;
}

/** All SQL that pages of cases are read with. */
export class CaseListStore {
  private readonly cases = new CaseStore();

  /** Cases with their lines, newest first. */
  async list(
    on: Queryable,
    filter: CaseFilter,
    now: Date,
    beforeId: string | undefined,
    limit: number,
  ): Promise<ListedCase[]> {
    const { sql, values } = where(filter, now);
    const rows = await on.query<Record<string, unknown>>(
      `SELECT c.*, m.nickname AS member_name, r.state AS refund_state FROM after_sale_case c
       LEFT JOIN member m ON m.brand_id = c.brand_id AND m.id = c.member_id LEFT JOIN refund r ON r.brand_id = c.brand_id AND r.id = c.refund_id
       WHERE ${sql}${beforeId ? ' AND c.id < ?' : ''} ORDER BY c.id DESC LIMIT ?`,
      [...values, ...(beforeId ? [beforeId] : []), limit],
    );
    const cases = await this.cases.withLines(on, filter.brandId, rows);
    return cases.map((one, index) => ({
      one,
      memberName: (rows[index]?.['member_name'] as string | null) ?? null,
      refundState: (rows[index]?.['refund_state'] as string | null) ?? null,
    }));
  }

  async memberName(on: Queryable, one: AfterSaleCase): Promise<string | null> {
    const [member] = await on.query<{ nickname: string }>('SELECT nickname FROM member WHERE brand_id = ? AND id = ?', [
      one.brandId,
      one.memberId,
    ]);
    return member?.nickname ?? null;
  }
}
