import type { BrandId, Id, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { GroupId } from './group.store.js';
import { nicknameOf } from './session-page.js';

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

/** Seats of groups, one for each order that wants to be in one. */
export class SeatStore {
  async one(on: Queryable, brandId: BrandId, orderId: Id): Promise<Seat | null> {
    const [row] = await on.query<Row>('SELECT * FROM group_buy_seat WHERE brand_id = ? AND order_id = ?', [
      brandId,
      orderId,
    ]);
    return row ? seatOf(row) : null;
  }

  async lock(tx: Tx, brandId: BrandId, orderId: Id): Promise<Seat | null> {
    const [row] = await tx.query<Row>('SELECT * FROM group_buy_seat WHERE brand_id = ? AND order_id = ? FOR UPDATE', [
      brandId,
      orderId,
    ]);
    return row ? seatOf(row) : null;
  }

  /** How a member stands to a promotion: seats that count, and the groups they are in. */
  async ofMember(
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

  async add(tx: Tx, seat: Omit<Seat, 'state'>): Promise<void> {
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

  async set(
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

  async paid(on: Queryable, brandId: BrandId, groupId: string): Promise<Seat[]> {
    const rows = await on.query<Row>(
      "SELECT * FROM group_buy_seat WHERE brand_id = ? AND group_id = ? AND state = 'PAID' ORDER BY order_id",
      [brandId, groupId],
    );
    return rows.map(seatOf);
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
      nickname: nicknameOf(row),
      avatarUrl: (row['avatar_url'] as string | null) ?? '',
    }));
  }
}
