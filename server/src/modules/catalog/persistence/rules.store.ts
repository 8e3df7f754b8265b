import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ListingEffect, ListingProduct, ListingRule } from '../domain/listing-rules.js';
import type { CategoryId, ProductId } from '../domain/types.js';

export interface ShownRule extends ListingRule {
  note: string;
  createdAt: Date;
  categoryName: string | null;
  productName: string | null;
}
interface RuleRow {
  id: Id<'rule'>;
  effect: ListingEffect;
  store_id: StoreId | null;
  store_kind: string | null;
  category_id: CategoryId | null;
  product_id: ProductId | null;
  note: string;
  created_at: Date;
  category_name: string | null;
  product_name: string | null;
}

/** All SQL about who may, must or must not list what. */
export class RulesStore {
  async list(on: Queryable, brandId: BrandId): Promise<ShownRule[]> {
    const rows = await on.query<RuleRow>(
      `SELECT r.*, c.name AS category_name, p.name AS product_name FROM listing_rule r
       LEFT JOIN category c ON c.brand_id = r.brand_id AND c.id = r.category_id
       LEFT JOIN product p ON p.brand_id = r.brand_id AND p.id = r.product_id WHERE r.brand_id = ? ORDER BY r.id DESC LIMIT 1000`,
      [brandId],
    );
    return rows.map((row) => ({
      id: row.id,
      effect: row.effect,
      storeId: row.store_id,
      storeKind: row.store_kind,
      categoryId: row.category_id,
      productId: row.product_id,
      note: row.note,
      createdAt: row.created_at,
      categoryName: row.category_name,
      productName: row.product_name,
    }));
  }

  async insert(tx: Tx, brandId: BrandId, rule: ListingRule & { note: string }): Promise<void> {
    await tx.execute(
      'INSERT INTO listing_rule (brand_id, id, effect, store_id, store_kind, category_id, product_id, note, created_at) VALUES (?,?,?,?,?,?,?,?,?)',
      [brandId, rule.id, rule.effect, rule.storeId, rule.storeKind, rule.categoryId, rule.productId, rule.note, tx.now],
    );
  }

  async remove(tx: Tx, brandId: BrandId, id: Id<'rule'>): Promise<boolean> {
    const { affectedRows } = await tx.execute('DELETE FROM listing_rule WHERE brand_id = ? AND id = ?', [brandId, id]);
    return affectedRows === 1;
  }

  /** Products that a rule speaks of, on sale only, with what decides about them. */
  async productsOf(
    on: Queryable,
    brandId: BrandId,
    rule: { categoryId?: CategoryId | null; productId?: ProductId | null },
  ): Promise<ListingProduct[]> {
    const where = ["brand_id = ? AND status = 'ON_SALE'"];
    const values: SqlValue[] = [brandId];
    if (rule.categoryId) {
      where.push('category_id = ?');
      values.push(rule.categoryId);
    }
    if (rule.productId) {
      where.push('id = ?');
      values.push(rule.productId);
    }
    const rows = await on.query<{ id: ProductId; category_id: CategoryId; owner_franchisee_id: string | null }>(
      `SELECT id, category_id, owner_franchisee_id FROM product WHERE ${where.join(' AND ')} ORDER BY id`,
      values,
    );
    return rows.map((row) => ({
      id: row.id,
      categoryId: row.category_id,
      ownerFranchiseeId: row.owner_franchisee_id,
    }));
  }

  async products(on: Queryable, brandId: BrandId, ids: readonly ProductId[]): Promise<Map<ProductId, ListingProduct>> {
    const rows = await on.query<{ id: ProductId; category_id: CategoryId; owner_franchisee_id: string | null }>(
      `SELECT id, category_id, owner_franchisee_id FROM product WHERE brand_id = ? AND id IN ${marks(ids)}`,
      [brandId, ...ids],
    );
    return new Map(
      rows.map((row) => [
        row.id,
        { id: row.id, categoryId: row.category_id, ownerFranchiseeId: row.owner_franchisee_id },
      ]),
    );
  }

  async product(on: Queryable, brandId: BrandId, id: ProductId): Promise<ListingProduct | null> {
    const [row] = await on.query<{ category_id: CategoryId; owner_franchisee_id: string | null }>(
      'SELECT category_id, owner_franchisee_id FROM product WHERE brand_id = ? AND id = ?',
      [brandId, id],
    );
    return row ? { id, categoryId: row.category_id, ownerFranchiseeId: row.owner_franchisee_id } : null;
  }

  /** Those of some products that are on sale, with what decides about them, in the order of their ids. */
  async onSale(on: Queryable, brandId: BrandId, ids: readonly ProductId[]): Promise<ListingProduct[]> {
    const rows = await on.query<{ id: ProductId; category_id: CategoryId; owner_franchisee_id: string | null }>(
      `SELECT id, category_id, owner_franchisee_id FROM product WHERE brand_id = ? AND id IN ${marks(ids)} AND status = 'ON_SALE' ORDER BY id`,
      [brandId, ...ids],
    );
    return rows.map((row) => ({
      id: row.id,
      categoryId: row.category_id,
      ownerFranchiseeId: row.owner_franchisee_id,
    }));
  }

  /** The stores that list a product now. */
  async storesWith(on: Queryable, brandId: BrandId, productId: ProductId): Promise<Set<StoreId>> {
    const rows = await on.query<{ store_id: StoreId }>(
      'SELECT store_id FROM listing WHERE brand_id = ? AND product_id = ? AND is_listed = 1',
      [brandId, productId],
    );
    return new Set(rows.map((row) => row.store_id));
  }

  /** Which of some products a store lists now. */
  async listed(on: Queryable, brandId: BrandId, storeId: StoreId, ids: readonly ProductId[]): Promise<Set<ProductId>> {
    const rows = await on.query<{ product_id: ProductId }>(
      `SELECT product_id FROM listing WHERE brand_id = ? AND store_id = ? AND is_listed = 1 AND product_id IN ${marks(ids)}`,
      [brandId, storeId, ...ids],
    );
    return new Set(rows.map((row) => row.product_id));
  }
}
