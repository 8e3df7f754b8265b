import {
  type BrandId,
  type Fen,
  type GuideId,
  type Id,
  type MemberId,
  parseFen,
  type StoreId,
} from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export type InStoreState = 'ASKING' | 'PAID' | 'REFUSED' | 'EXPIRED' | 'REVERSED';
export interface InStoreRow {
  brandId: BrandId;
  id: Id<'in-store'>;
  paymentNo: string;
  memberId: MemberId;
  storeId: StoreId;
  guideId: GuideId | null;
  operator: string;
  amountFen: Fen;
  principalFen: Fen;
  bonusFen: Fen;
  state: InStoreState;
  note: string;
  createdAt: Date;
  confirmUntil: Date | null;
  paidAt: Date | null;
}
type Row = Record<string, unknown>;

const rowOf = (row: Row): InStoreRow => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as InStoreRow['id'],
  paymentNo: row['payment_no'] as string,
  memberId: row['member_id'] as MemberId,
  storeId: row['store_id'] as StoreId,
  guideId: row['guide_id'] as GuideId | null,
  operator: row['operator'] as string,
  amountFen: parseFen(row['amount_fen']),
  principalFen: parseFen(row['principal_fen']),
  bonusFen: parseFen(row['bonus_fen']),
  state: row['state'] as InStoreState,
  note: row['note'] as string,
  createdAt: row['created_at'] as Date,
  confirmUntil: row['confirm_until'] as Date | null,
  paidAt: row['paid_at'] as Date | null,
});

/** Payments from the wallet in a store. */
export class InStoreStore {
  async insert(tx: Tx, row: InStoreRow): Promise<void> {
    const values: SqlValue[] = [
      ...[row.brandId, row.id, row.paymentNo, row.memberId, row.storeId, row.guideId, row.operator, row.amountFen],
      ...[row.principalFen, row.bonusFen, row.state, row.note],
      row.createdAt,
      row.confirmUntil,
      row.paidAt,
    ];
    await tx.execute(
      `INSERT INTO in_store_payment (brand_id, id, payment_no, member_id, store_id, guide_id, operator, amount_fen, principal_fen, bonus_fen, state, note,
       created_at, confirm_until, paid_at) VALUES (${values.map(() => '?').join(',')})`,
      values,
    );
  }

  async states(on: Queryable, brandId: BrandId, ids: readonly Id[]): Promise<Map<string, InStoreState>> {
    const rows = await on.query<{ id: string; state: InStoreState }>(
      `SELECT id, state FROM in_store_payment WHERE brand_id = ? AND id IN ${marks(ids)}`,
      [brandId, ...ids],
    );
    return new Map(rows.map((row) => [row.id, row.state]));
  }

  async find(on: Queryable, brandId: BrandId, id: Id, isLocked = false): Promise<InStoreRow | null> {
    const [row] = await on.query<Row>(
      `SELECT * FROM in_store_payment WHERE brand_id = ? AND id = ?${isLocked ? ' FOR UPDATE' : ''}`,
      [brandId, id],
    );
    return row ? rowOf(row) : null;
  }

  async move(tx: Tx, row: InStoreRow, from: InStoreState, to: InStoreState, reason: string | null): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE in_store_payment SET state = ?, reason = COALESCE(?, reason), ${to === 'PAID' ? 'paid_at' : 'closed_at'} = ? WHERE brand_id = ? AND id = ? AND state = ?`,
      [to, reason, tx.now, row.brandId, row.id, from],
    );
    return affectedRows === 1;
  }

  async list(
    on: Queryable,
    brandId: BrandId,
    filter: { storeIds: readonly StoreId[] | 'ALL'; before: string | null },
    limit: number,
  ): Promise<InStoreRow[]> {
    const { storeIds, before } = filter;
    const rows = await on.query<Row>(
      `SELECT * FROM in_store_payment WHERE brand_id = ? ${storeIds === 'ALL' ? '' : `AND store_id IN ${marks(storeIds)}`} ${before ? 'AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      [brandId, ...(storeIds === 'ALL' ? [] : storeIds), ...(before ? [before] : []), limit],
    );
    return rows.map(rowOf);
  }

  due(on: Queryable, now: Date, limit: number) {
    return on.query<{ brand_id: BrandId; id: Id }>(
      "SELECT brand_id, id FROM in_store_payment WHERE state = 'ASKING' AND confirm_until <= ? ORDER BY confirm_until LIMIT ?",
      [now, limit],
    );
  }
}
