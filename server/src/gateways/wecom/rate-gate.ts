import type { Clock } from '../../platform/clock/clock.js';

/** Lower numbers go first: a welcome message has 20 seconds, a sync has the night. */
export const PRIORITY = { welcome: 0, sidebar: 1, task: 2, sync: 3 } as const;
export type Priority = keyof typeof PRIORITY;

/** Lets calls through at the pace WeCom allows per corp and cgi. Several nodes need an implementation that is shared. */
export interface RateGate {
  /** Resolves when one call of this cgi may go. */
  pass(corpId: string, cgi: string, priority: Priority): Promise<void>;
  /** After a 45009: nothing of this cgi goes before the instant (ms). */
  block(corpId: string, cgi: string, untilMs: number): Promise<void>;
}

export interface RateBudget {
  perMinute: number;
  perHour: number;
}

/** Documented caps are 10,000 a minute and 150,000 an hour per corp and cgi; nine tenths leave room for other apps. */
export const DEFAULT_BUDGET: RateBudget = { perMinute: 9_000, perHour: 135_000 };

interface Waiter {
  priority: number;
  go: () => void;
}

interface Lane {
  minute: number;
  hour: number;
  filledAtMs: number;
  blockedUntilMs: number;
  waiting: Waiter[];
  waking: boolean;
}

/** Token buckets (minute and hour) in this process, with a queue by priority. */
export class InProcessRateGate implements RateGate {
  private readonly lanes = new Map<string, Lane>();

  constructor(
    private readonly clock: Clock,
    private readonly budgets: Readonly<Record<string, RateBudget>> = {},
    private readonly sleep: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  ) {}

  async pass(corpId: string, cgi: string, priority: Priority): Promise<void> {
    const lane = this.lane(corpId, cgi);
    this.refill(lane, this.budget(cgi));
    if (lane.waiting.length === 0 && this.waitMs(lane, this.budget(cgi)) === 0) {
      this.take(lane);
      return;
    }
    await new Promise<void>((go) => {
      const rank = PRIORITY[priority];
      const index = lane.waiting.findIndex((other) => other.priority > rank);
      lane.waiting.splice(index < 0 ? lane.waiting.length : index, 0, { priority: rank, go });
      void this.wake(lane, this.budget(cgi));
    });
  }

  async block(corpId: string, cgi: string, untilMs: number): Promise<void> {
    const lane = this.lane(corpId, cgi);
    lane.blockedUntilMs = Math.max(lane.blockedUntilMs, untilMs);
  }

  private async wake(lane: Lane, budget: RateBudget): Promise<void> {
    if (lane.waking) return;
    lane.waking = true;
    while (lane.waiting.length > 0) {
      this.refill(lane, budget);
      const wait = this.waitMs(lane, budget);
      if (wait > 0) {
        await this.sleep(wait);
        continue;
      }
      this.take(lane);
      lane.waiting.shift()?.go();
    }
    lane.waking = false;
  }

  private waitMs(lane: Lane, budget: RateBudget): number {
    const blocked = lane.blockedUntilMs - this.clock.now();
    const minute = lane.minute >= 1 ? 0 : ((1 - lane.minute) * 60_000) / budget.perMinute;
    const hour = lane.hour >= 1 ? 0 : ((1 - lane.hour) * 3_600_000) / budget.perHour;
    return Math.max(0, Math.ceil(Math.max(blocked, minute, hour)));
  }

  private refill(lane: Lane, budget: RateBudget): void {
    const passed = Math.max(0, this.clock.now() - lane.filledAtMs);
    lane.filledAtMs = this.clock.now();
    lane.minute = Math.min(budget.perMinute, lane.minute + (passed * budget.perMinute) / 60_000);
    lane.hour = Math.min(budget.perHour, lane.hour + (passed * budget.perHour) / 3_600_000);
  }

  private take(lane: Lane): void {
    lane.minute -= 1;
    lane.hour -= 1;
  }

  private budget(cgi: string): RateBudget {
    return this.budgets[cgi] ?? DEFAULT_BUDGET;
  }

  private lane(corpId: string, cgi: string): Lane {
    const key = `${corpId} ${cgi}`;
    const found = this.lanes.get(key);
    if (found) return found;
    const { perMinute, perHour } = this.budget(cgi);
    const lane = {
      minute: perMinute,
      hour: perHour,
      filledAtMs: this.clock.now(),
      blockedUntilMs: 0,
      waiting: [],
      waking: false,
    };
    this.lanes.set(key, lane);
    return lane;
  }
}
