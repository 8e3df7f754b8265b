import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@shuke/shared/kernel';
import { type Actor, actorLabel, type Consumer } from '../../../platform/access/actor.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Clearing } from '../../clearing/index.js';
import { mayUndo, Organization, undoRefusal, undoUntil } from '../../organization/index.js';
import type { CouponId } from '../domain/types.js';
import type { Redemption } from '../persistence/redemption.store.js';
import { CounterParts } from './counter-parts.js';
import { refuseCoupon } from './coupon-errors.js';

/** What happens around a counter besides taking coupons in: undoing, and the codes that are shown there. */
@Injectable()
export class CounterDesk {
  constructor(
    @Inject(CounterParts) private readonly parts: CounterParts,
    @Inject(Clearing) private readonly clearing: Clearing,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** Whether an actor may undo a redemption, and until when. */
  async reverseRight(actor: Actor, done: Redemption): Promise<{ canReverse: boolean; until: Date | null }> {
    if (done.state === 'REVERSED') return { canReverse: false, until: null };
    if (actor.kind !== 'guide')
      return { canReverse: actor.kind === 'hq' || (actor.kind === 'pos' && done.channel === 'POS'), until: null };
    const { undoMinutes } = await this.organization.brand(actor.brandId);
    const taken = { ...done, at: done.createdAt };
    const canReverse = mayUndo(actor, taken, undoMinutes, this.parts.clock.date());
    return { canReverse, until: canReverse && !actor.isManager ? undoUntil(taken, undoMinutes) : null };
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
    if (!(await this.reverseRight(actor, done)).canReverse) {
      const { undoMinutes } = await this.organization.brand(brandId);
      throw refuseCoupon('REVERSE_NOT_ALLOWED', { minutes: undoMinutes }, undoRefusal(undoMinutes));
    }
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

  /** The key that devices check signed codes with. */
  publicKey(): string {
    return this.parts.tokens.rawPublicKey();
  }
}
