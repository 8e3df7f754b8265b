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

interface TakenRow extends Record<string, unknown> {
  template_id: string;
  taken: number;
  /** Business day of `taken_today`, as text. */
  day: string;
  taken_today: number;
}
const ROWS = `SELECT brand_id, member_id, template_id, taken, DATE_FORMAT(day, '%Y-%m-%d') AS day, taken_today FROM ${TAKEN}
  WHERE brand_id = ? AND member_id = ? FOR UPDATE`;

/** What two looks of one merge found, as one: the later day counts, and both where it is the same. */
function together(earlier: TakenRow, now: TakenRow): TakenRow {
  const day = [earlier.day, now.day].sort().at(-1) ?? now.day;
  const today = [earlier, now].filter((one) => one.day === day);
  return {
    ...now,
    day,
    taken: earlier.taken + now.taken,
    taken_today: today.reduce((sum, one) => sum + one.taken_today, 0),
  };
}

/**
 * What both persons took counts together, for ever and for the day, so that a merge opens no limit; on the way back each
 * has its own count again.
 */
export const takenMover: MemberAssetMover = {
  tables: [TAKEN],
  preview: async () => [],
  async move(tx: Tx, move: MemberMove): Promise<number> {
    const rows = await tx.query<TakenRow>(ROWS, [move.brandId, move.from]);
    if (rows.length === 0) return 0;
    const noted = new Map(
      (await journal.noted(tx, move.brandId, move.mergeId, TAKEN)).map((one) => [one.key, one.kept]),
    );
    await journal.note(
      tx,
      move,
      TAKEN,
      rows.map((row) => {
        const earlier = noted.get(String(row.template_id));
        const whole = earlier ? together(thawRow(earlier) as unknown as TakenRow, row) : row;
        return { key: String(row.template_id), kept: freezeRow(whole) };
      }),
    );
    // The day comes last: MySQL assigns from left to right, and the count looks at the day as it was.
    await tx.execute(
      `INSERT INTO ${TAKEN} (brand_id, member_id, template_id, taken, day, taken_today)
       SELECT f.brand_id, ?, f.template_id, f.taken, f.day, f.taken_today FROM ${TAKEN} f WHERE f.brand_id = ? AND f.member_id = ?
       ON DUPLICATE KEY UPDATE taken = ${TAKEN}.taken + VALUES(taken),
         taken_today = CASE WHEN ${TAKEN}.day = VALUES(day) THEN ${TAKEN}.taken_today + VALUES(taken_today)
           WHEN ${TAKEN}.day < VALUES(day) THEN VALUES(taken_today) ELSE ${TAKEN}.taken_today END,
         day = GREATEST(${TAKEN}.day, VALUES(day))`,
      [move.into, move.brandId, move.from],
    );
    await tx.execute(`DELETE FROM ${TAKEN} WHERE brand_id = ? AND member_id = ?`, [move.brandId, move.from]);
    return rows.length;
  },
  async moveBack(tx: Tx, move: MemberMove): Promise<number> {
    const kept = (await journal.noted(tx, move.brandId, move.mergeId, TAKEN)).flatMap((one) => one.kept ?? []);
    for (const text of kept) {
      const row = thawRow(text) as unknown as TakenRow;
      const whose = [move.brandId, move.into, row.template_id];
      await tx.execute(
        `UPDATE ${TAKEN} SET taken = GREATEST(0, taken - ?), taken_today = IF(day = ?, GREATEST(0, taken_today - ?), taken_today)
         WHERE brand_id = ? AND member_id = ? AND template_id = ?`,
        [row.taken, row.day, row.taken_today, ...whose],
      );
      await tx.execute(
        `DELETE FROM ${TAKEN} WHERE brand_id = ? AND member_id = ? AND template_id = ? AND taken = 0`,
        whose,
      );
    }
    await putBack(tx, TAKEN, kept);
    return kept.length;
  },
};
