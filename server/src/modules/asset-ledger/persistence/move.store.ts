import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Asset, HoldId, LotId } from '../domain/asset-types.js';

export interface MoveRow {
  asset: Asset;
  from: MemberId;
  into: MemberId;
  lots: LotId[];
  holds: HoldId[];
  owed: number;
  /** What lots of one record paid of the other's debt, since the two were one. */
  paid: PaidDebt[];
  /** Why the remaining record is frozen that was not before. */
  frozen: string | null;
}
export interface PaidDebt {
  lotId: LotId;
  amount: number;
  debtor: MemberId;
}
const list = <T>(value: unknown): T[] => (typeof value === 'string' ? (JSON.parse(value) as T[]) : (value as T[]));

/** What a merge moved, so that it can be taken apart again. */
export class MoveStore {
  async lotIdsOf(on: Queryable, brandId: BrandId, asset: Asset, owner: MemberId): Promise<LotId[]> {
    const rows = await on.query<{ id: LotId }>(
      'SELECT id FROM asset_lot WHERE brand_id = ? AND owner_id = ? AND asset = ? ORDER BY id',
      [brandId, owner, asset],
    );
    return rows.map((row) => row.id);
  }

  async holdIdsOf(on: Queryable, brandId: BrandId, asset: Asset, owner: MemberId): Promise<HoldId[]> {
    const rows = await on.query<{ id: HoldId }>(
      'SELECT id FROM asset_hold WHERE brand_id = ? AND owner_id = ? AND asset = ? ORDER BY id',
      [brandId, owner, asset],
    );
    return rows.map((row) => row.id);
  }

  async setHoldOwner(tx: Tx, brandId: BrandId, holds: readonly HoldId[], owner: MemberId): Promise<void> {
    if (holds.length === 0) return;
    await tx.execute(`UPDATE asset_hold SET owner_id = ? WHERE brand_id = ? AND id IN ${marks(holds)}`, [
      owner,
      brandId,
      ...holds,
    ]);
  }

  /** Notes a move; a further one of the same merge is added to it. */
  async add(tx: Tx, brandId: BrandId, mergeId: Id, move: MoveRow): Promise<void> {
    const earlier = (await this.find(tx, brandId, mergeId)).find((one) => one.asset === move.asset);
    const lots = [...new Set([...(earlier?.lots ?? []), ...move.lots])];
    const holds = [...new Set([...(earlier?.holds ?? []), ...move.holds])];
    await tx.execute(
      `INSERT INTO asset_move (brand_id, merge_id, asset, from_id, into_id, lots, holds, owed, paid, frozen, at) VALUES (?,?,?,?,?,?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE lots = VALUES(lots), holds = VALUES(holds), owed = VALUES(owed), paid = VALUES(paid), frozen = VALUES(frozen),
         at = VALUES(at), undone_at = NULL`,
      [
        ...[brandId, mergeId, move.asset, move.from, move.into, JSON.stringify(lots), JSON.stringify(holds)],
        (earlier?.owed ?? 0) + move.owed,
        JSON.stringify([...(earlier?.paid ?? []), ...move.paid]),
        earlier?.frozen ?? move.frozen,
        tx.now,
      ],
    );
  }

  async find(on: Queryable, brandId: BrandId, mergeId: Id): Promise<MoveRow[]> {
    const rows = await on.query<{
      asset: Asset;
      from_id: MemberId;
      into_id: MemberId;
      lots: unknown;
      holds: unknown;
      owed: string;
      paid: unknown;
      frozen: string | null;
    }>(
      'SELECT asset, from_id, into_id, lots, holds, owed, paid, frozen FROM asset_move WHERE brand_id = ? AND merge_id = ? AND undone_at IS NULL ORDER BY asset',
      [brandId, mergeId],
    );
    return rows.map((row) => ({
      asset: row.asset,
      from: row.from_id,
      into: row.into_id,
      lots: list<LotId>(row.lots),
      holds: list<HoldId>(row.holds),
      owed: Number(row.owed),
      paid: row.paid === null ? [] : list<PaidDebt>(row.paid),
      frozen: row.frozen,
    }));
  }

  async undone(tx: Tx, brandId: BrandId, mergeId: Id): Promise<void> {
    await tx.execute('UPDATE asset_move SET undone_at = ? WHERE brand_id = ? AND merge_id = ?', [
      tx.now,
      brandId,
      mergeId,
    ]);
  }
}
