import type { BrandId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';

/** What became of an opening balance that was booked: it stands, went back whole with its import, or only in part. */
export type Standing = 'STANDS' | 'BACK' | 'PART';
const WORST: readonly Standing[] = ['BACK', 'PART', 'STANDS'];

/** Opening balances in the ledger of assets, read to know which of them a file may bring again. */
export class OpeningStore {
  /** How the balances of some references stand; one that was never booked is not in the answer. */
  async standings(on: Queryable, brandId: BrandId, refs: readonly string[]): Promise<Map<string, Standing>> {
    if (refs.length === 0) return new Map();
    const rows = await on.query<{ ref: string; granted: string; undone_at: Date | null; back: string | null }>(
      `SELECT e.ref, l.granted, f.undone_at, u.amount AS back FROM asset_entry e
        JOIN asset_movement m ON m.brand_id = e.brand_id AND m.owner_id = e.owner_id AND m.asset = e.asset AND m.seq = e.seq
        JOIN asset_lot l ON l.brand_id = m.brand_id AND l.id = m.lot_id
        LEFT JOIN import_effect f ON f.brand_id = l.brand_id AND f.job_id = l.origin_id AND f.kind = 'LOT' AND f.subject_id = l.id
        LEFT JOIN asset_entry u ON u.brand_id = e.brand_id AND u.asset = e.asset AND u.ref = CONCAT('IMPORT_UNDO:', f.root_id, ':', l.id)
       WHERE e.brand_id = ? AND e.asset IN ('WALLET','POINTS') AND e.ref IN ${marks(refs)}`,
      [brandId, ...refs],
    );
    const standings = new Map<string, Standing>();
    for (const { ref, granted, undone_at, back } of rows) {
      const standing = undone_at === null ? 'STANDS' : Number(back ?? 0) === -Number(granted) ? 'BACK' : 'PART';
      standings.set(ref, worseOf(standings.get(ref) ?? 'BACK', standing));
    }
    return standings;
  }
}

/** Of several parts of one balance, the one that speaks most against booking it again. */
export const worseOf = (a: Standing, b: Standing): Standing => (WORST.indexOf(a) > WORST.indexOf(b) ? a : b);
