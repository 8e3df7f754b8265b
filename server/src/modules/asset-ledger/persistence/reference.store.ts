import type { BrandId, Id } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { LotId } from '../domain/asset-types.js';

/** What was booked under a reference, one row for each lot that it moved. */
export interface BookedReference {
  ref: string;
  /** What the whole entry booked; taken away is negative. */
  amount: number;
  lotId: LotId;
  /** What the lot held when it was granted. */
  granted: number;
  originId: Id;
}

/** Entries by their references, for whoever has to know what became of something that it booked. */
export class ReferenceStore {
  async booked(on: Queryable, brandId: BrandId, refs: readonly string[]): Promise<BookedReference[]> {
    if (refs.length === 0) return [];
    const rows = await on.query<{ ref: string; amount: string; lot_id: LotId; granted: string; origin_id: Id }>(
      `SELECT e.ref, e.amount, m.lot_id, l.granted, l.origin_id FROM asset_entry e
        JOIN asset_movement m ON m.brand_id = e.brand_id AND m.owner_id = e.owner_id AND m.asset = e.asset AND m.seq = e.seq
        JOIN asset_lot l ON l.brand_id = m.brand_id AND l.id = m.lot_id
       WHERE e.brand_id = ? AND e.asset IN ('WALLET','POINTS') AND e.ref IN ${marks(refs)}`,
      [brandId, ...refs],
    );
    return rows.map((row) => ({
      ref: row.ref,
      amount: Number(row.amount),
      lotId: row.lot_id,
      granted: Number(row.granted),
      originId: row.origin_id,
    }));
  }
}
