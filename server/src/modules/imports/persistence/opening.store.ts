import type { BrandId, Id } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import { ReferenceStore } from '../../asset-ledger/index.js';
import { undoRef } from '../domain/undo-ref.js';

/** What became of an opening balance that was booked: it stands, went back whole with its import, or only in part. */
export type Standing = 'STANDS' | 'BACK' | 'PART';
const WORST: readonly Standing[] = ['BACK', 'PART', 'STANDS'];

/** Opening balances that are in the ledger, to know which of them a file may bring again. */
export class OpeningStore {
  private readonly ledger = new ReferenceStore();

  /** How the balances of some references stand; one that was never booked is not in the answer. */
  async standings(on: Queryable, brandId: BrandId, refs: readonly string[]): Promise<Map<string, Standing>> {
    const booked = await this.ledger.booked(on, brandId, refs);
    if (booked.length === 0) return new Map();
    const undone = await this.undone(
      on,
      brandId,
      [...new Set(booked.map((one) => one.originId))],
      booked.map((one) => one.lotId),
    );
    const backs = await this.ledger.booked(
      on,
      brandId,
      [...undone].map(([lotId, rootId]) => undoRef(rootId, lotId)),
    );
    const backOf = new Map<string, number>(backs.map((one) => [one.lotId, one.amount]));
    const standings = new Map<string, Standing>();
    for (const { ref, lotId, granted } of booked) {
      const standing = !undone.has(lotId) ? 'STANDS' : backOf.get(lotId) === -granted ? 'BACK' : 'PART';
      standings.set(ref, worseOf(standings.get(ref) ?? 'BACK', standing));
    }
    return standings;
  }

  /** Lots that were taken back, with the first file of the chain that was. */
  private async undone(on: Queryable, brandId: BrandId, jobIds: readonly Id[], lotIds: readonly Id[]) {
    const rows = await on.query<{ subject_id: string; root_id: Id }>(
      `SELECT subject_id, root_id FROM import_effect WHERE brand_id = ? AND job_id IN ${marks(jobIds)} AND kind = 'LOT'
         AND subject_id IN ${marks(lotIds)} AND undone_at IS NOT NULL`,
      [brandId, ...jobIds, ...lotIds],
    );
    return new Map(rows.map((row) => [row.subject_id, row.root_id]));
  }
}

/** Of several parts of one balance, the one that speaks most against booking it again. */
export const worseOf = (a: Standing, b: Standing): Standing => (WORST.indexOf(a) > WORST.indexOf(b) ? a : b);
