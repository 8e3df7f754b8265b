import { Inject, Injectable } from '@nestjs/common';
import {
  basisPoints,
  DAY_MS,
  type Fen,
  fen,
  floorShare,
  type GuideId,
  type MemberId,
  minFen,
  type StoreId,
  WHOLE_BP,
} from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { actorLabel } from '../../../platform/access/actor.js';
import { AppError, refuse } from '../../../platform/errors/app-error.js';
import { Clearing } from '../../clearing/index.js';
import { Organization } from '../../organization/index.js';
import type { OfflineToken } from '../domain/offline-token.js';
import type { CouponId } from '../domain/types.js';
import type { Redemption } from '../persistence/redemption.store.js';
import { refuseCoupon } from './coupon-errors.js';
import { type Counter, CounterParts, Redeeming } from './redeeming.js';

export interface OfflineUse {
  clientKey: string;
  token: string;
  amountFen: number;
  discountFen: number;
  redeemedAt: Date;
}
export interface SyncResult {
  clientKey: string;
  result: 'DONE' | 'REPEATED' | 'COMPENSATED' | 'STORE_BEARS' | 'REFUSED';
  text: string;
  redemption: Redemption | null;
}
/** The number of a use that was handed in later, among those of all stores. */
export const offlineKey = (storeId: StoreId, clientKey: string): string => `off:${storeId}:${clientKey}`;
/** A device's clock may be this far off. */
const CLOCK_SLACK_MS = 5 * 60_000;
const PIN_TRIES = 5;
const PIN_PAUSE_MS = 10 * 60_000;

