import { type BrandId, type Fen, parseFen, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface ShelfRow {
  skuId: string;
  skuCode: string;
  name: string;
  productId: string;
  categoryId: string;
  listPriceFen: Fen;
  floorFen: Fen;
  priceFen: Fen;
  /** One of the stores that ask this price. */
  storeId: StoreId;
}

const MOST_ROWS = 4000;
const PAGE_OF_ORDERS = 500;

/** What other areas' tables say about goods, prices and past orders, read for checks of promotions. */
export class ShelfStore {
  /** The category of a product that a store lists, or null for one that it does not. */
  async categoryOf(on: Queryable, brandId: BrandId, storeId: StoreId, productId: string): Promise<string | null> {
    const [row] = await on.query<{ category_id: string }>(
      'SELECT category_id FROM listing WHERE brand_id = ? AND store_id = ? AND product_id = ? AND is_listed = 1',
      [brandId, storeId, productId],
    );
    return row?.category_id ?? null;
  }

  /** Listed SKUs, each once per price that some store asks; at most four thousand. */
  async prices(on: Queryable, brandId: BrandId, storeIds: readonly StoreId[]): Promise<ShelfRow[]> {
    const rows = await on.query<Record<string, string>>(
      `SELECT s.id AS sku_id, s.code, p.name, p.id AS product_id, p.category_id, s.list_price_fen, p.floor_fen,
              COALESCE(sp.price_fen, s.list_price_fen) AS price_fen, MIN(l.store_id) AS store_id
       FROM listing l JOIN product p ON p.brand_id = l.brand_id AND p.id = l.product_id
         JOIN sku s ON s.brand_id = p.brand_id AND s.product_id = p.id
         LEFT JOIN store_price sp ON sp.brand_id = l.brand_id AND sp.store_id = l.store_id AND sp.sku_id = s.id
       WHERE l.brand_id = ? AND l.is_listed = 1 AND p.status = 'ON_SALE' AND l.store_id IN ${marks(storeIds)}
       GROUP BY s.id, s.code, p.name, p.id, p.category_id, s.list_price_fen, p.floor_fen, COALESCE(sp.price_fen, s.list_price_fen)
       ORDER BY s.id LIMIT ${MOST_ROWS}`,
      [brandId, ...storeIds],
    );
    return rows.map((row) => ({
      skuId: row['sku_id'] as string,
      skuCode: row['code'] as string,
      name: row['name'] as string,
      productId: row['product_id'] as string,
      categoryId: row['category_id'] as string,
      listPriceFen: parseFen(row['list_price_fen']),
      floorFen: parseFen(row['floor_fen']),
      priceFen: parseFen(row['price_fen']),
      storeId: row['store_id'] as StoreId,
    }));
  }

  /**
   * The honest basis of a discount: the lowest deal price of the days before, else the lowest shelf price
   * (规范促销行为暂行规定, article 20), by `store:sku`.
   */
  async lows(
    on: Queryable,
    brandId: BrandId,
    storeIds: readonly StoreId[],
    skuIds: readonly string[],
    fromDay: string,
    untilDay: string,
  ): Promise<Map<string, Fen>> {
    if (storeIds.length === 0 || skuIds.length === 0) return new Map();
    const rows = await on.query<{ store_id: string; sku_id: string; deal: string | null; shelf: string | null }>(
      `SELECT store_id, sku_id, MIN(deal_fen) AS deal, MIN(shelf_fen) AS shelf FROM price_low
       WHERE brand_id = ? AND store_id IN ${marks(storeIds)} AND sku_id IN ${marks(skuIds)} AND day >= ? AND day < ?
       GROUP BY store_id, sku_id`,
      [brandId, ...storeIds, ...skuIds, fromDay, untilDay],
    );
    return new Map(
      rows.flatMap((row) => {
        const low = row.deal ?? row.shelf;
        return low === null ? [] : [[`${row.store_id}:${row.sku_id}`, parseFen(low)] as const];
      }),
    );
  }

  /** Notes a day's lowest deal prices from its paid orders; safe to run again. */
  async noteDeals(tx: Tx, brandId: BrandId, day: string, from: Date, until: Date): Promise<void> {
    await tx.execute(
      `INSERT INTO price_low (brand_id, store_id, sku_id, day, deal_fen, shelf_fen)
       SELECT o.brand_id, o.store_id, l.sku_id, ?, MIN(l.payable_fen DIV l.qty), NULL
       FROM sales_order o JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id
       WHERE o.brand_id = ? AND o.paid_at >= ? AND o.paid_at < ? AND o.kind = 'SALE' AND l.sku_id IS NOT NULL AND l.qty > 0 AND l.payable_fen > 0
       GROUP BY o.brand_id, o.store_id, l.sku_id
       ON DUPLICATE KEY UPDATE deal_fen = VALUES(deal_fen)`,
      [day, brandId, from, until],
    );
  }

  /** Notes what the shelf asks now, when that is lower than what was noted of the day before. */
  async noteShelf(tx: Tx, brandId: BrandId, day: string): Promise<void> {
    await tx.execute(
      `INSERT INTO price_low (brand_id, store_id, sku_id, day, deal_fen, shelf_fen)
       SELECT l.brand_id, l.store_id, s.id, ?, NULL, COALESCE(sp.price_fen, s.list_price_fen)
       FROM listing l JOIN sku s ON s.brand_id = l.brand_id AND s.product_id = l.product_id
         LEFT JOIN store_price sp ON sp.brand_id = l.brand_id AND sp.store_id = l.store_id AND sp.sku_id = s.id
       WHERE l.brand_id = ? AND l.is_listed = 1
       ON DUPLICATE KEY UPDATE shelf_fen = LEAST(COALESCE(price_low.shelf_fen, VALUES(shelf_fen)), VALUES(shelf_fen))`,
      [day, brandId],
    );
  }

  async forgetLows(tx: Tx, brandId: BrandId, beforeDay: string): Promise<void> {
    await tx.execute('DELETE FROM price_low WHERE brand_id = ? AND day < ?', [brandId, beforeDay]);
  }

  /**
   * A page of paid orders with what was bought in them, oldest first. Orders of goods that are not known, such as imported
   * ones, are looked at and left out; presents were not bought.
   * @returns where the next page begins, null after the last
   */
  async pastOrders(
    on: Queryable,
    brandId: BrandId,
    storeIds: readonly StoreId[],
    from: Date,
    after: string,
    limit = PAGE_OF_ORDERS,
  ): Promise<{ orders: PastRows[]; next: string | null }> {
    const rows = await on.query<Record<string, string | number | null>>(
      `SELECT o.id, o.order_no, o.store_id, o.fulfil, l.sku_id, l.product_id, l.category_id, l.qty, l.unit_price_fen,
              NOT EXISTS (SELECT 1 FROM sales_order e WHERE e.brand_id = o.brand_id AND e.member_id = o.member_id AND e.created_at < o.created_at AND e.paid_at IS NOT NULL) AS is_first
       FROM (SELECT brand_id, id, order_no, store_id, fulfil, member_id, created_at FROM sales_order
             WHERE brand_id = ? AND id > ? AND paid_at >= ? AND kind = 'SALE' AND channel = 'MINIAPP' AND store_id IN ${marks(storeIds)}
             ORDER BY id LIMIT ?) o
         LEFT JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id AND l.sku_id IS NOT NULL AND l.product_id IS NOT NULL AND l.unit_price_fen > 0
       ORDER BY o.id`,
      [brandId, after, from, ...storeIds, limit],
    );
    const seen = [...new Set(rows.map((row) => String(row['id'])))];
    const orders = new Map<string, PastRows>();
    for (const row of rows.filter((one) => one['sku_id'] !== null)) {
      const id = String(row['id']);
      const order = orders.get(id) ?? pastOrder(row);
      const twin = order.lines.find((line) => line.skuId === String(row['sku_id']));
      if (twin) twin.qty += Number(row['qty']);
      else order.lines.push(pastLine(row));
      orders.set(id, order);
    }
    return { orders: [...orders.values()], next: seen.length === limit ? (seen.at(-1) ?? null) : null };
  }
}

const pastOrder = (row: Record<string, string | number | null>): PastRows => ({
  id: String(row['id']),
  orderNo: String(row['order_no']),
  storeId: String(row['store_id']) as StoreId,
  isFirst: Number(row['is_first']) === 1,
  isPickup: row['fulfil'] === 'PICKUP',
  lines: [],
});

function pastLine(row: Record<string, string | number | null>): PastRows['lines'][number] {
  const unit = parseFen(row['unit_price_fen']);
  return {
    skuId: String(row['sku_id']),
    productId: String(row['product_id']),
    categoryId: String(row['category_id'] ?? ''),
    qty: Number(row['qty']),
    unitPriceFen: unit,
    listPriceFen: unit,
  };
}

export interface PastRows {
  id: string;
  orderNo: string;
  storeId: StoreId;
  isFirst: boolean;
  isPickup: boolean;
  lines: {
    skuId: string;
    productId: string;
    categoryId: string;
    qty: number;
    unitPriceFen: Fen;
    listPriceFen: Fen;
  }[];
}
