import { sqlInvariant } from '../../platform/invariants/invariant.js';

const AREA = '售后';

/** Promises of after-sale cases. */
export const afterSaleInvariants = [
  sqlInvariant(
    'after-sale-01',
    AREA,
    '售后中和已退的件数合起来，从不超过买的件数',
    `
    SELECT l.order_id, l.id, l.qty, l.refunded_qty, SUM(s.qty) AS open_qty FROM order_line l
    JOIN after_sale_line s ON s.brand_id = l.brand_id AND s.order_id = l.order_id AND s.line_id = l.id
    JOIN after_sale_case c ON c.brand_id = s.brand_id AND c.id = s.case_id AND c.state NOT IN ('DONE','REFUSED','CANCELLED')
    WHERE l.brand_id = ? GROUP BY l.order_id, l.id, l.qty, l.refunded_qty HAVING l.refunded_qty + open_qty > l.qty`,
  ),
  sqlInvariant(
    'after-sale-02',
    AREA,
    '完成的退款售后都有一笔成功的退款，金额一致',
    `
    SELECT c.id, c.case_no, c.refund_fen, r.state, r.amount_fen, r.wallet_fen FROM after_sale_case c LEFT JOIN refund r ON r.brand_id = c.brand_id AND r.id = c.refund_id
    WHERE c.brand_id = ? AND c.state = 'DONE' AND c.kind <> 'EXCHANGE' AND (r.id IS NULL OR r.state <> 'SUCCESS' OR r.amount_fen + r.wallet_fen <> c.refund_fen)`,
  ),
  sqlInvariant(
    'after-sale-03',
    AREA,
    '退款成功后，售后不会还停在退款中',
    `
    SELECT c.id, c.case_no FROM after_sale_case c JOIN refund r ON r.brand_id = c.brand_id AND r.id = c.refund_id
    WHERE c.brand_id = ? AND c.state = 'REFUNDING' AND r.state = 'SUCCESS'`,
  ),
  sqlInvariant(
    'after-sale-04',
    AREA,
    '每一笔退款的现金、储值和积分都不超过这一单当时付的',
    `
    SELECT o.id, o.cash_fen, o.wallet_fen, o.points_used, SUM(r.amount_fen) AS cash_back, SUM(r.wallet_fen) AS wallet_back, SUM(r.points_back) AS points_back FROM sales_order o
    JOIN refund r ON r.brand_id = o.brand_id AND r.order_id = o.id AND r.state <> 'FAILED' AND r.cause <> 'LATE_PAYMENT'
    WHERE o.brand_id = ? GROUP BY o.id, o.cash_fen, o.wallet_fen, o.points_used HAVING cash_back > o.cash_fen OR wallet_back > o.wallet_fen OR points_back > o.points_used`,
  ),
];
