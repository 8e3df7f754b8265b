import type { BrandId, Id, OrderId, StoreId } from '@shuke/shared/kernel';
import { marks, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { inSkuOrder, type Pieces, type Shelf } from '../domain/types.js';
import { StockStore } from './stock.store.js';

type SkuId = Id<'sku'>;
export type ShelfKey = `${BrandId}:${StoreId}:${SkuId}`;

export const shelfKey = (brandId: BrandId, storeId: StoreId, skuId: SkuId): ShelfKey =>
  `${brandId}:${storeId}:${skuId}`;

export interface StoreShelf extends Shelf {
  forPickup: boolean;
  forDelivery: boolean;
}

interface At {
  brandId: BrandId;
  storeId: StoreId;
}

interface HeldOrder extends At {
  orderId: OrderId;
  pieces: readonly Pieces[];
}

/** SQL of reservations for many orders at once. Stores are walked in the order of their ids, SKUs in the order of theirs. */
export class GroupedStockStore {
  private readonly rows = new StockStore();

  /** Locks shelves and says what of each may be sold; one statement for each store of the group. */
  async lock(tx: Tx, shelves: readonly (At & { skuId: SkuId })[]): Promise<Map<ShelfKey, StoreShelf>> {
    const found = new Map<ShelfKey, StoreShelf>();
    for (const [{ brandId, storeId }, group] of byPlace(shelves)) {
      const skuIds = group.map((one) => one.skuId);
      const rows = await tx.query<{
        sku_id: SkuId;
        free: string;
        set_aside: number;
        for_pickup: number;
        for_delivery: number;
      }>(
        `SELECT sku_id, on_hand - reserved - safety AS free, set_aside, for_pickup, for_delivery FROM stock
         WHERE brand_id = ? AND store_id = ? AND sku_id IN ${marks(skuIds)} ORDER BY sku_id FOR UPDATE`,
        [brandId, storeId, ...skuIds],
      );
      for (const row of rows)
        found.set(shelfKey(brandId, storeId, row.sku_id), {
          free: Number(row.free),
          setAside: row.set_aside,
          forPickup: row.for_pickup === 1,
          forDelivery: row.for_delivery === 1,
        });
    }
    return found;
  }

  /**
   * Holds the pieces of all orders: one UPDATE for each store, then one INSERT.
   * @throws Error when a shelf has less than it had under the lock, which rolls everything back
   */
  async hold(tx: Tx, orders: readonly HeldOrder[]): Promise<void> {
    for (const [{ brandId, storeId }, group] of byPlace(orders)) {
      const pieces = inSkuOrder(group.flatMap((one) => one.pieces));
      const held = await this.rows.reserve(tx, brandId, storeId, pieces);
      if (held !== pieces.length) throw new Error(`stock of store ${storeId} changed under its lock`);
    }
    const rows = orders.flatMap(({ brandId, orderId, storeId, pieces }) =>
      pieces.map(({ skuId, qty }): SqlValue[] => [brandId, orderId, skuId, storeId, qty, 'HELD', tx.now]),
    );
    await tx.execute(
      `INSERT INTO reservation (brand_id, order_id, sku_id, store_id, qty, state, created_at) VALUES ${rows.map(() => '(?,?,?,?,?,?,?)').join(',')}`,
      rows.flat(),
    );
  }
}

/** Groups by store, in the order of the ids, which is the same for everybody. */
function byPlace<T extends At>(list: readonly T[]): [At, T[]][] {
  const groups = new Map<string, [At, T[]]>();
  for (const one of list) {
    const key = `${one.brandId.padStart(20, '0')}:${one.storeId.padStart(20, '0')}`;
    const had = groups.get(key);
    if (had) had[1].push(one);
    else groups.set(key, [{ brandId: one.brandId, storeId: one.storeId }, [one]]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
