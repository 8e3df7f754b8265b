import type { BrandId, GuideId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';

/** Who may claim an order of a member: one statement over the sends and bindings of other modules, since every order asks. */
export class ClaimStore {
  /**
   * The guide of the send that the member came by, and the guide whom the member is bound to. A send counts for the person
   * it was sent to, as far as that is known.
   */
  async guidesOf(
    on: Queryable,
    member: { brandId: BrandId; memberId: MemberId },
    sendId: string | undefined,
  ): Promise<{ sender: GuideId | null; bound: GuideId | null }> {
    const { brandId, memberId } = member;
    const [row] = await on.query<{ sender: GuideId | null; bound: GuideId | null }>(
      `SELECT (SELECT s.guide_id FROM chat_send s LEFT JOIN contact c ON c.brand_id = s.brand_id AND c.external_userid = s.external_userid
                WHERE s.brand_id = ? AND s.id = ? AND COALESCE(s.member_id, c.member_id, ?) = ?) AS sender,
              (SELECT guide_id FROM binding WHERE brand_id = ? AND member_id = ?) AS bound`,
      [brandId, sendId ?? '0', memberId, memberId, brandId, memberId],
    );
    return { sender: row?.sender ?? null, bound: row?.bound ?? null };
  }
}
