import type { BrandId, Fen, StoreId } from '@shuke/shared/kernel';
import { insertRows } from '../../../platform/database/insert-rows.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CategoryId, Colour, ProductContent, ProductId, SkuId } from '../domain/types.js';

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

export interface StorePriceDraft {
  storeId: StoreId;
  skuId: SkuId;
  productId: ProductId;
  priceFen: Fen;
}

export const insertCategories = (tx: Tx, drafts: readonly CategoryDraft[]): Promise<void> =>
  insertRows(
    tx,
    'category',
    'brand_id,id,name,icon_url,position',
    drafts.map((one) => [one.brandId, one.id, one.name, one.iconUrl, one.position]),
  );

/** Writes products with their SKUs, on sale. */
export async function insertProducts(tx: Tx, drafts: readonly ProductDraft[]): Promise<void> {
  await insertRows(
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
  await insertRows(
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

export const insertStorePrices = (tx: Tx, brandId: BrandId, prices: readonly StorePriceDraft[]): Promise<void> =>
  insertRows(
    tx,
    'store_price',
    'brand_id,store_id,sku_id,product_id,price_fen,updated_at',
    prices.map((one) => [brandId, one.storeId, one.skuId, one.productId, one.priceFen, tx.now]),
  );
