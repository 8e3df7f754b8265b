import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** Promises of what is given at the counter. */
export const handOverInvariants = [
  sqlInvariant(
    'hand-over-01',
    '交货',
    '同一笔订单或兑换，没有撤销的交货最多一次',
    `SELECT kind, subject_id, COUNT(*) AS standing FROM hand_over WHERE brand_id = ? AND undone_at IS NULL
     GROUP BY kind, subject_id HAVING standing > 1`,
  ),
  sqlInvariant(
    'hand-over-02',
    '交货',
    '交了货没有撤销的，订单和兑换都不再等着来取',
    `SELECT h.id, h.kind, h.subject_id FROM hand_over h
     LEFT JOIN sales_order o ON h.kind = 'ORDER' AND o.brand_id = h.brand_id AND o.id = h.subject_id
     LEFT JOIN points_exchange e ON h.kind = 'EXCHANGE' AND e.brand_id = h.brand_id AND e.id = h.subject_id
     WHERE h.brand_id = ? AND h.undone_at IS NULL AND COALESCE(o.state, e.state) = 'TO_PICKUP'`,
  ),
];
