import type { ProductInput } from '@shuke/shared/contracts';
import { type BrandId, type Fen, type Id, parseFen } from '@shuke/shared/kernel';
import type { Queryable, SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CategoryId, ProductId, SkuId } from '../domain/types.js';
import { coloursOf, contentOf } from './rows.js';

interface EditRow {
  id: ProductId;
  code: string;
  category_id: CategoryId;
  name: string;
  subtitle: string;
  description: string;
  image_url: string;
  content: unknown;
  colours: unknown;
  badge: string | null;
  status: 'ON_SALE' | 'OFF_SALE' | 'PENDING';
  owner_franchisee_id: Id<'franchisee'> | null;
  list_price_fen: string;
  floor_fen: string;
  ceiling_fen: string;
  rank_score: number;
  version: number;
}
export interface EditedSku {
  id: SkuId;
  code: string;
  colour: string;
  size: string;
  listPriceFen: Fen;
}

const contentJson = (product: ProductInput): string =>
  JSON.stringify({
    images: product.images,
    sellingPoints: product.sellingPoints,
    attributes: product.attributes,
    care: product.care,
    sizeTable: product.sizeTable,
    goesWith: product.goesWith ?? [],
  });

/** All SQL about making and editing products and categories. */
export class ProductEditStore {
  async find(on: Queryable, brandId: BrandId, id: ProductId) {
    const [row] = await on.query<EditRow>('SELECT * FROM product WHERE brand_id = ? AND id = ?', [brandId, id]);
    if (!row) return null;
    const skus = await on.query<{ id: SkuId; code: string; colour: string; size: string; list_price_fen: string }>(
      'SELECT id, code, colour, size, list_price_fen FROM sku WHERE brand_id = ? AND product_id = ? ORDER BY position, id',
      [brandId, id],
    );
    const content = contentOf(row.content);
    return {
      id: row.id,
      code: row.code,
      categoryId: row.category_id,
      name: row.name,
      subtitle: row.subtitle,
      description: row.description,
      ...content,
      images: content.images.length > 0 ? content.images : [row.image_url],
      colours: coloursOf(row.colours),
      badge: row.badge,
      listPriceFen: parseFen(row.list_price_fen),
      floorFen: parseFen(row.floor_fen),
      ceilingFen: parseFen(row.ceiling_fen),
      rankScore: row.rank_score,
      status: row.status,
      ownerFranchiseeId: row.owner_franchisee_id,
      version: row.version,
      skus: skus.map(
        (sku): EditedSku => ({
          id: sku.id,
          code: sku.code,
          colour: sku.colour,
          size: sku.size,
          listPriceFen: parseFen(sku.list_price_fen),
        }),
      ),
    };
  }

  async hasCategory(on: Queryable, brandId: BrandId, id: CategoryId): Promise<boolean> {
    const rows = await on.query('SELECT id FROM category WHERE brand_id = ? AND id = ?', [brandId, id]);
    return rows.length > 0;
  }

  async insert(
    tx: Tx,
    brandId: BrandId,
    id: ProductId,
    product: ProductInput,
    owner: { franchiseeId: Id<'franchisee'> | null; status: EditRow['status'] },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO product (brand_id,id,code,category_id,name,subtitle,description,image_url,content,colours,badge,status,owner_franchisee_id,
         list_price_fen,floor_fen,ceiling_fen,rank_score,on_sale_at,updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
      [
        brandId,
        id,
        product.code,
        product.categoryId,
        product.name,
        product.subtitle,
        product.description,
        product.images[0] ?? '',
        contentJson(product),
        JSON.stringify(product.colours),
        product.badge,
        owner.status,
        owner.franchiseeId,
        product.listPriceFen,
        product.floorFen,
        product.ceilingFen,
        product.rankScore,
        tx.now,
        tx.now,
      ],
    );
  }

