import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import { isDuplicate, marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type ApprovalKind = 'PRICE' | 'DELIST' | 'OWN_PRODUCT';
export type ApprovalState = 'PENDING' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';
export interface ApprovalRow {
  id: Id<'approval'>;
  kind: ApprovalKind;
  state: ApprovalState;
  store_id: StoreId | null;
  franchisee_id: Id<'franchisee'> | null;
  /** The SKU or product it is about. */
  subject_id: Id;
  payload: unknown;
  title: string;
  detail: string;
  reason: string;
  asked_by: string;
  asked_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  note: string;
}
export type ApprovalDraft = Pick<
  ApprovalRow,
  'id' | 'kind' | 'store_id' | 'franchisee_id' | 'subject_id' | 'title' | 'detail' | 'reason' | 'asked_by'
> & { payload: Record<string, unknown> };

/** All SQL about what franchisees ask headquarters for. */
export class ApprovalStore {
  /** False when the same is already being asked for. */
  async insert(tx: Tx, brandId: BrandId, draft: ApprovalDraft): Promise<boolean> {
    try {
      await tx.execute(
        `INSERT INTO approval (brand_id, id, kind, state, store_id, franchisee_id, subject_id, payload, title, detail, reason, asked_by, asked_at, note, open_key)
         VALUES (?,?,?,'PENDING',?,?,?,?,?,?,?,?,?,'',?)`,
        [
          brandId,
          draft.id,
          draft.kind,
          draft.store_id,
          draft.franchisee_id,
          draft.subject_id,
          JSON.stringify(draft.payload),
          draft.title.slice(0, 120),
          draft.detail.slice(0, 200),
          draft.reason,
          draft.asked_by,
          tx.now,
          `${draft.kind}:${draft.store_id ?? '0'}:${draft.subject_id}`,
        ],
      );
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  list(
    on: Queryable,
    query: {
      brandId: BrandId;
      franchiseeId: Id<'franchisee'> | null;
      id?: string | undefined;
      storeId?: StoreId | undefined;
      state?: ApprovalState | undefined;
      before?: string | undefined;
      limit: number;
    },
  ): Promise<ApprovalRow[]> {
    const where = ['brand_id = ?'];
    const values: SqlValue[] = [query.brandId];
    const add = (condition: string, value: SqlValue | undefined | null) => {
      if (value === undefined || value === null) return;
      where.push(condition);
      values.push(value);
    };
    add('franchisee_id = ?', query.franchiseeId);
    add('id = ?', query.id);
    add('store_id = ?', query.storeId);
    add('state = ?', query.state);
    add('id < ?', query.before);
    return on.query<ApprovalRow>(`SELECT * FROM approval WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`, [
      ...values,
      query.limit + 1,
    ]);
  }

  async lock(tx: Tx, brandId: BrandId, id: Id<'approval'>): Promise<ApprovalRow | null> {
    const [row] = await tx.query<ApprovalRow>('SELECT * FROM approval WHERE brand_id = ? AND id = ? FOR UPDATE', [
      brandId,
      id,
    ]);
    return row ?? null;
  }

  async decide(
    tx: Tx,
    brandId: BrandId,
    id: Id<'approval'>,
    to: { state: ApprovalState; by: string; note: string },
  ): Promise<void> {
    await tx.execute(
      'UPDATE approval SET state = ?, decided_by = ?, decided_at = ?, note = ?, open_key = NULL WHERE brand_id = ? AND id = ?',
      [to.state, to.by, tx.now, to.note, brandId, id],
    );
  }

  /** What a store waits for about some subjects, in words. */
  async pending(on: Queryable, brandId: BrandId, storeId: StoreId, ids: readonly Id[]): Promise<Map<Id, string>> {
    if (ids.length === 0) return new Map();
    const rows = await on.query<{ subject_id: Id; title: string }>(
      `SELECT subject_id, title FROM approval WHERE brand_id = ? AND state = 'PENDING' AND store_id = ? AND subject_id IN ${marks(ids)}`,
      [brandId, storeId, ...ids],
    );
    return new Map(rows.map((row) => [row.subject_id, row.title]));
  }
}
