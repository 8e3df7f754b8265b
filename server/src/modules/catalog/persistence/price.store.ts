import { type BrandId, type Fen, type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ProductId, SkuId } from '../domain/types.js';

export type PriceCause = 'LIST' | 'STORE' | 'CLEARED' | 'CORRIDOR' | 'PLAN_START' | 'PLAN_END' | 'CREATED';
export interface PriceChangeRow {
  id: Id<'price-change'>;
  /** Null: the list price. */
  storeId: StoreId | null;
  skuId: SkuId;
  productId: ProductId;
  beforeFen: Fen | null;
  afterFen: Fen | null;
  cause: PriceCause;
  by: string;
}
export interface PlanRow {
  brand_id: BrandId;
  id: Id<'plan'>;
  store_id: StoreId;
  sku_id: SkuId;
  product_id: ProductId;
  price_fen: string;
  before_fen: string | null;
  starts_at: Date;
  ends_at: Date | null;
  state: 'WAITING' | 'LIVE' | 'ENDED' | 'CANCELLED' | 'REFUSED';
  note: string;
}
export interface ShownPlanRow extends PlanRow {
  code: string;
  colour: string;
  size: string;
  name: string;
}

const CHUNK = 500;
const LIST = '0';
const money = (value: string | null): Fen | null => (value === null ? null : parseFen(value));

/** All SQL about prices over time: every change that counted, and plans with a beginning and an end. */
export class PriceStore {
  async insertChanges(tx: Tx, brandId: BrandId, changes: readonly PriceChangeRow[]): Promise<void> {
    for (let at = 0; at < changes.length; at += CHUNK) {
      const part = changes.slice(at, at + CHUNK);
      await tx.execute(
        `INSERT INTO price_change (brand_id, id, store_id, sku_id, product_id, before_fen, after_fen, cause, by_whom, at) VALUES ${part
          .map(() => '(?,?,?,?,?,?,?,?,?,?)')
          .join(',')}`,
        part.flatMap((one): SqlValue[] => [
          brandId,
          one.id,
          one.storeId ?? LIST,
          one.skuId,
          one.productId,
          one.beforeFen,
          one.afterFen,
          one.cause,
          one.by,
          tx.now,
        ]),
      );
    }
  }

  /** List prices of a product's SKUs and the stores' own prices of them, for comparing before and after a change. */
  async pricesOf(tx: Tx, brandId: BrandId, productId: ProductId) {
    const skus = await tx.query<{ id: SkuId; list_price_fen: string }>(
      'SELECT id, list_price_fen FROM sku WHERE brand_id = ? AND product_id = ? ORDER BY id',
      [brandId, productId],
    );
    const own = await tx.query<{ store_id: StoreId; sku_id: SkuId; price_fen: string }>(
      'SELECT store_id, sku_id, price_fen FROM store_price WHERE brand_id = ? AND product_id = ?',
      [brandId, productId],
    );
    return {
      list: new Map(skus.map((row) => [row.id, parseFen(row.list_price_fen)])),
      own: new Map(
        own.map((row) => [
          `${row.store_id}:${row.sku_id}`,
          { storeId: row.store_id, skuId: row.sku_id, fen: parseFen(row.price_fen) },
        ]),
      ),
    };
  }

  async storePrice(on: Queryable, brandId: BrandId, storeId: StoreId, skuId: SkuId): Promise<Fen | null> {
    const [row] = await on.query<{ price_fen: string }>(
      'SELECT price_fen FROM store_price WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
      [brandId, storeId, skuId],
    );
    return row ? parseFen(row.price_fen) : null;
  }

  /** What changed a store's own price last, apart from a corridor that pulled it along; null: nothing ever did. */
  async lastCause(on: Queryable, brandId: BrandId, storeId: StoreId, skuId: SkuId): Promise<PriceCause | null> {
    const [row] = await on.query<{ cause: PriceCause }>(
      "SELECT cause FROM price_change WHERE brand_id = ? AND store_id = ? AND sku_id = ? AND cause <> 'CORRIDOR' ORDER BY id DESC LIMIT 1",
      [brandId, storeId, skuId],
    );
    return row?.cause ?? null;
  }

  async current(on: Queryable, brandId: BrandId, storeId: StoreId, skuIds: readonly SkuId[]) {
    const rows = await on.query<{ id: SkuId; list_price_fen: string; price_fen: string | null }>(
      `SELECT s.id, s.list_price_fen, p.price_fen FROM sku s
       LEFT JOIN store_price p ON p.brand_id = s.brand_id AND p.store_id = ? AND p.sku_id = s.id
       WHERE s.brand_id = ? AND s.id IN ${marks(skuIds)}`,
      [storeId, brandId, ...skuIds],
    );
    return rows.map((row) => ({
      skuId: row.id,
      listFen: parseFen(row.list_price_fen),
      storeFen: money(row.price_fen),
    }));
  }

