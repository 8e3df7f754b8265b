import { Injectable } from '@nestjs/common';

const KEPT_MAX = 5_000;

/**
 * Says in this process that an order's money has arrived, so that whoever waits for it need not ask. Only a hint: rows
 * decide, and a hint that went to another process is made up for by asking.
 */
@Injectable()
export class Arrivals {
  private readonly arrived = new Set<string>();
  private readonly waiting = new Map<string, Set<() => void>>();

  /** The money of an order is booked. */
  announce(orderId: string): void {
    if (this.arrived.size >= KEPT_MAX) this.arrived.clear();
    this.arrived.add(orderId);
    for (const resume of this.waiting.get(orderId) ?? []) resume();
  }

  /** Waits until the money is booked, or the time is over. */
  async within(orderId: string, ms: number): Promise<void> {
    if (this.arrived.has(orderId)) return;
    const all = this.waiting.get(orderId) ?? new Set();
    this.waiting.set(orderId, all);
    await new Promise<void>((resolve) => {
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
