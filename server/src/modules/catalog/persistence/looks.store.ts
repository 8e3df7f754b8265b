import type { ProductCard } from '@shuke/shared/contracts';
import type { BrandId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { ProductId } from '../domain/types.js';
import { type CardRow, cardOf, contentOf } from './rows.js';
import { CARD, IN_STOCK } from './shelf.store.js';

/** Reading what a product is worn with. */
export class LooksStore {
  /** The codes the brand named, best first; null for an unknown product. */
  async codes(on: Queryable, brandId: BrandId, id: ProductId): Promise<string[] | null> {
    const [row] = await on.query<{ content: unknown }>('SELECT content FROM product WHERE brand_id = ? AND id = ?', [
      brandId,
      id,
    ]);
    return row ? (contentOf(row.content).goesWith ?? []) : null;
  }

  /** Those of some products that a store lists and has in stock, in no order. */
  async inStock(on: Queryable, brandId: BrandId, storeId: StoreId, codes: readonly string[]): Promise<ProductCard[]> {
    const rows = await on.query<CardRow>(
      `SELECT ${CARD}, l.price_fen, l.price_max_fen, 1 AS in_stock
       FROM product p JOIN listing l ON l.brand_id = p.brand_id AND l.store_id = ? AND l.product_id = p.id AND l.is_listed = 1
       WHERE p.brand_id = ? AND p.status = 'ON_SALE' AND p.code IN ${marks(codes)} AND ${IN_STOCK}`,
      [storeId, brandId, ...codes],
    );
    return rows.map(cardOf);
  }
}
