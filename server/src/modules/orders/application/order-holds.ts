import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Order } from '../domain/order.js';

/**
 * Something that is held for an order from its submission on: a coupon, points, wallet money, a promotion's budget. It is
 * captured when the order is paid and released when it is closed, in the transaction that does so.
 */
export interface OrderHold {
  capture(tx: Tx, order: Order): Promise<void>;
  release(tx: Tx, order: Order): Promise<void>;
  /** The deposit of a presale has come; the order goes on waiting for its tail. */
  depositPaid?(tx: Tx, order: Order): Promise<void>;
  /** Whether the goods must wait although the order is paid: its group is not complete yet. */
  keepsGoods?(tx: Tx, order: Order): Promise<boolean>;
  /** Everything of a paid order was given back; the order as it was before. */
  refunded?(tx: Tx, order: Order): Promise<void>;
}

const holds = new Map<string, OrderHold>();

/** Everything that can be held for an order; the plain order has none of it and asks nobody. */
export const OrderHolds = {
  /** Registers a kind when its module starts; the last one with a name wins. */
  register(name: string, hold: OrderHold): void {
    holds.set(name, hold);
  },
  async capture(tx: Tx, order: Order): Promise<void> {
    if (order.hasHolds) for (const hold of holds.values()) await hold.capture(tx, order);
  },
  async depositPaid(tx: Tx, order: Order): Promise<void> {
    for (const hold of holds.values()) await hold.depositPaid?.(tx, order);
  },
  async keepsGoods(tx: Tx, order: Order): Promise<boolean> {
    if (!order.hasHolds) return false;
    for (const hold of holds.values()) if (await hold.keepsGoods?.(tx, order)) return true;
    return false;
  },
  async release(tx: Tx, order: Order): Promise<void> {
    if (order.hasHolds) for (const hold of holds.values()) await hold.release(tx, order);
  },
  async refunded(tx: Tx, order: Order): Promise<void> {
    if (order.hasHolds) for (const hold of holds.values()) await hold.refunded?.(tx, order);
  },
};
