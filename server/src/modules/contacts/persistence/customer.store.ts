import type { BrandId, GuideId, MemberId } from '@shuke/shared/kernel';
import { containing } from '../../../platform/database/conditions.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import {
  type BoughtColumns,
  type BoughtRow,
  boughtOf,
  type CustomerColumns,
  type CustomerRow,
  customerOf,
  type ListColumns,
  type ListRow,
  listOf,
  type TaskRow,
} from './customer-rows.js';

/** Whether a contact keeps level, sizes and purchases from the store; a refusal in any sub-brand counts. */
const IS_UNSHARED = `EXISTS (SELECT 1 FROM consent k WHERE k.brand_id = c.brand_id AND k.member_id = c.member_id
  AND k.purpose = 'SHARE_STORE' AND k.is_given = 0) AS is_unshared`;

/** All SQL of the sidebar's page about one person and of the guide's list. */
export class CustomerStore {
  /** @param guideIds the guides whose relations the reader may see; the first one's goes before the others' */
  async find(
    on: Queryable,
    brandId: BrandId,
    externalUserId: string,
    guideIds: readonly GuideId[],
  ): Promise<CustomerRow | null> {
    const [row] = await on.query<CustomerColumns>(
      `SELECT c.external_userid, c.name, c.avatar_url AS contact_avatar, c.member_id, ${IS_UNSHARED}, r.guide_id, r.state, r.remark, r.add_way, r.added_at,
         b.guide_id AS bound_guide_id, b.way, b.bound_at, b.protected_until,
         (SELECT JSON_ARRAYAGG(JSON_ARRAY(x.id, x.group_name, x.name)) FROM contact_tag t JOIN corp_tag x ON x.brand_id = t.brand_id AND x.id = t.tag_id AND x.state = 'ACTIVE'
            WHERE t.brand_id = c.brand_id AND t.guide_id IN ${marks(guideIds)} AND t.external_userid = c.external_userid) AS corp_tags,
         (SELECT JSON_ARRAYAGG(JSON_ARRAY(x.id, x.group_name, x.name, w.state, w.is_wanted, w.problem)) FROM tag_write w
            JOIN corp_tag x ON x.brand_id = w.brand_id AND x.id = w.tag_id AND x.state = 'ACTIVE'
            WHERE w.brand_id = c.brand_id AND w.guide_id IN ${marks(guideIds)} AND w.external_userid = c.external_userid) AS tag_writes,
         m.id, m.member_no, m.nickname, m.avatar_url, m.phone_masked, m.level, m.growth, m.joined_at, m.origin, m.is_personalised,
         v.median_gap_days, v.expected_next_at,
         (SELECT COUNT(*) FROM sales_order o WHERE o.brand_id = c.brand_id AND o.member_id = c.member_id
            AND o.paid_at IS NOT NULL AND o.kind = 'SALE') AS order_count,
         (SELECT SUM(o.total_fen - o.refunded_fen) FROM sales_order o WHERE o.brand_id = c.brand_id AND o.member_id = c.member_id
            AND o.paid_at IS NOT NULL) AS total_fen
       FROM contact c
       LEFT JOIN contact_relation r ON r.brand_id = c.brand_id AND r.external_userid = c.external_userid AND r.guide_id IN ${marks(guideIds)}
       LEFT JOIN member m ON m.brand_id = c.brand_id AND m.id = c.member_id
       LEFT JOIN binding b ON b.brand_id = c.brand_id AND b.member_id = c.member_id
       LEFT JOIN member_value v ON v.brand_id = c.brand_id AND v.member_id = c.member_id
       WHERE c.brand_id = ? AND c.external_userid = ? ORDER BY (r.guide_id = ?) DESC LIMIT 1`,
      [...guideIds, ...guideIds, ...guideIds, brandId, externalUserId, guideIds[0] ?? ''],
    );
    return row ? customerOf(row) : null;
  }

  /** The newest orders with their lines and sizes; one statement. */
  async bought(on: Queryable, brandId: BrandId, memberId: MemberId, orders: number): Promise<BoughtRow[]> {
    const rows = await on.query<BoughtColumns>(
      `SELECT o.*, l.id AS line_id, l.sku_id, l.product_id, l.name, l.spec, l.image_url, l.qty, l.refunded_qty, l.unit_price_fen,
         l.payable_fen, l.refunded_fen AS line_refunded_fen, s.size, g.name AS category_name
       FROM (SELECT id, brand_id, order_no, channel, kind, state, store_id, fulfil, total_fen, created_at, paid_at, due_at
             FROM sales_order WHERE brand_id = ? AND member_id = ? ORDER BY created_at DESC, id DESC LIMIT ?) o
       JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id
       LEFT JOIN sku s ON s.brand_id = l.brand_id AND s.id = l.sku_id
       LEFT JOIN category g ON g.brand_id = l.brand_id AND g.id = l.category_id
       ORDER BY o.created_at DESC, o.id DESC, l.id`,
      [brandId, memberId, orders],
    );
    return rows.map(boughtOf);
  }

  async openTasks(
    on: Queryable,
    brandId: BrandId,
    guideId: GuideId,
    day: string,
    externalUserId: string,
  ): Promise<TaskRow[]> {
    const rows = await on.query<{ id: string; title: string; reason: string; product_id: string | null }>(
      `SELECT id, title, reason, product_id FROM task_item
       WHERE brand_id = ? AND guide_id = ? AND day = ? AND external_userid = ? AND state IN ('WAITING', 'SEEN')`,
      [brandId, guideId, day, externalUserId],
    );
    return rows.map((row) => ({ id: row.id, title: row.title, reason: row.reason, productId: row.product_id }));
  }

  /** A page of a guide's friends, the newest first; one statement. */
  async friends(
    on: Queryable,
    brandId: BrandId,
    guideId: GuideId,
    page: { q: string | null; after: { addedAt: Date; externalUserId: string } | null; limit: number },
  ): Promise<ListRow[]> {
    const like = page.q === null ? null : containing(page.q);
    const rows = await on.query<ListColumns>(
      `SELECT r.external_userid, r.added_at, c.name, c.avatar_url, c.member_id, ${IS_UNSHARED}, m.level, b.guide_id AS bound_guide_id,
         (SELECT MAX(o.paid_at) FROM sales_order o WHERE o.brand_id = r.brand_id AND o.member_id = c.member_id AND o.kind = 'SALE') AS last_at,
         (SELECT SUM(o.total_fen - o.refunded_fen) FROM sales_order o WHERE o.brand_id = r.brand_id AND o.member_id = c.member_id
            AND o.paid_at IS NOT NULL) AS total_fen
       FROM contact_relation r
       JOIN contact c ON c.brand_id = r.brand_id AND c.external_userid = r.external_userid
       LEFT JOIN member m ON m.brand_id = r.brand_id AND m.id = c.member_id
       LEFT JOIN binding b ON b.brand_id = r.brand_id AND b.member_id = c.member_id
       WHERE r.brand_id = ? AND r.guide_id = ? AND r.state IN ('FRIEND', 'LOST')
         ${like === null ? '' : 'AND (c.name LIKE ? OR r.remark LIKE ? OR m.nickname LIKE ?)'}
         ${page.after === null ? '' : 'AND (r.added_at, r.external_userid) < (?, ?)'}
       ORDER BY r.added_at DESC, r.external_userid DESC LIMIT ?`,
      [
        brandId,
        guideId,
        ...(like === null ? [] : [like, like, like]),
        ...(page.after === null ? [] : [page.after.addedAt, page.after.externalUserId]),
        page.limit,
      ],
    );
    return rows.map(listOf);
  }
}
