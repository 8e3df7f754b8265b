import { sqlInvariant } from '../../platform/invariants/invariant.js';

/** What must always hold for promotions. */
export const promotionInvariants = [
  sqlInvariant(
    'promotion-01',
    'promotions',
    '活动用掉的总次数和总金额不超过上限',
    `SELECT p.id, c.used_count, p.total_limit, c.used_fen, p.budget_fen FROM promotion p
     JOIN promotion_counter c ON c.brand_id = p.brand_id AND c.promotion_id = p.id AND c.counter = 'ALL'
     WHERE p.brand_id = ? AND (c.used_count > p.total_limit OR c.used_fen > p.budget_fen)`,
  ),
  sqlInvariant(
    'promotion-02',
    'promotions',
    '活动名额不会变成负数',
    'SELECT promotion_id, counter, used_count, used_fen FROM promotion_counter WHERE brand_id = ? AND (used_count < 0 OR used_fen < 0)',
  ),
  sqlInvariant(
    'promotion-03',
    'promotions',
    '拼团人数与已付款的席位一致，没有超员的团',
    `SELECT g.id, g.joined, g.size, COUNT(s.order_id) AS seats FROM group_buy g
     LEFT JOIN group_buy_seat s ON s.brand_id = g.brand_id AND s.group_id = g.id AND s.state = 'PAID'
     WHERE g.brand_id = ? AND g.state = 'OPEN' GROUP BY g.id, g.joined, g.size HAVING g.joined <> COUNT(s.order_id) OR g.joined > g.size`,
  ),
  sqlInvariant(
    'promotion-04',
    'promotions',
    '砍价的每一刀加起来等于已砍的金额，最后正好到底价',
    `SELECT b.id, b.start_fen, b.now_fen, b.floor_fen, SUM(h.fen) AS cut FROM bargain b
     LEFT JOIN bargain_help h ON h.brand_id = b.brand_id AND h.bargain_id = b.id
     WHERE b.brand_id = ? GROUP BY b.id, b.start_fen, b.now_fen, b.floor_fen, b.state
     HAVING b.start_fen - b.now_fen <> COALESCE(SUM(h.fen), 0) OR b.now_fen < b.floor_fen OR (b.state = 'AT_FLOOR' AND b.now_fen <> b.floor_fen)`,
  ),
  sqlInvariant(
    'promotion-05',
    'promotions',
    '划给秒杀的件数，等于各场秒杀还没卖出的件数之和，没有一场卖得比划出的多',
    `SELECT k.store_id, k.sku_id, k.set_aside, COALESCE(h.held, 0) AS held, h.most FROM stock k
     LEFT JOIN (SELECT CAST(SUBSTRING_INDEX(SUBSTRING_INDEX(counter, ':', 2), ':', -1) AS SIGNED) AS store_id, CAST(SUBSTRING_INDEX(counter, ':', -1) AS SIGNED) AS sku_id,
         SUM(held_count - used_count) AS held, MAX(used_count - held_count) AS most
       FROM promotion_counter WHERE brand_id = ? AND held_count IS NOT NULL GROUP BY 1, 2) h ON h.store_id = k.store_id AND h.sku_id = k.sku_id
     WHERE k.brand_id = ? AND (k.set_aside <> 0 OR h.held IS NOT NULL) AND (k.set_aside < 0 OR k.set_aside <> COALESCE(h.held, 0) OR h.most > 0)`,
  ),
];
