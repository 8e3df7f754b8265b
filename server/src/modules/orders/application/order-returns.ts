import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** What a module knows of goods and money of an order that are on their way back; the order's row is locked meanwhile. */
export interface OrderReturn {
  /** Money is being refunded, or its refund was asked for before the goods left. */
  isRefunding?(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean>;
  /** Somebody has still to decide about pieces of the order. */
  isInCase?(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean>;
}

const returns = new Map<string, OrderReturn>();

/** Asked before goods leave and before an order ends. Payments and after-sale know, and both are built on orders. */
export const OrderReturns = {
  /** Registers a module when it starts; the last one with a name wins, so that tests can build the app twice. */
  register(name: string, known: OrderReturn): void {
    returns.set(name, known);
  },
  async isRefunding(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean> {
    for (const known of returns.values()) if (await known.isRefunding?.(tx, brandId, orderId)) return true;
    return false;
  },
  async isInCase(tx: Tx, brandId: BrandId, orderId: Id): Promise<boolean> {
    for (const known of returns.values()) if (await known.isInCase?.(tx, brandId, orderId)) return true;
    return false;
  },
};
