import { type Invariant, sqlInvariant } from '../../platform/invariants/invariant.js';

export const inventoryInvariants: readonly Invariant[] = [
  sqlInvariant(
    'inventory-not-negative',
    '库存',
    '任何门店任何规格的库存都不会是负数，也不会占用超过实有的件数',
    `SELECT store_id, sku_id, on_hand, reserved, safety FROM stock WHERE brand_id = ? AND (on_hand < 0 OR reserved < 0 OR safety < 0 OR reserved > on_hand)`,
  ),
  sqlInvariant(
    'inventory-reserved',
    '库存',
    '被占用的件数，等于未完成订单占用的件数之和',
    `SELECT k.store_id, k.sku_id, k.reserved, COALESCE(SUM(r.qty), 0) AS held FROM stock k
     LEFT JOIN reservation r ON r.brand_id = k.brand_id AND r.store_id = k.store_id AND r.sku_id = k.sku_id AND r.state = 'HELD'
     WHERE k.brand_id = ? GROUP BY k.store_id, k.sku_id, k.reserved HAVING k.reserved <> held`,
  ),
  sqlInvariant(
    'inventory-returned',
    '库存',
    '退回的件数不超过卖出的件数',
    'SELECT order_id, sku_id, qty, returned_qty FROM reservation WHERE brand_id = ? AND (returned_qty < 0 OR returned_qty > qty)',
  ),
];
