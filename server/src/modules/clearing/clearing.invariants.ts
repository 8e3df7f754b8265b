import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** Promises of the clearing that must hold at any moment. */
export const clearingInvariants = [
  sqlInvariant(
    'clearing-entry-zero',
    '清分',
    '每一笔清分分录借贷相抵，合计为零',
    'SELECT entry_id, SUM(fen) AS sum_fen FROM clearing_leg WHERE brand_id = ? GROUP BY entry_id HAVING SUM(fen) <> 0',
  ),
  sqlInvariant(
    'clearing-pairs',
    '清分',
    '每个单位的应收应付等于它在所有分录中的合计',
    `SELECT party, SUM(fen) AS diff_fen FROM (
       SELECT party, fen FROM clearing_leg WHERE brand_id = ?
       UNION ALL SELECT from_party, fen FROM clearing_pair WHERE brand_id = ?
       UNION ALL SELECT to_party, -fen FROM clearing_pair WHERE brand_id = ?) t GROUP BY party HAVING SUM(fen) <> 0`,
  ),
  sqlInvariant(
    'clearing-net',
    '清分',
    '每天轧差后的净额与当天分录一致，全部单位合计为零',
    `SELECT day, party, SUM(fen) AS diff_fen FROM (
       SELECT l.day, l.party, l.fen FROM clearing_leg l JOIN clearing_day d ON d.brand_id = l.brand_id AND d.day = l.day WHERE l.brand_id = ?
       UNION ALL SELECT day, from_party, fen FROM clearing_net WHERE brand_id = ?
       UNION ALL SELECT day, to_party, -fen FROM clearing_net WHERE brand_id = ?) t GROUP BY day, party HAVING SUM(fen) <> 0`,
  ),
  sqlInvariant(
    'clearing-cross-store',
    '清分',
    '每家代别的门店发货的店，都按当时的约定记了一次代发费用，退回的不超过它',
    `SELECT t.order_id, t.shipping_store_id, MAX(t.cost_fen) AS cost_fen, MAX(COALESCE(l.fen, 0)) AS posted_fen, MAX(COALESCE(b.fen, 0)) AS back_fen FROM store_transfer t
     JOIN reservation r ON r.brand_id = t.brand_id AND r.order_id = t.order_id AND r.sku_id = t.sku_id AND r.state = 'TAKEN' AND r.qty > 0
     LEFT JOIN clearing_entry e ON e.brand_id = t.brand_id AND e.kind = 'CROSS_STORE' AND e.subject_id = CONCAT(t.order_id, ':', t.shipping_store_id)
     LEFT JOIN clearing_leg l ON l.brand_id = e.brand_id AND l.entry_id = e.id AND l.position = 0
     LEFT JOIN (SELECT SUBSTRING_INDEX(x.subject_id, ':', 2) AS subject_id, -SUM(y.fen) AS fen FROM clearing_entry x
       JOIN clearing_leg y ON y.brand_id = x.brand_id AND y.entry_id = x.id AND y.position = 0
       WHERE x.brand_id = ? AND x.kind = 'CROSS_STORE_BACK' GROUP BY SUBSTRING_INDEX(x.subject_id, ':', 2)) b ON b.subject_id = e.subject_id
     WHERE t.brand_id = ? AND t.state = 'SENT' AND t.cost_fen > 0 GROUP BY t.order_id, t.shipping_store_id
     HAVING posted_fen <> cost_fen OR back_fen > cost_fen`,
  ),
];
