import { Inject, Injectable } from '@nestjs/common';
import { fen, type StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { Clearing } from '../../clearing/index.js';
import { type OfflineUse, offlineProblem } from '../domain/offline-use.js';
import type { CouponId } from '../domain/types.js';
import type { Redemption } from '../persistence/redemption.store.js';
import { type Counter, CounterParts } from './counter-parts.js';
import { refuseCoupon } from './coupon-errors.js';
import { Redeeming } from './redeeming.js';

export interface SyncResult {
  clientKey: string;
  result: 'DONE' | 'REPEATED' | 'COMPENSATED' | 'STORE_BEARS' | 'REFUSED';
  text: string;
  redemption: Redemption | null;
}
/** The number of a use that was handed in later, among those of all stores. */
export const offlineKey = (storeId: StoreId, clientKey: string): string => `off:${storeId}:${clientKey}`;
const SYNC_TEXT = {
  DONE: '核销成功',
  COMPENSATED: '总部承担这笔优惠',
  STORE_BEARS: '按品牌规定由本店承担这笔优惠',
} as const;

/** What devices without network took in by signed codes, handed in when they are back. */
@Injectable()
export class OfflineUses {
  constructor(
    @Inject(CounterParts) private readonly parts: CounterParts,
    @Inject(Redeeming) private readonly redeeming: Redeeming,
    @Inject(Clearing) private readonly clearing: Clearing,
  ) {}

  /**
   * Hands in uses of a device that had no network, in the order in which they happened; repeating it changes nothing.
   * @param slackMs how far the clock of the device may be off, where that is more than a phone's
   */
  async sync(counter: Omit<Counter, 'channel'>, uses: readonly OfflineUse[], slackMs?: number): Promise<SyncResult[]> {
    const results: SyncResult[] = [];
    const sorted = [...uses].sort((a, b) => a.redeemedAt.getTime() - b.redeemedAt.getTime());
    for (const use of sorted) results.push(await this.syncOne({ ...counter, channel: 'OFFLINE' }, use, slackMs));
    return results;
  }

  private async syncOne(counter: Counter, use: OfflineUse, slackMs?: number): Promise<SyncResult> {
    const { brandId } = counter;
    const { database, unitOfWork, redemptions, tokens, clock } = this.parts;
    const clientKey = offlineKey(counter.storeId, use.clientKey);
    const answer = (result: SyncResult['result'], text: string, redemption: Redemption | null = null): SyncResult => ({
      clientKey: use.clientKey,
      result,
      text,
      redemption,
    });
    const earlier = await redemptions.byKey(database, brandId, clientKey);
    if (earlier) return answer('REPEATED', '这笔已经上传过了', earlier);
    const token = tokens.read(use.token);
    if (!token || token.brandId !== brandId) return answer('REFUSED', '券码无效，不是本品牌签发的');
    const problem = offlineProblem(token, use, clock.now(), slackMs);
    if (problem) return answer('REFUSED', problem);
    try {
      const state = await unitOfWork.run('coupons.sync', (tx) =>
        this.settle(tx, counter, token.couponId, { ...use, clientKey }),
      );
      const made = await redemptions.byKey(database, brandId, clientKey);
      return answer(state, SYNC_TEXT[state], made);
    } catch (error) {
      if (error instanceof AppError) return answer('REFUSED', error.message);
      throw error;
    }
  }

  /**
   * The first to arrive has the coupon; whoever comes second is treated by the brand's rule. A store that took it in before
   * bears the discount itself: one signed code, handed in again and again, must not be money from headquarters.
   */
  private async settle(
    tx: Tx,
    counter: Counter,
    couponId: CouponId,
    use: OfflineUse,
  ): Promise<'DONE' | 'COMPENSATED' | 'STORE_BEARS'> {
    const { brandId, storeId } = counter;
    const { coupons, book, journal } = this.parts;
    const coupon = await coupons.find(tx, brandId, couponId);
    if (!coupon) throw refuseCoupon('COUPON_CODE');
    const discountFen = fen(use.discountFen);
    const wish = { amountFen: use.amountFen, clientKey: use.clientKey, discountFen, at: use.redeemedAt };
    if (await this.redeeming.book(tx, counter, coupon, wish)) return 'DONE';
    const { conflictRule } = (await book.of(tx, brandId)).settings;
    const isAgain = await this.parts.redemptions.hasTaken(tx, brandId, couponId, storeId);
    const state = conflictRule === 'HQ_PAYS' && !isAgain ? 'COMPENSATED' : 'STORE_BEARS';
    const id = journal.ids.next<'redemption'>();
    await this.redeeming.write(tx, counter, coupon, { ...wish, id, state });
    await journal.write(tx, brandId, [
      {
        couponId,
        type: 'CONFLICT',
        actor: counter.actor,
        subjectId: id,
        fen: discountFen,
        note: `${isAgain ? '同一家店' : '另一家店'}离线时也核销了这张券，${SYNC_TEXT[state]}`,
      },
    ]);
    if (state === 'COMPENSATED')
      await this.clearing.post(tx, {
        brandId,
        kind: 'COUPON_CONFLICT',
        subjectId: `${couponId}:${id}`,
        legs: [
          { party: `STORE:${storeId}`, fen: discountFen },
          { party: 'HQ', fen: fen(-discountFen) },
        ],
        note: coupon.name,
      });
    return state;
  }
}
