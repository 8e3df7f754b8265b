import type { PointsGoodInput } from '@shuke/shared/contracts';
import type { BrandId, GuideId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface Good extends PointsGoodInput {
  id: Id<'points-good'>;
  taken: number;
}
export type ExchangeState = 'TO_PICKUP' | 'DONE' | 'CANCELLED';
export interface Exchange {
  brandId: BrandId;
  id: Id<'exchange'>;
  exchangeNo: string;
  memberId: MemberId;
  goodId: Id<'points-good'>;
  kind: 'GOODS' | 'COUPON';
  name: string;
  imageUrl: string;
  qty: number;
  points: number;
  storeId: StoreId | null;
  state: ExchangeState;
  pickupCode: string | null;
  pickupUntil: Date | null;
  createdAt: Date;
  doneAt: Date | null;
}
type Row = Record<string, unknown>;

const goodOf = (row: Row): Good => ({
  id: row['id'] as Good['id'],
  kind: row['kind'] as Good['kind'],
  name: row['name'] as string,
  imageUrl: row['image_url'] as string,
  description: row['description'] as string,
  points: Number(row['points']),
  stock: row['stock'] as number,
  taken: row['taken'] as number,
  perPersonLimit: row['per_person_limit'] as number | null,
  couponTemplateId: row['coupon_template_id'] as string | null,
  isListed: row['is_listed'] === 1,
  position: row['position'] as number,
});
const exchangeOf = (row: Row): Exchange => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as Exchange['id'],
  exchangeNo: row['exchange_no'] as string,
  memberId: row['member_id'] as MemberId,
  goodId: row['good_id'] as Exchange['goodId'],
  kind: row['kind'] as Exchange['kind'],
  name: row['name'] as string,
  imageUrl: row['image_url'] as string,
  qty: row['qty'] as number,
  points: Number(row['points']),
  storeId: row['store_id'] as StoreId | null,
  state: row['state'] as ExchangeState,
  pickupCode: row['pickup_code'] as string | null,
  pickupUntil: row['pickup_until'] as Date | null,
  createdAt: row['created_at'] as Date,
  doneAt: row['done_at'] as Date | null,
});

/** Goods that points buy, and what members took of them. */
export class PointsMallStore {
  async goods(
    on: Queryable,
    brandId: BrandId,
    filter: { isListedOnly: boolean; q?: string; after: readonly [number, string] | null },
    limit: number,
  ): Promise<Good[]> {
    const { isListedOnly, q, after } = filter;
    const rows = await on.query<Row>(
      `SELECT * FROM points_good WHERE brand_id = ? ${isListedOnly ? 'AND is_listed = 1' : ''} ${q ? 'AND LOCATE(?, name) > 0' : ''}
       ${after ? 'AND (position > ? OR (position = ? AND id > ?))' : ''} ORDER BY position, id LIMIT ?`,
      [brandId, ...(q ? [q] : []), ...(after ? [after[0], after[0], after[1]] : []), limit],
    );
    return rows.map(goodOf);
  }

  async good(on: Queryable, brandId: BrandId, id: Id): Promise<Good | null> {
    const [row] = await on.query<Row>('SELECT * FROM points_good WHERE brand_id = ? AND id = ?', [brandId, id]);
    return row ? goodOf(row) : null;
  }

  async insertGood(tx: Tx, brandId: BrandId, id: Id, good: PointsGoodInput): Promise<void> {
    await tx.execute(
      `INSERT INTO points_good (brand_id, id, kind, name, image_url, description, points, stock, taken, per_person_limit, coupon_template_id, is_listed, position, created_at)
       VALUES (?,?,?,?,?,?,?,?,0,?,?,?,?,?)`,
      [
        ...[brandId, id, good.kind, good.name, good.imageUrl, good.description, good.points, good.stock],
        ...[good.perPersonLimit, good.couponTemplateId, good.isListed ? 1 : 0, good.position],
        tx.now,
      ],
    );
  }

