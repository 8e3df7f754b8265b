import { type BrandId, type Fen, parseFen, type StoreId } from '@shuke/shared/kernel';
import { marks, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Corridor } from '../domain/corridor.js';
import type { ProductId, SkuId } from '../domain/types.js';

/** A product as it is locked for a change of price. */
export interface PricedProduct extends Corridor {
  id: ProductId;
  name: string;
  subtitle: string;
  status: 'ON_SALE' | 'OFF_SALE' | 'PENDING';
  version: number;
}

interface PricedRow {
  id: ProductId;
  name: string;
  subtitle: string;
  status: 'ON_SALE' | 'OFF_SALE' | 'PENDING';
  list_price_fen: string;
  floor_fen: string;
  ceiling_fen: string;
  version: number;
}

const PRICED = 'p.id, p.name, p.subtitle, p.status, p.list_price_fen, p.floor_fen, p.ceiling_fen, p.version';
const pricedOf = (row: PricedRow): PricedProduct => ({
  id: row.id,
  name: row.name,
  subtitle: row.subtitle,
  status: row.status,
  listPriceFen: parseFen(row.list_price_fen),
  floorFen: parseFen(row.floor_fen),
  ceilingFen: parseFen(row.ceiling_fen),
  version: row.version,
});

/**
 * Changes of prices and of what stores list. Every price change first locks the product's row, so that a corridor and
 * the store prices inside it never change at the same time.
 */
export class ShelvingStore {
  async lockProduct(tx: Tx, brandId: BrandId, productId: ProductId): Promise<PricedProduct | null> {
    const [row] = await tx.query<PricedRow>(
      `SELECT ${PRICED} FROM product p WHERE p.brand_id = ? AND p.id = ? FOR UPDATE`,
      [brandId, productId],
    );
    return row ? pricedOf(row) : null;
  }

  async productOfSku(tx: Tx, brandId: BrandId, skuId: SkuId): Promise<ProductId | null> {
    const [row] = await tx.query<{ product_id: ProductId }>(
      'SELECT product_id FROM sku WHERE brand_id = ? AND id = ?',
      [brandId, skuId],
    );
    return row?.product_id ?? null;
  }

  async saveProduct(tx: Tx, brandId: BrandId, product: PricedProduct): Promise<void> {
    await tx.execute(
      `UPDATE product SET name = ?, subtitle = ?, status = ?, list_price_fen = ?, floor_fen = ?, ceiling_fen = ?, version = version + 1,
         updated_at = ? WHERE brand_id = ? AND id = ?`,
      [
        product.name,
        product.subtitle,
        product.status,
        product.listPriceFen,
        product.floorFen,
        product.ceilingFen,
        tx.now,
        brandId,
        product.id,
      ],
    );
  }

  /** SKUs at the old list price follow it; those with a price of their own keep it as far as the corridor allows. */
  async moveListPrices(tx: Tx, brandId: BrandId, product: PricedProduct, oldListFen: Fen): Promise<void> {
    await tx.execute(
      `UPDATE sku SET list_price_fen = IF(list_price_fen = ?, ?, LEAST(GREATEST(list_price_fen, ?), ?)) WHERE brand_id = ? AND product_id = ?`,
      [oldListFen, product.listPriceFen, product.floorFen, product.ceilingFen, brandId, product.id],
    );
  }

  /** Pulls store prices outside the corridor to its nearest edge; how many there were. */
  async pullStorePrices(tx: Tx, brandId: BrandId, product: PricedProduct): Promise<number> {
    const { affectedRows } = await tx.execute(
      `UPDATE store_price SET price_fen = LEAST(GREATEST(price_fen, ?), ?), updated_at = ?
       WHERE brand_id = ? AND product_id = ? AND (price_fen < ? OR price_fen > ?)`,
      [product.floorFen, product.ceilingFen, tx.now, brandId, product.id, product.floorFen, product.ceilingFen],
    );
    return affectedRows;
  }

