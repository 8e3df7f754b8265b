import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** Promises of orders that must hold at any moment. */
export const orderInvariants = [
  sqlInvariant(
    'order-01',
    '订单',
    '每张订单的商品金额减优惠加运费等于应付总额，各行应付之和等于优惠后的商品金额，储值与现金合起来等于应付总额',
    `
    SELECT o.id, o.total_fen, o.goods_fen, o.freight_fen, o.wallet_fen, o.cash_fen, SUM(l.payable_fen) AS lines_fen, SUM(l.wallet_fen) AS lines_wallet_fen,
      o.goods_fen - o.promotion_fen - o.coupon_fen - o.points_fen AS to_pay_fen
    FROM sales_order o JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id
    WHERE o.brand_id = ? AND o.channel = 'MINIAPP'
    GROUP BY o.id, o.total_fen, o.goods_fen, o.freight_fen, o.wallet_fen, o.cash_fen, o.promotion_fen, o.coupon_fen, o.points_fen
    HAVING o.total_fen <> to_pay_fen + o.freight_fen OR lines_fen <> to_pay_fen OR o.total_fen <> o.wallet_fen + o.cash_fen
      OR o.wallet_fen < lines_wallet_fen OR o.wallet_fen - lines_wallet_fen > o.freight_fen`,
  ),
  sqlInvariant(
    'order-02',
    '订单',
    '退款从不超过实付：每一行、每一单都是',
    `
    SELECT o.id, o.total_fen, o.refunded_fen FROM sales_order o
    WHERE o.brand_id = ? AND o.channel = 'MINIAPP' AND (o.refunded_fen > o.total_fen OR EXISTS (
      SELECT 1 FROM order_line l WHERE l.brand_id = o.brand_id AND l.order_id = o.id AND (l.refunded_fen > l.payable_fen OR l.refunded_qty > l.qty)))`,
  ),
  sqlInvariant(
    'order-03',
    '订单',
    '订单上的已退金额等于所有成功退款之和',
    `
    SELECT o.id, o.refunded_fen, COALESCE(SUM(r.amount_fen + r.wallet_fen), 0) AS refunds_fen
    FROM sales_order o LEFT JOIN refund r ON r.brand_id = o.brand_id AND r.order_id = o.id AND r.state = 'SUCCESS' AND r.cause <> 'LATE_PAYMENT'
    WHERE o.brand_id = ? AND o.channel = 'MINIAPP' GROUP BY o.id, o.refunded_fen HAVING o.refunded_fen <> refunds_fen`,
  ),
  sqlInvariant(
    'order-04',
    '订单',
    '已付款的订单都有成功的支付，合起来正好是应付的现金',
    `
    SELECT o.id, o.state, o.cash_fen, SUM(p.amount_fen) AS paid_fen FROM sales_order o
    LEFT JOIN payment p ON p.brand_id = o.brand_id AND p.order_id = o.id AND p.state = 'PAID' AND p.is_late = 0
    WHERE o.brand_id = ? AND o.channel = 'MINIAPP' AND o.state IN ('TO_SHIP','TO_PICKUP','SHIPPED','RECEIVED','FINISHED','REFUNDED')
    GROUP BY o.id, o.state, o.cash_fen HAVING paid_fen IS NULL OR paid_fen <> o.cash_fen`,
  ),
];
