import { Inject, Injectable } from '@nestjs/common';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import type { Refused, Unknown } from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { log } from '../../../platform/observability/log.js';
import { type Split, SplitStore } from '../persistence/split.store.js';
import { CHANNEL_CAP_BP } from './rules.js';

const RATIO_LIFE_MS = 3_600_000;

/** All receivers stand on the collector's list, or the answer that kept one off it. */
export type Added = { kind: 'ok' } | Refused | Unknown;

/** What the channel asks for before it splits: a ratio that was granted, and receivers that the collector has named. */
@Injectable()
export class SplitTerms {
  private readonly splits = new SplitStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The ratio that the channel allows this collector, read at most hourly (pay-24). */
  async maxRatio(split: Split, desk: PayDesk): Promise<number | null> {
    if (split.subMchid === null) return CHANNEL_CAP_BP;
    const [known] = await this.database.query<{ max_ratio_bp: number; read_at: Date }>(
      'SELECT max_ratio_bp, read_at FROM channel_ratio WHERE brand_id = ? AND mchid = ?',
      [split.brandId, split.subMchid],
    );
    if (known && this.clock.now() - known.read_at.getTime() < RATIO_LIFE_MS) return known.max_ratio_bp;
    const result = await desk.gateway.sharing.merchantConfig(split.subMchid);
    if (result.kind !== 'ok') {
      log.warn({ mchid: split.subMchid, result }, 'the split ratio of a merchant could not be read');
      return known?.max_ratio_bp ?? null;
    }
    await this.database.execute(
      'INSERT INTO channel_ratio (brand_id, mchid, max_ratio_bp, read_at) VALUES (?,?,?,?) ON DUPLICATE KEY UPDATE max_ratio_bp = VALUES(max_ratio_bp), read_at = VALUES(read_at)',
      [split.brandId, split.subMchid, result.data.maxRatio, this.clock.date()],
    );
    return result.data.maxRatio;
  }

  /** The channel pays only receivers on the collector's own list; adding one twice does no harm (pay-21). */
  async addReceivers(split: Split, desk: PayDesk): Promise<Added> {
    const collector = split.subMchid ?? split.mchid;
    const receivers = (await this.splits.receivers(this.database, split.brandId, [split.id])).filter(
      (one) => one.state === 'PLANNED',
    );
    for (const one of receivers) {
      const [known] = await this.database.query(
        'SELECT 1 FROM channel_receiver WHERE brand_id = ? AND mchid = ? AND receiver_type = ? AND account = ?',
        [split.brandId, collector, one.receiverType, one.account],
      );
      if (known) continue;
      const added = await desk.gateway.sharing.addReceiver({
        subMchid: split.subMchid ?? undefined,
        appid: desk.appid,
        type: one.receiverType,
        account: one.account,
        name: one.receiverType === 'MERCHANT_ID' ? desk.brandReceiver.name : undefined,
        relation: one.party === 'BRAND' ? 'HEADQUARTER' : 'STAFF',
      });
      if (added.kind !== 'ok') return added;
      await this.database.execute(
        'INSERT INTO channel_receiver (brand_id, mchid, receiver_type, account, added_at) VALUES (?,?,?,?,?) ON DUPLICATE KEY UPDATE added_at = added_at',
        [split.brandId, collector, one.receiverType, one.account, this.clock.date()],
      );
    }
    return { kind: 'ok' };
  }
}
