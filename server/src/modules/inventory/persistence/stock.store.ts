import type { BrandId, Id, OrderId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Hold, Pieces, Shelf } from '../domain/types.js';
import { qtyCase } from './quantities.js';

type SkuId = Id<'sku'>;
type ProductId = Id<'product'>;

export interface StockRow {
  productId: ProductId;
  onHand: number;
  reserved: number;
  safety: number;
}

export interface Movement {
  id: Id<'movement'>;
  brandId: BrandId;
  storeId: StoreId;
  skuId: SkuId;
  kind: 'SALE' | 'RETURN' | 'COUNT';
  delta: number;
  orderId: OrderId | null;
  reason: string;
}

/** Stock that is not for the wanted way of getting it does not count. */
function channelOf(fulfil: Hold['fulfil']): string {
  if (fulfil === undefined) return '';
  return fulfil === 'PICKUP' ? ' AND for_pickup = 1' : ' AND for_delivery = 1';
}

/** What a usual sale may take, as SQL. */
const USUAL = 'on_hand - reserved - safety - set_aside';

/** Which shelves have enough; pieces of a slice are taken from what is set aside, and only they. */
function guard(pieces: readonly Pieces[]): { sql: string; values: SqlValue[] } {
  const qty = qtyCase(pieces);
  if (!pieces.some((one) => one.fromSlice)) return { sql: `${USUAL} >= ${qty.sql}`, values: qty.values };
  const slice = sliceCase(pieces);
  return {
    sql: `set_aside >= ${slice.sql} AND on_hand - reserved - safety - IF(${qty.sql} > ${slice.sql}, set_aside - ${slice.sql}, 0) >= ${qty.sql}`,
    values: [...slice.values, ...qty.values, ...slice.values, ...slice.values, ...qty.values],
  };
}

const sliceCase = (pieces: readonly Pieces[]) =>
  qtyCase(pieces.map(({ skuId, fromSlice = 0 }) => ({ skuId, qty: fromSlice })));

/** All SQL about stock. Guards are in the WHERE of the UPDATE itself, so no two orders can both pass. */
export class StockStore {
  /** Holds pieces where enough are free; how many rows had enough. The primary key is walked in SKU order. */
  async reserve(
    tx: Tx,
    brandId: BrandId,
    storeId: StoreId,
    pieces: readonly Pieces[],
    fulfil?: Hold['fulfil'],
  ): Promise<number> {
    const qty = qtyCase(pieces);
    const enough = guard(pieces);
    const slice = pieces.some((one) => one.fromSlice) ? sliceCase(pieces) : null;
    const ids = pieces.map((one) => one.skuId);
    const { affectedRows } = await tx.execute(
      `UPDATE stock SET reserved = reserved + ${qty.sql}${slice ? `, set_aside = set_aside - ${slice.sql}` : ''}
       WHERE brand_id = ? AND store_id = ? AND sku_id IN ${marks(ids)} AND ${enough.sql}${channelOf(fulfil)}`,
      [...qty.values, ...(slice?.values ?? []), brandId, storeId, ...ids, ...enough.values],
    );
    return affectedRows;
  }

  /** Lets go of held pieces, and with `leaves` takes them off the shelf as well; how many rows held enough. */
  async unhold(
    tx: Tx,
    brandId: BrandId,
    storeId: StoreId,
    pieces: readonly Pieces[],
    leaves: boolean,
  ): Promise<number> {
    const qty = qtyCase(pieces);
    const ids = pieces.map((one) => one.skuId);
    const { affectedRows } = await tx.execute(
      `UPDATE stock SET reserved = reserved - ${qty.sql}${leaves ? `, on_hand = on_hand - ${qty.sql}` : ''}
       WHERE brand_id = ? AND store_id = ? AND sku_id IN ${marks(ids)} AND reserved >= ${qty.sql} AND on_hand >= ${qty.sql}`,
      [...qty.values, ...(leaves ? qty.values : []), brandId, storeId, ...ids, ...qty.values, ...qty.values],
    );
    return affectedRows;
  }

  async addOnHand(tx: Tx, brandId: BrandId, storeId: StoreId, pieces: readonly Pieces[]): Promise<number> {
    const qty = qtyCase(pieces);
    const ids = pieces.map((one) => one.skuId);
    const { affectedRows } = await tx.execute(
      `UPDATE stock SET on_hand = on_hand + ${qty.sql} WHERE brand_id = ? AND store_id = ? AND sku_id IN ${marks(ids)}`,
      [...qty.values, brandId, storeId, ...ids],
    );
    return affectedRows;
  }

  /** Adds pieces to the shelf that are held at once, so that nobody else can have them. */
  async addHeld(tx: Tx, brandId: BrandId, storeId: StoreId, pieces: readonly Pieces[]): Promise<void> {
    const qty = qtyCase(pieces);
    await tx.execute(
      `UPDATE stock SET on_hand = on_hand + ${qty.sql}, reserved = reserved + ${qty.sql} WHERE brand_id = ? AND store_id = ? AND sku_id IN ${marks(
        pieces.map((one) => one.skuId),
      )}`,
      [...qty.values, ...qty.values, brandId, storeId, ...pieces.map((one) => one.skuId)],
    );
  }

