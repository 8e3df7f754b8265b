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
];
