import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Order } from '../../orders/index.js';
import type { RefundDraft } from '../persistence/refund.store.js';

/** A refund in the transaction that books it; the order as it was before. */
export interface BookedRefund {
  refund: RefundDraft;
  order: Order;
  /** Nothing of the order is left. */
  isAllBack: boolean;
}

/** What a module does when a refund is booked: wallet, points, coupons, cases. */
export type RefundEffect = (tx: Tx, booked: BookedRefund) => Promise<void>;

const effects = new Map<string, RefundEffect>();

/** Everything that follows a refund; it happens with the refund or not at all. */
export const RefundEffects = {
  /** Registers an effect when its module starts; the last one with a name wins, so that tests can build the app twice. */
  register(name: string, effect: RefundEffect): void {
    effects.set(name, effect);
  },
  async apply(tx: Tx, booked: BookedRefund): Promise<void> {
    for (const effect of effects.values()) await effect(tx, booked);
  },
};
