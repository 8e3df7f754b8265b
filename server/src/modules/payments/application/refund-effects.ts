import type { Tx } from '../../../platform/database/unit-of-work.js';
import { SharedSlot } from '../../../platform/slots/slot.js';
import type { Order } from '../../orders/index.js';
import type { RefundDraft } from '../persistence/refund-row.js';

/** A refund in the transaction that books it; the order as it was before. */
export interface BookedRefund {
  refund: RefundDraft;
  order: Order;
  /** Nothing of the order is left. */
  isAllBack: boolean;
}

/** What a module does when a refund is booked: wallet, points, coupons, cases. */
export type RefundEffect = (tx: Tx, booked: BookedRefund) => Promise<void>;

type Follower = 'after-sales' | 'points-clearing' | 'activities';
const effects = new SharedSlot<Follower, RefundEffect>('payments.refund-effects', [
  'after-sales',
  'points-clearing',
  'activities',
]);

/** Everything that follows a refund; it happens with the refund or not at all. */
export const RefundEffects = {
  register(by: Follower, effect: RefundEffect): void {
    effects.fill(by, effect);
  },
  async apply(tx: Tx, booked: BookedRefund): Promise<void> {
    for (const effect of effects.all()) await effect(tx, booked);
  },
};