  /** Everything but prices, which move by their own rules. */
  async updateContent(tx: Tx, brandId: BrandId, id: ProductId, product: ProductInput): Promise<void> {
    await tx.execute(
      `UPDATE product SET code = ?, category_id = ?, subtitle = ?, description = ?, image_url = ?, content = ?, colours = ?, badge = ?, rank_score = ?
       WHERE brand_id = ? AND id = ?`,
      [
        product.code,
        product.categoryId,
        product.subtitle,
        product.description,
        product.images[0] ?? '',
        contentJson(product),
        JSON.stringify(product.colours),
        product.badge,
        product.rankScore,
        brandId,
        id,
      ],
    );
    await tx.execute('UPDATE listing SET category_id = ?, rank_score = ? WHERE brand_id = ? AND product_id = ?', [
      product.categoryId,
      product.rankScore,
      brandId,
      id,
    ]);
  }

  /** Adds new SKUs and renames or moves those that are there. */
  async saveSkus(
    tx: Tx,
    brandId: BrandId,
    productId: ProductId,
    skus: readonly (EditedSku & { imageUrl: string })[],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO sku (brand_id,id,product_id,code,colour,size,image_url,list_price_fen,position) VALUES ${skus
        .map(() => '(?,?,?,?,?,?,?,?,?)')
        .join(',')} ON DUPLICATE KEY UPDATE code = VALUES(code), colour = VALUES(colour), size = VALUES(size),
         image_url = VALUES(image_url), list_price_fen = VALUES(list_price_fen), position = VALUES(position)`,
      skus.flatMap((sku, position): SqlValue[] => [
        brandId,
        sku.id,
        productId,
        sku.code,
        sku.colour,
        sku.size,
        sku.imageUrl,
        sku.listPriceFen,
        position,
      ]),
    );
  }

  /** Codes that belong to other products' SKUs: an upsert would change those. */
  async foreignCodes(tx: Tx, brandId: BrandId, productId: ProductId, codes: readonly string[]): Promise<boolean> {
    const rows = await tx.query(
      `SELECT id FROM sku WHERE brand_id = ? AND product_id <> ? AND code IN (${codes.map(() => '?').join(',')}) LIMIT 1`,
      [brandId, productId, ...codes],
    );
    return rows.length > 0;
  }

  async setStatus(tx: Tx, brandId: BrandId, id: ProductId, status: EditRow['status']): Promise<void> {
    await tx.execute(
      'UPDATE product SET status = ?, version = version + 1, updated_at = ? WHERE brand_id = ? AND id = ?',
      [status, tx.now, brandId, id],
    );
  }

  async categories(on: Queryable, brandId: BrandId, id?: CategoryId) {
    const rows = await on.query<{ id: CategoryId; name: string; icon_url: string; position: number; count: string }>(
      `SELECT c.id, c.name, c.icon_url, c.position,
         (SELECT COUNT(*) FROM product p WHERE p.brand_id = c.brand_id AND p.category_id = c.id) AS count
       FROM category c WHERE c.brand_id = ?${id ? ' AND c.id = ?' : ''} ORDER BY c.position, c.id`,
      [brandId, ...(id ? [id] : [])],
    );
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      iconUrl: row.icon_url,
      position: row.position,
      productCount: Number(row.count),
    }));
  }

  async putCategory(
    tx: Tx,
    brandId: BrandId,
    category: { id: CategoryId; name: string; iconUrl: string; position: number },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO category (brand_id, id, name, icon_url, position) VALUES (?,?,?,?,?)
       ON DUPLICATE KEY UPDATE name = VALUES(name), icon_url = VALUES(icon_url), position = VALUES(position)`,
      [brandId, category.id, category.name, category.iconUrl, category.position],
    );
  }

  /** Removes a category that holds no product; false when one has moved in. */
  async removeCategory(tx: Tx, brandId: BrandId, id: CategoryId): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `DELETE FROM category WHERE brand_id = ? AND id = ? AND NOT EXISTS
         (SELECT 1 FROM product p WHERE p.brand_id = ? AND p.category_id = ?)`,
      [brandId, id, brandId, id],
    );
    return affectedRows === 1;
  }
}
