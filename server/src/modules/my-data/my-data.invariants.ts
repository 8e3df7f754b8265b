import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** Promises of a person's own data that must hold at any moment. */
export const myDataInvariants = [
  sqlInvariant(
    'inv-guide-change-open-once',
    '我的数据',
    '每个会员最多有一个更换导购的申请在处理，处理过的不再占着',
    `SELECT id, state FROM guide_change WHERE brand_id = ? AND (state = 'OPEN') <> (open_of IS NOT NULL)`,
  ),
];
