import { Controller, Inject } from '@nestjs/common';
import { guideRoutes } from '@shuke/shared/contracts';
import type { Actor, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { CounterBook } from '../application/counter-book.js';
import { CouponBank } from '../application/coupon-bank.js';
import { CouponTokens, PIN_WINDOW_MS } from '../application/coupon-tokens.js';
import { GuideOffers } from '../application/guide-offers.js';
import { PinCounter } from '../application/pin-counter.js';
import type { TemplateId } from '../domain/types.js';

/** The guide's coupon bank and counter. */
@Controller()
export class GuideCouponsController {
  constructor(
    @Inject(CouponBank) private readonly bank: CouponBank,
    @Inject(GuideOffers) private readonly offers: GuideOffers,
    @Inject(CounterBook) private readonly counter: CounterBook,
    @Inject(PinCounter) private readonly pins: PinCounter,
    @Inject(CouponTokens) private readonly tokens: CouponTokens,
  ) {}

  @Contract(guideRoutes.couponBank)
  couponBank(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.couponBank>,
  ): Out<typeof guideRoutes.couponBank> {
    return this.bank.list(actor as Guide, input.query);
  }

  @Contract(guideRoutes.prepareCouponSend)
  async prepareCouponSend(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.prepareCouponSend>,
  ): Out<typeof guideRoutes.prepareCouponSend> {
    const { templateId, words } = input.body;
    return this.bank.sendTo(actor as Guide, input.params.externalUserId, templateId as TemplateId, words ?? null);
  }

  @Contract(guideRoutes.dropCoupons)
  async dropCoupons(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.dropCoupons>,
  ): Out<typeof guideRoutes.dropCoupons> {
    const { templateId, count, groupName, words } = input.body;
    return this.bank.drop(actor as Guide, templateId as TemplateId, count, groupName ?? '客户群', words ?? null);
  }

  @Contract(guideRoutes.reportCouponSend)
  async reportCouponSend(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.reportCouponSend>,
  ): Out<typeof guideRoutes.reportCouponSend> {
    await this.offers.report(actor as Guide, input.params.id, input.body.result);
    return { ok: true as const };
  }

  @Contract(guideRoutes.couponSends)
  couponSends(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.couponSends>,
  ): Out<typeof guideRoutes.couponSends> {
    return this.bank.sends(actor as Guide, input.query);
  }

  @Contract(guideRoutes.lookUpCoupon)
  lookUpCoupon(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.lookUpCoupon>,
  ): Out<typeof guideRoutes.lookUpCoupon> {
    return this.counter.lookUp(actor as Guide, input.body);
  }

  @Contract(guideRoutes.redeemCoupon)
  redeemCoupon(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.redeemCoupon>,
  ): Out<typeof guideRoutes.redeemCoupon> {
    return this.counter.redeem(actor as Guide, input.body, input.idempotencyKey ?? '');
  }

  @Contract(guideRoutes.redemptions)
  redemptions(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.redemptions>,
  ): Out<typeof guideRoutes.redemptions> {
    return this.counter.listForGuide(actor as Guide, input.query);
  }

  @Contract(guideRoutes.reverseRedemption)
  reverseRedemption(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.reverseRedemption>,
  ): Out<typeof guideRoutes.reverseRedemption> {
    return this.counter.reverse(actor, input.params.id, input.body.reason);
  }

  @Contract(guideRoutes.syncRedemptions)
  syncRedemptions(
    @Who() actor: Actor,
    @Given() input: In<typeof guideRoutes.syncRedemptions>,
  ): Out<typeof guideRoutes.syncRedemptions> {
    return this.counter.sync(
      actor as Guide,
      input.body.items.map((item) => ({ ...item, redeemedAt: new Date(item.redeemedAt) })),
    );
  }

  @Contract(guideRoutes.couponKey)
  couponKey(): Out<typeof guideRoutes.couponKey> {
    return Promise.resolve({ algorithm: 'Ed25519' as const, publicKey: this.tokens.rawPublicKey() });
  }

  @Contract(guideRoutes.redeemPin)
  redeemPin(@Who() actor: Actor): Out<typeof guideRoutes.redeemPin> {
    const { storeId, guideId } = actor as Guide;
    const { pin, validUntil } = this.pins.pinOf(storeId, guideId, PIN_WINDOW_MS);
    return Promise.resolve({ pin, validUntil: validUntil.toISOString() });
  }
}
