import {
  type BrandId,
  businessDay,
  type Fen,
  type Id,
  type MemberId,
  negFen,
  parseFen,
  type StoreId,
} from '@shuke/shared/kernel';
import type { PriceBearer } from '@shuke/shared/rules';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { CounterUse } from '../domain/counters.js';
import { json } from './promotion.store.js';

const CHUNK = 500;
type StoredCounter = Pick<CounterUse, 'promotionId' | 'counter' | 'count' | 'fen'>;

/** How much of a counter is used. */
export interface UsedCounter {
  count: number;
  fen: Fen;
  /** Pieces that a slice was given of the stock; null for what is no slice or holds nothing. */
  held: number | null;
}

/** One store's slice of a SKU. */
export interface SliceRow {
  promotionId: string;
  storeId: StoreId;
  skuId: Id<'sku'>;
  used: number;
  held: number | null;
}

interface CounterRow {
  promotion_id: string;
  counter: string;
  used_count: string;
  used_fen: string;
  held_count: string | null;
}
const COUNTER = 'promotion_id, counter, used_count, used_fen, held_count';

const usedOf = (row: CounterRow): UsedCounter => ({
  count: Number(row.used_count),
  fen: parseFen(row.used_fen),
  held: row.held_count === null ? null : Number(row.held_count),
});

/** The counter of a slice: `K:<store>:<sku>`. */
export const sliceCounter = (storeId: string, skuId: string): string => `K:${storeId}:${skuId}`;
export const isSlice = (counter: string): boolean => counter.startsWith('K:');
export const readSlice = (counter: string) => {
  const [, storeId = '', skuId = ''] = counter.split(':');
  return { storeId: storeId as StoreId, skuId: skuId as Id<'sku'> };
};

/** Whether adding to a counter passes its limit; a slice has no more than it was given of the stock. */
export const isPassed = (one: CounterUse, after: UsedCounter): boolean =>
  (one.limitCount !== null && after.count > one.limitCount) ||
  (one.limitFen !== null && after.fen > one.limitFen) ||
  (isSlice(one.counter) && after.count > (after.held ?? 0));