  /** @returns false when more pieces are taken than the new stock would have */
  async updateGood(tx: Tx, brandId: BrandId, id: Id, good: PointsGoodInput): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE points_good SET kind = ?, name = ?, image_url = ?, description = ?, points = ?, stock = ?, per_person_limit = ?, coupon_template_id = ?,
       is_listed = ?, position = ? WHERE brand_id = ? AND id = ? AND taken <= ?`,
      [
        ...[good.kind, good.name, good.imageUrl, good.description, good.points, good.stock, good.perPersonLimit],
        ...[good.couponTemplateId, good.isListed ? 1 : 0, good.position, brandId, id, good.stock],
      ],
    );
    return affectedRows === 1;
  }

  /** Takes pieces while there are any; `stock` is how many there were in all. */
  async takeStock(tx: Tx, brandId: BrandId, id: Id, qty: number): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      'UPDATE points_good SET taken = taken + ? WHERE brand_id = ? AND id = ? AND is_listed = 1 AND taken + ? <= stock',
      [qty, brandId, id, qty],
    );
    return affectedRows === 1;
  }

  async returnStock(tx: Tx, brandId: BrandId, id: Id, memberId: MemberId, qty: number): Promise<void> {
    await tx.execute('UPDATE points_good SET taken = taken - ? WHERE brand_id = ? AND id = ?', [qty, brandId, id]);
    await tx.execute(
      'UPDATE points_good_taker SET qty = qty - ? WHERE brand_id = ? AND good_id = ? AND member_id = ?',
      [qty, brandId, id, memberId],
    );
  }

  /** Counts against the person's limit; false when it would be passed. */
  async takeOwnShare(tx: Tx, brandId: BrandId, id: Id, memberId: MemberId, qty: number, limit: number | null) {
    await tx.execute(
      'INSERT INTO points_good_taker (brand_id, good_id, member_id, qty) VALUES (?,?,?,0) ON DUPLICATE KEY UPDATE qty = qty',
      [brandId, id, memberId],
    );
    const { affectedRows } = await tx.execute(
      `UPDATE points_good_taker SET qty = qty + ? WHERE brand_id = ? AND good_id = ? AND member_id = ?${limit === null ? '' : ' AND qty + ? <= ?'}`,
      [qty, brandId, id, memberId, ...(limit === null ? [] : [qty, limit])],
    );
    return affectedRows === 1;
  }

  async takenBy(on: Queryable, brandId: BrandId, memberId: MemberId, ids: readonly Id[]): Promise<Map<string, number>> {
    const rows = await on.query<{ good_id: string; qty: number }>(
      `SELECT good_id, qty FROM points_good_taker WHERE brand_id = ? AND member_id = ? AND good_id IN ${marks(ids)}`,
      [brandId, memberId, ...ids],
    );
    return new Map(rows.map((row) => [row.good_id, row.qty]));
  }

  async insertExchange(tx: Tx, one: Exchange): Promise<void> {
    const values: SqlValue[] = [
      ...[one.brandId, one.id, one.exchangeNo, one.memberId, one.goodId, one.kind, one.name, one.imageUrl, one.qty],
      ...[one.points, one.storeId, one.state, one.pickupCode],
      one.pickupUntil,
      one.createdAt,
      one.doneAt,
    ];
    await tx.execute(
      `INSERT INTO points_exchange (brand_id, id, exchange_no, member_id, good_id, kind, name, image_url, qty, points, store_id, state, pickup_code,
       pickup_until, created_at, done_at) VALUES (${values.map(() => '?').join(',')})`,
      values,
    );
  }

  async exchange(
    on: Queryable,
    brandId: BrandId,
    by: { id: Id } | { code: string },
    isLocked = false,
  ): Promise<Exchange | null> {
    const [column, value] = 'id' in by ? ['id', by.id] : ['pickup_code', by.code];
    const [row] = await on.query<Row>(
      `SELECT * FROM points_exchange WHERE brand_id = ? AND ${column} = ?${isLocked ? ' FOR UPDATE' : ''}`,
      [brandId, value],
    );
    return row ? exchangeOf(row) : null;
  }

  async move(tx: Tx, one: Exchange, to: ExchangeState, guideId: GuideId | null): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE points_exchange SET state = ?, done_at = ?, handed_by = ? WHERE brand_id = ? AND id = ? AND state = 'TO_PICKUP'",
      [to, tx.now, guideId, one.brandId, one.id],
    );
    return affectedRows === 1;
  }

  /** Handed over goods wait again. @returns false when they were not handed over */
  async reopen(tx: Tx, one: Exchange, atLeast: Date): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "UPDATE points_exchange SET state = 'TO_PICKUP', done_at = NULL, handed_by = NULL, pickup_until = GREATEST(pickup_until, ?) WHERE brand_id = ? AND id = ? AND state = 'DONE' AND kind = 'GOODS'",
      [atLeast, one.brandId, one.id],
    );
    return affectedRows === 1;
  }

  async exchanges(
    on: Queryable,
    brandId: BrandId,
    filter: { memberId?: MemberId; storeIds?: readonly StoreId[] | 'ALL'; q?: string; before: string | null },
    limit: number,
  ): Promise<Exchange[]> {
    const { memberId, storeIds, q, before } = filter;
    const some = storeIds && storeIds !== 'ALL' ? storeIds : null;
    const rows = await on.query<Row>(
      `SELECT * FROM points_exchange WHERE brand_id = ? ${memberId ? 'AND member_id = ?' : ''} ${some ? `AND store_id IN ${marks(some)}` : ''}
       ${q ? 'AND (exchange_no = ? OR LOCATE(?, name) > 0)' : ''} ${before ? 'AND id < ?' : ''} ORDER BY id DESC LIMIT ?`,
      [
        brandId,
        ...(memberId ? [memberId] : []),
        ...(some ?? []),
        ...(q ? [q, q] : []),
        ...(before ? [before] : []),
        limit,
      ],
    );
    return rows.map(exchangeOf);
  }

  /** Presents that wait in some stores to be fetched, and what they cost. */
  async waitingIn(on: Queryable, brandId: BrandId, storeIds: readonly StoreId[]) {
    const rows = await on.query<{ store_id: StoreId; n: string; points: string }>(
      `SELECT store_id, COUNT(*) AS n, SUM(points) AS points FROM points_exchange
       WHERE brand_id = ? AND store_id IN ${marks(storeIds)} AND state = 'TO_PICKUP' GROUP BY store_id`,
      [brandId, ...storeIds],
    );
    return new Map(rows.map((row) => [row.store_id, { count: Number(row.n), points: Number(row.points) }]));
  }

  /** What was not fetched in time, and what a store that has closed for good can hand over no more. */
  due(on: Queryable, now: Date, limit: number) {
    return on.query<{ brand_id: BrandId; id: Id }>(
      `(SELECT brand_id, id FROM points_exchange WHERE state = 'TO_PICKUP' AND pickup_until <= ? ORDER BY pickup_until LIMIT ?)
       UNION (SELECT e.brand_id, e.id FROM store s JOIN points_exchange e ON e.brand_id = s.brand_id AND e.store_id = s.id
         WHERE s.status = 'CLOSED' AND e.state = 'TO_PICKUP' ORDER BY e.id LIMIT ?) LIMIT ?`,
      [now, limit, limit, limit],
    );
  }
}
