import type { BrandId, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';

export interface MemberFacts {
  level: number;
  birthday: string | null;
  hasPaid: boolean;
  tagIds: string[];
}

/** What coupons have to know about members, goods and orders, read where their modules keep it. */
export class FactStore {
  /** What templates ask about a member before they are given; one statement. */
  async ofMember(on: Queryable, brandId: BrandId, memberId: MemberId, at: Date): Promise<MemberFacts | null> {
    const [row] = await on.query<{ level: number; birthday: string | null; paid: number; tags: string | null }>(
      `SELECT m.level, m.birthday,
         EXISTS (SELECT 1 FROM sales_order o WHERE o.brand_id = m.brand_id AND o.member_id = m.id AND o.paid_at IS NOT NULL AND o.kind = 'SALE') AS paid,
         (SELECT GROUP_CONCAT(t.tag_id) FROM member_tag t WHERE t.brand_id = m.brand_id AND t.member_id = m.id AND (t.expires_at IS NULL OR t.expires_at > ?)) AS tags
       FROM member m WHERE m.brand_id = ? AND m.id = ?`,
      [at, brandId, memberId],
    );
    if (!row) return null;
    return {
      level: row.level,
      birthday: row.birthday,
      hasPaid: Number(row.paid) === 1,
      tagIds: row.tags ? row.tags.split(',') : [],
    };
  }

  /** Those of some ids that are members of the brand. */
  async knownMembers(on: Queryable, brandId: BrandId, ids: readonly MemberId[]): Promise<Set<MemberId>> {
    const rows = await on.query<{ id: MemberId }>(`SELECT id FROM member WHERE brand_id = ? AND id IN ${marks(ids)}`, [
      brandId,
      ...ids,
    ]);
    return new Set(rows.map((row) => row.id));
  }

  /** The category that a product counts for, or null for an unknown product. */
  async categoryOf(on: Queryable, brandId: BrandId, productId: string): Promise<string | null> {
    const [product] = await on.query<{ category_id: string }>(
      'SELECT category_id FROM product WHERE brand_id = ? AND id = ?',
      [brandId, productId],
    );
    return product?.category_id ?? null;
  }

  /** The store that a coupon in an order is used in. */
  async storeOfOrder(on: Queryable, brandId: BrandId, orderId: OrderId): Promise<StoreId | null> {
    const [row] = await on.query<{ store_id: StoreId }>(
      'SELECT store_id FROM sales_order WHERE brand_id = ? AND id = ?',
      [brandId, orderId],
    );
    return row?.store_id ?? null;
  }
}
