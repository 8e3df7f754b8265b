import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** Promises of coupons that must hold at any moment. */
export const couponInvariants = [
  sqlInvariant(
    'coupon-total',
    '券',
    '发出和预留的券从不超过总张数',
    'SELECT id, issued_count, reserved_count, total_count FROM coupon_template WHERE brand_id = ? AND total_count IS NOT NULL AND issued_count + reserved_count > total_count',
  ),
  sqlInvariant(
    'coupon-budget',
    '券',
    '已花费加上最坏情况下可能花费的金额从不超过预算',
    'SELECT id, spent_fen, committed_fen, budget_fen FROM coupon_template WHERE brand_id = ? AND budget_fen IS NOT NULL AND spent_fen + committed_fen > budget_fen',
  ),
  sqlInvariant(
    'coupon-counters',
    '券',
    '券模板上的数目等于每一张券的合计',
    `SELECT t.id, t.issued_count, t.used_count, t.spent_fen, t.committed_fen FROM coupon_template t
     LEFT JOIN (SELECT template_id, COUNT(*) AS issued, SUM(state = 'USED') AS used, SUM(IF(state = 'USED', use_fen, 0)) AS spent,
         SUM(CASE WHEN state IN ('ISSUED','AVAILABLE','LOCKED','GIVING') THEN worst_fen WHEN state = 'USED' THEN kept_fen ELSE 0 END) AS open
       FROM coupon WHERE brand_id = ? GROUP BY template_id) c ON c.template_id = t.id
     LEFT JOIN (SELECT template_id, SUM(total - taken) AS promised, SUM((total - taken) * worst_fen) AS worst
       FROM coupon_offer WHERE brand_id = ? AND state IN ('PREPARED','SENT') GROUP BY template_id) o ON o.template_id = t.id
     WHERE t.brand_id = ? AND (t.issued_count <> COALESCE(c.issued, 0) OR t.used_count <> COALESCE(c.used, 0) OR t.spent_fen <> COALESCE(c.spent, 0)
       OR t.reserved_count <> COALESCE(o.promised, 0) OR t.committed_fen <> COALESCE(c.open, 0) + COALESCE(o.worst, 0))`,
  ),
  sqlInvariant(
    'coupon-locked-order',
    '券',
    '被占用的券都属于一张还没付款的订单',
    `SELECT c.id, c.order_id FROM coupon c LEFT JOIN sales_order o ON o.brand_id = c.brand_id AND o.id = c.order_id
     WHERE c.brand_id = ? AND c.state = 'LOCKED' AND (o.id IS NULL OR o.state <> 'PENDING_PAY')`,
  ),
  sqlInvariant(
    'coupon-use-once',
    '券',
    '每张用掉的券只属于一张订单或一次核销，优惠不超过券面',
    `SELECT id, state, use_fen, worst_fen FROM coupon WHERE brand_id = ? AND ((state = 'USED' AND ((order_id IS NULL) = (redemption_id IS NULL) OR use_fen IS NULL OR use_fen > worst_fen))
       OR (state IN ('AVAILABLE','GIVING') AND (order_id IS NOT NULL OR redemption_id IS NOT NULL)))`,
  ),
  sqlInvariant(
    'coupon-gift-chain',
    '券',
    '一张券最多转送一次',
    'SELECT id, gift_count FROM coupon WHERE brand_id = ? AND gift_count > 1',
  ),
  sqlInvariant(
    'coupon-cleared',
    '券',
    '每次使用的优惠都记给了承担方',
    `SELECT c.id, c.use_fen FROM coupon c WHERE c.brand_id = ? AND c.state = 'USED' AND c.use_fen > 0 AND c.use_store_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM clearing_entry e WHERE e.brand_id = c.brand_id AND e.kind = 'COUPON_USE' AND e.subject_id = CONCAT(c.id, ':', COALESCE(c.order_id, c.redemption_id)))`,
  ),
  sqlInvariant(
    'coupon-offer-count',
    '券',
    '导购券卡被领走的张数等于领取记录',
    `SELECT o.id, o.taken FROM coupon_offer o WHERE o.brand_id = ? AND (o.taken > o.total
       OR o.taken <> (SELECT COUNT(*) FROM coupon_offer_taker k WHERE k.brand_id = o.brand_id AND k.offer_id = o.id))`,
  ),
];
