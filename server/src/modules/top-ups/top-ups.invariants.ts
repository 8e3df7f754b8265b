import { sqlInvariant } from '../../platform/invariants/invariant.js';

const AREA = '储值';

/** Promises of top-ups. */
export const topUpInvariants = [
  sqlInvariant(
    'top-up-01',
    AREA,
    '每笔到账的充值恰好入账一次：本金等于实付，赠金等于承诺',
    `SELECT t.id, t.pay_fen, t.bonus_fen, SUM(CASE WHEN l.kind = 'PRINCIPAL' THEN l.granted ELSE 0 END) AS principal,
       SUM(CASE WHEN l.kind = 'BONUS' THEN l.granted ELSE 0 END) AS bonus FROM top_up t
     LEFT JOIN asset_lot l ON l.brand_id = t.brand_id AND l.origin_kind = 'TOP_UP' AND l.origin_id = t.id
     WHERE t.brand_id = ? AND t.state IN ('CREDITED','PARTLY_REFUNDED','REFUNDED') GROUP BY t.id, t.pay_fen, t.bonus_fen
     HAVING COALESCE(principal, 0) <> t.pay_fen OR COALESCE(bonus, 0) <> t.bonus_fen`,
  ),
  sqlInvariant(
    'top-up-02',
    AREA,
    '退回的余额从不超过充值实付，且与退款记录一致',
    `SELECT t.id, t.pay_fen, t.refunded_fen, COALESCE(SUM(r.refund_fen), 0) AS refunds FROM top_up t
     LEFT JOIN wallet_refund r ON r.brand_id = t.brand_id AND r.top_up_id = t.id AND r.state = 'DONE'
     WHERE t.brand_id = ? GROUP BY t.id, t.pay_fen, t.refunded_fen HAVING refunds <> t.refunded_fen OR t.refunded_fen > t.pay_fen`,
  ),
];
