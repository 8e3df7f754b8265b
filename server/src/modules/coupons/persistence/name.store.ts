import type { BrandId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';

/** Names of what coupons are limited to. */
export class NameStore {
  /** By `CATEGORY/id` and `PRODUCT/id`; no statement when nothing is asked. */
  async of(on: Queryable, brandId: BrandId, categories: readonly string[], products: readonly string[]) {
    if (categories.length + products.length === 0) return new Map<string, string>();
    const rows = await on.query<{ kind: string; id: string; name: string }>(
      `SELECT 'CATEGORY' AS kind, id, name FROM category WHERE brand_id = ? AND id IN ${marks(categories)}
       UNION ALL SELECT 'PRODUCT', id, name FROM product WHERE brand_id = ? AND id IN ${marks(products)}`,
      [brandId, ...categories, brandId, ...products],
    );
    return new Map(rows.map((row) => [`${row.kind}/${row.id}`, row.name]));
  }
}
