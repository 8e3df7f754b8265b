import { Inject, Injectable } from '@nestjs/common';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import type { Refused, Unknown } from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { log } from '../../../platform/observability/log.js';
import { ChannelListStore } from '../persistence/channel-list.store.js';
import { SplitStore } from '../persistence/split.store.js';
import { type Split } from '../persistence/split-rows.js';
import { CHANNEL_CAP_BP } from './rules.js';

const RATIO_LIFE_MS = 3_600_000;

/** All receivers stand on the collector's list, or the answer that kept one off it. */
export type Added = { kind: 'ok' } | Refused | Unknown;
export type MaxRatio = { kind: 'ok'; bp: number } | Refused | Unknown;

/** What the channel asks for before it splits: a ratio that was granted, and receivers that the collector has named. */
@Injectable()
export class SplitTerms {
  private readonly splits = new SplitStore();
  private readonly lists = new ChannelListStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * The ratio that the channel allows this collector, read at most hourly (pay-24). What was read last counts on while the
   * channel does not answer; a collector that was never granted one is refused.
   */
  async maxRatio(split: Split, desk: PayDesk): Promise<MaxRatio> {
    if (split.subMchid === null) return { kind: 'ok', bp: CHANNEL_CAP_BP };
    const known = await this.lists.ratio(this.database, split);
    if (known && Math.abs(this.clock.now() - known.readAt.getTime()) < RATIO_LIFE_MS)
      return { kind: 'ok', bp: known.maxBp };
    const result = await desk.gateway.sharing.merchantConfig(split.subMchid);
    if (result.kind !== 'ok') {
      log.warn({ mchid: split.subMchid, result }, 'the split ratio of a merchant could not be read');
      return known ? { kind: 'ok', bp: known.maxBp } : result;
    }
    await this.lists.putRatio(this.database, split, result.data.maxRatio, this.clock.date());
    return { kind: 'ok', bp: result.data.maxRatio };
  }

  /** The channel pays only receivers on the collector's own list; adding one twice does no harm (pay-21). */
  async addReceivers(split: Split, desk: PayDesk): Promise<Added> {
    const receivers = (await this.splits.receivers(this.database, split.brandId, [split.id])).filter(
      (one) => one.state === 'PLANNED',
    );
    const listed = await this.lists.listed(this.database, split, receivers);
    for (const one of receivers) {
      if (listed.has(one.account)) continue;
      const added = await desk.gateway.sharing.addReceiver({
        subMchid: split.subMchid ?? undefined,
        appid: desk.appid,
        type: one.receiverType,
        account: one.account,
        name: one.receiverType === 'MERCHANT_ID' ? desk.brandReceiver.name : undefined,
        relation: one.party === 'BRAND' ? 'HEADQUARTER' : 'STAFF',
      });
      if (added.kind !== 'ok') return added;
      await this.lists.putListed(this.database, split, one, this.clock.date());
    }
    return { kind: 'ok' };
  }
}
