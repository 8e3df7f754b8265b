import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import type { Order } from '../../orders/index.js';

const KEPT_MAX = 1_000;
/** How long an order is told as it was when its money arrived; from then on its rows are read. */
const FRESH_MS = 2_000;

interface Arrival {
  at: number;
  /** The order as it was written with its money, where this process knows it whole. */
  order: Order | null;
}

/**
 * Says in this process that an order's money has arrived, so that whoever waits for it need neither ask WeChat nor read
 * back what has just been written. Only a hint: rows decide, and a hint that went to another process is made up for by
 * asking.
 */
@Injectable()
export class Arrivals {
  private readonly arrived = new Map<string, Arrival>();
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(@Inject(Clock) private readonly clock: Clock) {}

  /** The money of an order is booked. @param order as it was written with it, if that is known */
  announce(orderId: string, order: Order | null = null): void {
    if (this.arrived.size >= KEPT_MAX) this.arrived.clear();
    this.arrived.set(orderId, { at: this.clock.now(), order });
    for (const resume of this.waiting.get(orderId) ?? []) resume();
  }

  /**
   * Waits until the money is booked, or the time is over.
   * @returns the order as it has just been written, or null when its rows have to be read
   */
  async within(orderId: string, ms: number): Promise<Order | null> {
    if (!this.arrived.has(orderId)) await this.arrival(orderId, ms);
    const found = this.arrived.get(orderId);
    return found && Math.abs(this.clock.now() - found.at) < FRESH_MS ? found.order : null;
  }

  private arrival(orderId: string, ms: number): Promise<void> {
    const all = this.waiting.get(orderId) ?? new Set();
    this.waiting.set(orderId, all);
    return new Promise((resolve) => {
      const resume = () => {
        clearTimeout(timer);
        all.delete(resume);
        if (all.size === 0) this.waiting.delete(orderId);
        resolve();
      };
      const timer = setTimeout(resume, ms);
      all.add(resume);
    });
  }
}
