import { type BrandId, type Fen, type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';

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

interface Row {
  selling_store_id: StoreId;
  shipping_store_id: StoreId;
  cost_bearer: SentElsewhere['costBearer'];
  cost_fen: string;
  sku_id: Id;
  qty: number;
}

/** All SQL that the sending of goods across stores is read with: clearing asks what each sending costs. */
export class TransferStore {
  /** By sending store, in the order of the ids; stores whose sending costs nothing are left out. */
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
}
