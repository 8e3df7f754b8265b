import type { Id } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { SharedSlot } from '../../../platform/slots/slot.js';
import type { Order } from '../domain/order.js';

/** What follows from goods in the consumer's hands; the order's row is locked meanwhile. */
export interface HandOverFollower {
  /** Something was built on it that cannot be taken back. */
  standsOn?(tx: Tx, order: Order): Promise<boolean>;
  /** The hand-over is undone: takes back what it gave, once for its id. */
  takeBack?(tx: Tx, order: Order, handOverId: Id): Promise<void>;
}

type Follower = 'reviews' | 'points';
const followers = new SharedSlot<Follower, HandOverFollower>('orders.after hand-over', ['reviews', 'points']);

/** Asked and told when a hand-over is undone. Reviews and points of orders know, and both are built on orders. */
export const AfterHandOver = {
  register(by: Follower, follower: HandOverFollower): void {
    followers.fill(by, follower);
  },
  async isBuiltOn(tx: Tx, order: Order): Promise<boolean> {
    for (const follower of followers.all()) if (await follower.standsOn?.(tx, order)) return true;
    return false;
  },
  async takeBack(tx: Tx, order: Order, handOverId: Id): Promise<void> {
    for (const follower of followers.all()) await follower.takeBack?.(tx, order, handOverId);
  },
};
