import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** Promises of tags that must hold at any moment. */
export const tagInvariants = [
  sqlInvariant(
    'inv-tag-explains-itself',
    '标签',
    '会员身上的每个标签都在标签库里，并且说得出理由',
    `SELECT mt.member_id, mt.tag_id FROM member_tag mt LEFT JOIN tag t ON t.brand_id = mt.brand_id AND t.id = mt.tag_id
     WHERE mt.brand_id = ? AND (t.id IS NULL OR mt.reason = '')`,
  ),
];
