import type { Clock } from '../../platform/clock/clock.js';
import { SIGNATURE_WINDOW_SECONDS } from './signature-check.js';

/**
 * Remembers which signed messages were seen inside the time window. It stops a captured message from being sent again;
 * a rightful resend has a new nonce and passes, so business idempotency is by business key, never by this.
 */
export interface ReplayStore {
  /** True when (serial, nonce, timestamp) is new; atomically remembered for ttlSeconds. */
  firstSeen(serial: string, nonce: string, timestamp: string, ttlSeconds: number): Promise<boolean>;
}

/** The window is two-sided, so a message can stay valid for twice its width. */
export const REPLAY_TTL_SECONDS = SIGNATURE_WINDOW_SECONDS * 2;

export class InProcessReplayStore implements ReplayStore {
  private readonly seen = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  async firstSeen(serial: string, nonce: string, timestamp: string, ttlSeconds: number): Promise<boolean> {
    const now = this.clock.now();
    for (const [key, endsAt] of this.seen) {
      if (endsAt > now) break;
      this.seen.delete(key);
    }
    const key = `${serial}\n${nonce}\n${timestamp}`;
    if (this.seen.has(key)) return false;
    this.seen.set(key, now + ttlSeconds * 1000);
    return true;
  }
}
