import type { BrandId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { type DeskPage, newestFirst, newestInStores, type SessionPage } from './session-page.js';

export type GroupId = Id<'group'>;
export interface Group {
  brandId: BrandId;
  id: GroupId;
  promotionId: string;
  storeId: StoreId;
  skuId: string;
  leaderId: MemberId;
  size: number;
  joined: number;
  state: 'OPEN' | 'SUCCEEDED' | 'FAILED';
  isFilledUp: boolean;
  expiresAt: Date;
}

type Row = Record<string, unknown>;
const groupOf = (row: Row): Group => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as GroupId,
  promotionId: row['promotion_id'] as string,
  storeId: row['store_id'] as StoreId,
  skuId: row['sku_id'] as string,
  leaderId: row['leader_id'] as MemberId,
  size: Number(row['size']),
  joined: Number(row['joined']),
  state: row['state'] as Group['state'],
  isFilledUp: Number(row['is_filled_up']) === 1,
  expiresAt: row['expires_at'] as Date,
});

/** Groups; their seats are in the seat store. */
export class GroupStore {
  async one(on: Queryable, brandId: BrandId, id: string): Promise<Group | null> {
    const [row] = await on.query<Row>('SELECT * FROM group_buy WHERE brand_id = ? AND id = ?', [brandId, id]);
    return row ? groupOf(row) : null;
  }

  async lock(tx: Tx, brandId: BrandId, id: string): Promise<Group | null> {
    const [row] = await tx.query<Row>('SELECT * FROM group_buy WHERE brand_id = ? AND id = ? FOR UPDATE', [
      brandId,
      id,
    ]);
    return row ? groupOf(row) : null;
  }

  async open(tx: Tx, group: Omit<Group, 'state' | 'joined' | 'isFilledUp'>): Promise<void> {
    await tx.execute(
      `INSERT INTO group_buy (brand_id, id, promotion_id, store_id, sku_id, leader_id, size, joined, state, expires_at, created_at)
       VALUES (?,?,?,?,?,?,?,1,'OPEN',?,?)`,
      [
        group.brandId,
        group.id,
        group.promotionId,
        group.storeId,
        group.skuId,
        group.leaderId,
        group.size,
        group.expiresAt,
        tx.now,
      ],
    );
  }

  /** Sets a locked group's members and state. */
  async set(
    tx: Tx,
    group: Group,
    to: { joined?: number; state?: Group['state']; isFilledUp?: boolean },
  ): Promise<void> {
    const state = to.state ?? group.state;
    await tx.execute(
      `UPDATE group_buy SET joined = ?, state = ?, is_filled_up = ?, settled_at = IF(? = 'OPEN', NULL, COALESCE(settled_at, ?))
       WHERE brand_id = ? AND id = ?`,
      [to.joined ?? group.joined, state, to.isFilledUp ?? group.isFilledUp, state, tx.now, group.brandId, group.id],
    );
  }

  /** Groups of all brands whose time is up. */
  async due(on: Queryable, now: Date, limit: number): Promise<{ brandId: BrandId; id: GroupId }[]> {
    const rows = await on.query<{ brand_id: BrandId; id: GroupId }>(
      "SELECT brand_id, id FROM group_buy WHERE state = 'OPEN' AND expires_at <= ? ORDER BY expires_at LIMIT ?",
      [now, limit],
    );
    return rows.map((row) => ({ brandId: row.brand_id, id: row.id }));
  }

  /** Open groups of a promotion in a store, soonest end first. */
  async openOnes(
    on: Queryable,
    brandId: BrandId,
    promotionId: string,
    storeId: StoreId,
    now: Date,
    after: [string, string] | null,
    limit: number,
  ): Promise<Group[]> {
    const from = after ? ' AND (expires_at > ? OR (expires_at = ? AND id > ?))' : '';
    const at = after ? new Date(Number(after[0])) : now;
    const rows = await on.query<Row>(
      `SELECT * FROM group_buy WHERE brand_id = ? AND promotion_id = ? AND store_id = ? AND state = 'OPEN' AND expires_at > ?${from}
       ORDER BY expires_at, id LIMIT ?`,
      [brandId, promotionId, storeId, now, ...(after ? [at, at, after[1]] : []), limit],
    );
    return rows.map(groupOf);
  }

  async ofMember(on: Queryable, brandId: BrandId, memberId: MemberId, page: SessionPage) {
    const end = newestFirst('g.id', page);
    const rows = await on.query<Row>(
      `SELECT g.* FROM group_buy_seat s JOIN group_buy g ON g.brand_id = s.brand_id AND g.id = s.group_id
       WHERE s.brand_id = ? AND s.member_id = ? AND s.state IN ('PAID', 'REFUND_DUE', 'REFUNDED')${end.sql}`,
      [brandId, memberId, ...end.values],
    );
    return rows.map(groupOf);
  }

  async ofPromotion(on: Queryable, brandId: BrandId, promotionId: string, page: DeskPage): Promise<Group[]> {
    const end = newestInStores('id', 'store_id', page);
    const rows = await on.query<Row>(`SELECT * FROM group_buy WHERE brand_id = ? AND promotion_id = ?${end.sql}`, [
      brandId,
      promotionId,
      ...end.values,
    ]);
    return rows.map(groupOf);
  }
}
