import { composeId, type Id } from '@shuke/shared/kernel';
import type { Clock } from '../clock/clock.js';

/**
 * Makes time-ordered ids. The node number keeps processes apart (10 bits); within a millisecond a sequence counts, and
 * when it runs out or the clock steps back the source goes on from its last millisecond rather than repeat an id.
 */
export class IdSource {
  private lastMs = 0;
  private sequence = 0;

  constructor(
    private readonly clock: Clock,
    private readonly node: number,
  ) {}

  /** The next id of any kind; name the kind at the call: `ids.next<'order'>()`. */
  next<Kind extends string>(): Id<Kind> {
    const now = this.clock.now();
    if (now > this.lastMs) {
      this.lastMs = now;
      this.sequence = 0;
    } else if (this.sequence < 0xfff) {
      this.sequence += 1;
    } else {
      this.lastMs += 1;
      this.sequence = 0;
    }
    return composeId(this.lastMs, this.node, this.sequence) as Id<Kind>;
  }
}
