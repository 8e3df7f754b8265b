import type { BrandId, GuideId, MemberId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Brand, Franchisee, Guide, Store } from '../domain/types.js';
import {
  type BrandRow,
  brandOf,
  type FranchiseeRow,
  franchiseeOf,
  type GuideRow,
  guideOf,
  type StoreRow,
  storeOf,
} from './rows.js';

const BRAND = `SELECT b.id, b.code, b.name, b.appid, b.corp_id, b.logo_url, b.theme, b.settings, b.undo_minutes, m.settings AS mall, m.version AS mall_version
  FROM brand b LEFT JOIN brand_mall m ON m.brand_id = b.id`;

/** Everything about a brand's people and places that hot pages need. */
export interface OrganizationRows {
  brand: Brand;
  stores: Store[];
  guides: Guide[];
  franchisees: Franchisee[];
}

/** All SQL about brands, stores, guides and franchisees. */
export class OrganizationStore {
  /** All brands, the oldest first. */
  async brandIds(on: Queryable): Promise<BrandId[]> {
    return (await on.query<{ id: BrandId }>('SELECT id FROM brand ORDER BY id')).map((row) => row.id);
  }

  async brandIdBy(on: Queryable, column: 'appid' | 'code' | 'corp_id', value: string): Promise<BrandId | null> {
    const [row] = await on.query<{ id: BrandId }>(`SELECT id FROM brand WHERE ${column} = ? ORDER BY id LIMIT 1`, [
      value,
    ]);
    return row?.id ?? null;
  }

  /** The whole organization of a brand, or null when there is no such brand. */
  async load(on: Queryable, brandId: BrandId): Promise<OrganizationRows | null> {
    const [brands, stores, guides, franchisees] = await Promise.all([
      on.query<BrandRow>(`${BRAND} WHERE b.id = ?`, [brandId]),
      on.query<StoreRow>(
        `SELECT s.*, r.name AS region_name, u.area_kind, u.polygon, u.priority, u.service
         FROM store s LEFT JOIN region r ON r.brand_id = s.brand_id AND r.id = s.region_id
         LEFT JOIN store_setup u ON u.brand_id = s.brand_id AND u.store_id = s.id WHERE s.brand_id = ? ORDER BY s.code`,
        [brandId],
      ),
      on.query<GuideRow>('SELECT * FROM guide WHERE brand_id = ? ORDER BY id', [brandId]),
      on.query<FranchiseeRow>('SELECT * FROM franchisee WHERE brand_id = ? ORDER BY id', [brandId]),
    ]);
    const brand = brands[0];
    if (!brand) return null;
    const names = new Map(stores.map((store) => [store.id, store.name]));
    return {
      brand: brandOf(brand),
      stores: stores.map(storeOf),
      guides: guides.map((guide) => guideOf(guide, names.get(guide.store_id) ?? '')),
      franchisees: franchisees.map(franchiseeOf),
    };
  }

  /** What decides a known consumer's store: ids only, the rest is the members' and guides' business. */
  async visitorOf(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
  ): Promise<{ lastStoreId: StoreId | null; lastStoreAt: Date | null; guideId: GuideId | null }> {
    const [row] = await on.query<{
      last_store_id: StoreId | null;
      last_store_at: Date | null;
      guide_id: GuideId | null;
    }>(
      `SELECT m.last_store_id, m.last_store_at, b.guide_id FROM member m LEFT JOIN binding b ON b.brand_id = m.brand_id AND b.member_id = m.id
       WHERE m.brand_id = ? AND m.id = ?`,
      [brandId, memberId],
    );
    return {
      lastStoreId: row?.last_store_id ?? null,
      lastStoreAt: row?.last_store_at ?? null,
      guideId: row?.guide_id ?? null,
    };
  }

