import { type BrandId, type Fen, type Id, type OrderId, parseFen, type StoreId } from '@shuke/shared/kernel';
import type { Queryable, SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { inScope } from './scope.js';

/** What one store has sent of another store's order. */
export interface SentElsewhere {
  sellingStoreId: StoreId;
  shippingStoreId: StoreId;
  costBearer: 'SELLING' | 'SHIPPING' | 'HQ';
  costFen: Fen;
  /** Pieces that really left, and which goods they were. */
  pieces: number;
  skuIds: ReadonlySet<Id>;
}

/** Goods that one store sends for an order of another, as they are held. */
export interface Transfer {
  id: Id<'transfer'>;
  brandId: BrandId;
  orderId: OrderId;
  sellingStoreId: StoreId;
  shippingStoreId: StoreId;
  skuId: Id<'sku'>;
  qty: number;
  costBearer: string;
  costFen: number;
}

interface Row {
  selling_store_id: StoreId;
  shipping_store_id: StoreId;
  cost_bearer: SentElsewhere['costBearer'];
  cost_fen: string;
  sku_id: Id;
  qty: number;
}

/** All SQL of goods that are sent across stores. */
export class TransferStore {
  async insert(tx: Tx, transfers: readonly Transfer[]): Promise<void> {
    if (transfers.length === 0) return;
    await tx.execute(
      `INSERT INTO store_transfer (brand_id, id, order_id, selling_store_id, shipping_store_id, sku_id, qty, cost_bearer, cost_fen, state, created_at)
       VALUES ${transfers.map(() => "(?,?,?,?,?,?,?,?,?,'OPEN',?)").join(',')}`,
      transfers.flatMap((one): SqlValue[] => [
        one.brandId,
        one.id,
        one.orderId,
        one.sellingStoreId,
        one.shippingStoreId,
        one.skuId,
        one.qty,
        one.costBearer,
        one.costFen,
        tx.now,
      ]),
    );
  }

  async end(tx: Tx, brandId: BrandId, orderId: OrderId, state: 'SENT' | 'CANCELLED'): Promise<void> {
    await tx.execute(
      "UPDATE store_transfer SET state = ?, sent_at = ? WHERE brand_id = ? AND order_id = ? AND state = 'OPEN'",
      [state, state === 'SENT' ? tx.now : null, brandId, orderId],
    );
  }

  /** What has left and costs something, for the clearing: by sending store, in the order of the ids; stores whose sending costs nothing are left out. */
  async sentElsewhere(on: Queryable, brandId: BrandId, orderId: Id): Promise<SentElsewhere[]> {
    const rows = await on.query<Row>(
      `SELECT t.selling_store_id, t.shipping_store_id, t.cost_bearer, t.cost_fen, t.sku_id, r.qty FROM store_transfer t
       JOIN reservation r ON r.brand_id = t.brand_id AND r.order_id = t.order_id AND r.sku_id = t.sku_id AND r.state = 'TAKEN' AND r.qty > 0
       WHERE t.brand_id = ? AND t.order_id = ? AND t.state = 'SENT' AND t.cost_fen > 0 ORDER BY t.shipping_store_id, t.sku_id`,
      [brandId, orderId],
    );
    const byStore = new Map<StoreId, SentElsewhere & { skuIds: Set<Id> }>();
    for (const row of rows) {
      const sent = byStore.get(row.shipping_store_id) ?? {
        sellingStoreId: row.selling_store_id,
        shippingStoreId: row.shipping_store_id,
        costBearer: row.cost_bearer,
        costFen: parseFen(row.cost_fen),
        pieces: 0,
        skuIds: new Set<Id>(),
      };
      sent.pieces += Number(row.qty);
      sent.skuIds.add(row.sku_id);
      byStore.set(row.shipping_store_id, sent);
    }
    return [...byStore.values()];
  }

  /** What one store sends for another, newest first, one more than asked for. */
  list(
    on: Queryable,
    brandId: BrandId,
    scope: readonly StoreId[] | 'ALL',
    query: { state?: string | undefined; before?: string | undefined; limit: number },
  ) {
    const a = inScope('t.shipping_store_id', scope);
    const b = inScope('t.selling_store_id', scope);
    const mine = scope === 'ALL' ? '' : ` AND (${a.sql.slice(5)} OR ${b.sql.slice(5)})`;
    return on.query<{
      id: Id;
      order_id: Id;
      order_no: string;
      selling_store_id: StoreId;
      shipping_store_id: StoreId;
      qty: number;
      cost_bearer: 'SELLING' | 'SHIPPING' | 'HQ';
      cost_fen: string;
      state: 'OPEN' | 'SENT' | 'CANCELLED';
      created_at: Date;
      sent_at: Date | null;
      code: string;
      name: string;
    }>(
      `SELECT t.*, o.order_no, s.code, p.name FROM store_transfer t JOIN sales_order o ON o.brand_id = t.brand_id AND o.id = t.order_id
       JOIN sku s ON s.brand_id = t.brand_id AND s.id = t.sku_id JOIN product p ON p.brand_id = s.brand_id AND p.id = s.product_id
       WHERE t.brand_id = ?${mine}${query.state ? ' AND t.state = ?' : ''}${query.before ? ' AND t.id < ?' : ''} ORDER BY t.id DESC LIMIT ?`,
      [
        brandId,
        ...a.values,
        ...b.values,
        ...(query.state ? [query.state] : []),
        ...(query.before ? [query.before] : []),
        query.limit + 1,
      ],
    );
  }
}
