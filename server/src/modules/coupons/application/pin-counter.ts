import { Inject, Injectable } from '@nestjs/common';
import type { GuideId, StoreId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { RollBack, type Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import type { CouponId } from '../domain/types.js';
import { PinTryStore } from '../persistence/pin-try.store.js';
import type { Redemption } from '../persistence/redemption.store.js';
import { CounterParts } from './counter-parts.js';
import { refuseCoupon } from './coupon-errors.js';
import { Redeeming } from './redeeming.js';

const COUPON_TRIES = 5;
/** With many coupons nobody has many times the guesses. */
const MEMBER_TRIES = 10;
const PAUSE_MS = 10 * 60_000;

/** Taking a coupon in on the consumer's own phone, by the number that a clerk of the store reads out. */
@Injectable()
export class PinCounter {
  private readonly tries = new PinTryStore();

  constructor(
    @Inject(CounterParts) private readonly parts: CounterParts,
    @Inject(Redeeming) private readonly redeeming: Redeeming,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** The clerk's number now and until when it is shown. */
  pinOf(storeId: StoreId, guideId: GuideId, windowMs: number): { pin: string; validUntil: Date } {
    const now = this.parts.clock.now();
    const validUntil = new Date((Math.floor(now / windowMs) + 1) * windowMs);
    return { pin: this.parts.tokens.pin(storeId, guideId, now), validUntil };
  }

  /** @throws AppError NOT_FOUND, PIN_WRONG, PIN_LOCKED after too many tries, and those of redeeming */
  async redeem(
    actor: Consumer,
    id: CouponId,
    wish: { storeId: StoreId; pin: string; amountFen: number; key: string },
  ): Promise<Redemption> {
    const { brandId, memberId } = actor;
    const { database, unitOfWork, coupons, tokens, clock } = this.parts;
    const coupon = await coupons.find(database, brandId, id);
    if (coupon?.memberId !== memberId) throw refuse('NOT_FOUND');
    const now = clock.now();
    if (!(await unitOfWork.run('coupons.try-pin', (tx) => this.mayTry(tx, actor, id))))
      throw refuseCoupon('PIN_LOCKED');
    const clerks = await this.organization.guidesOfStore(brandId, wish.storeId);
    const clerk = clerks.find((one) => one.status === 'ACTIVE' && tokens.isPin(wish.pin, wish.storeId, one.id, now));
    if (!clerk) throw refuseCoupon('PIN_WRONG');
    await unitOfWork.run('coupons.right-pin', (tx) => this.tries.wasRight(tx, brandId, memberId));
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

  private async mayTry(tx: Tx, { brandId, memberId }: Consumer, id: CouponId): Promise<boolean> {
    const since = new Date(tx.now.getTime() - PAUSE_MS);
    if (!(await this.tries.ofMember(tx, brandId, memberId, since, MEMBER_TRIES))) return false;
    if (await this.tries.ofCoupon(tx, brandId, id, since, COUPON_TRIES)) return true;
    // The number was not looked at, so nothing was guessed.
    throw new RollBack(false);
  }
}
