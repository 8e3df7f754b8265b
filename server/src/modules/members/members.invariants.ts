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
];
