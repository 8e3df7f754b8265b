import type { BrandId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import type { Queryable, SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

type SkuId = Id<'sku'>;
export interface NoticeRow {
  id: Id<'notice'>;
  member_id: MemberId;
  store_id: StoreId;
  sku_id: SkuId;
  product_id: Id<'product'>;
  state: 'WAITING' | 'ARRIVED' | 'CANCELLED';
  created_at: Date;
  arrived_at: Date | null;
  name: string;
  colour: string;
  size: string;
  image_url: string;
}

/** All SQL about arrivals that members wait for. */
export class ArrivalStore {
  /** Who asks again while waiting keeps the place in the row. */
  async askNotice(
    tx: Tx,
    notice: {
      brandId: BrandId;
      id: Id<'notice'>;
      memberId: MemberId;
      storeId: StoreId;
      skuId: SkuId;
      productId: Id<'product'>;
    },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO arrival_notice (brand_id, id, member_id, store_id, sku_id, product_id, state, created_at) VALUES (?,?,?,?,?,?,'WAITING',?)
       ON DUPLICATE KEY UPDATE created_at = IF(state = 'WAITING', created_at, VALUES(created_at)), state = 'WAITING', arrived_at = NULL`,
      [notice.brandId, notice.id, notice.memberId, notice.storeId, notice.skuId, notice.productId, tx.now],
    );
  }

  notices(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    query: { storeId?: StoreId; skuId?: SkuId; before?: string | undefined; limit: number },
  ): Promise<NoticeRow[]> {
    const values: SqlValue[] = [brandId, memberId];
    let where = "n.state <> 'CANCELLED'";
    for (const [column, value] of [
      ['n.store_id = ?', query.storeId],
      ['n.sku_id = ?', query.skuId],
      ['n.id < ?', query.before],
    ] as const)
      if (value) {
        where += ` AND ${column}`;
        values.push(value);
      }
    return on.query<NoticeRow>(
      `SELECT n.*, p.name, s.colour, s.size, s.image_url FROM arrival_notice n JOIN sku s ON s.brand_id = n.brand_id AND s.id = n.sku_id
       JOIN product p ON p.brand_id = n.brand_id AND p.id = n.product_id
       WHERE n.brand_id = ? AND n.member_id = ? AND ${where} ORDER BY n.id DESC LIMIT ?`,
      [...values, query.limit + 1],
    );
  }

  async waitingCount(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<number> {
    const [row] = await on.query<{ count: string }>(
      "SELECT COUNT(*) AS count FROM arrival_notice WHERE brand_id = ? AND member_id = ? AND state = 'WAITING'",
      [brandId, memberId],
    );
    return Number(row?.count ?? 0);
  }

  async cancelNotice(tx: Tx, brandId: BrandId, memberId: MemberId, id: Id<'notice'>): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE arrival_notice SET state = 'CANCELLED' WHERE brand_id = ? AND member_id = ? AND id = ?",
      [brandId, memberId, id],
    );
    return affectedRows === 1;
  }

  /**
   * The first of those who wait for goods that are there now: no more than there are pieces, counting those who were told a
   * moment ago and may still be on their way to the counter.
   * @param since who was told later than this still counts
   */
  arrived(on: Queryable, since: Date, limit: number) {
    return on.query<{ brand_id: BrandId; id: Id<'notice'>; member_id: MemberId; store_id: StoreId; sku_id: SkuId }>(
      `SELECT w.brand_id, w.id, w.member_id, w.store_id, w.sku_id FROM (
         SELECT n.brand_id, n.id, n.member_id, n.store_id, n.sku_id, k.on_hand - k.reserved - k.safety - k.set_aside AS pieces,
           ROW_NUMBER() OVER (PARTITION BY n.brand_id, n.store_id, n.sku_id ORDER BY n.created_at, n.id) AS place
         FROM arrival_notice n JOIN stock k ON k.brand_id = n.brand_id AND k.store_id = n.store_id AND k.sku_id = n.sku_id
         WHERE n.state = 'WAITING' AND k.on_hand - k.reserved - k.safety - k.set_aside > 0) w
       WHERE w.place <= w.pieces - (SELECT COUNT(*) FROM arrival_notice t
         WHERE t.state = 'ARRIVED' AND t.brand_id = w.brand_id AND t.store_id = w.store_id AND t.sku_id = w.sku_id AND t.arrived_at > ?)
       ORDER BY w.brand_id, w.place LIMIT ?`,
      [since, limit],
    );
  }

  async markArrived(tx: Tx, brandId: BrandId, id: Id<'notice'>): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE arrival_notice SET state = 'ARRIVED', arrived_at = ? WHERE brand_id = ? AND id = ? AND state = 'WAITING'",
      [tx.now, brandId, id],
    );
    return affectedRows === 1;
  }
}
