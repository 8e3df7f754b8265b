import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Asset } from '../../asset-ledger/index.js';

export type AdjustmentState = 'WAITING' | 'APPROVED' | 'REFUSED';
export interface AdjustmentRow {
  id: Id<'adjustment'>;
  member_id: MemberId;
  asset: Asset;
  amount: string;
  reason: string;
  expires_at: Date | null;
  state: AdjustmentState;
  requested_by: Id<'user'>;
  requester: string;
  requested_at: Date;
  decider: string | null;
  decided_at: Date | null;
  note: string | null;
}

/** Corrections by hand. */
export class AdjustmentStore {
  async insert(
    tx: Tx,
    brandId: BrandId,
    row: Pick<AdjustmentRow, 'id' | 'member_id' | 'asset' | 'reason' | 'expires_at' | 'requested_by' | 'requester'> & {
      amount: number;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO asset_adjustment (brand_id, id, member_id, asset, amount, reason, expires_at, state, requested_by, requester, requested_at)
       VALUES (?,?,?,?,?,?,?,'WAITING',?,?,?)`,
      [
        ...[brandId, row.id, row.member_id, row.asset, row.amount, row.reason],
        row.expires_at,
        ...[row.requested_by, row.requester],
        tx.now,
      ],
    );
  }

  async find(on: Queryable, brandId: BrandId, id: Id, isLocked = false): Promise<AdjustmentRow | null> {
    const [row] = await on.query<AdjustmentRow>(
      `SELECT * FROM asset_adjustment WHERE brand_id = ? AND id = ?${isLocked ? ' FOR UPDATE' : ''}`,
      [brandId, id],
    );
    return row ?? null;
  }

  list(on: Queryable, brandId: BrandId, filter: { state?: string; before: string | null }, limit: number) {
    return on.query<AdjustmentRow>(
      `SELECT * FROM asset_adjustment WHERE brand_id = ? ${filter.state ? 'AND state = ?' : ''} ${filter.before ? 'AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      [brandId, ...(filter.state ? [filter.state] : []), ...(filter.before ? [filter.before] : []), limit],
    );
  }

  async decide(
    tx: Tx,
    brandId: BrandId,
    id: Id,
    to: { state: AdjustmentState; by: Id; name: string; note: string | null },
  ): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE asset_adjustment SET state = ?, decided_by = ?, decider = ?, decided_at = ?, note = ? WHERE brand_id = ? AND id = ? AND state = 'WAITING'",
      [to.state, to.by, to.name, tx.now, to.note, brandId, id],
    );
    return affectedRows === 1;
  }
}
