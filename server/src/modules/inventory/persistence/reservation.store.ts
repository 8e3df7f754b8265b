import type { BrandId, Id, OrderId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Pieces, Reservation } from '../domain/types.js';
import { qtyCase } from './quantities.js';

type SkuId = Id<'sku'>;

/** All SQL of the pieces that orders hold, have taken and gave back. */
export class ReservationStore {
  /** What an order holds waits in another store from now on. */
  async move(tx: Tx, brandId: BrandId, orderId: OrderId, storeId: StoreId): Promise<void> {
    await tx.execute("UPDATE reservation SET store_id = ? WHERE brand_id = ? AND order_id = ? AND state = 'HELD'", [
      storeId,
      brandId,
      orderId,
    ]);
  }

  async insert(tx: Tx, brandId: BrandId, orderId: OrderId, storeId: StoreId, pieces: readonly Pieces[]): Promise<void> {
    await tx.execute(
      `INSERT INTO reservation (brand_id, order_id, sku_id, store_id, qty, state, created_at) VALUES ${pieces
        .map(() => "(?,?,?,?,?,'HELD',?)")
        .join(',')}`,
      pieces.flatMap(({ skuId, qty }) => [brandId, orderId, skuId, storeId, qty, tx.now]),
    );
  }

  /** An order's reservations, locked, in SKU order. */
  async lock(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<Reservation[]> {
    const rows = await tx.query<{
      sku_id: SkuId;
      store_id: StoreId;
      qty: number;
      returned_qty: number;
      state: Reservation['state'];
    }>(
      `SELECT sku_id, store_id, qty, returned_qty, state FROM reservation WHERE brand_id = ? AND order_id = ? ORDER BY sku_id FOR UPDATE`,
      [brandId, orderId],
    );
    return rows.map((row) => ({
      skuId: row.sku_id,
      storeId: row.store_id,
      qty: row.qty,
      returnedQty: row.returned_qty,
      state: row.state,
    }));
  }

  async returnedQty(on: Queryable, brandId: BrandId, orderId: Id, skuId: SkuId): Promise<number> {
    const [row] = await on.query<{ returned_qty: number }>(
      'SELECT returned_qty FROM reservation WHERE brand_id = ? AND order_id = ? AND sku_id = ?',
      [brandId, orderId, skuId],
    );
    return Number(row?.returned_qty ?? 0);
  }

  async end(tx: Tx, brandId: BrandId, orderId: OrderId, state: 'TAKEN' | 'RELEASED'): Promise<void> {
    await tx.execute(
      "UPDATE reservation SET state = ?, ended_at = ? WHERE brand_id = ? AND order_id = ? AND state = 'HELD'",
      [state, tx.now, brandId, orderId],
    );
  }

  /** What an order had taken it holds again. */
  async reopen(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    await tx.execute(
      "UPDATE reservation SET state = 'HELD', ended_at = NULL WHERE brand_id = ? AND order_id = ? AND state = 'TAKEN'",
      [brandId, orderId],
    );
  }

  /** Some held pieces are no longer wanted; a reservation of nothing is over. */
  async shrink(tx: Tx, brandId: BrandId, orderId: OrderId, pieces: readonly Pieces[]): Promise<void> {
    const qty = qtyCase(pieces);
    const ids = pieces.map((one) => one.skuId);
    // The state is set first: assignments run from left to right, and it compares with the quantity before the change.
    await tx.execute(
      `UPDATE reservation SET state = IF(qty <= ${qty.sql}, 'RELEASED', state), ended_at = IF(qty <= ${qty.sql}, ?, NULL), qty = qty - ${qty.sql}
       WHERE brand_id = ? AND order_id = ? AND state = 'HELD' AND sku_id IN ${marks(ids)}`,
      [...qty.values, ...qty.values, tx.now, ...qty.values, brandId, orderId, ...ids],
    );
  }

  async countReturned(tx: Tx, brandId: BrandId, orderId: OrderId, pieces: readonly Pieces[]): Promise<void> {
    const qty = qtyCase(pieces);
    await tx.execute(
      `UPDATE reservation SET returned_qty = returned_qty + ${qty.sql} WHERE brand_id = ? AND order_id = ? AND sku_id IN ${marks(
        pieces.map((one) => one.skuId),
      )}`,
      [...qty.values, brandId, orderId, ...pieces.map((one) => one.skuId)],
    );
  }
}
