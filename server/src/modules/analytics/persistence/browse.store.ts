import type { BrandId, GuideId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { BrowseType } from '../domain/trail.js';

export interface NewBrowseEvent {
  id: Id<'browseEvent'>;
  key: string;
  type: BrowseType;
  productId: string | null;
  storeId: string | null;
  guideId: GuideId | null;
  sendId: string | null;
  text: string | null;
  dwellMs: number;
  at: Date;
}

/** One line of a trail: the same thing done to the same product, counted. */
export interface TrailRow {
  type: BrowseType;
  productId: Id<'product'> | null;
  productName: string | null;
  imageUrl: string | null;
  text: string | null;
  storeId: StoreId | null;
  count: number;
  /** How many of them since `recentSince`. */
  recentCount: number;
  lastAt: Date;
  lastId: Id<'browseEvent'>;
}
export interface TrailWindow {
  since: Date;
  recentSince: Date;
  before?: { at: Date; id: string } | null;
  limit: number;
}

interface Row {
  type: BrowseType;
  product_id: Id<'product'> | null;
  product_name: string | null;
  image_url: string | null;
  text: string | null;
  store_id: StoreId | null;
  n: string;
  recent: string;
  last_at: Date;
  last_id: Id<'browseEvent'>;
}

/** All SQL about browse events. */
export class BrowseStore {
  async knownKeys(on: Queryable, brandId: BrandId, anonymousId: string, keys: readonly string[]): Promise<Set<string>> {
    const rows = await on.query<{ event_key: string }>(
      `SELECT event_key FROM browse_event WHERE brand_id = ? AND anonymous_id = ? AND event_key IN ${marks(keys)}`,
      [brandId, anonymousId, ...keys],
    );
    return new Set(rows.map((row) => row.event_key));
  }

  /** A key that came before is the same event and changes nothing. */
  async insert(
    tx: Tx,
    brandId: BrandId,
    who: { anonymousId: string; memberId: MemberId | null },
    events: readonly NewBrowseEvent[],
  ): Promise<void> {
    if (events.length === 0) return;
    await tx.execute(
      `INSERT INTO browse_event (brand_id, id, member_id, anonymous_id, event_key, type, product_id, store_id, guide_id, send_id, text, dwell_ms, at)
       VALUES ${events.map(() => '(?,?,?,?,?,?,?,?,?,?,?,?,?)').join(',')} ON DUPLICATE KEY UPDATE event_key = VALUES(event_key)`,
      events.flatMap((one) => [
        brandId,
        one.id,
        who.memberId,
        who.anonymousId,
        one.key,
        one.type,
        one.productId,
        one.storeId,
        one.guideId,
        one.sendId,
        one.text,
        one.dwellMs,
        one.at,
      ]),
    );
  }

  /** What was done before the login becomes the member's; what is another member's stays theirs (a shared phone). */
  async stitch(tx: Tx, brandId: BrandId, anonymousId: string, memberId: MemberId): Promise<void> {
    await tx.execute(
      'UPDATE browse_event SET member_id = ? WHERE brand_id = ? AND anonymous_id = ? AND member_id IS NULL',
      [memberId, brandId, anonymousId],
    );
  }

  async trail(on: Queryable, brandId: BrandId, memberId: MemberId, window: TrailWindow): Promise<TrailRow[]> {
    const before = window.before ? 'HAVING last_at < ? OR (last_at = ? AND last_id < ?)' : '';
    const rows = await on.query<Row>(
      `SELECT e.type, e.product_id, MAX(p.name) AS product_name, MAX(p.image_url) AS image_url, e.text,
         MAX(e.store_id) AS store_id, COUNT(*) AS n,
         SUM(e.at >= ?) AS recent, MAX(e.at) AS last_at, MAX(e.id) AS last_id
       FROM browse_event e LEFT JOIN product p ON p.brand_id = e.brand_id AND p.id = e.product_id
       WHERE e.brand_id = ? AND e.member_id = ? AND e.at >= ?
       GROUP BY e.type, e.product_id, e.text ${before} ORDER BY last_at DESC, last_id DESC LIMIT ?`,
      [
        window.recentSince,
        brandId,
        memberId,
        window.since,
        ...(window.before ? [window.before.at, window.before.at, window.before.id] : []),
        window.limit,
      ],
    );
    return rows.map((row) => ({
      type: row.type,
      productId: row.product_id,
      productName: row.product_name,
      imageUrl: row.image_url,
      text: row.text,
      storeId: row.store_id,
      count: Number(row.n),
      recentCount: Number(row.recent),
      lastAt: row.last_at,
      lastId: row.last_id,
    }));
  }
}
