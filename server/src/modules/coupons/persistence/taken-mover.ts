import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  freezeRow,
  type MemberAssetMover,
  type MemberMove,
  MergeRowsStore,
  putBack,
  thawRow,
} from '../../one-id/index.js';

export const TAKEN = 'coupon_taken';
const journal = new MergeRowsStore();

/** What both persons took counts together, so that a merge opens no limit; on the way back each has its own count again. */
export const takenMover: MemberAssetMover = {
  tables: [TAKEN],
  preview: async () => [],
  async move(tx: Tx, move: MemberMove): Promise<number> {
    const rows = await tx.query<Record<string, unknown>>(
      `SELECT * FROM ${TAKEN} WHERE brand_id = ? AND member_id = ? FOR UPDATE`,
      [move.brandId, move.from],
    );
    if (rows.length === 0) return 0;
    await journal.note(
      tx,
      move,
      TAKEN,
      rows.map((row) => ({ key: String(row['template_id']), kept: freezeRow(row) })),
    );
    await tx.execute(
      `INSERT INTO ${TAKEN} (brand_id, member_id, template_id, taken, day, taken_today)
       SELECT f.brand_id, ?, f.template_id, f.taken, f.day, f.taken_today FROM ${TAKEN} f WHERE f.brand_id = ? AND f.member_id = ?
       ON DUPLICATE KEY UPDATE taken = ${TAKEN}.taken + VALUES(taken)`,
      [move.into, move.brandId, move.from],
    );
    await tx.execute(`DELETE FROM ${TAKEN} WHERE brand_id = ? AND member_id = ?`, [move.brandId, move.from]);
    return rows.length;
  },
  async moveBack(tx: Tx, move: MemberMove): Promise<number> {
    const kept = (await journal.noted(tx, move.brandId, move.mergeId, TAKEN)).flatMap((one) => one.kept ?? []);
    for (const text of kept) {
      const row = thawRow(text);
      await tx.execute(
        `UPDATE ${TAKEN} SET taken = GREATEST(0, taken - ?) WHERE brand_id = ? AND member_id = ? AND template_id = ?`,
        [row['taken'] as number, move.brandId, move.into, row['template_id'] as string],
      );
    }
    await putBack(tx, TAKEN, kept);
    return kept.length;
  },
};
