import type { BrandId, Fen, StoreId } from '@shuke/shared/kernel';
import type { SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { isSound } from '../domain/corridor.js';
import type { CategoryId, Colour, ProductContent, ProductId, SkuId } from '../domain/types.js';
import { ShelvingStore } from '../persistence/shelving.store.js';

const shelving = new ShelvingStore();
const CHUNK = 500;

export interface CategoryDraft {
  brandId: BrandId;
  id: CategoryId;
  name: string;
  iconUrl: string;
  position: number;
}

export interface SkuDraft {
  id: SkuId;
  code: string;
  colour: string;
  size: string;
  imageUrl: string;
  /** Left out: the product's list price. */
  listPriceFen?: Fen;
}

export interface ProductDraft {
  brandId: BrandId;
  id: ProductId;
  code: string;
  categoryId: CategoryId;
  name: string;
  subtitle: string;
  description: string;
  imageUrl: string;
  content: ProductContent;
  colours: readonly Colour[];
  badge: string | null;
  listPriceFen: Fen;
  floorFen: Fen;
  ceilingFen: Fen;
  /** Higher comes first in the recommended order. */
  rankScore: number;
  onSaleAt: Date;
  /** In the order in which they are shown. */
  skus: readonly SkuDraft[];
}

async function insert(tx: Tx, table: string, columns: string, rows: readonly (readonly SqlValue[])[]): Promise<void> {
  const row = `(${columns
    .split(',')
    .map(() => '?')
    .join(',')})`;
  for (let at = 0; at < rows.length; at += CHUNK) {
    const part = rows.slice(at, at + CHUNK);
    await tx.execute(`INSERT INTO ${table} (${columns}) VALUES ${part.map(() => row).join(',')}`, part.flat());
  }
}

export const createCategories = (tx: Tx, drafts: readonly CategoryDraft[]): Promise<void> =>
  insert(
    tx,
    'category',
    'brand_id,id,name,icon_url,position',
    drafts.map((one) => [one.brandId, one.id, one.name, one.iconUrl, one.position]),
  );

/**
 * Adds products with their SKUs under prepared ids, on sale.
 * @throws Error for a corridor that does not hold the list price
 */
export async function createProducts(tx: Tx, drafts: readonly ProductDraft[]): Promise<void> {
  const unsound = drafts.find((draft) => !isSound(draft));
  if (unsound) throw new Error(`product ${unsound.code}: the corridor does not hold the list price`);
  await insert(
    tx,
    'product',
    'brand_id,id,code,category_id,name,subtitle,description,image_url,content,colours,badge,status,list_price_fen,floor_fen,ceiling_fen,rank_score,on_sale_at,updated_at',
    drafts.map((one) => [
      one.brandId,
      one.id,
      one.code,
      one.categoryId,
      one.name,
      one.subtitle,
      one.description,
      one.imageUrl,
      JSON.stringify(one.content),
      JSON.stringify(one.colours),
      one.badge,
      'ON_SALE',
      one.listPriceFen,
      one.floorFen,
      one.ceilingFen,
      one.rankScore,
      one.onSaleAt,
      tx.now,
    ]),
  );
  await insert(
    tx,
    'sku',
    'brand_id,id,product_id,code,colour,size,image_url,list_price_fen,position',
    drafts.flatMap((one) =>
      one.skus.map((sku, position) => [
        one.brandId,
        sku.id,
        one.id,
        sku.code,
        sku.colour,
        sku.size,
        sku.imageUrl,
        sku.listPriceFen ?? one.listPriceFen,
        position,
      ]),
    ),
  );
}

/** Sets store prices before or after listing; the caller lists (again) afterwards, which brings listing prices up to date. */
export const createStorePrices = (
  tx: Tx,
  brandId: BrandId,
  prices: readonly { storeId: StoreId; skuId: SkuId; productId: ProductId; priceFen: Fen }[],
): Promise<void> =>
  insert(
    tx,
    'store_price',
    'brand_id,store_id,sku_id,product_id,price_fen,updated_at',
    prices.map((one) => [brandId, one.storeId, one.skuId, one.productId, one.priceFen, tx.now]),
  );

/** Lists products in a store at the prices that hold there now: one statement for any number of products. */
export async function listProductsInStore(
  tx: Tx,
  brandId: BrandId,
  storeId: StoreId,
  productIds: readonly ProductId[],
): Promise<void> {
  if (productIds.length > 0) await shelving.setListed(tx, brandId, storeId, productIds, true);
}
