import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** Promises of the points mall. */
export const pointsMallInvariants = [
  sqlInvariant(
    'points-mall-01',
    '积分商城',
    '兑出的数量等于有效兑换之和，从不超过库存',
    `SELECT g.id, g.stock, g.taken, COALESCE(SUM(e.qty), 0) AS exchanged FROM points_good g
     LEFT JOIN points_exchange e ON e.brand_id = g.brand_id AND e.good_id = g.id AND e.state <> 'CANCELLED'
     WHERE g.brand_id = ? GROUP BY g.id, g.stock, g.taken HAVING exchanged <> g.taken OR g.taken > g.stock OR g.taken < 0`,
  ),
];