/** What happens around a counter besides the plain redemption: undoing, uses without network, PINs and shown codes. */
@Injectable()
export class CounterDesk {
  constructor(
    @Inject(CounterParts) private readonly parts: CounterParts,
    @Inject(Redeeming) private readonly redeeming: Redeeming,
    @Inject(Clearing) private readonly clearing: Clearing,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** Whether an actor may undo a redemption, and until when. */
  async reverseRight(actor: Actor, done: Redemption): Promise<{ canReverse: boolean; until: Date | null }> {
    if (done.state === 'REVERSED') return { canReverse: false, until: null };
    const { settings } = await this.parts.book.of(this.parts.database, actor.brandId);
    const until = new Date(done.createdAt.getTime() + settings.reverseMinutes * 60_000);
    const isOwn = actor.kind === 'guide' && actor.guideId === done.guideId && this.parts.clock.date() <= until;
    const isManager = actor.kind === 'guide' && actor.isManager && actor.storeId === done.storeId;
    return {
      canReverse: isOwn || isManager || actor.kind === 'hq' || (actor.kind === 'pos' && done.channel === 'POS'),
      until: isOwn && !isManager ? until : null,
    };
  }

  /**
   * Undoes a redemption: its clerk within the brand's minutes, the store's manager or headquarters at any time.
   * @throws AppError NOT_FOUND for another store's, ALREADY_REVERSED, REVERSE_NOT_ALLOWED
   */
  async reverse(actor: Actor, id: string, reason: string): Promise<Redemption> {
    const { brandId } = actor;
    const { database, unitOfWork, redemptions, coupons, orders, book } = this.parts;
    const done = await redemptions.find(database, brandId, id);
    const scope = await this.organization.scopeOf(actor);
    if (!done || (scope !== 'ALL' && !scope.includes(done.storeId))) throw refuse('NOT_FOUND');
    if (done.state === 'REVERSED') throw refuseCoupon('ALREADY_REVERSED');
    if (!(await this.reverseRight(actor, done)).canReverse) throw refuseCoupon('REVERSE_NOT_ALLOWED');
    await unitOfWork.run('coupons.reverse', async (tx) => {
      if (!(await redemptions.reverse(tx, brandId, id, actorLabel(actor), reason)))
        throw refuseCoupon('ALREADY_REVERSED');
      await this.clearing.takeBack(tx, {
        brandId,
        kind: 'COUPON_BACK',
        ofKind: done.state === 'DONE' ? 'COUPON_USE' : 'COUPON_CONFLICT',
        subjectId: `${done.couponId}:${done.id}`,
        suffix: 'all',
        fen: null,
        note: reason,
      });
      if (done.state !== 'DONE') return;
      const coupon = await coupons.find(tx, brandId, done.couponId);
      if (coupon?.redemptionId !== done.id) return;
      const { graceHours } = (await book.of(tx, brandId)).settings;
      await orders.comeBack(tx, coupon, done.id, 'USED', `核销撤销：${reason}`, graceHours);
      await orders.spend(tx, brandId, [coupon], -1);
    });
    return (await redemptions.find(database, brandId, id)) as Redemption;
  }

  /** A signed code for the counter, good for the brand's hours; also for a counter without network. */
  async show(actor: Consumer, id: CouponId): Promise<{ code: string; qrText: string; expiresAt: Date }> {
    const { brandId, memberId } = actor;
    const { database, unitOfWork, coupons, book, tokens, clock } = this.parts;
    const coupon = await coupons.find(database, brandId, id);
    if (coupon?.memberId !== memberId) throw refuse('NOT_FOUND');
    const held = await book.held(database, coupon);
    const { offlineHours } = (await book.of(database, brandId)).settings;
    const issuedAt = clock.date();
    const expiresAt = new Date(issuedAt.getTime() + offlineHours * 3_600_000);
    // The device's list may come in a day after the code was taken; the coupon must still be there then.
    const keepUntil = new Date(expiresAt.getTime() + DAY_MS);
    if (!(await unitOfWork.run('coupons.show', (tx) => coupons.shown(tx, brandId, id, memberId, keepUntil))))
      throw refuseCoupon('COUPON_TAKEN');
    const { kind, valueFen, payBp, maxFen, thresholdFen, scope, windows, channels } = coupon.terms;
    const isPlain =
      channels.offline &&
      held.storeIds === null &&
      windows.length === 0 &&
      scope.mode === 'ALL' &&
      scope.excludedProductIds.length === 0;
    const until = expiresAt < coupon.validUntil ? expiresAt : coupon.validUntil;
    const qrText = tokens.write({
      brandId,
      couponId: id,
      issuedAt,
      expiresAt: until,
      kind,
      valueFen,
      payBp,
      maxFen,
      thresholdFen,
      isPlain,
    });
    return { code: coupon.code, qrText, expiresAt: until };
  }

  /** A coupon is taken in on the consumer's own phone by the number that a clerk of the store reads out. */
  async redeemByPin(
    actor: Consumer,
    id: CouponId,
    wish: { storeId: StoreId; pin: string; amountFen: number; key: string },
  ): Promise<Redemption> {
    const { brandId, memberId } = actor;
    const { database, unitOfWork, coupons, tokens, clock } = this.parts;
    const coupon = await coupons.find(database, brandId, id);
    if (coupon?.memberId !== memberId) throw refuse('NOT_FOUND');
    const now = clock.now();
    const since = new Date(now - PIN_PAUSE_MS);
    const mayTry = await unitOfWork.run('coupons.try-pin', (tx) => coupons.tryPin(tx, brandId, id, since, PIN_TRIES));
    if (!mayTry) throw refuseCoupon('PIN_LOCKED');
    const clerks = await this.organization.guidesOfStore(brandId, wish.storeId);
    const clerk = clerks.find((one) => one.status === 'ACTIVE' && tokens.isPin(wish.pin, wish.storeId, one.id, now));
    if (!clerk) throw refuseCoupon('PIN_WRONG');
    const counter = {
      brandId,
      storeId: wish.storeId,
      guideId: clerk.id,
      channel: 'PIN' as const,
      actor: `guide:${clerk.id}`,
    };
    return this.redeeming.redeem(counter, {
      code: coupon.code,
      amountFen: wish.amountFen,
      clientKey: `pin:${memberId}:${wish.key}`,
    });
  }

  /** Hands in uses of a device that had no network, in the order in which they happened; repeating it changes nothing. */
  async sync(counter: Omit<Counter, 'channel'>, uses: readonly OfflineUse[]): Promise<SyncResult[]> {
    const results: SyncResult[] = [];
    const sorted = [...uses].sort((a, b) => a.redeemedAt.getTime() - b.redeemedAt.getTime());
    for (const use of sorted) results.push(await this.syncOne({ ...counter, channel: 'OFFLINE' }, use));
    return results;
  }

  private async syncOne(counter: Counter, use: OfflineUse): Promise<SyncResult> {
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
    const problem = offlineProblem(token, use, clock.now());
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
    tx: Parameters<Redeeming['book']>[0],
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

  /** The key that devices check signed codes with. */
  publicKey(): string {
    return this.parts.tokens.rawPublicKey();
  }

  /** The clerk's number now and until when it is shown. */
  pinOf(storeId: StoreId, guideId: GuideId, windowMs: number): { pin: string; validUntil: Date } {
    const now = this.parts.clock.now();
    const validUntil = new Date((Math.floor(now / windowMs) + 1) * windowMs);
    return { pin: this.parts.tokens.pin(storeId, guideId, now), validUntil };
  }

  memberText(actor: Actor, memberId: MemberId | null): Promise<string> {
    return this.parts.redemptions.memberText(this.parts.database, actor.brandId, memberId);
  }
}

const SYNC_TEXT = {
  DONE: '核销成功',
  COMPENSATED: '总部承担这笔优惠',
  STORE_BEARS: '按品牌规定由本店承担这笔优惠',
} as const;

/** Why a use without network is not believed; null when it is. */
function offlineProblem(token: OfflineToken, use: OfflineUse, nowMs: number): string | null {
  const at = use.redeemedAt.getTime();
  if (at > nowMs + CLOCK_SLACK_MS) return '核销时间在未来，请检查设备时间';
  if (at < token.issuedAt.getTime() - CLOCK_SLACK_MS || at > token.expiresAt.getTime()) return '核销时券码已过期';
  if (!token.isPlain) return '这张券限定了商品、门店或时段，不能离线核销';
  return use.discountFen === offlineDiscount(token, fen(use.amountFen)) ? null : '优惠金额与券面不符';
}

/** What a plain coupon takes off a bill; the same rule as online, from the code alone. */
function offlineDiscount(token: OfflineToken, bill: Fen): Fen | null {
  if (bill < token.thresholdFen) return null;
  if (token.kind === 'AMOUNT') return minFen(fen(token.valueFen), bill);
  if (token.kind === 'PERCENT') return minFen(floorShare(bill, basisPoints(WHOLE_BP - token.payBp)), fen(token.maxFen));
  return null;
}
