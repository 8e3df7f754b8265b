import type { BrandId, GuideId, MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { TemplateId } from '../domain/types.js';

/** All SQL of limits per member and quotas per guide; each is a row that a conditional update guards. */
export class LimitStore {
  /**
   * Counts a coupon for a member; false when the limit for ever or for the day is reached.
   * @param day business day
   */
  async take(
    tx: Tx,
    one: {
      brandId: BrandId;
      memberId: MemberId;
      templateId: TemplateId;
      day: string;
      perMember: number;
      perDay: number | null;
    },
  ): Promise<boolean> {
    await tx.execute(
      'INSERT INTO coupon_taken (brand_id, member_id, template_id, taken, day, taken_today) VALUES (?,?,?,0,?,0) ON DUPLICATE KEY UPDATE taken = taken',
      [one.brandId, one.memberId, one.templateId, one.day],
    );
    // The day comes last: MySQL assigns from left to right, and the count looks at the day as it was.
    const written = await tx.execute(
      `UPDATE coupon_taken SET taken = taken + 1, taken_today = IF(day = ?, taken_today, 0) + 1, day = ?
       WHERE brand_id = ? AND member_id = ? AND template_id = ? AND taken < ? AND IF(day = ?, taken_today, 0) < ?`,
      [
        one.day,
        one.day,
        one.brandId,
        one.memberId,
        one.templateId,
        one.perMember,
        one.day,
        one.perDay ?? one.perMember,
      ],
    );
    return written.affectedRows === 1;
  }

  async taken(on: Queryable, brandId: BrandId, memberId: MemberId) {
    const rows = await on.query<{ template_id: TemplateId; taken: number; day: string; taken_today: number }>(
      "SELECT template_id, taken, DATE_FORMAT(day, '%Y-%m-%d') AS day, taken_today FROM coupon_taken WHERE brand_id = ? AND member_id = ?",
      [brandId, memberId],
    );
    return new Map(rows.map((row) => [row.template_id, row]));
  }

  /** Counts what a guide gives; false when the quota of the period would be passed. */
  async give(
    tx: Tx,
    use: {
      brandId: BrandId;
      guideId: GuideId;
      /** 0 stands for all templates together. */
      templateId: string;
      period: string;
      count: number;
      worstFen: number;
      maxCount: number | null;
      maxFen: number | null;
    },
  ): Promise<boolean> {
    const key = [use.brandId, use.guideId, use.templateId, use.period];
    await tx.execute(
      'INSERT INTO coupon_guide_use (brand_id, guide_id, template_id, period, given, worst_fen) VALUES (?,?,?,?,0,0) ON DUPLICATE KEY UPDATE given = given',
      key,
    );
    const written = await tx.execute(
      `UPDATE coupon_guide_use SET given = given + ?, worst_fen = worst_fen + ? WHERE brand_id = ? AND guide_id = ? AND template_id = ? AND period = ?
       AND (? IS NULL OR given + ? <= ?) AND (? IS NULL OR worst_fen + ? <= ?)`,
      [use.count, use.worstFen, ...key, use.maxCount, use.count, use.maxCount, use.maxFen, use.worstFen, use.maxFen],
    );
    return written.affectedRows === 1;
  }

  async giveBack(
    tx: Tx,
    brandId: BrandId,
    guideId: GuideId,
    templateId: string,
    periods: readonly string[],
    count: number,
    worstFen: number,
  ) {
    await tx.execute(
      `UPDATE coupon_guide_use SET given = given - ?, worst_fen = worst_fen - ? WHERE brand_id = ? AND guide_id = ? AND template_id IN (?, 0) AND period IN ${marks(periods)}`,
      [count, count * worstFen, brandId, guideId, templateId, ...periods],
    );
  }

  async given(on: Queryable, brandId: BrandId, guideId: GuideId, periods: readonly string[]) {
    const rows = await on.query<{ template_id: string; period: string; given: number; worst_fen: string }>(
      `SELECT template_id, period, given, worst_fen FROM coupon_guide_use WHERE brand_id = ? AND guide_id = ? AND period IN ${marks(periods)}`,
      [brandId, guideId, ...periods],
    );
    return new Map(
      rows.map((row) => [`${row.template_id}/${row.period}`, { given: row.given, worstFen: Number(row.worst_fen) }]),
    );
  }
}
