import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@shuke/shared/kernel';
import { type Remedy, remedyForRefusal } from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { log } from '../../../platform/observability/log.js';
import { SplitStore } from '../persistence/split.store.js';
import { type Split } from '../persistence/split-rows.js';

const SOON_MS = 2_000;
const LATER_MS = 10 * 60_000;
const RETRY_MS = 60_000;
const ATTENTION_MS = 6 * 3_600_000;
const SETTLES_MS = 3_600_000;

/** A refusal of the channel: unsigned words. */
export interface Refusal {
  status: number;
  code: string;
  message: string;
}

/** When a split is looked at again, and what is said of one that cannot go on by itself. */
@Injectable()
export class StopSplit {
  private readonly splits = new SplitStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The channel is working on it. */
  soon(): Date {
    return this.after(SOON_MS);
  }

  /** The channel refused for a reason that passes by itself. */
  again(): Date {
    return this.after(RETRY_MS);
  }

  /** The channel did not answer, or has something else to do first. */
  later(): Date {
    return this.after(LATER_MS);
  }

  private after(ms: number): Date {
    return new Date(this.clock.now() + ms);
  }

  /** A refused question about a split: some refusals pass by themselves, the others need a person. */
  async putOff(split: Split, refusal: Refusal): Promise<Date> {
    const remedy = remedyForRefusal(refusal);
    if (remedy.action === 'RETRY_LATER') return this.again();
    return this.stop(split, remedy, refusal.message);
  }

  /** What the whole store is refused for is not asked for once more by each of its orders (pay-35); other stores go on. */
  async stop(split: Split, remedy: Remedy, detail: string): Promise<Date> {
    const isDelayed = remedy.action === 'RETRY_DAILY';
    // A trade is often settled a moment later; only what takes longer is worth telling somebody (pay-23, pay-36).
    if (isDelayed && this.clock.now() - (split.dueAt?.getTime() ?? 0) < SETTLES_MS) return this.again();
    const next = await this.attention(split, remedy.nextStep, detail);
    if (isDelayed) return this.after(DAY_MS);
    if (remedy.action === 'STOP_STORE') await this.splits.parkStore(this.database, split, next);
    return next;
  }

  /**
   * Stops and says in plain words what a person must do. The cause often lies outside (a permission, a key), so the
   * same step is tried again a few times a day and goes on by itself once it is mended.
   */
  async attention(split: Split, nextStep: string, detail: string): Promise<Date> {
    log.error({ split: split.id, detail }, 'a split needs a person');
    await this.splits.advance(this.database, split, { state: 'ATTENTION', problem: nextStep.slice(0, 300) });
    return this.after(ATTENTION_MS);
  }
}
