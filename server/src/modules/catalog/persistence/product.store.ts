import type { SkuDetail } from '@shuke/shared/contracts';
import { type BrandId, type Fen, parseFen, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { CategoryId, Colour, ProductContent, ProductId, SkuId } from '../domain/types.js';
import { coloursOf, contentOf } from './rows.js';

/** A product with everything its detail page shows besides the SKUs. */
export interface ProductFacts {
  id: ProductId;
  code: string;
  name: string;
  subtitle: string;
  description: string;
  categoryId: CategoryId;
  categoryName: string;
  imageUrl: string;
  content: ProductContent;
  colours: Colour[];
  listPriceFen: Fen;
  isListed: boolean;
  /** When this store does not list it: those of the asked stores that do. */
  listedElsewhere: StoreId[];
}

interface ProductRow {
  id: ProductId;
  code: string;
  name: string;
  subtitle: string;
  description: string;
  category_id: CategoryId;
  category_name: string | null;
  image_url: string;
  content: unknown;
  colours: unknown;
  list_price_fen: string;
  is_listed: number;
  elsewhere: string | null;
}
interface SkuRow {
  id: SkuId;
  code: string;
  colour: string;
  size: string;
  image_url: string;
  price_fen: string;
  list_price_fen: string;
  available: string;
}

/** The detail page shows "99+" beyond this, so that stock levels are not given away. */
const SHOWN_MAX = 99;

/** Reading one product for its page: two statements. */
export class ProductStore {
  async facts(
    on: Queryable,
    brandId: BrandId,
    storeId: StoreId,
    productId: ProductId,
    otherStores: readonly StoreId[],
  ): Promise<ProductFacts | null> {
    const [row] = await on.query<ProductRow>(
      `SELECT p.id, p.code, p.name, p.subtitle, p.description, p.category_id, c.name AS category_name, p.image_url, p.content, p.colours,
         p.list_price_fen, (COALESCE(l.is_listed, 0) = 1 AND p.status = 'ON_SALE') AS is_listed,
         IF(p.status <> 'ON_SALE' OR COALESCE(l.is_listed, 0) = 1, NULL,
           (SELECT GROUP_CONCAT(o.store_id) FROM listing o WHERE o.brand_id = p.brand_id AND o.product_id = p.id AND o.is_listed = 1
              AND o.store_id IN ${marks(otherStores)})) AS elsewhere
       FROM product p LEFT JOIN category c ON c.brand_id = p.brand_id AND c.id = p.category_id
       LEFT JOIN listing l ON l.brand_id = p.brand_id AND l.store_id = ? AND l.product_id = p.id
       WHERE p.brand_id = ? AND p.id = ?`,
      [...otherStores, storeId, brandId, productId],
    );
    if (!row) return null;
    return {
      id: row.id,
      code: row.code,
      name: row.name,
      subtitle: row.subtitle,
      description: row.description,
      categoryId: row.category_id,
      categoryName: row.category_name ?? '',
      imageUrl: row.image_url,
      content: contentOf(row.content),
      colours: coloursOf(row.colours),
      listPriceFen: parseFen(row.list_price_fen),
      isListed: Number(row.is_listed) === 1,
      listedElsewhere: (row.elsewhere ?? '').split(',').filter((id) => id !== '') as StoreId[],
    };
  }

  /** A product's SKUs at a store's price and stock, in headquarters' order. */
  async skus(on: Queryable, brandId: BrandId, storeId: StoreId, productId: ProductId): Promise<SkuDetail[]> {
    const rows = await on.query<SkuRow>(
      `SELECT s.id, s.code, s.colour, s.size, s.image_url, COALESCE(sp.price_fen, s.list_price_fen) AS price_fen, s.list_price_fen,
         LEAST(GREATEST(COALESCE(k.on_hand - k.reserved - k.safety - k.set_aside, 0), 0), ${SHOWN_MAX}) AS available
       FROM sku s LEFT JOIN store_price sp ON sp.brand_id = s.brand_id AND sp.store_id = ? AND sp.sku_id = s.id
       LEFT JOIN stock k ON k.brand_id = s.brand_id AND k.store_id = ? AND k.sku_id = s.id
       WHERE s.brand_id = ? AND s.product_id = ? ORDER BY s.position, s.id`,
      [storeId, storeId, brandId, productId],
    );
    return rows.map((row) => ({
      id: row.id,
      code: row.code,
      colour: row.colour,
      size: row.size,
      priceFen: parseFen(row.price_fen),
      listPriceFen: parseFen(row.list_price_fen),
      available: Number(row.available),
      imageUrl: row.image_url,
    }));
  }
}
