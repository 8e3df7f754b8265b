import type { ConsoleProduct, StoreListing } from '@shuke/shared/contracts';
import { type BrandId, parseFen, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { CategoryId, ProductId, SkuId } from '../domain/types.js';
import { likeText } from './shelf.store.js';

export interface DeskQuery {
  brandId: BrandId;
  /** Stores whose counts may be shown; 'ALL' for headquarters. */
  scope: readonly StoreId[] | 'ALL';
  limit: number;
  productId?: ProductId | undefined;
  q?: string | undefined;
  categoryId?: CategoryId | undefined;
  status?: 'ON_SALE' | 'OFF_SALE' | undefined;
  /** Own goods of others are left out; null shows headquarters' catalogue alone, undefined everything. */
  franchiseeId?: string | null | undefined;
  /** Code of the last row of the page before. */
  after?: string | undefined;
}

interface ProductRow {
  id: ProductId;
  code: string;
  name: string;
  subtitle: string;
  image_url: string;
  category_id: CategoryId;
  category_name: string | null;
  status: 'ON_SALE' | 'OFF_SALE' | 'PENDING';
  owner_franchisee_id: string | null;
  list_price_fen: string;
  floor_fen: string;
  ceiling_fen: string;
  version: number;
  updated_at: Date;
  sku_count: string;
  listed_count: string;
  on_hand: string;
}
interface ListingRow {
  product_id: ProductId;
  product_code: string;
  name: string;
  image_url: string;
  is_listed: number;
  list_price_fen: string;
  floor_fen: string;
  ceiling_fen: string;
  sku_id: SkuId;
  sku_code: string;
  colour: string;
  size: string;
  sku_list_fen: string;
  store_price_fen: string | null;
  on_hand: number;
  reserved: number;
  safety: number;
  set_aside: number;
  for_pickup: number | null;
  for_delivery: number | null;
}

function filters(query: Omit<DeskQuery, 'scope' | 'limit'>): { where: string; values: SqlValue[] } {
  const where = ['p.brand_id = ?'];
  const values: SqlValue[] = [query.brandId];
  const add = (condition: string, ...bound: SqlValue[]) => {
    where.push(condition);
    values.push(...bound);
  };
  if (query.productId) add('p.id = ?', query.productId);
  if (query.categoryId) add('p.category_id = ?', query.categoryId);
  if (query.status) add('p.status = ?', query.status);
  if (query.q?.trim()) {
    const like = likeText(query.q);
    add("(p.name LIKE ? ESCAPE '!' OR p.code LIKE ? ESCAPE '!')", like, like);
  }
  if (query.franchiseeId !== undefined)
    add('(p.owner_franchisee_id IS NULL OR p.owner_franchisee_id = ?)', query.franchiseeId);
  if (query.after) add('p.code > ?', query.after);
  return { where: where.join(' AND '), values };
}

/** The catalogue as desks see it; pages are ordered by product code. */
export class DeskStore {
  /** Products with their counts in the actor's scope, one row more than asked for; one statement. */
  async products(on: Queryable, query: DeskQuery): Promise<ConsoleProduct[]> {
    const { where, values } = filters(query);
    const inScope = query.scope === 'ALL' ? '' : ` AND x.store_id IN ${marks(query.scope)}`;
    const scope = query.scope === 'ALL' ? [] : query.scope;
    const rows = await on.query<ProductRow>(
      `SELECT p.id, p.code, p.name, p.subtitle, p.image_url, p.category_id, c.name AS category_name, p.status, p.owner_franchisee_id, p.list_price_fen, p.floor_fen,
         p.ceiling_fen, p.version, p.updated_at,
         (SELECT COUNT(*) FROM sku s WHERE s.brand_id = p.brand_id AND s.product_id = p.id) AS sku_count,
         (SELECT COUNT(*) FROM listing x WHERE x.brand_id = p.brand_id AND x.product_id = p.id AND x.is_listed = 1${inScope}) AS listed_count,
         (SELECT COALESCE(SUM(x.on_hand), 0) FROM stock x WHERE x.brand_id = p.brand_id AND x.product_id = p.id${inScope}) AS on_hand
       FROM product p LEFT JOIN category c ON c.brand_id = p.brand_id AND c.id = p.category_id
       WHERE ${where} ORDER BY p.code LIMIT ?`,
      [...scope, ...scope, ...values, query.limit + 1],
    );
    return rows.map((row) => ({
      id: row.id,
      code: row.code,
      name: row.name,
      subtitle: row.subtitle,
      imageUrl: row.image_url,
      categoryId: row.category_id,
      categoryName: row.category_name ?? '',
      status: row.status === 'ON_SALE' ? 'ON_SALE' : 'OFF_SALE',
      isPending: row.status === 'PENDING',
      listPriceFen: parseFen(row.list_price_fen),
      floorFen: parseFen(row.floor_fen),
      ceilingFen: parseFen(row.ceiling_fen),
      skuCount: Number(row.sku_count),
      listedStoreCount: Number(row.listed_count),
      totalOnHand: Number(row.on_hand),
      version: row.version,
      updatedAt: row.updated_at.toISOString(),
    }));
  }

  async categories(on: Queryable, brandId: BrandId): Promise<{ id: CategoryId; name: string }[]> {
    return on.query('SELECT id, name FROM category WHERE brand_id = ? ORDER BY position, id', [brandId]);
  }

  /** Products of the catalogue as one store sells or could sell them, with a row per SKU; one statement. */
  async listings(on: Queryable, storeId: StoreId, query: Omit<DeskQuery, 'scope'>): Promise<StoreListing[]> {
    const { where, values } = filters(query);
    const rows = await on.query<ListingRow>(
      `SELECT p.id AS product_id, p.code AS product_code, p.name, p.image_url, COALESCE(l.is_listed, 0) AS is_listed, p.list_price_fen,
         p.floor_fen, p.ceiling_fen, s.id AS sku_id, s.code AS sku_code, s.colour, s.size, s.list_price_fen AS sku_list_fen,
         sp.price_fen AS store_price_fen, COALESCE(k.on_hand, 0) AS on_hand, COALESCE(k.reserved, 0) AS reserved, COALESCE(k.safety, 0) AS safety, COALESCE(k.set_aside, 0) AS set_aside,
         k.for_pickup, k.for_delivery
       FROM (SELECT p.* FROM product p WHERE ${where} ORDER BY p.code LIMIT ?) p
       JOIN sku s ON s.brand_id = p.brand_id AND s.product_id = p.id
       LEFT JOIN listing l ON l.brand_id = p.brand_id AND l.store_id = ? AND l.product_id = p.id
       LEFT JOIN store_price sp ON sp.brand_id = s.brand_id AND sp.store_id = ? AND sp.sku_id = s.id
       LEFT JOIN stock k ON k.brand_id = s.brand_id AND k.store_id = ? AND k.sku_id = s.id
       ORDER BY p.code, s.position, s.id`,
      [...values, query.limit + 1, storeId, storeId, storeId],
    );
    const found = new Map<ProductId, StoreListing>();
    for (const row of rows) {
      const listing = found.get(row.product_id) ?? listingOf(row);
      found.set(row.product_id, listing);
      listing.skus.push(skuOf(row));
    }
    return [...found.values()];
  }
}

const listingOf = (row: ListingRow): StoreListing => ({
  productId: row.product_id,
  code: row.product_code,
  name: row.name,
  imageUrl: row.image_url,
  isListed: Number(row.is_listed) === 1,
  listPriceFen: parseFen(row.list_price_fen),
  floorFen: parseFen(row.floor_fen),
  ceilingFen: parseFen(row.ceiling_fen),
  skus: [],
});

function skuOf(row: ListingRow): StoreListing['skus'][number] {
  const [onHand, reserved, safety] = [Number(row.on_hand), Number(row.reserved), Number(row.safety)];
  const setAside = Number(row.set_aside);
  return {
    skuId: row.sku_id,
    code: row.sku_code,
    colour: row.colour,
    size: row.size,
    listPriceFen: parseFen(row.sku_list_fen),
    storePriceFen: row.store_price_fen === null ? null : parseFen(row.store_price_fen),
    onHand,
    reserved,
    safety,
    available: Math.max(0, onHand - reserved - safety - setAside),
    ...(setAside > 0 ? { setAside } : {}),
    forPickup: row.for_pickup !== 0,
    forDelivery: row.for_delivery !== 0,
  };
}
