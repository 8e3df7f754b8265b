import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** What must always hold of members; that one identifier names one member is the table's primary key. */
export const memberInvariants = [
  sqlInvariant(
    'inv-identifier-has-member',
    '会员',
    '每个身份标识都指向一个真实的会员',
    `SELECT i.kind, i.member_id FROM member_identifier i
     LEFT JOIN member m ON m.brand_id = i.brand_id AND m.id = i.member_id WHERE i.brand_id = ? AND m.id IS NULL`,
  ),
  sqlInvariant(
    'inv-merged-owns-nothing',
    '会员',
    '被合并或注销的会员名下不再有身份标识',
    `SELECT i.kind, i.member_id, m.status FROM member_identifier i JOIN member m ON m.brand_id = i.brand_id AND m.id = i.member_id
     WHERE i.brand_id = ? AND m.status IN ('MERGED','CANCELLED')`,
  ),
  sqlInvariant(
    'inv-merge-is-linked',
    '会员',
    '每个被合并的会员都有一条有效的合并记录，指向同一个保留的会员',
    `SELECT m.id, m.merged_into, g.into_id FROM member m
     LEFT JOIN member_merge g ON g.brand_id = m.brand_id AND g.live_from = m.id
     WHERE m.brand_id = ? AND (m.status = 'MERGED') <> (g.id IS NOT NULL AND g.into_id <=> m.merged_into)`,
  ),
  sqlInvariant(
    'inv-personalised-follows-consent',
    '会员',
    '不同意个性化推荐的会员不会被用于推荐',
    `SELECT c.member_id FROM consent c JOIN member m ON m.brand_id = c.brand_id AND m.id = c.member_id
     WHERE c.brand_id = ? AND c.purpose = 'PERSONALISATION' AND c.is_given = 0 AND m.is_personalised = 1`,
  ),
];
