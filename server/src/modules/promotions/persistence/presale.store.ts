import {
  type BrandId,
  type Fen,
  type Id,
  type MemberId,
  type OrderId,
  parseFen,
  type StoreId,
} from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { PresaleState } from '../domain/session-rules.js';
import { type DeskPage, newestFirst, newestInStores, nicknameOf, type SessionPage } from './session-page.js';

export interface Presale {
  brandId: BrandId;
  orderId: OrderId;
  promotionId: string;
  memberId: MemberId;
  storeId: StoreId;
  /** The piece; unknown for deals from before it was kept. */
  skuId: string | null;
  depositFen: Fen;
  worthFen: Fen;
  tailFen: Fen;
  tailFrom: Date;
  tailUntil: Date;
  shipBy: Date | null;
  forfeits: boolean;
  state: PresaleState;
  at: Date;
}

type Row = Record<string, unknown>;
const presaleOf = (row: Row): Presale => ({
  brandId: row['brand_id'] as BrandId,
  orderId: row['order_id'] as OrderId,
  promotionId: row['promotion_id'] as string,
  memberId: row['member_id'] as MemberId,
  storeId: row['store_id'] as StoreId,
  skuId: row['sku_id'] as string | null,
  depositFen: parseFen(row['deposit_fen']),
  worthFen: parseFen(row['worth_fen']),
  tailFen: parseFen(row['tail_fen']),
  tailFrom: row['tail_from'] as Date,
  tailUntil: row['tail_until'] as Date,
  shipBy: row['ship_by'] as Date | null,
  forfeits: Number(row['forfeits']) === 1,
  state: row['state'] as PresaleState,
  at: row['at'] as Date,
});

/** Presales: what was agreed when the deposit was taken. */
export class PresaleStore {
  async one(on: Queryable, brandId: BrandId, orderId: Id): Promise<Presale | null> {
    const [row] = await on.query<Row>('SELECT * FROM presale_deal WHERE brand_id = ? AND order_id = ?', [
      brandId,
      orderId,
    ]);
    return row ? presaleOf(row) : null;
  }

  async insert(tx: Tx, deal: Omit<Presale, 'state' | 'at'>): Promise<void> {
    await tx.execute(
      `INSERT INTO presale_deal (brand_id, order_id, promotion_id, member_id, store_id, sku_id, deposit_fen, worth_fen, tail_fen, tail_from, tail_until, ship_by, forfeits, state, at, updated_at)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,'DEPOSIT_DUE',?,?)`,
      [
        deal.brandId,
        deal.orderId,
        deal.promotionId,
        deal.memberId,
        deal.storeId,
        deal.skuId,
        deal.depositFen,
        deal.worthFen,
        deal.tailFen,
        deal.tailFrom,
        deal.tailUntil,
        deal.shipBy,
        deal.forfeits,
        tx.now,
        tx.now,
      ],
    );
  }

  /** @returns false when it was not in one of the states to come from */
  async move(tx: Tx, brandId: BrandId, orderId: Id, from: readonly PresaleState[], to: PresaleState): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE presale_deal SET state = ?, updated_at = ? WHERE brand_id = ? AND order_id = ? AND state IN ${marks(from)}`,
      [to, tx.now, brandId, orderId, ...from],
    );
    return affectedRows === 1;
  }

  /** Deals of all brands whose tail was not paid in time. */
  async late(on: Queryable, now: Date, limit: number): Promise<Presale[]> {
    const rows = await on.query<Row>(
      "SELECT * FROM presale_deal WHERE state = 'DEPOSIT_PAID' AND tail_until <= ? ORDER BY tail_until LIMIT ?",
      [now, limit],
    );
    return rows.map(presaleOf);
  }

  /** Deals of all brands whose tail can be paid now and whose member has not been told. */
  async tailsToTell(on: Queryable, now: Date, limit: number): Promise<Presale[]> {
    const rows = await on.query<Row>(
      `SELECT * FROM presale_deal WHERE state = 'DEPOSIT_PAID' AND tail_until > ? AND tail_from <= ? AND tail_told_at IS NULL
       ORDER BY tail_until LIMIT ?`,
      [now, now, limit],
    );
    return rows.map(presaleOf);
  }

  /** @returns false when the member was told meanwhile, or the tail is no longer due */
  async told(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE presale_deal SET tail_told_at = ? WHERE brand_id = ? AND order_id = ? AND state = 'DEPOSIT_PAID' AND tail_told_at IS NULL",
      [tx.now, brandId, orderId],
    );
    return affectedRows === 1;
  }

  async ofMember(on: Queryable, brandId: BrandId, memberId: MemberId, page: SessionPage) {
    const end = newestFirst('order_id', page);
    const rows = await on.query<Row>(`SELECT * FROM presale_deal WHERE brand_id = ? AND member_id = ?${end.sql}`, [
      brandId,
      memberId,
      ...end.values,
    ]);
    return rows.map(presaleOf);
  }

  async ofPromotion(on: Queryable, brandId: BrandId, promotionId: string, page: DeskPage) {
    const end = newestInStores('d.order_id', 'd.store_id', page);
    const rows = await on.query<Row>(
      `SELECT d.*, m.nickname FROM presale_deal d LEFT JOIN member m ON m.brand_id = d.brand_id AND m.id = d.member_id
       WHERE d.brand_id = ? AND d.promotion_id = ?${end.sql}`,
      [brandId, promotionId, ...end.values],
    );
    return rows.map((row) => ({ ...presaleOf(row), nickname: nicknameOf(row) }));
  }
}
