import { Inject, Injectable } from '@nestjs/common';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import { Database } from '../../../platform/database/database.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { inLanes } from '../../../platform/jobs/lanes.js';
import { log } from '../../../platform/observability/log.js';
import { SplitStore } from '../persistence/split.store.js';
import { type Split } from '../persistence/split-rows.js';
import { SettlementStores } from './accrue.js';
import { SplitParts } from './split-parts.js';
import type { Next } from './split-steps.js';

const afterPlan = declareFailpoint('split.after-plan');

/** Splits that one worker has under way at once: most of a split's time is waiting for the channel. */
const LANES = 4;

const collectorOf = (split: Split) => `${split.brandId} ${split.subMchid ?? split.mchid}`;

/** Takes one order's split through the channel, step by step; every step can be repeated after any crash. */
@Injectable()
export class RunSplit {
  private readonly splits = new SplitStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(SplitParts) private readonly parts: SplitParts,
  ) {}

  /** Works on all splits that are due, a few at a time; each is claimed, so that other workers may do the same. */
  async runDue(owner: string, limit = 50): Promise<number> {
    const due = await this.splits.due(this.database, this.parts.clock.date(), limit);
    const first = new Map([...due].reverse().map((split) => [collectorOf(split), split]));
    const rest = due.filter((split) => first.get(collectorOf(split)) !== split);
    let worked = 0;
    const take = async (split: Split) => {
      if (!(await this.splits.claim(this.database, split, owner, this.parts.clock.date()))) return;
      worked += 1;
      await this.work(split).catch((error) =>
        log.error({ err: error, split: split.id }, 'a split stopped and will be tried again'),
      );
    };
    // The first of each collector feels the way: what the whole store is refused for parks the others before they ask.
    await inLanes([...first.values()], LANES, take);
    await inLanes(rest, LANES, take);
    return worked;
  }

  /** Makes the split of a payment due, so that the next run asks how it went. */
  async askNow(transactionId: string): Promise<void> {
    await this.splits.askNow(this.database, transactionId, this.parts.clock.date());
  }

  private async work(split: Split): Promise<void> {
    let next: Next = this.parts.stops.later();
    try {
      let current = split;
      if (split.state === 'ATTENTION') {
        await this.splits.advance(this.database, split, { state: 'PROCESSING', problem: null });
        current = { ...split, state: 'PROCESSING', problem: null };
      }
      for (let steps = 0; steps < 10; steps += 1) {
        next = await this.step(current);
        if (next === 'SEND') {
          current = { ...current, step: 'SEND' };
          continue;
        }
        if (next !== 'ON') break;
        const again = await this.splits.ofOrder(this.database, split.brandId, split.orderId);
        if (!again) break;
        current = { ...again, fence: split.fence };
      }
    } finally {
      await this.splits.release(
        this.database,
        split,
        next === 'ON' || next === 'SEND' ? this.parts.clock.date() : next,
      );
    }
  }

  private async step(split: Split): Promise<Next> {
    const desk = this.stores.gateways.get(split.accountId);
    switch (split.step) {
      case 'PLAN':
        return this.plan(split, desk);
      case 'RECEIVERS':
        return this.addReceivers(split, desk);
      case 'SEND':
        return this.parts.send.run(split, desk);
      case 'QUERY':
        return this.parts.ask.run(split, desk);
      case 'RETRY':
        return this.parts.retry.run(split, desk);
      case 'UNFREEZE':
        return this.parts.rest.run(split, desk);
      case 'CHECK':
        return this.parts.rest.check(split, desk);
      default:
        return null;
    }
  }

  private async plan(split: Split, desk: PayDesk): Promise<Next> {
    const planned = await this.parts.plans.run(split, desk);
    afterPlan();
    if (planned === 'ON') return 'ON';
    if (planned === 'REFUND_FIRST') return this.parts.stops.soon();
    return planned.kind === 'unknown' ? this.parts.stops.later() : this.parts.stops.putOff(split, planned);
  }

  private async addReceivers(split: Split, desk: PayDesk): Promise<Next> {
    const added = await this.parts.terms.addReceivers(split, desk);
    if (added.kind === 'unknown') return this.parts.stops.soon();
    if (added.kind === 'refused') return this.parts.stops.putOff(split, added);
    await this.splits.advance(this.database, split, { step: 'SEND' });
    return 'SEND';
  }
}
