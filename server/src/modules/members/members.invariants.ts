import { sqlInvariant } from '../../platform/invariants/invariant.js';
import { LEVELS } from './domain/levels.js';

const levelCase = [...LEVELS]
  .reverse()
  .map((one) => `WHEN growth >= ${one.fromGrowth} THEN ${one.level}`)
  .join(' ');

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
    'inv-level-follows-growth',
    '会员',
    '会员等级与成长值一致',
    `SELECT id, growth, level FROM member WHERE brand_id = ? AND level <> CASE ${levelCase} ELSE 1 END`,
  ),
];
