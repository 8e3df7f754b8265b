import type { BrandId, OrderId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Order } from '../domain/order.js';

/** An order whose leaving the platform of mini-programs has not been told yet. */
export interface ShippingUpload {
  brandId: BrandId;
  orderId: OrderId;
  attempts: number;
}

/** All SQL of shipping information that has to be uploaded. */
export class ShippingStore {
  /** Something has left. What was withdrawn before is told now; what was told already is not told again. */
  async insert(tx: Tx, order: Pick<Order, 'brandId' | 'id'>): Promise<void> {
    await tx.execute(
      `INSERT INTO shipping_upload (brand_id, order_id, state, attempts, next_at) VALUES (?,?,'OPEN',0,?)
       ON DUPLICATE KEY UPDATE attempts = IF(state = 'WITHDRAWN', 0, attempts), next_at = IF(state = 'WITHDRAWN', VALUES(next_at), next_at),
         state = IF(state = 'WITHDRAWN', 'OPEN', state)`,
      [order.brandId, order.id, tx.now],
    );
  }

  /** It has not left after all: what has not been told yet will not be told. */
  async withdraw(tx: Tx, order: Pick<Order, 'brandId' | 'id'>): Promise<void> {
    await tx.execute(
      "UPDATE shipping_upload SET state = 'WITHDRAWN' WHERE brand_id = ? AND order_id = ? AND state <> 'DONE'",
      [order.brandId, order.id],
    );
  }

  async due(on: Queryable, now: Date, limit: number): Promise<ShippingUpload[]> {
    const rows = await on.query<{ brand_id: BrandId; order_id: OrderId; attempts: number }>(
      "SELECT brand_id, order_id, attempts FROM shipping_upload WHERE state = 'OPEN' AND next_at <= ? ORDER BY next_at LIMIT ?",
      [now, limit],
    );
    return rows.map((row) => ({ brandId: row.brand_id, orderId: row.order_id, attempts: Number(row.attempts) }));
  }

  /** Notes how a try went, and when the next one is; one that failed says nothing of what was withdrawn meanwhile. */
  async note(
    on: Queryable,
    upload: ShippingUpload,
    tried: { state: 'OPEN' | 'DONE' | 'FAILED'; problem: string | null; nextAt: Date },
  ): Promise<void> {
    await on.execute(
      'UPDATE shipping_upload SET state = ?, problem = ?, attempts = attempts + 1, next_at = ? WHERE brand_id = ? AND order_id = ? AND (state <> ? OR ? = ?)',
      [
        ...[tried.state, tried.problem?.slice(0, 300) ?? null, tried.nextAt, upload.brandId, upload.orderId],
        ...['WITHDRAWN', tried.state, 'DONE'],
      ],
    );
  }
}
