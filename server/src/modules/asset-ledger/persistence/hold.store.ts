import type { BrandId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Asset, HoldId, LotId, LotKind, LotUse } from '../domain/asset-types.js';

export interface Hold {
  id: HoldId;
  ownerId: MemberId;
  asset: Asset;
  subjectKind: string;
  subjectId: Id;
  amount: number;
  returned: number;
  state: 'HELD' | 'CAPTURED' | 'RELEASED';
  storeId: StoreId | null;
  title: string;
  uses: HeldLot[];
}
export interface HeldLot extends LotUse {
  kind: LotKind;
  /** Where the lot was sold. */
  storeId: StoreId | null;
  /** Whose it is now: a merge that was taken back may have parted the lots of a hold. */
  ownerId: MemberId;
}
interface HoldRow {
  id: HoldId;
  owner_id: MemberId;
  asset: Asset;
  subject_kind: string;
  subject_id: Id;
  amount: string;
  returned: string;
  state: Hold['state'];
  store_id: StoreId | null;
  title: string;
}

/** Holds and the lots that they took. */
export class HoldStore {
  async bySubject(
    on: Queryable,
    brandId: BrandId,
    asset: Asset,
    subjectKind: string,
    subjectId: Id,
    isLocked = false,
  ): Promise<Hold | null> {
    const [row] = await on.query<HoldRow>(
      `SELECT id, owner_id, asset, subject_kind, subject_id, amount, returned, state, store_id, title FROM asset_hold
       WHERE brand_id = ? AND asset = ? AND subject_kind = ? AND subject_id = ?${isLocked ? ' FOR UPDATE' : ''}`,
      [brandId, asset, subjectKind, subjectId],
    );
    if (!row) return null;
    const uses = await on.query<{
      lot_id: LotId;
      amount: string;
      returned: string;
      kind: LotKind;
      store_id: StoreId | null;
      owner_id: MemberId;
    }>(
      `SELECT h.lot_id, h.amount, h.returned, l.kind, l.store_id, l.owner_id FROM asset_hold_lot h
       JOIN asset_lot l ON l.brand_id = h.brand_id AND l.id = h.lot_id WHERE h.brand_id = ? AND h.hold_id = ? ORDER BY h.lot_id`,
      [brandId, row.id],
    );
    return {
      id: row.id,
      ownerId: row.owner_id,
      asset: row.asset,
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      amount: Number(row.amount),
      returned: Number(row.returned),
      state: row.state,
      storeId: row.store_id,
      title: row.title,
      uses: uses.map((use) => ({
        lotId: use.lot_id,
        amount: Number(use.amount),
        returned: Number(use.returned),
        kind: use.kind,
        storeId: use.store_id,
        ownerId: use.owner_id,
      })),
    };
  }

  async insert(tx: Tx, brandId: BrandId, hold: Hold, until: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO asset_hold (brand_id, id, owner_id, asset, subject_kind, subject_id, amount, returned, state, store_id, title, until_at, created_at)
       VALUES (?,?,?,?,?,?,?,0,'HELD',?,?,?,?)`,
      [
        ...[brandId, hold.id, hold.ownerId, hold.asset, hold.subjectKind, hold.subjectId, hold.amount],
        ...[hold.storeId, hold.title.slice(0, 80), until, tx.now],
      ],
    );
    if (hold.uses.length === 0) return;
    await tx.execute(
      `INSERT INTO asset_hold_lot (brand_id, hold_id, lot_id, amount, returned) VALUES ${hold.uses.map(() => '(?,?,?,?,0)').join(',')}`,
      hold.uses.flatMap((use) => [brandId, hold.id, use.lotId, use.amount]),
    );
  }

  async close(tx: Tx, brandId: BrandId, id: HoldId, state: 'CAPTURED' | 'RELEASED'): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE asset_hold SET state = ?, closed_at = ? WHERE brand_id = ? AND id = ? AND state = 'HELD'",
      [state, tx.now, brandId, id],
    );
    return affectedRows === 1;
  }

  async giveBack(tx: Tx, brandId: BrandId, id: HoldId, backs: readonly LotUse[]): Promise<void> {
    const given = backs.filter((back) => back.amount > 0);
    const total = given.reduce((sum, back) => sum + back.amount, 0);
    if (total === 0) return;
    await tx.execute('UPDATE asset_hold SET returned = returned + ? WHERE brand_id = ? AND id = ?', [
      total,
      brandId,
      id,
    ]);
    const cases = given.map(() => 'WHEN ? THEN ?').join(' ');
    await tx.execute(
      `UPDATE asset_hold_lot SET returned = returned + CASE lot_id ${cases} ELSE 0 END WHERE brand_id = ? AND hold_id = ? AND lot_id IN ${marks(given.map((one) => one.lotId))}`,
      [...given.flatMap((back) => [back.lotId, back.amount]), brandId, id, ...given.map((back) => back.lotId)],
    );
  }

  /** Holds whose time is over, of all brands or of one. */
  due(on: Queryable, now: Date, limit: number, only: BrandId | null) {
    return on.query<{ brand_id: BrandId; asset: Asset; subject_kind: string; subject_id: Id }>(
      `SELECT brand_id, asset, subject_kind, subject_id FROM asset_hold
       WHERE state = 'HELD' AND until_at <= ? ${only === null ? '' : 'AND brand_id = ?'} ORDER BY until_at LIMIT ?`,
      [now, ...(only === null ? [] : [only]), limit],
    );
  }
}
