import type { Queryable } from '../../../platform/database/database.js';
import type { Split, SplitReceiver } from './split-rows.js';

type Collector = Pick<Split, 'brandId' | 'mchid' | 'subMchid'>;
type Account = Pick<SplitReceiver, 'receiverType' | 'account'>;
const keyOf = (split: Collector) => [split.brandId, split.subMchid ?? split.mchid];

/** All SQL of what we know of the channel's terms with each collector: its list of receivers and its ratio. */
export class ChannelListStore {
  /** Which of these receivers stand on the collector's list. @returns their accounts */
  async listed(on: Queryable, split: Collector, receivers: readonly Account[]): Promise<Set<string>> {
    if (receivers.length === 0) return new Set();
    const rows = await on.query<{ account: string }>(
      `SELECT account FROM channel_receiver WHERE brand_id = ? AND mchid = ? AND (receiver_type, account) IN (${receivers.map(() => '(?,?)').join(',')})`,
      [...keyOf(split), ...receivers.flatMap((one) => [one.receiverType, one.account])],
    );
    return new Set(rows.map((row) => row.account));
  }

  async putListed(on: Queryable, split: Collector, one: Account, at: Date): Promise<void> {
    await on.execute(
      'INSERT INTO channel_receiver (brand_id, mchid, receiver_type, account, added_at) VALUES (?,?,?,?,?) ON DUPLICATE KEY UPDATE added_at = added_at',
      [...keyOf(split), one.receiverType, one.account, at],
    );
  }

  /** Somebody may have taken a receiver off the list: it is added again before the next split. */
  async forget(on: Queryable, split: Collector, one: Account): Promise<void> {
    await on.execute(
      'DELETE FROM channel_receiver WHERE brand_id = ? AND mchid = ? AND receiver_type = ? AND account = ?',
      [...keyOf(split), one.receiverType, one.account],
    );
  }

  /** The channel misses one of the receivers and does not say which: all are added again. */
  async forgetAll(on: Queryable, split: Collector): Promise<void> {
    await on.execute('DELETE FROM channel_receiver WHERE brand_id = ? AND mchid = ?', keyOf(split));
  }

  /** The ratio last read for a split's collector, in basis points. */
  async ratio(on: Queryable, split: Collector): Promise<{ maxBp: number; readAt: Date } | null> {
    const [known] = await on.query<{ max_ratio_bp: number; read_at: Date }>(
      'SELECT max_ratio_bp, read_at FROM channel_ratio WHERE brand_id = ? AND mchid = ?',
      keyOf(split),
    );
    return known ? { maxBp: known.max_ratio_bp, readAt: known.read_at } : null;
  }

  async putRatio(on: Queryable, split: Collector, maxBp: number, readAt: Date): Promise<void> {
    await on.execute(
      'INSERT INTO channel_ratio (brand_id, mchid, max_ratio_bp, read_at) VALUES (?,?,?,?) ON DUPLICATE KEY UPDATE max_ratio_bp = VALUES(max_ratio_bp), read_at = VALUES(read_at)',
      [...keyOf(split), maxBp, readAt],
    );
  }

  async forgetRatio(on: Queryable, split: Collector): Promise<void> {
    await on.execute('DELETE FROM channel_ratio WHERE brand_id = ? AND mchid = ?', keyOf(split));
  }
}
