import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** Promises of payments and refunds. */
export const paymentInvariants = [
  sqlInvariant(
    'pay-inv-01',
    '支付',
    '订单关闭之后收到的付款都会自动退回',
    `
    SELECT p.id, p.subject_id FROM payment p LEFT JOIN refund r ON r.brand_id = p.brand_id AND r.payment_id = p.id AND r.cause = 'LATE_PAYMENT'
    WHERE p.brand_id = ? AND p.is_late = 1 AND r.id IS NULL`,
  ),
  sqlInvariant(
    'pay-inv-02',
    '支付',
    '一笔支付的退款合计不超过实付',
    `
    SELECT p.id, p.amount_fen, SUM(r.amount_fen - r.deposit_fen) AS refunds_fen FROM payment p JOIN refund r ON r.brand_id = p.brand_id AND r.payment_id = p.id AND r.state <> 'FAILED'
    WHERE p.brand_id = ? GROUP BY p.id, p.amount_fen HAVING refunds_fen > p.amount_fen`,
  ),
  sqlInvariant(
    'pay-inv-03',
    '支付',
    '付了款的订单不会停在待付款',
    `
    SELECT o.id FROM sales_order o JOIN payment p ON p.brand_id = o.brand_id AND p.order_id = o.id
    WHERE o.brand_id = ? AND p.state = 'PAID' AND p.purpose <> 'DEPOSIT' AND o.state = 'PENDING_PAY'`,
  ),
];
