import { type BrandId, type Fen, type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';

export interface ShelfPrice {
  storeId: StoreId;
  productId: Id<'product'>;
  categoryId: Id<'category'>;
  priceFen: Fen;
}

/** What stores ask for products that they list; reads the catalogue's listing for many stores at once. */
export async function shelfPrices(
  on: Queryable,
  brandId: BrandId,
  wanted: readonly { storeId: StoreId; productIds: readonly Id<'product'>[] }[],
): Promise<ShelfPrice[]> {
  const stores = wanted.map((one) => one.storeId);
  const products = [...new Set(wanted.flatMap((one) => one.productIds))];
  if (products.length === 0) return [];
  const rows = await on.query<{
    store_id: StoreId;
    product_id: Id<'product'>;
    category_id: Id<'category'>;
    price_fen: string;
  }>(
    `SELECT store_id, product_id, category_id, price_fen FROM listing WHERE brand_id = ? AND store_id IN ${marks(stores)} AND product_id IN ${marks(products)} AND is_listed = 1`,
    [brandId, ...stores, ...products],
  );
  return rows.map((row) => ({
    storeId: row.store_id,
    productId: row.product_id,
    categoryId: row.category_id,
    priceFen: parseFen(row.price_fen),
  }));
}