  /** Adds pieces to the shelf of a store that may never have had the SKU; the product is known from where it was sold. */
  async addElsewhere(
    tx: Tx,
    brandId: BrandId,
    storeId: StoreId,
    soldAt: StoreId,
    pieces: readonly Pieces[],
  ): Promise<void> {
    const qty = qtyCase(pieces);
    const ids = pieces.map((one) => one.skuId);
    await tx.execute(
      `INSERT INTO stock (brand_id, store_id, sku_id, product_id, on_hand, reserved, safety)
       SELECT k.brand_id, ?, k.sku_id, k.product_id, 0, 0, 0 FROM stock k WHERE k.brand_id = ? AND k.store_id = ? AND k.sku_id IN ${marks(ids)}
       ON DUPLICATE KEY UPDATE on_hand = stock.on_hand`,
      [storeId, brandId, soldAt, ...ids],
    );
    await tx.execute(
      `UPDATE stock SET on_hand = on_hand + ${qty.sql} WHERE brand_id = ? AND store_id = ? AND sku_id IN ${marks(ids)}`,
      [...qty.values, brandId, storeId, ...ids],
    );
  }

  /** Locks some SKUs' stock in the order of the primary key and says what of each is for sale. */
  async lockAvailable(
    tx: Tx,
    brandId: BrandId,
    storeId: StoreId,
    skuIds: readonly SkuId[],
    fulfil?: Hold['fulfil'],
  ): Promise<Map<SkuId, Shelf>> {
    const rows = await tx.query<{ sku_id: SkuId; free: string; set_aside: number }>(
      `SELECT sku_id, GREATEST(on_hand - reserved - safety, 0) AS free, set_aside FROM stock
       WHERE brand_id = ? AND store_id = ? AND sku_id IN ${marks(skuIds)}${channelOf(fulfil)} ORDER BY sku_id FOR UPDATE`,
      [brandId, storeId, ...skuIds],
    );
    return new Map(rows.map((row) => [row.sku_id, { free: Number(row.free), setAside: row.set_aside }]));
  }

  /** As {@link lockAcross}, without locking: what a page may promise. */
  async freeAcross(
    on: Queryable,
    brandId: BrandId,
    storeIds: readonly StoreId[],
    skuIds: readonly SkuId[],
  ): Promise<Map<string, number>> {
    const rows = await on.query<{ store_id: StoreId; sku_id: SkuId; available: string }>(
      `SELECT store_id, sku_id, GREATEST(${USUAL}, 0) AS available FROM stock
       WHERE brand_id = ? AND store_id IN ${marks(storeIds)} AND sku_id IN ${marks(skuIds)} AND for_delivery = 1`,
      [brandId, ...storeIds, ...skuIds],
    );
    return new Map(rows.map((row) => [`${row.store_id}:${row.sku_id}`, Number(row.available)]));
  }

  /** Locks some SKUs' stock of several stores; free pieces by `store:sku`. */
  async lockAcross(
    tx: Tx,
    brandId: BrandId,
    storeIds: readonly StoreId[],
    skuIds: readonly SkuId[],
  ): Promise<Map<string, number>> {
    const rows = await tx.query<{ store_id: StoreId; sku_id: SkuId; available: string }>(
      `SELECT store_id, sku_id, GREATEST(${USUAL}, 0) AS available FROM stock
       WHERE brand_id = ? AND store_id IN ${marks(storeIds)} AND sku_id IN ${marks(skuIds)} AND for_delivery = 1
       ORDER BY store_id, sku_id FOR UPDATE`,
      [brandId, ...storeIds, ...skuIds],
    );
    return new Map(rows.map((row) => [`${row.store_id}:${row.sku_id}`, Number(row.available)]));
  }

  async setChannels(
    tx: Tx,
    brandId: BrandId,
    stock: { storeId: StoreId; skuId: SkuId; forPickup: boolean; forDelivery: boolean },
  ): Promise<void> {
    await tx.execute(
      'UPDATE stock SET for_pickup = ?, for_delivery = ? WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
      [stock.forPickup ? 1 : 0, stock.forDelivery ? 1 : 0, brandId, stock.storeId, stock.skuId],
    );
  }

  async insertMovements(tx: Tx, movements: readonly Movement[]): Promise<void> {
    if (movements.length === 0) return;
    await tx.execute(
      `INSERT INTO stock_movement (brand_id, id, store_id, sku_id, kind, delta, order_id, reason, at) VALUES ${movements
        .map(() => '(?,?,?,?,?,?,?,?,?)')
        .join(',')}`,
      movements.flatMap((one) => [
        one.brandId,
        one.id,
        one.storeId,
        one.skuId,
        one.kind,
        one.delta,
        one.orderId,
        one.reason,
        tx.now,
      ]),
    );
  }

  async lock(tx: Tx, brandId: BrandId, storeId: StoreId, skuId: SkuId): Promise<StockRow | null> {
    const [row] = await tx.query<{ product_id: ProductId; on_hand: number; reserved: number; safety: number }>(
      'SELECT product_id, on_hand, reserved, safety FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ? FOR UPDATE',
      [brandId, storeId, skuId],
    );
    return row ? { productId: row.product_id, onHand: row.on_hand, reserved: row.reserved, safety: row.safety } : null;
  }

  async productOfSku(on: Queryable, brandId: BrandId, skuId: SkuId): Promise<ProductId | null> {
    const [row] = await on.query<{ product_id: ProductId }>(
      'SELECT product_id FROM sku WHERE brand_id = ? AND id = ?',
      [brandId, skuId],
    );
    return row?.product_id ?? null;
  }

  /** Writes counts; `reserved` is never touched here. */
  async put(
    tx: Tx,
    brandId: BrandId,
    rows: readonly { storeId: StoreId; skuId: SkuId; productId: ProductId; onHand: number; safety: number }[],
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO stock (brand_id, store_id, sku_id, product_id, on_hand, reserved, safety) VALUES ${rows
        .map(() => '(?,?,?,?,?,0,?)')
        .join(',')} ON DUPLICATE KEY UPDATE on_hand = VALUES(on_hand), safety = VALUES(safety)`,
      rows.flatMap((row) => [brandId, row.storeId, row.skuId, row.productId, row.onHand, row.safety]),
    );
  }
}
