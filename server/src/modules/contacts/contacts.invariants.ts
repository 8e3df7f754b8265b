import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** What must always hold of contacts. */
export const contactInvariants = [
  sqlInvariant(
    'inv-relation-has-contact',
    '客户',
    '每个好友关系都对应一个真实的外部联系人',
    `SELECT r.guide_id, r.external_userid FROM contact_relation r
     LEFT JOIN contact c ON c.brand_id = r.brand_id AND c.external_userid = r.external_userid
     WHERE r.brand_id = ? AND c.external_userid IS NULL`,
  ),
  sqlInvariant(
    'inv-contact-joined-by-unionid',
    '客户',
    '同一个 unionid 的联系人和会员是同一个人',
    `SELECT c.external_userid, c.member_id, i.member_id AS expected FROM contact c
     JOIN member_identifier i ON i.brand_id = c.brand_id AND i.kind = 'unionid' AND i.value = c.unionid
     WHERE c.brand_id = ? AND (c.member_id IS NULL OR c.member_id <> i.member_id)`,
  ),
];
