import {
  type BrandId,
  businessDay,
  type Fen,
  type Id,
  type MemberId,
  negFen,
  type StoreId,
} from '@shuke/shared/kernel';
import type { PriceBearer } from '@shuke/shared/rules';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { type CounterUse, isPersonal, memberCounter, onceCounter, personalOf } from '../domain/counters.js';
import {
  COUNTER,
  type CounterRow,
  counterKey,
  isPassed,
  type StoredCounter,
  type UsedCounter,
  usedOf,
} from './counter-rows.js';
import { json } from './promotion.store.js';

export interface UseRow {
  promotionId: string;
  skuId: string;
  qty: number;
  fen: Fen;
  counters: readonly StoredCounter[];
  bearers: readonly PriceBearer[];
}

export interface UseOrder {
  brandId: BrandId;
  orderId: Id<'order'>;
  memberId: MemberId;
  storeId: StoreId;
}

/** Uses of promotions and the counters of what is limited. */
export class UseStore {
  /**
   * Adds to counters and answers with the first that has passed its limit, or null. The added rows stay locked until the
   * caller's transaction ends, and a passed limit must end it by rolling back: so exactly as many get in as the limit says.
   */
  async count(tx: Tx, brandId: BrandId, counters: readonly CounterUse[]): Promise<CounterUse | null> {
    if (counters.length === 0) return null;
    await this.add(tx, brandId, counters);
    const rows = await tx.query<CounterRow>(
      `SELECT ${COUNTER} FROM promotion_counter
       WHERE brand_id = ? AND (promotion_id, counter) IN (${counters.map(() => '(?,?)').join(',')})`,
      [brandId, ...counters.flatMap((one): SqlValue[] => [one.promotionId, one.counter])],
    );
    const used = new Map(rows.map((row) => [`${row.promotion_id}|${row.counter}`, row]));
    return (
      counters.find((one) => {
        const row = used.get(`${one.promotionId}|${one.counter}`);
        return !row || isPassed(one, usedOf(row));
      }) ?? null
    );
  }

  /** Locks counters, also those that nobody has used yet, and says how much of each is used. */
  async lock(tx: Tx, brandId: BrandId, counters: readonly CounterUse[]): Promise<Map<string, UsedCounter>> {
    if (counters.length === 0) return new Map();
    // A row that does not exist cannot be locked, so that two groups could both be a member's first.
    await tx.execute(
      `INSERT INTO promotion_counter (brand_id, promotion_id, counter, used_count, used_fen)
       VALUES ${counters.map(() => '(?,?,?,0,0)').join(',')} ON DUPLICATE KEY UPDATE used_count = used_count`,
      counters.flatMap((one): SqlValue[] => [brandId, one.promotionId, one.counter]),
    );
    const byPromotion = new Map<string, string[]>();
    for (const { promotionId, counter } of counters)
      byPromotion.set(promotionId, [...(byPromotion.get(promotionId) ?? []), counter]);
    const rows = await tx.query<CounterRow>(
      `SELECT ${COUNTER} FROM promotion_counter WHERE brand_id = ? AND (${[...byPromotion.values()]
        .map((names) => `(promotion_id = ? AND counter IN ${marks(names)})`)
        .join(' OR ')})`,
      [brandId, ...[...byPromotion].flatMap(([promotionId, names]) => [promotionId, ...names])],
    );
    return new Map(
      rows.map((row) => [counterKey({ promotionId: row.promotion_id, counter: row.counter }), usedOf(row)]),
    );
  }

  /** Adds to counters that are locked and known to have room. */
  async add(tx: Tx, brandId: BrandId, counters: readonly StoredCounter[]): Promise<void> {
    if (counters.length === 0) return;
    await tx.execute(
      `INSERT INTO promotion_counter (brand_id, promotion_id, counter, used_count, used_fen)
       VALUES ${counters.map(() => '(?,?,?,?,?)').join(',')}
       ON DUPLICATE KEY UPDATE used_count = used_count + VALUES(used_count), used_fen = used_fen + VALUES(used_fen)`,
      counters.flatMap((one): SqlValue[] => [brandId, one.promotionId, one.counter, one.count, one.fen]),
    );
  }

  insert(tx: Tx, order: UseOrder, uses: readonly UseRow[]): Promise<void> {
    return this.insertAll(tx, [{ order, uses }]);
  }

  /** Writes the uses of many orders: one statement. */
  async insertAll(tx: Tx, orders: readonly { order: UseOrder; uses: readonly UseRow[] }[]): Promise<void> {
    const rows = orders.flatMap(({ order, uses }) => uses.map((use) => ({ order, use })));
    if (rows.length === 0) return;
    const day = businessDay(tx.now.getTime());
    await tx.execute(
      `INSERT INTO promotion_use (brand_id, order_id, promotion_id, sku_id, member_id, store_id, qty, fen, counters, bearers, state, day, at)
       VALUES ${rows.map(() => "(?,?,?,?,?,?,?,?,?,?,'HELD',?,?)").join(',')}`,
      rows.flatMap(({ order, use }): SqlValue[] => [
        order.brandId,
        order.orderId,
        use.promotionId,
        use.skuId,
        order.memberId,
        order.storeId,
        use.qty,
        use.fen,
        JSON.stringify(use.counters),
        JSON.stringify(use.bearers),
        day,
        tx.now,
      ]),
    );
  }

  /** Marks an order's uses as given back and answers with what they had counted; empty the second time. */
  async release(tx: Tx, brandId: BrandId, orderId: Id): Promise<StoredCounter[]> {
    const rows = await tx.query<{ counters: unknown; member_id: MemberId }>(
      "SELECT counters, member_id FROM promotion_use WHERE brand_id = ? AND order_id = ? AND state = 'HELD' ORDER BY promotion_id, sku_id FOR UPDATE",
      [brandId, orderId],
    );
    if (rows.length === 0) return [];
    await tx.execute(
      "UPDATE promotion_use SET state = 'RELEASED' WHERE brand_id = ? AND order_id = ? AND state = 'HELD'",
      [brandId, orderId],
    );
    // A merge may have given the order to another account meanwhile, and its limit with it.
    return rows.flatMap((row) =>
      json<StoredCounter[]>(row.counters).map((one) =>
        isPersonal(one.counter) ? { ...one, counter: personalOf(one.counter, row.member_id) } : one,
      ),
    );
  }

  /** Takes back what was counted; the rows are there because they were counted once. */
  uncount(tx: Tx, brandId: BrandId, counters: readonly StoredCounter[]): Promise<void> {
    return this.add(
      tx,
      brandId,
      counters.map((one) => ({ ...one, count: -one.count, fen: negFen(one.fen) })),
    );
  }

  /** How often a member has used promotions that limit it; under NO_PROMOTION what a person takes once. */
  async memberCounts(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    promotionIds: readonly string[],
  ): Promise<Map<string, number>> {
    if (promotionIds.length === 0) return new Map();
    const rows = await on.query<{ promotion_id: string; used_count: string }>(
      `SELECT promotion_id, used_count FROM promotion_counter
       WHERE brand_id = ? AND promotion_id IN ${marks(promotionIds)} AND counter IN (?,?)`,
      [brandId, ...promotionIds, memberCounter(memberId), onceCounter(memberId)],
    );
    return new Map(rows.map((row) => [row.promotion_id, Number(row.used_count)]));
  }
}