  /** Sets a store's own price of a SKU, or clears it with null. */
  async setStorePrice(
    tx: Tx,
    brandId: BrandId,
    storeId: StoreId,
    sku: { id: SkuId; productId: ProductId },
    priceFen: Fen | null,
  ): Promise<void> {
    if (priceFen === null) {
      await tx.execute('DELETE FROM store_price WHERE brand_id = ? AND store_id = ? AND sku_id = ?', [
        brandId,
        storeId,
        sku.id,
      ]);
      return;
    }
    await tx.execute(
      `INSERT INTO store_price (brand_id, store_id, sku_id, product_id, price_fen, updated_at) VALUES (?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE price_fen = VALUES(price_fen), updated_at = VALUES(updated_at)`,
      [brandId, storeId, sku.id, sku.productId, priceFen, tx.now],
    );
  }

  /** Brings the lowest and highest price in the listings of a product up to date, in all stores or in one. */
  async refreshPrices(tx: Tx, brandId: BrandId, productId: ProductId, storeId?: StoreId): Promise<void> {
    const one = storeId ? ' AND l2.store_id = ?' : '';
    const values: SqlValue[] = storeId ? [brandId, productId, storeId] : [brandId, productId];
    await tx.execute(
      `UPDATE listing l JOIN (
         SELECT l2.store_id, MIN(COALESCE(sp.price_fen, s.list_price_fen)) AS low, MAX(COALESCE(sp.price_fen, s.list_price_fen)) AS high
         FROM listing l2 JOIN sku s ON s.brand_id = l2.brand_id AND s.product_id = l2.product_id
         LEFT JOIN store_price sp ON sp.brand_id = l2.brand_id AND sp.store_id = l2.store_id AND sp.sku_id = s.id
         WHERE l2.brand_id = ? AND l2.product_id = ?${one} GROUP BY l2.store_id) x ON x.store_id = l.store_id
       SET l.price_fen = x.low, l.price_max_fen = x.high WHERE l.brand_id = ? AND l.product_id = ?`,
      [...values, brandId, productId],
    );
  }

  /** Lists or unlists products in one store; a first listing gets its prices here. How many products there were. */
  async setListed(
    tx: Tx,
    brandId: BrandId,
    storeId: StoreId,
    productIds: readonly ProductId[],
    isListed: boolean,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO listing (brand_id, store_id, product_id, category_id, is_listed, price_fen, price_max_fen, rank_score, on_sale_at, sold_count)
       SELECT p.brand_id, ?, p.id, p.category_id, ?, MIN(COALESCE(sp.price_fen, s.list_price_fen)), MAX(COALESCE(sp.price_fen, s.list_price_fen)),
         p.rank_score, p.on_sale_at, 0
       FROM product p JOIN sku s ON s.brand_id = p.brand_id AND s.product_id = p.id
       LEFT JOIN store_price sp ON sp.brand_id = s.brand_id AND sp.store_id = ? AND sp.sku_id = s.id
       WHERE p.brand_id = ? AND p.id IN ${marks(productIds)} GROUP BY p.brand_id, p.id, p.category_id, p.rank_score, p.on_sale_at
       ON DUPLICATE KEY UPDATE is_listed = VALUES(is_listed), price_fen = VALUES(price_fen), price_max_fen = VALUES(price_max_fen)`,
      [storeId, isListed ? 1 : 0, storeId, brandId, ...productIds],
    );
  }

  /** Counts the pieces of paid orders into the sales of their stores and of the products; two statements. */
  async countSold(tx: Tx, brandId: BrandId, orderIds: readonly string[]): Promise<void> {
    if (orderIds.length === 0) return;
    const sold = `(SELECT o.store_id, i.product_id, SUM(i.qty) AS qty FROM sales_order o
       JOIN order_line i ON i.brand_id = o.brand_id AND i.order_id = o.id
       WHERE o.brand_id = ? AND o.id IN ${marks(orderIds)} AND i.product_id IS NOT NULL GROUP BY o.store_id, i.product_id)`;
    await tx.execute(
      `UPDATE listing l JOIN ${sold} x ON x.store_id = l.store_id AND x.product_id = l.product_id SET l.sold_count = l.sold_count + x.qty
       WHERE l.brand_id = ?`,
      [brandId, ...orderIds, brandId],
    );
    await tx.execute(
      `UPDATE product p JOIN (SELECT product_id, SUM(qty) AS qty FROM ${sold} y GROUP BY product_id) x ON x.product_id = p.id SET p.sold_count = p.sold_count + x.qty WHERE p.brand_id = ?`,
      [brandId, ...orderIds, brandId],
    );
  }
}
