import { type BrandId, type Id, type MemberId, type OrderId, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

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

export interface Seat {
  brandId: BrandId;
  orderId: OrderId;
  promotionId: string;
  storeId: StoreId;
  skuId: string;
  groupId: GroupId | null;
  memberId: MemberId;
  isLeader: boolean;
  state: 'WANTED' | 'PAID' | 'DROPPED' | 'REFUND_DUE' | 'REFUNDED';
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
const seatOf = (row: Row): Seat => ({
  brandId: row['brand_id'] as BrandId,
  orderId: row['order_id'] as OrderId,
  promotionId: row['promotion_id'] as string,
  storeId: row['store_id'] as StoreId,
  skuId: row['sku_id'] as string,
  groupId: row['group_id'] as GroupId | null,
  memberId: row['member_id'] as MemberId,
  isLeader: Number(row['is_leader']) === 1,
  state: row['state'] as Seat['state'],
});

/** Groups and their seats. */
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

  async seat(on: Queryable, brandId: BrandId, orderId: Id): Promise<Seat | null> {
    const [row] = await on.query<Row>('SELECT * FROM group_buy_seat WHERE brand_id = ? AND order_id = ?', [
      brandId,
      orderId,
    ]);
    return row ? seatOf(row) : null;
  }

  async lockSeat(tx: Tx, brandId: BrandId, orderId: Id): Promise<Seat | null> {
    const [row] = await tx.query<Row>('SELECT * FROM group_buy_seat WHERE brand_id = ? AND order_id = ? FOR UPDATE', [
      brandId,
      orderId,
    ]);
    return row ? seatOf(row) : null;
  }

  /** How a member stands to a promotion: seats that count, and the groups they are in. */
  async seatsOf(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    promotionId: string,
    isLocked = false,
  ): Promise<Seat[]> {
    const rows = await on.query<Row>(
      `SELECT * FROM group_buy_seat WHERE brand_id = ? AND member_id = ? AND promotion_id = ? AND state IN ('WANTED', 'PAID')
       ORDER BY order_id${isLocked ? ' FOR UPDATE' : ''}`,
      [brandId, memberId, promotionId],
    );
    return rows.map(seatOf);
  }

  async addSeat(tx: Tx, seat: Omit<Seat, 'state'>): Promise<void> {
    await tx.execute(
      `INSERT INTO group_buy_seat (brand_id, order_id, promotion_id, store_id, sku_id, group_id, member_id, is_leader, state, at)
       VALUES (?,?,?,?,?,?,?,?,'WANTED',?)`,
      [
        seat.brandId,
        seat.orderId,
        seat.promotionId,
        seat.storeId,
        seat.skuId,
        seat.groupId,
        seat.memberId,
        seat.isLeader,
        tx.now,
      ],
    );
  }

  async setSeat(
    tx: Tx,
    seat: Pick<Seat, 'brandId' | 'orderId'>,
    to: { state: Seat['state']; groupId?: GroupId | null; isLeader?: boolean; note?: string },
  ): Promise<void> {
    const sets = ['state = ?'];
    const values: SqlValue[] = [to.state];
    if (to.groupId !== undefined) {
      sets.push('group_id = ?');
      values.push(to.groupId);
    }
    if (to.isLeader !== undefined) {
      sets.push('is_leader = ?');
      values.push(to.isLeader);
    }
    if (to.note !== undefined) {
      sets.push('note = ?');
      values.push(to.note);
    }
    if (to.state === 'PAID') {
      sets.push('paid_at = ?');
      values.push(tx.now);
    }
    await tx.execute(`UPDATE group_buy_seat SET ${sets.join(', ')} WHERE brand_id = ? AND order_id = ?`, [
      ...values,
      seat.brandId,
      seat.orderId,
    ]);
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

  async paidSeats(on: Queryable, brandId: BrandId, groupId: string): Promise<Seat[]> {
    const rows = await on.query<Row>(
      "SELECT * FROM group_buy_seat WHERE brand_id = ? AND group_id = ? AND state = 'PAID' ORDER BY order_id",
      [brandId, groupId],
    );
    return rows.map(seatOf);
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

  async ofMember(on: Queryable, brandId: BrandId, memberId: MemberId, before: string | null, limit: number) {
    const rows = await on.query<Row>(
      `SELECT g.* FROM group_buy_seat s JOIN group_buy g ON g.brand_id = s.brand_id AND g.id = s.group_id
       WHERE s.brand_id = ? AND s.member_id = ? AND s.state IN ('PAID', 'REFUND_DUE', 'REFUNDED')${before ? ' AND g.id < ?' : ''}
       ORDER BY g.id DESC LIMIT ?`,
      [brandId, memberId, ...(before ? [before] : []), limit],
    );
    return rows.map(groupOf);
  }

  async ofPromotion(
    on: Queryable,
    brandId: BrandId,
    promotionId: string,
    storeIds: readonly StoreId[] | 'ALL',
    before: string | null,
    limit: number,
  ): Promise<Group[]> {
    const scope = storeIds === 'ALL' ? '' : ` AND store_id IN ${marks(storeIds)}`;
    const rows = await on.query<Row>(
      `SELECT * FROM group_buy WHERE brand_id = ? AND promotion_id = ?${before ? ' AND id < ?' : ''}${scope} ORDER BY id DESC LIMIT ?`,
      [brandId, promotionId, ...(before ? [before] : []), ...(storeIds === 'ALL' ? [] : storeIds), limit],
    );
    return rows.map(groupOf);
  }

  /** Who is in some groups, leaders first. */
  async people(on: Queryable, brandId: BrandId, groupIds: readonly string[]) {
    if (groupIds.length === 0) return [];
    const rows = await on.query<Row>(
      `SELECT s.group_id, s.member_id, s.is_leader, s.paid_at, m.nickname, m.avatar_url FROM group_buy_seat s
       LEFT JOIN member m ON m.brand_id = s.brand_id AND m.id = s.member_id
       WHERE s.brand_id = ? AND s.group_id IN ${marks(groupIds)} AND s.paid_at IS NOT NULL AND s.state IN ('PAID', 'REFUND_DUE', 'REFUNDED')
       ORDER BY s.is_leader DESC, s.paid_at`,
      [brandId, ...groupIds],
    );
    return rows.map((row) => ({
      groupId: row['group_id'] as string,
      memberId: row['member_id'] as MemberId,
      isLeader: Number(row['is_leader']) === 1,
      at: row['paid_at'] as Date,
      nickname: (row['nickname'] as string | null) ?? '熟客',
      avatarUrl: (row['avatar_url'] as string | null) ?? '',
    }));
  }
}
