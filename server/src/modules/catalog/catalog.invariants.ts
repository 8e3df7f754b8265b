import { type Invariant, sqlInvariant } from '../../platform/invariants/invariant.js';

export const catalogInvariants: readonly Invariant[] = [
  sqlInvariant(
    'catalog-listing-price',
    '商品',
    '门店列表上的最低价和最高价，等于该门店各规格的实际售价',
    `SELECT l.store_id, l.product_id, l.price_fen, MIN(COALESCE(sp.price_fen, s.list_price_fen)) AS low, l.price_max_fen,
       MAX(COALESCE(sp.price_fen, s.list_price_fen)) AS high
     FROM listing l JOIN sku s ON s.brand_id = l.brand_id AND s.product_id = l.product_id
     LEFT JOIN store_price sp ON sp.brand_id = l.brand_id AND sp.store_id = l.store_id AND sp.sku_id = s.id
     WHERE l.brand_id = ? GROUP BY l.store_id, l.product_id, l.price_fen, l.price_max_fen HAVING l.price_fen <> low OR l.price_max_fen <> high`,
  ),
  sqlInvariant(
    'catalog-corridor',
    '商品',
    '每家门店的售价都在总部允许的范围内',
    `SELECT sp.store_id, sp.sku_id, sp.price_fen, p.floor_fen, p.ceiling_fen FROM store_price sp
     JOIN product p ON p.brand_id = sp.brand_id AND p.id = sp.product_id
     WHERE sp.brand_id = ? AND (sp.price_fen < p.floor_fen OR sp.price_fen > p.ceiling_fen)`,
  ),
];
