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
  // Both sides know unionids and nobody is on both: the corporation and the mini-program stand under two open platforms.
  sqlInvariant(
    'inv-contact-unionids-meet',
    '客户',
    '企业微信与小程序绑定在同一个开放平台下，同一个人的 unionid 对得上',
    `SELECT w.n AS contacts, m.n AS members FROM
      (SELECT COUNT(*) AS n FROM contact WHERE brand_id = ? AND unionid IS NOT NULL) w,
      (SELECT COUNT(DISTINCT o.member_id) AS n FROM member_identifier o JOIN member_identifier u ON u.brand_id = o.brand_id AND u.member_id = o.member_id AND u.kind = 'unionid'
        WHERE o.brand_id = ? AND o.kind = 'openid') m
     WHERE w.n >= 50 AND m.n >= 50 AND NOT EXISTS (SELECT 1 FROM member_identifier o JOIN member_identifier e ON e.brand_id = o.brand_id AND e.member_id = o.member_id AND e.kind = 'external_userid'
        WHERE o.brand_id = ? AND o.kind = 'openid')`,
  ),
];
