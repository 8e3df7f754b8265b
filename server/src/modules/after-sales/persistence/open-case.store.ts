import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';

/** All SQL that answers other modules whether an order has cases that are not over. */
export class OpenCaseStore {
  async isOpen(on: Queryable, brandId: BrandId, orderId: Id): Promise<boolean> {
    const rows = await on.query(
      "SELECT id FROM after_sale_case WHERE brand_id = ? AND order_id = ? AND state NOT IN ('DONE','REFUSED','CANCELLED') LIMIT 1",
      [brandId, orderId],
    );
    return rows.length > 0;
  }

  /** Whether money was asked for without goods, which keeps the goods where they are. */
  async isRefundAsked(on: Queryable, brandId: BrandId, orderId: Id): Promise<boolean> {
    const rows = await on.query(
      "SELECT id FROM after_sale_case WHERE brand_id = ? AND order_id = ? AND kind = 'REFUND_ONLY' AND state IN ('REQUESTED','REFUNDING') LIMIT 1",
      [brandId, orderId],
    );
    return rows.length > 0;
  }

  /** Whether anybody asked at or after an instant and did not take it back. */
  async isAskedSince(on: Queryable, brandId: BrandId, orderId: Id, since: Date): Promise<boolean> {
    const rows = await on.query(
      "SELECT id FROM after_sale_case WHERE brand_id = ? AND order_id = ? AND created_at >= ? AND state <> 'CANCELLED' LIMIT 1",
      [brandId, orderId, since],
    );
    return rows.length > 0;
  }
}