  /** Changes that counted in a store since an instant, newest first. */
  async changesSince(on: Queryable, brandId: BrandId, storeId: StoreId, skuIds: readonly SkuId[], since: Date) {
    const rows = await on.query<{ sku_id: SkuId; store_id: string; before_fen: string | null }>(
      `SELECT sku_id, store_id, before_fen FROM price_change
       WHERE brand_id = ? AND sku_id IN ${marks(skuIds)} AND store_id IN (0, ?) AND at >= ? ORDER BY id DESC`,
      [brandId, ...skuIds, storeId, since],
    );
    return rows.map((row) => ({
      skuId: row.sku_id,
      isList: row.store_id === LIST,
      beforeFen: money(row.before_fen),
    }));
  }

  history(
    on: Queryable,
    query: {
      brandId: BrandId;
      storeId: StoreId;
      productId?: ProductId | undefined;
      before?: string | undefined;
      limit: number;
    },
  ) {
    const { brandId, storeId, productId, before, limit } = query;
    return on.query<{
      id: Id<'price-change'>;
      at: Date;
      store_id: string;
      code: string;
      colour: string;
      size: string;
      before_fen: string | null;
      after_fen: string | null;
      cause: PriceCause;
      by_whom: string;
    }>(
      `SELECT h.id, h.at, h.store_id, s.code, s.colour, s.size, h.before_fen, h.after_fen, h.cause, h.by_whom
       FROM price_change h JOIN sku s ON s.brand_id = h.brand_id AND s.id = h.sku_id
       WHERE h.brand_id = ? AND h.store_id IN (0, ?)${productId ? ' AND h.product_id = ?' : ''}${before ? ' AND h.id < ?' : ''}
       ORDER BY h.id DESC LIMIT ?`,
      [brandId, storeId, ...(productId ? [productId] : []), ...(before ? [before] : []), limit + 1],
    );
  }

  async insertPlan(tx: Tx, plan: Omit<PlanRow, 'state' | 'before_fen'>): Promise<void> {
    await tx.execute(
      `INSERT INTO price_plan (brand_id, id, store_id, sku_id, product_id, price_fen, starts_at, ends_at, state, note, next_at, created_at)
       VALUES (?,?,?,?,?,?,?,?,'WAITING',?,?,?)`,
      [
        plan.brand_id,
        plan.id,
        plan.store_id,
        plan.sku_id,
        plan.product_id,
        plan.price_fen,
        plan.starts_at,
        plan.ends_at,
        plan.note,
        plan.starts_at,
        tx.now,
      ],
    );
  }

  /** Plans of a SKU in a store that would be live at the same time; the caller holds the product's lock. */
  async overlaps(
    tx: Tx,
    plan: { brandId: BrandId; storeId: StoreId; skuId: SkuId; startsAt: Date; endsAt: Date | null },
  ): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM price_plan WHERE brand_id = ? AND store_id = ? AND sku_id = ? AND state IN ('WAITING', 'LIVE')
         AND (ends_at IS NULL OR ends_at > ?) AND (? IS NULL OR starts_at < ?) LIMIT 1`,
      [plan.brandId, plan.storeId, plan.skuId, plan.startsAt, plan.endsAt, plan.endsAt],
    );
    return rows.length > 0;
  }

  plans(
    on: Queryable,
    query: { brandId: BrandId; storeId: StoreId; id?: string | undefined; before?: string | undefined; limit: number },
  ): Promise<ShownPlanRow[]> {
    const { brandId, storeId, id, before, limit } = query;
    return on.query<ShownPlanRow>(
      `SELECT n.*, s.code, s.colour, s.size, p.name FROM price_plan n JOIN sku s ON s.brand_id = n.brand_id AND s.id = n.sku_id
       JOIN product p ON p.brand_id = n.brand_id AND p.id = n.product_id
       WHERE n.brand_id = ? AND n.store_id = ?${id ? ' AND n.id = ?' : ''}${before ? ' AND n.id < ?' : ''} ORDER BY n.id DESC LIMIT ?`,
      [brandId, storeId, ...(id ? [id] : []), ...(before ? [before] : []), limit + 1],
    );
  }

  due(on: Queryable, now: Date, limit: number): Promise<PlanRow[]> {
    return on.query<PlanRow>('SELECT * FROM price_plan WHERE next_at <= ? ORDER BY next_at, id LIMIT ?', [now, limit]);
  }

  async productOfPlan(on: Queryable, brandId: BrandId, id: Id<'plan'>): Promise<ProductId | null> {
    const [found] = await on.query<{ product_id: ProductId }>(
      'SELECT product_id FROM price_plan WHERE brand_id = ? AND id = ?',
      [brandId, id],
    );
    return found?.product_id ?? null;
  }

  async lockPlan(tx: Tx, brandId: BrandId, id: Id<'plan'>): Promise<PlanRow | null> {
    const [row] = await tx.query<PlanRow>('SELECT * FROM price_plan WHERE brand_id = ? AND id = ? FOR UPDATE', [
      brandId,
      id,
    ]);
    return row ?? null;
  }

  async movePlan(
    tx: Tx,
    plan: PlanRow,
    to: PlanRow['state'],
    next: { at: Date | null; beforeFen?: Fen | null },
  ): Promise<void> {
    await tx.execute('UPDATE price_plan SET state = ?, next_at = ?, before_fen = ? WHERE brand_id = ? AND id = ?', [
      to,
      next.at,
      next.beforeFen === undefined ? plan.before_fen : next.beforeFen,
      plan.brand_id,
      plan.id,
    ]);
  }
}
