import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { SharedSlot } from '../../../platform/slots/slot.js';

/** What a module knows of goods and money of an order that are on their way back; the order's row is locked meanwhile. */
export interface OrderReturn {
  /** Money is being refunded, or its refund was asked for before the goods left. */
  isRefunding?(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean>;
  /** Somebody has still to decide about pieces of the order. */
  isInCase?(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean>;
  /** Money or goods went back, or were asked back, at or after an instant. */
  hasReturnedSince(tx: Tx, brandId: BrandId, orderId: Id, since: Date): Promise<boolean>;
}

type Knower = 'payments' | 'after-sales';
const returns = new SharedSlot<Knower, OrderReturn>('orders.returns', ['payments', 'after-sales']);

/** Asked before goods leave and before an order ends. Payments and after-sale know, and both are built on orders. */
export const OrderReturns = {
  register(by: Knower, known: OrderReturn): void {
    returns.fill(by, known);
  },
  async isRefunding(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean> {
    for (const known of returns.all()) if (await known.isRefunding?.(tx, brandId, orderId)) return true;
    return false;
  },
  async isInCase(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean> {
    for (const known of returns.all()) if (await known.isInCase?.(tx, brandId, orderId)) return true;
    return false;
  },
  async hasReturnedSince(tx: Tx, brandId: BrandId, orderId: Id, since: Date): Promise<boolean> {
    for (const known of returns.all()) if (await known.hasReturnedSince(tx, brandId, orderId, since)) return true;
    return false;
  },
};
