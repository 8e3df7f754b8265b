import type { Clock } from '../../../platform/clock/clock.js';
import type { Order } from '../domain/order.js';

const LIFE_MS = 5 * 60_000;
const KEPT_MAX = 5_000;

/** What was written when an order was submitted: the order as it was then, and the payment that was planned for it. */
export interface RecentOrder {
  order: Order;
  payPlan: string | null;
}

/**
 * Orders that this process has just written, so that paying them need not read them back. Only what never changes may be
 * taken from here: whether an order still waits for its money is for the statement that changes it to say. Another
 * process, or this one after a restart, reads the rows instead.
 */
export class RecentOrders {
  private readonly kept = new Map<string, RecentOrder & { until: number }>();

  constructor(private readonly clock: Clock) {}

  put(order: Order, payPlan: string | null): void {
    const now = this.clock.now();
    for (const [id, one] of this.kept) {
      if (one.until > now && this.kept.size < KEPT_MAX) break;
      this.kept.delete(id);
    }
    this.kept.set(order.id, { order, payPlan, until: now + LIFE_MS });
  }

  get(orderId: string): RecentOrder | null {
    const found = this.kept.get(orderId);
    return found && found.until > this.clock.now() ? found : null;
  }

  /** Forgets an order that was closed, or whose payment was started. */
  forgetPlan(orderId: string): void {
    const found = this.kept.get(orderId);
    if (found) found.payPlan = null;
  }
}
