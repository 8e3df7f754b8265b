import type { BrandId, Fen, OrderId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** All SQL about slots of local delivery and who has booked them. */
export class DeliveryStore {
  async used(
    on: Queryable,
    brandId: BrandId,
    storeId: StoreId,
    slots: readonly string[],
  ): Promise<Map<string, number>> {
    if (slots.length === 0) return new Map();
    const rows = await on.query<{ slot: string; used: number }>(
      `SELECT slot, used FROM delivery_slot WHERE brand_id = ? AND store_id = ? AND slot IN ${marks(slots)}`,
      [brandId, storeId, ...slots],
    );
    return new Map(rows.map((row) => [row.slot, row.used]));
  }

  /** Takes one place in a slot while there is one; false when it is full. */
  async take(tx: Tx, brandId: BrandId, storeId: StoreId, slot: string, capacity: number): Promise<boolean> {
    // The row is made only when it is missing: inserting first would have everybody wait for a lock that all share.
    if (await this.takeOne(tx, brandId, storeId, slot, capacity)) return true;
    await tx.execute('INSERT IGNORE INTO delivery_slot (brand_id, store_id, slot, used) VALUES (?,?,?,0)', [
      brandId,
      storeId,
      slot,
    ]);
    return this.takeOne(tx, brandId, storeId, slot, capacity);
  }

  private async takeOne(tx: Tx, brandId: BrandId, storeId: StoreId, slot: string, capacity: number): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      'UPDATE delivery_slot SET used = used + 1 WHERE brand_id = ? AND store_id = ? AND slot = ? AND used < ?',
      [brandId, storeId, slot, capacity],
    );
    return affectedRows === 1;
  }

  async insertBooking(
    tx: Tx,
    booking: { brandId: BrandId; orderId: OrderId; storeId: StoreId; slot: string; feeFen: Fen; distanceM: number },
  ): Promise<void> {
    await tx.execute(
      "INSERT INTO delivery_booking (brand_id, order_id, store_id, slot, fee_fen, distance_m, state, at) VALUES (?,?,?,?,?,?,'HELD',?)",
      [booking.brandId, booking.orderId, booking.storeId, booking.slot, booking.feeFen, booking.distanceM, tx.now],
    );
  }

  /** Gives an order's place back; false when it held none. */
  async release(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE delivery_booking b JOIN delivery_slot s ON s.brand_id = b.brand_id AND s.store_id = b.store_id AND s.slot = b.slot
       SET b.state = 'RELEASED', s.used = s.used - 1 WHERE b.brand_id = ? AND b.order_id = ? AND b.state = 'HELD'`,
      [brandId, orderId],
    );
    return affectedRows > 0;
  }
}
