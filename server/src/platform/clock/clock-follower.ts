import { log } from '../observability/log.js';
import { type Clock, OffsetClock } from './clock.js';

const POLL_MS = 250;
/** Tells the sandbox who asks, so that whoever moves its clock can wait until everybody has followed. */
const HEADERS = { 'x-follower': String(process.pid) };

/**
 * Keeps an offset clock at the time that a sandbox shows (`{ "nowMs": … }`), so that a demonstration can move the
 * outside world and the server together. The configuration refuses it in production.
 */
export class ClockFollower {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly url: string | undefined,
  ) {}

  /** Reads the time once, then keeps following. */
  async started(): Promise<this> {
    if (this.url && this.clock instanceof OffsetClock) {
      await this.read();
      this.timer = setInterval(() => void this.read(), POLL_MS);
      this.timer.unref();
    }
    return this;
  }

  stop(): void {
    if (this.timer) clearInterval(this.timer);
  }

  private async read(): Promise<void> {
    try {
      const answer = await fetch(this.url ?? '', { headers: HEADERS, signal: AbortSignal.timeout(2000) });
      const body = (await answer.json()) as { nowMs?: unknown };
      if (typeof body.nowMs === 'number' && this.clock instanceof OffsetClock) this.clock.follow(body.nowMs);
    } catch (error) {
      log.warn({ problem: (error as Error).message }, 'the sandbox clock does not answer');
    }
  }
}
