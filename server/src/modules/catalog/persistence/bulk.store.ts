import { type BrandId, type Fen, parseFen } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import { FoldedMap } from '../../../platform/database/folded.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CategoryId, ProductId, SkuId } from '../domain/types.js';

/** Many products at once, by their codes. */
export class BulkStore {
  async byCodes(on: Queryable, brandId: BrandId, codes: readonly string[]) {
    const rows = await on.query<
      Record<'code' | 'name' | 'list_price_fen' | 'floor_fen' | 'ceiling_fen', string> & { id: ProductId }
    >(
      `SELECT id, code, name, list_price_fen, floor_fen, ceiling_fen FROM product WHERE brand_id = ? AND code IN ${marks(codes)}`,
      [brandId, ...codes],
    );
    return new FoldedMap(
      rows.map((row) => [
        row.code,
        {
          id: row.id,
          code: row.code,
          name: row.name,
          listPriceFen: parseFen(row.list_price_fen),
          floorFen: parseFen(row.floor_fen),
          ceilingFen: parseFen(row.ceiling_fen),
        },
      ]),
    );
  }

  async skus(on: Queryable, brandId: BrandId, codes: readonly string[]) {
    const rows = await on.query<{ id: SkuId; product_id: ProductId; code: string; product_code: string }>(
      `SELECT s.id, s.product_id, s.code, p.code AS product_code FROM sku s JOIN product p ON p.brand_id = s.brand_id AND p.id = s.product_id
       WHERE s.brand_id = ? AND s.code IN ${marks(codes)}`,
      [brandId, ...codes],
    );
    return new FoldedMap(
      rows.map((row) => [row.code, { skuId: row.id, productId: row.product_id, productCode: row.product_code }]),
    );
  }

  async categories(on: Queryable, brandId: BrandId): Promise<Map<string, CategoryId>> {
    const rows = await on.query<{ id: CategoryId; name: string }>('SELECT id, name FROM category WHERE brand_id = ?', [
      brandId,
    ]);
    return new Map(rows.map((row) => [row.name, row.id]));
  }

  async addSkus(
    tx: Tx,
    brandId: BrandId,
    skus: readonly { id: SkuId; productId: ProductId; code: string; colour: string; size: string; listPriceFen: Fen }[],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO sku (brand_id, id, product_id, code, colour, size, image_url, list_price_fen, position) VALUES ${skus.map(() => "(?,?,?,?,?,?,'',?,100)").join(',')}`,
      skus.flatMap((one): SqlValue[] => [
        brandId,
        one.id,
        one.productId,
        one.code,
        one.colour,
        one.size,
        one.listPriceFen,
      ]),
    );
  }

  async freeSkus(tx: Tx, brandId: BrandId, ids: readonly SkuId[]): Promise<SkuId[]> {
    const rows = await tx.query<{ id: SkuId }>(
      `SELECT s.id FROM sku s WHERE s.brand_id = ? AND s.id IN ${marks(ids)}
         AND NOT EXISTS (SELECT 1 FROM stock t WHERE t.brand_id = s.brand_id AND t.sku_id = s.id AND (t.on_hand <> 0 OR t.reserved <> 0))
         AND NOT EXISTS (SELECT 1 FROM cart_line c WHERE c.brand_id = s.brand_id AND c.sku_id = s.id)
         AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.brand_id = s.brand_id AND l.sku_id = s.id)
         AND NOT EXISTS (SELECT 1 FROM listing i WHERE i.brand_id = s.brand_id AND i.product_id = s.product_id)
       ORDER BY s.id FOR UPDATE`,
      [brandId, ...ids],
    );
    return rows.map((row) => row.id);
  }

  async freeProducts(tx: Tx, brandId: BrandId, ids: readonly ProductId[]): Promise<ProductId[]> {
    const rows = await tx.query<{ id: ProductId }>(
      `SELECT p.id FROM product p WHERE p.brand_id = ? AND p.id IN ${marks(ids)}
         AND NOT EXISTS (SELECT 1 FROM sku s WHERE s.brand_id = p.brand_id AND s.product_id = p.id)
         AND NOT EXISTS (SELECT 1 FROM listing i WHERE i.brand_id = p.brand_id AND i.product_id = p.id) ORDER BY p.id FOR UPDATE`,
      [brandId, ...ids],
    );
    return rows.map((row) => row.id);
  }

  async removeSkus(tx: Tx, brandId: BrandId, ids: readonly string[]): Promise<void> {
    await tx.execute(
      `DELETE FROM stock WHERE brand_id = ? AND sku_id IN ${marks(ids)} AND on_hand = 0 AND reserved = 0`,
      [brandId, ...ids],
    );
    await tx.execute(`DELETE FROM sku WHERE brand_id = ? AND id IN ${marks(ids)}`, [brandId, ...ids]);
  }

  async removeProducts(tx: Tx, brandId: BrandId, ids: readonly string[]): Promise<void> {
    await tx.execute(`DELETE FROM product WHERE brand_id = ? AND id IN ${marks(ids)}`, [brandId, ...ids]);
  }
}
