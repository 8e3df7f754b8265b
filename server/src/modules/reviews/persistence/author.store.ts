import type { BrandId, Id, MemberId, OrderId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** Who may write about what, read from the rows of members and orders. */
export class AuthorStore {
  /** Name and face of a member as they are now; a review keeps them. */
  async face(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<{ name: string; avatarUrl: string }> {
    const [member] = await tx.query<{ nickname: string; avatar_url: string }>(
      'SELECT nickname, avatar_url FROM member WHERE brand_id = ? AND id = ?',
      [brandId, memberId],
    );
    return { name: member?.nickname ?? '顾客', avatarUrl: member?.avatar_url ?? '' };
  }

  /** Whether a consumer is paid as a guide of the brand, known by the bound WeChat account. */
  async isGuide(on: Queryable, brandId: BrandId, who: { memberId: MemberId; openid: string }): Promise<boolean> {
    const rows = await on.query(
      `SELECT g.id FROM guide g WHERE g.brand_id = ? AND g.receiver_openid IS NOT NULL AND (g.receiver_openid = ? OR EXISTS (
         SELECT 1 FROM member_identifier i WHERE i.brand_id = g.brand_id AND i.member_id = ? AND (i.value = g.receiver_openid OR i.value LIKE CONCAT('%:', g.receiver_openid)))) LIMIT 1`,
      [brandId, who.openid, who.memberId],
    );
    return rows.length > 0;
  }

  /** A member's purchases whose goods or service arrived since an instant, newest first. */
  async purchases(
    on: Queryable,
    member: { brandId: BrandId; memberId: MemberId },
    query: { since: Date; orderId?: string; before?: Purchase | undefined },
    limit: number,
  ): Promise<Purchase[]> {
    const values: SqlValue[] = [member.brandId, member.memberId, query.since];
    let more = '';
    if (query.orderId) {
      more += ' AND o.id = ?';
      values.push(query.orderId);
    }
    if (query.before) {
      more += ' AND (o.created_at, o.id) < (?, ?)';
      values.push(query.before.madeAt, query.before.id);
    }
    const rows = await on.query<{ id: OrderId; created_at: Date }>(
      `SELECT o.id, o.created_at FROM sales_order o WHERE o.brand_id = ? AND o.member_id = ? AND COALESCE(o.received_at, o.paid_at, o.created_at) >= ?
         AND ((o.channel = 'MINIAPP' AND o.state IN ('RECEIVED','FINISHED','REFUNDED')) OR (o.channel = 'POS' AND o.kind = 'SALE'))${more} ORDER BY o.created_at DESC, o.id DESC LIMIT ?`,
      [...values, limit],
    );
    return rows.map((row) => ({ id: row.id, madeAt: row.created_at }));
  }

  /** Whether a review of an order stands, shown or not. */
  async isReviewed(on: Queryable, brandId: BrandId, orderId: Id): Promise<boolean> {
    const rows = await on.query(
      "SELECT id FROM review WHERE brand_id = ? AND order_id = ? AND state <> 'DELETED' LIMIT 1",
      [brandId, orderId],
    );
    return rows.length > 0;
  }

  /** What was reviewed of some orders already, whatever became of it. */
  async reviewed(on: Queryable, brandId: BrandId, orderIds: readonly Id[]): Promise<ReviewedPart[]> {
    if (orderIds.length === 0) return [];
    const rows = await on.query<{ order_id: string; line_id: string; kind: string }>(
      `SELECT order_id, line_id, kind FROM review WHERE brand_id = ? AND order_id IN ${marks(orderIds)}`,
      [brandId, ...orderIds],
    );
    return rows.map((row) => ({ orderId: row.order_id, lineId: String(row.line_id), kind: row.kind }));
  }
}

/** A purchase by its place in time; files of the past bring old ones under new ids. */
interface Purchase {
  id: OrderId;
  madeAt: Date;
}

export interface ReviewedPart {
  orderId: string;
  lineId: string;
  kind: string;
}