export const counterKey = (one: { promotionId: string; counter: string }): string =>
  `${one.promotionId}|${one.counter}`;

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
        one.counter.startsWith('M:') ? { ...one, counter: `M:${row.member_id}` } : one,
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

  /** How often a member has used promotions that limit it. */
  async memberCounts(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    promotionIds: readonly string[],
  ): Promise<Map<string, number>> {
    if (promotionIds.length === 0) return new Map();
    const rows = await on.query<{ promotion_id: string; used_count: string }>(
      `SELECT promotion_id, used_count FROM promotion_counter
       WHERE brand_id = ? AND promotion_id IN ${marks(promotionIds)} AND counter = ?`,
      [brandId, ...promotionIds, `M:${memberId}`],
    );
    return new Map(rows.map((row) => [row.promotion_id, Number(row.used_count)]));
  }

  /** The slices of some promotions, in one store or in all. */
  async slices(
    on: Queryable,
    brandId: BrandId,
    promotionIds: readonly string[],
    storeId?: StoreId,
  ): Promise<SliceRow[]> {
    if (promotionIds.length === 0) return [];
    const rows = await on.query<CounterRow>(
      `SELECT ${COUNTER} FROM promotion_counter
       WHERE brand_id = ? AND promotion_id IN ${marks(promotionIds)} AND counter LIKE ?`,
      [brandId, ...promotionIds, storeId ? `K:${storeId}:%` : 'K:%'],
    );
    return rows.map((row) => {
      const { count: used, held } = usedOf(row);
      return { promotionId: row.promotion_id, ...readSlice(row.counter), used, held };
    });
  }

  /** Says how many pieces slices hold from now on; null: nothing any more. */
  async setHeld(
    tx: Tx,
    brandId: BrandId,
    promotionId: string,
    slices: readonly (Pick<SliceRow, 'storeId' | 'skuId'> & { held: number | null })[],
  ): Promise<void> {
    for (let at = 0; at < slices.length; at += CHUNK) {
      const some = slices.slice(at, at + CHUNK);
      await tx.execute(
        `INSERT INTO promotion_counter (brand_id, promotion_id, counter, used_count, used_fen, held_count)
         VALUES ${some.map(() => '(?,?,?,0,0,?)').join(',')} ON DUPLICATE KEY UPDATE held_count = VALUES(held_count)`,
        some.flatMap((one): SqlValue[] => [brandId, promotionId, sliceCounter(one.storeId, one.skuId), one.held]),
      );
    }
  }

  /** The counters among these whose slices hold stock, locked. */
  async lockHolding(tx: Tx, brandId: BrandId, counters: readonly StoredCounter[]): Promise<StoredCounter[]> {
    const slices = counters.filter((one) => isSlice(one.counter));
    if (slices.length === 0) return [];
    const rows = await tx.query<CounterRow>(
      `SELECT ${COUNTER} FROM promotion_counter WHERE brand_id = ? AND held_count IS NOT NULL
         AND (promotion_id, counter) IN (${slices.map(() => '(?,?)').join(',')}) FOR UPDATE`,
      [brandId, ...slices.flatMap((one): SqlValue[] => [one.promotionId, one.counter])],
    );
    const holding = new Set(rows.map((row) => `${row.promotion_id}|${row.counter}`));
    return slices.filter((one) => holding.has(counterKey(one)));
  }

  /** Pieces of a slice that may still be sold: neither more than it has left nor more than the store has on its shelf. */
  async sliceLeft(
    on: Queryable,
    slice: { brandId: BrandId; promotionId: string; storeId: StoreId; skuId: Id<'sku'>; sliceQty: number },
  ): Promise<number> {
    const { brandId, promotionId, storeId, skuId, sliceQty } = slice;
    const [row] = await on.query<{ available: string; used: string | null; held: string | null }>(
      `SELECT k.on_hand - k.reserved - k.safety AS available, c.used_count AS used, c.held_count AS held FROM stock k
       LEFT JOIN promotion_counter c ON c.brand_id = k.brand_id AND c.promotion_id = ? AND c.counter = ?
       WHERE k.brand_id = ? AND k.store_id = ? AND k.sku_id = ?`,
      [promotionId, sliceCounter(storeId, skuId), brandId, storeId, skuId],
    );
    if (!row) return 0;
    const size = Math.min(sliceQty, Number(row.held ?? 0));
    return Math.max(0, Math.min(Number(row.available), size - Number(row.used ?? 0)));
  }

  /** Uses and money of promotions; one statement for a page. */
  async totals(on: Queryable, brandId: BrandId, promotionIds: readonly string[], storeIds: readonly StoreId[] | 'ALL') {
    if (promotionIds.length === 0) return new Map<string, { count: number; fen: Fen }>();
    const scope = storeIds === 'ALL' ? '' : ` AND store_id IN ${marks(storeIds)}`;
    const rows = await on.query<{ promotion_id: string; uses: string; fen: string }>(
      `SELECT promotion_id, COUNT(DISTINCT order_id) AS uses, SUM(fen) AS fen FROM promotion_use
       WHERE brand_id = ? AND promotion_id IN ${marks(promotionIds)} AND state = 'HELD'${scope} GROUP BY promotion_id`,
      [brandId, ...promotionIds, ...(storeIds === 'ALL' ? [] : storeIds)],
    );
    return new Map(rows.map((row) => [row.promotion_id, { count: Number(row.uses), fen: parseFen(row.fen) }]));
  }

  /** A promotion's uses by store and day, with the bearers that they were made with. */
  async effect(on: Queryable, brandId: BrandId, id: string, storeIds: readonly StoreId[] | 'ALL') {
    const scope = storeIds === 'ALL' ? '' : ` AND store_id IN ${marks(storeIds)}`;
    const values: SqlValue[] = [brandId, id, ...(storeIds === 'ALL' ? [] : storeIds)];
    const from = `FROM promotion_use WHERE brand_id = ? AND promotion_id = ? AND state = 'HELD'${scope}`;
    const [rows, [people]] = await Promise.all([
      on.query<{ store_id: StoreId; day: string; bearers: unknown; orders: string; uses: string; fen: string }>(
        `SELECT store_id, day, bearers, COUNT(DISTINCT order_id) AS orders, COUNT(*) AS uses, SUM(fen) AS fen ${from} GROUP BY store_id, day, bearers ORDER BY day`,
        values,
      ),
      on.query<{ members: string; orders: string }>(
        `SELECT COUNT(DISTINCT member_id) AS members, COUNT(DISTINCT order_id) AS orders ${from}`,
        values,
      ),
    ]);
    return {
      memberCount: Number(people?.members ?? 0),
      orderCount: Number(people?.orders ?? 0),
      rows: rows.map((row) => ({
        storeId: row.store_id,
        day: row.day,
        bearers: json<PriceBearer[]>(row.bearers),
        orderCount: Number(row.orders),
        usedCount: Number(row.uses),
        fen: parseFen(row.fen),
      })),
    };
  }

  async envelopes(on: Queryable, brandId: BrandId, month: string) {
    const rows = await on.query<{ franchisee_id: Id<'franchisee'>; budget_fen: string; used_fen: string | null }>(
      `SELECT e.franchisee_id, e.budget_fen, c.used_fen FROM promotion_envelope e
       LEFT JOIN promotion_counter c ON c.brand_id = e.brand_id AND c.promotion_id = 0 AND c.counter = CONCAT('F:', e.franchisee_id, ':', e.month)
       WHERE e.brand_id = ? AND e.month = ?`,
      [brandId, month],
    );
    return new Map(
      rows.map((row) => [
        row.franchisee_id,
        { budgetFen: parseFen(row.budget_fen), usedFen: parseFen(row.used_fen ?? 0) },
      ]),
    );
  }

  async setEnvelope(tx: Tx, brandId: BrandId, franchiseeId: Id, month: string, budgetFen: Fen, by: string) {
    await tx.execute(
      `INSERT INTO promotion_envelope (brand_id, franchisee_id, month, budget_fen, updated_by, updated_at) VALUES (?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE budget_fen = VALUES(budget_fen), updated_by = VALUES(updated_by), updated_at = VALUES(updated_at)`,
      [brandId, franchiseeId, month, budgetFen, by, tx.now],
    );
  }
}
