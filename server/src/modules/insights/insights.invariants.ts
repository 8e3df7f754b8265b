import { sqlInvariant } from '../../platform/invariants/invariant.js';

export const insightInvariants = [
  sqlInvariant(
    'member-value-range',
    'insights',
    '会员价值的每个分数都在 1 到 5 之间，且有购买才有分数',
    `SELECT member_id, r, f, m FROM member_value WHERE brand_id = ? AND computed_at > '2001-01-01'
      AND (r NOT BETWEEN 1 AND 5 OR f NOT BETWEEN 1 AND 5 OR m NOT BETWEEN 1 AND 5 OR order_count < 1 OR first_at > last_at)`,
  ),
];
