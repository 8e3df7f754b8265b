import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';

/** What pricing reads of a member's past. */
export class MemberStore {
  /** Whether a member has ever paid for an order, through any channel. */
  async hasBought(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<boolean> {
    const rows = await on.query(
      "SELECT id FROM sales_order WHERE brand_id = ? AND member_id = ? AND kind = 'SALE' AND paid_at IS NOT NULL LIMIT 1",
      [brandId, memberId],
    );
    return rows.length > 0;
  }
}
