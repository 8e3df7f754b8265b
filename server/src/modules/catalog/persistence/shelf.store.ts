import type { Category, ProductCard } from '@shuke/shared/contracts';
import { type BrandId, parseFen, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { CategoryId, Offer, ProductId, ProductName, SkuId } from '../domain/types.js';
import { type CardRow, type CategoryRow, cardOf } from './rows.js';

export type ShelfSort = 'recommended' | 'newest' | 'price-asc' | 'price-desc' | 'sales';

/** One page of a store's shelf. */
export interface ShelfQuery {
  brandId: BrandId;
  storeId: StoreId;
  sort: ShelfSort;
  limit: number;
  categoryId?: CategoryId | undefined;
  /** Words to look for in name, subtitle and code. */
  q?: string | undefined;
  inStockOnly?: boolean | undefined;
  /** Sort value and product id of the last row of the page before. */
  after?: { value: string; id: string } | undefined;
}

/** Each sort reads one index of `listing` in its own order; the product id makes the order total. */
const sorts: Record<ShelfSort, { column: string; direction: 'ASC' | 'DESC'; index: string | null }> = {
  recommended: { column: 'rank_score', direction: 'DESC', index: 'listing_rank' },
  newest: { column: 'on_sale_at', direction: 'DESC', index: 'listing_new' },
  'price-asc': { column: 'price_fen', direction: 'ASC', index: 'listing_price' },
  'price-desc': { column: 'price_fen', direction: 'DESC', index: 'listing_price' },
  sales: { column: 'sold_count', direction: 'DESC', index: null },
};

export const IN_STOCK = `EXISTS (SELECT 1 FROM stock k WHERE k.brand_id = l.brand_id AND k.product_id = l.product_id
  AND k.store_id = l.store_id AND k.is_free = 1)`;
export const CARD = 'p.id, p.code, p.name, p.subtitle, p.image_url, p.list_price_fen, p.badge, p.colours';

export interface ShelfRow extends CardRow {
  sort_value: string | number | Date;
}

/** Text for LIKE that stands for itself; `!` is the escape in every statement here. */
export const likeText = (text: string): string => `%${text.trim().replace(/[!%_]/g, (found) => `!${found}`)}%`;

interface OfferRow {
  id: SkuId;
  code: string;
  product_id: ProductId;
  category_id: CategoryId;
  name: string;
  colour: string;
  size: string;
  image_url: string;
  price_fen: string;
  list_price_fen: string;
  is_listed: number | null;
  status: string;
  available: string;
  set_aside: string;
  for_pickup: number | null;
  for_delivery: number | null;
}

export interface SkuSpec {
  productId: ProductId;
  colour: string;
  size: string;
}

/** Reading what stores sell: the hot path of the mall. */
export class ShelfStore {
  /** One page in one statement, with one row more than asked for when there is a next page. */
  async page(on: Queryable, query: ShelfQuery): Promise<ShelfRow[]> {
    const sort = sorts[query.sort];
    const index = query.categoryId ? (query.sort === 'recommended' ? 'listing_category' : null) : sort.index;
    const column = `l.${sort.column}`;
    const where = ['l.brand_id = ?', 'l.store_id = ?', 'l.is_listed = 1', "p.status = 'ON_SALE'"];
    const values: SqlValue[] = [query.brandId, query.storeId];
    if (query.categoryId) {
      where.push('l.category_id = ?');
      values.push(query.categoryId);
    }
    if (query.q?.trim()) {
      const like = likeText(query.q);
      where.push("(p.name LIKE ? ESCAPE '!' OR p.subtitle LIKE ? ESCAPE '!' OR p.code LIKE ? ESCAPE '!')");
      values.push(like, like, like);
    }
    if (query.inStockOnly) where.push(IN_STOCK);
    if (query.after) {
      const [edge, past] = sort.direction === 'DESC' ? ['<=', '<'] : ['>=', '>'];
      const value = query.sort === 'newest' ? new Date(Number(query.after.value)) : query.after.value;
      where.push(`${column} ${edge} ? AND (${column} ${past} ? OR l.product_id ${past} ?)`);
      values.push(value, value, query.after.id);
    }
    return on.query<ShelfRow>(
      `SELECT STRAIGHT_JOIN ${CARD}, l.price_fen, l.price_max_fen, ${column} AS sort_value, ${IN_STOCK} AS in_stock
       FROM listing l${index ? ` FORCE INDEX (${index})` : ''} JOIN product p ON p.brand_id = l.brand_id AND p.id = l.product_id
       WHERE ${where.join(' AND ')} ORDER BY ${column} ${sort.direction}, l.product_id ${sort.direction} LIMIT ?`,
      [...values, query.limit + 1],
    );
  }

  /** Categories of which the store lists something, in headquarters' order. */
  async categories(on: Queryable, brandId: BrandId, storeId: StoreId): Promise<Category[]> {
    const rows = await on.query<CategoryRow>(
      `SELECT c.id, c.name, c.icon_url, COUNT(*) AS count
       FROM category c JOIN listing l ON l.brand_id = c.brand_id AND l.category_id = c.id
       JOIN product p ON p.brand_id = l.brand_id AND p.id = l.product_id AND p.status = 'ON_SALE'
       WHERE c.brand_id = ? AND l.store_id = ? AND l.is_listed = 1 GROUP BY c.id, c.name, c.icon_url, c.position ORDER BY c.position, c.id`,
      [brandId, storeId],
    );
    return rows.map((row) => ({ id: row.id, name: row.name, iconUrl: row.icon_url, productCount: Number(row.count) }));
  }

  /** The SKU behind a code on a tag. */
  async skuOfCode(on: Queryable, brandId: BrandId, code: string): Promise<SkuId | null> {
    const [row] = await on.query<{ id: SkuId }>('SELECT id FROM sku WHERE brand_id = ? AND code = ?', [brandId, code]);
    return row?.id ?? null;
  }

  /** What one store asks for some SKUs; unknown ids are missing from the answer. */
  async offers(on: Queryable, brandId: BrandId, storeId: StoreId, skuIds: readonly SkuId[]): Promise<Offer[]> {
    const rows = await on.query<OfferRow>(
      `SELECT s.id, s.code, s.product_id, p.category_id, p.name, s.colour, s.size, s.image_url,
         COALESCE(sp.price_fen, s.list_price_fen) AS price_fen, s.list_price_fen, l.is_listed, p.status, k.for_pickup, k.for_delivery,
         GREATEST(COALESCE(k.on_hand - k.reserved - k.safety - k.set_aside, 0), 0) AS available, COALESCE(k.set_aside, 0) AS set_aside
       FROM sku s JOIN product p ON p.brand_id = s.brand_id AND p.id = s.product_id
       LEFT JOIN listing l ON l.brand_id = s.brand_id AND l.store_id = ? AND l.product_id = s.product_id
       LEFT JOIN store_price sp ON sp.brand_id = s.brand_id AND sp.store_id = ? AND sp.sku_id = s.id
       LEFT JOIN stock k ON k.brand_id = s.brand_id AND k.store_id = ? AND k.sku_id = s.id
       WHERE s.brand_id = ? AND s.id IN ${marks(skuIds)}`,
      [storeId, storeId, storeId, brandId, ...skuIds],
    );
    return rows.map((row) => ({
      skuId: row.id,
      skuCode: row.code,
      productId: row.product_id,
      categoryId: row.category_id,
      name: row.name,
      colour: row.colour,
      size: row.size,
      imageUrl: row.image_url,
      priceFen: parseFen(row.price_fen),
      listPriceFen: parseFen(row.list_price_fen),
      isListed: row.is_listed === 1,
      isOnSale: row.status === 'ON_SALE',
      available: Number(row.available),
      setAside: Number(row.set_aside),
      forPickup: row.for_pickup !== 0,
      forDelivery: row.for_delivery !== 0,
    }));
  }

  /** Cards of some products, priced and stocked as a store does, else at list price and in stock wherever it is. */
  async cards(
    on: Queryable,
    brandId: BrandId,
    ids: readonly ProductId[],
    storeId?: StoreId,
  ): Promise<Map<ProductId, ProductCard>> {
    const rows = storeId
      ? await on.query<CardRow>(
          `SELECT ${CARD}, COALESCE(l.price_fen, p.list_price_fen) AS price_fen, COALESCE(l.price_max_fen, p.list_price_fen) AS price_max_fen,
             (COALESCE(l.is_listed, 0) = 1 AND ${IN_STOCK}) AS in_stock
           FROM product p LEFT JOIN listing l ON l.brand_id = p.brand_id AND l.store_id = ? AND l.product_id = p.id
           WHERE p.brand_id = ? AND p.id IN ${marks(ids)}`,
          [storeId, brandId, ...ids],
        )
      : await on.query<CardRow>(
          `SELECT ${CARD}, p.list_price_fen AS price_fen, p.list_price_fen AS price_max_fen,
             EXISTS (SELECT 1 FROM stock k WHERE k.brand_id = p.brand_id AND k.product_id = p.id AND k.is_free = 1) AS in_stock
           FROM product p WHERE p.brand_id = ? AND p.id IN ${marks(ids)}`,
          [brandId, ...ids],
        );
    return new Map(rows.map((row) => [row.id, cardOf(row)]));
  }

  async names(on: Queryable, brandId: BrandId, ids: readonly ProductId[]): Promise<Map<ProductId, ProductName>> {
    const rows = await on.query<{ id: ProductId; code: string; name: string; image_url: string }>(
      `SELECT id, code, name, image_url FROM product WHERE brand_id = ? AND id IN ${marks(ids)}`,
      [brandId, ...ids],
    );
    return new Map(
      rows.map((row) => [row.id, { id: row.id, code: row.code, name: row.name, imageUrl: row.image_url }]),
    );
  }

  async categoryNames(on: Queryable, brandId: BrandId, ids: readonly CategoryId[]): Promise<Map<CategoryId, string>> {
    const rows = await on.query<{ id: CategoryId; name: string }>(
      `SELECT id, name FROM category WHERE brand_id = ? AND id IN ${marks(ids)}`,
      [brandId, ...ids],
    );
    return new Map(rows.map((row) => [row.id, row.name]));
  }

  async skuSpec(on: Queryable, brandId: BrandId, skuId: SkuId): Promise<SkuSpec | null> {
    const [row] = await on.query<{ product_id: ProductId; colour: string; size: string }>(
      'SELECT product_id, colour, size FROM sku WHERE brand_id = ? AND id = ?',
      [brandId, skuId],
    );
    return row ? { productId: row.product_id, colour: row.colour, size: row.size } : null;
  }
}
