import { type BrandId, type Fen, type Id, type MemberId, parseFen, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { json } from './promotion.store.js';
import { type DeskPage, newestFirst, newestInStores, nicknameOf, type SessionPage } from './session-page.js';

export interface Bargain {
  brandId: BrandId;
  id: Id<'bargain'>;
  promotionId: string;
  storeId: StoreId;
  skuId: string;
  memberId: MemberId;
  startFen: Fen;
  floorFen: Fen;
  nowFen: Fen;
  cuts: readonly Fen[];
  helpCount: number;
  state: 'OPEN' | 'AT_FLOOR' | 'ORDERED' | 'EXPIRED';
  orderId: Id<'order'> | null;
  expiresAt: Date;
  createdAt: Date;
}

type Row = Record<string, unknown>;
const bargainOf = (row: Row): Bargain => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as Bargain['id'],
  promotionId: row['promotion_id'] as string,
  storeId: row['store_id'] as StoreId,
  skuId: row['sku_id'] as string,
  memberId: row['member_id'] as MemberId,
  startFen: parseFen(row['start_fen']),
  floorFen: parseFen(row['floor_fen']),
  nowFen: parseFen(row['now_fen']),
  cuts: json<Fen[]>(row['cuts']),
  helpCount: Number(row['help_count']),
  state: row['state'] as Bargain['state'],
  orderId: row['order_id'] as Id<'order'> | null,
  expiresAt: row['expires_at'] as Date,
  createdAt: row['created_at'] as Date,
});

/** Bargains and the helps they have got. */
export class BargainStore {
  async one(on: Queryable, brandId: BrandId, id: string): Promise<Bargain | null> {
    const [row] = await on.query<Row>('SELECT * FROM bargain WHERE brand_id = ? AND id = ?', [brandId, id]);
    return row ? bargainOf(row) : null;
  }

  async lock(tx: Tx, brandId: BrandId, id: string): Promise<Bargain | null> {
    const [row] = await tx.query<Row>('SELECT * FROM bargain WHERE brand_id = ? AND id = ? FOR UPDATE', [brandId, id]);
    return row ? bargainOf(row) : null;
  }

  async byOrder(tx: Tx, brandId: BrandId, orderId: Id): Promise<Bargain | null> {
    const [row] = await tx.query<Row>('SELECT * FROM bargain WHERE brand_id = ? AND order_id = ? FOR UPDATE', [
      brandId,
      orderId,
    ]);
    return row ? bargainOf(row) : null;
  }

  async mine(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    promotionId: string,
    skuId: string,
  ): Promise<Bargain | null> {
    const [row] = await on.query<Row>(
      'SELECT * FROM bargain WHERE brand_id = ? AND promotion_id = ? AND member_id = ? AND sku_id = ?',
      [brandId, promotionId, memberId, skuId],
    );
    return row ? bargainOf(row) : null;
  }

  async insert(
    tx: Tx,
    bargain: Omit<Bargain, 'nowFen' | 'helpCount' | 'state' | 'orderId' | 'createdAt'>,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO bargain (brand_id, id, promotion_id, store_id, sku_id, member_id, start_fen, floor_fen, now_fen, cuts, help_count, state, expires_at, created_at)
       VALUES (?,?,?,?,?,?,?,?,?,?,0,'OPEN',?,?)`,
      [
        bargain.brandId,
        bargain.id,
        bargain.promotionId,
        bargain.storeId,
        bargain.skuId,
        bargain.memberId,
        bargain.startFen,
        bargain.floorFen,
        bargain.startFen,
        JSON.stringify(bargain.cuts),
        bargain.expiresAt,
        tx.now,
      ],
    );
  }

  /** Whether a member has helped this bargain, and whether anybody today. */
  async helped(on: Queryable, brandId: BrandId, bargainId: string, memberId: MemberId, day: string) {
    const rows = await on.query<{ bargain_id: string }>(
      'SELECT bargain_id FROM bargain_help WHERE brand_id = ? AND member_id = ? AND (bargain_id = ? OR day = ?)',
      [brandId, memberId, bargainId, day],
    );
    return { thisOne: rows.some((row) => row.bargain_id === bargainId), today: rows.length > 0 };
  }

  /** The unique keys refuse a second help for the bargain and a second one on the day. */
  async addHelp(tx: Tx, bargain: Bargain, memberId: MemberId, day: string, cut: Fen): Promise<void> {
    await tx.execute('INSERT INTO bargain_help (brand_id, bargain_id, member_id, day, fen, at) VALUES (?,?,?,?,?,?)', [
      bargain.brandId,
      bargain.id,
      memberId,
      day,
      cut,
      tx.now,
    ]);
  }

  async set(tx: Tx, bargain: Bargain): Promise<void> {
    await tx.execute(
      'UPDATE bargain SET now_fen = ?, help_count = ?, state = ?, order_id = ? WHERE brand_id = ? AND id = ?',
      [bargain.nowFen, bargain.helpCount, bargain.state, bargain.orderId, bargain.brandId, bargain.id],
    );
  }

  async expire(tx: Tx, limit: number): Promise<number> {
    const { affectedRows } = await tx.execute(
      `UPDATE bargain SET state = 'EXPIRED' WHERE state IN ('OPEN', 'AT_FLOOR') AND expires_at <= ? LIMIT ${limit}`,
      [tx.now],
    );
    return affectedRows;
  }

  async ofMember(on: Queryable, brandId: BrandId, memberId: MemberId, page: SessionPage) {
    const end = newestFirst('id', page);
    const rows = await on.query<Row>(`SELECT * FROM bargain WHERE brand_id = ? AND member_id = ?${end.sql}`, [
      brandId,
      memberId,
      ...end.values,
    ]);
    return rows.map(bargainOf);
  }

  async ofPromotion(on: Queryable, brandId: BrandId, promotionId: string, page: DeskPage) {
    const end = newestInStores('b.id', 'b.store_id', page);
    const rows = await on.query<Row>(
      `SELECT b.*, m.nickname FROM bargain b LEFT JOIN member m ON m.brand_id = b.brand_id AND m.id = b.member_id
       WHERE b.brand_id = ? AND b.promotion_id = ?${end.sql}`,
      [brandId, promotionId, ...end.values],
    );
    return rows.map((row) => ({ ...bargainOf(row), nickname: nicknameOf(row) }));
  }

  async helps(on: Queryable, brandId: BrandId, bargainIds: readonly string[]) {
    if (bargainIds.length === 0) return [];
    const rows = await on.query<Row>(
      `SELECT h.bargain_id, h.fen, h.at, m.nickname, m.avatar_url FROM bargain_help h
       LEFT JOIN member m ON m.brand_id = h.brand_id AND m.id = h.member_id
       WHERE h.brand_id = ? AND h.bargain_id IN ${marks(bargainIds)} ORDER BY h.at DESC`,
      [brandId, ...bargainIds],
    );
    return rows.map((row) => ({
      bargainId: row['bargain_id'] as string,
      fen: parseFen(row['fen']),
      at: row['at'] as Date,
      nickname: nicknameOf(row),
      avatarUrl: (row['avatar_url'] as string | null) ?? '',
    }));
  }
}
