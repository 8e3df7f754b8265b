import { refuse } from './errors.js';
import type { WecomKnobs } from './model.js';

interface Window {
  startedAt: number;
  count: number;
  blockedUntil: number;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

/**
 * Frequency windows per API (10,000 a minute and 150,000 an hour; a block lasts as long as its window, document 90312),
 * the cap on calls in flight (45033) and the lock of one (member, contact) pair (45035).
 */
export class Limits {
  private readonly windows = new Map<string, Window>();
  private readonly inFlight = new Map<string, number>();
  private readonly pairs = new Set<string>();

  constructor(
    private readonly knobs: WecomKnobs,
    private readonly now: () => number,
  ) {}

  count(api: string): void {
    this.hit(`${api}|m`, MINUTE, this.knobs.perMinute);
    this.hit(`${api}|h`, HOUR, this.knobs.perHour);
  }

  async inside<T>(api: string, work: () => Promise<T>): Promise<T> {
    const running = this.inFlight.get(api) ?? 0;
    if (running >= this.knobs.concurrency) refuse(45033);
    this.inFlight.set(api, running + 1);
    try {
      return await work();
    } finally {
      this.inFlight.set(api, (this.inFlight.get(api) ?? 1) - 1);
    }
  }

  async pair<T>(userid: string, externalUserid: string, work: () => Promise<T>): Promise<T> {
    const key = `${userid.toLowerCase()}|${externalUserid}`;
    if (this.pairs.has(key)) refuse(45035);
    this.pairs.add(key);
    try {
      return await work();
    } finally {
      this.pairs.delete(key);
    }
  }

  reset(): void {
    this.windows.clear();
  }

  private hit(key: string, length: number, max: number): void {
    const now = this.now();
    const window = this.windows.get(key) ?? { startedAt: now, count: 0, blockedUntil: 0 };
    this.windows.set(key, window);
    if (now < window.blockedUntil) refuse(45009);
    if (now - window.startedAt >= length) {
      window.startedAt = now;
      window.count = 0;
    }
    window.count += 1;
    if (window.count > max) {
      window.blockedUntil = now + length;
      refuse(45009);
    }
  }
}
