import type { BrandId, GuideId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';

interface Buyer {
  brandId: BrandId;
  memberId: MemberId;
}

/** Who may claim an order of a member, out of the sends and bindings of other modules, since every order asks. */
export class ClaimStore {
  /** The guide of the send that the member came by. It counts for the person it was sent to, as far as that is known. */
  async sender(on: Queryable, { brandId, memberId }: Buyer, sendId: string): Promise<GuideId | null> {
    const [row] = await on.query<{ guide_id: GuideId }>(
      `SELECT s.guide_id FROM chat_send s LEFT JOIN contact c ON c.brand_id = s.brand_id AND c.external_userid = s.external_userid
       WHERE s.brand_id = ? AND s.id = ? AND COALESCE(s.member_id, c.member_id, ?) = ?`,
      [brandId, sendId, memberId, memberId],
    );
    return row?.guide_id ?? null;
  }

  /** The guide whom the member is bound to. */
  async bound(on: Queryable, { brandId, memberId }: Buyer): Promise<GuideId | null> {
    const [row] = await on.query<{ guide_id: GuideId | null }>(
      'SELECT guide_id FROM binding WHERE brand_id = ? AND member_id = ?',
      [brandId, memberId],
    );
    return row?.guide_id ?? null;
  }
}