  async rememberStore(tx: Tx, brandId: BrandId, memberId: MemberId, storeId: StoreId): Promise<void> {
    await tx.execute('UPDATE member SET last_store_id = ?, last_store_at = ? WHERE brand_id = ? AND id = ?', [
      storeId,
      tx.now,
      brandId,
      memberId,
    ]);
  }

  async setStatus(tx: Tx, brandId: BrandId, storeId: StoreId, status: Store['status']): Promise<void> {
    await tx.execute(
      'UPDATE store SET status = ?, version = version + 1, updated_at = ? WHERE brand_id = ? AND id = ?',
      [status, tx.now, brandId, storeId],
    );
  }

  /** Whether orders wait to be paid, sent, fetched or received, or goods of other stores' orders wait here. */
  async hasOpenOrders(on: Queryable, { brandId, id }: Pick<Store, 'brandId' | 'id'>): Promise<boolean> {
    const found = await on.query(
      `(SELECT id FROM sales_order WHERE brand_id = ? AND store_id = ? AND state IN ('PENDING_PAY','TO_SHIP','TO_PICKUP','SHIPPED') LIMIT 1)
       UNION ALL (SELECT order_id FROM reservation WHERE brand_id = ? AND store_id = ? AND state = 'HELD' LIMIT 1)`,
      [brandId, id, brandId, id],
    );
    return found.length > 0;
  }

  /** Saves a store if nobody else has since the given version; false otherwise. */
  async update(tx: Tx, store: Store, version: number): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE store SET name = ?, status = ?, phone = ?, open_at = ?, close_at = ?, service_radius_m = ?, collect_mode = ?,
         sub_mchid = ?, delivery_fee_fen = ?, can_ship = ?, can_pickup = ?, image_url = ?,
         version = version + 1, updated_at = ?
       WHERE brand_id = ? AND id = ? AND version = ?`,
      [
        store.name,
        store.status,
        store.phone,
        store.openAt,
        store.closeAt,
        store.serviceRadiusM,
        store.collectMode,
        store.subMchid,
        store.deliveryFeeFen,
        store.canShip ? 1 : 0,
        store.canPickup ? 1 : 0,
        store.imageUrl,
        tx.now,
        store.brandId,
        store.id,
        version,
      ],
    );
    return affectedRows === 1;
  }

  /** How many products each store lists. */
  async listedCounts(on: Queryable, brandId: BrandId, storeIds: readonly StoreId[]): Promise<Map<StoreId, number>> {
    const rows = await on.query<{ store_id: StoreId; count: string }>(
      `SELECT store_id, COUNT(*) AS count FROM listing WHERE brand_id = ? AND store_id IN ${marks(storeIds)} AND is_listed = 1
       GROUP BY store_id`,
      [brandId, ...storeIds],
    );
    return new Map(rows.map((row) => [row.store_id, Number(row.count)]));
  }

  /** How many contacts, bound members and open task items of a day each guide has, in one statement. */
  async guideCounts(on: Queryable, brandId: BrandId, guideIds: readonly GuideId[], day: string) {
    const rows = await on.query<{ id: GuideId; contacts: string; members: string; tasks: string }>(
      `SELECT g.id,
         (SELECT COUNT(*) FROM contact_relation c WHERE c.brand_id = g.brand_id AND c.guide_id = g.id AND c.closed_at IS NULL) AS contacts,
         (SELECT COUNT(*) FROM binding b WHERE b.brand_id = g.brand_id AND b.guide_id = g.id) AS members,
         (SELECT COUNT(*) FROM task_item t WHERE t.brand_id = g.brand_id AND t.guide_id = g.id AND t.day = ?
            AND t.sent_at IS NULL AND t.skip_reason IS NULL) AS tasks
       FROM guide g WHERE g.brand_id = ? AND g.id IN ${marks(guideIds)}`,
      [day, brandId, ...guideIds],
    );
    return new Map(
      rows.map((row) => [
        row.id,
        { contacts: Number(row.contacts), members: Number(row.members), tasks: Number(row.tasks) },
      ]),
    );
  }
}
