import type { BrandId, GuideId, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** A friend of one guide, to be written without asking WeCom; for imports and load tests. */
export interface ContactDraft {
  externalUserId: string;
  name: string;
  avatarUrl: string;
  gender: number;
  unionid: string | null;
  /** The member of the same unionid, if there is one. */
  memberId: MemberId | null;
  guideId: GuideId;
  remark: string;
  addedAt: Date;
}

const CHUNK = 1000;
const repeat = (part: string, times: number): string => Array.from({ length: times }, () => part).join(',');

/** Writes contacts and their relations in bulk; a contact of several guides comes once for each. */
export async function createContacts(tx: Tx, brandId: BrandId, drafts: readonly ContactDraft[]): Promise<void> {
  for (let from = 0; from < drafts.length; from += CHUNK) {
    const part = drafts.slice(from, from + CHUNK);
    await tx.execute(
      `INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, unionid, member_id, updated_at)
       VALUES ${repeat('(?,?,?,?,?,?,?,?)', part.length)} ON DUPLICATE KEY UPDATE external_userid = VALUES(external_userid)`,
      part.flatMap((one) => [
        brandId,
        one.externalUserId,
        one.name,
        one.avatarUrl,
        one.gender,
        one.unionid,
        one.memberId,
        tx.now,
      ]),
    );
    await tx.execute(
      `INSERT INTO contact_relation (brand_id, guide_id, external_userid, state, remark, add_way, welcome_state, added_at, checked_at)
       VALUES ${repeat("(?,?,?,'FRIEND',?,0,'NONE',?,?)", part.length)}`,
      part.flatMap((one) => [brandId, one.guideId, one.externalUserId, one.remark, one.addedAt, tx.now]),
    );
  }
}
