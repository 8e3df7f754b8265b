import { Controller, Inject } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { CounterBook } from '../application/counter-book.js';
import { CounterDesk } from '../application/counter-desk.js';
import { CouponBank } from '../application/coupon-bank.js';
import { GiftBook } from '../application/gift-book.js';
import { GuideOffers } from '../application/guide-offers.js';
import { MemberCoupons } from '../application/member-coupons.js';
import { PinCounter } from '../application/pin-counter.js';
import type { CouponId, TemplateId } from '../domain/types.js';

/** The consumer's coupons. */
@Controller()
export class MallCouponsController {
  constructor(
    @Inject(MemberCoupons) private readonly coupons: MemberCoupons,
    @Inject(GiftBook) private readonly gifts: GiftBook,
    @Inject(GuideOffers) private readonly offers: GuideOffers,
    @Inject(CouponBank) private readonly bank: CouponBank,
    @Inject(CounterDesk) private readonly counter: CounterDesk,
    @Inject(PinCounter) private readonly pins: PinCounter,
    @Inject(CounterBook) private readonly receipts: CounterBook,
  ) {}

  @Contract(mallRoutes.couponCentre)
  couponCentre(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.couponCentre>,
  ): Out<typeof mallRoutes.couponCentre> {
    return this.coupons.centre(actor, input.query);
  }

  @Contract(mallRoutes.takeCoupon)
  takeCoupon(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.takeCoupon>): Out<typeof mallRoutes.takeCoupon> {
    return this.coupons.take(
      actor as Consumer,
      input.params.id as TemplateId,
      input.idempotencyKey ?? '',
      (input.body.storeId as StoreId | undefined) ?? null,
    );
  }

  @Contract(mallRoutes.coupons)
  list(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.coupons>): Out<typeof mallRoutes.coupons> {
    return this.coupons.list(actor as Consumer, input.query);
  }

  @Contract(mallRoutes.coupon)
  coupon(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.coupon>): Out<typeof mallRoutes.coupon> {
    return this.coupons.detail(actor as Consumer, input.params.id as CouponId);
  }

  @Contract(mallRoutes.showCoupon)
  async showCoupon(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.showCoupon>,
  ): Out<typeof mallRoutes.showCoupon> {
    const shown = await this.counter.show(actor as Consumer, input.params.id as CouponId);
    return { ...shown, expiresAt: shown.expiresAt.toISOString() };
  }

  @Contract(mallRoutes.redeemByPin)
  async redeemByPin(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.redeemByPin>,
  ): Out<typeof mallRoutes.redeemByPin> {
    const { storeId, pin, amountFen } = input.body;
    const wish = { storeId: storeId as StoreId, pin, amountFen, key: input.idempotencyKey ?? '' };
    return this.receipts.receipt(actor, await this.pins.redeem(actor as Consumer, input.params.id as CouponId, wish));
  }

  @Contract(mallRoutes.addCouponCode)
  addCouponCode(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.addCouponCode>,
  ): Out<typeof mallRoutes.addCouponCode> {
    return this.coupons.enterCode(actor as Consumer, input.body.code);
  }

  @Contract(mallRoutes.giveCoupon)
  giveCoupon(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.giveCoupon>): Out<typeof mallRoutes.giveCoupon> {
    return this.gifts.give(actor as Consumer, input.params.id as CouponId);
  }

  @Contract(mallRoutes.takeGiftBack)
  async takeGiftBack(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.takeGiftBack>,
  ): Out<typeof mallRoutes.takeGiftBack> {
    return this.coupons.one(actor as Consumer, await this.gifts.takeBack(actor as Consumer, input.params.token));
  }

  @Contract(mallRoutes.couponGift)
  couponGift(@Who() actor: Actor, @Given() input: In<typeof mallRoutes.couponGift>): Out<typeof mallRoutes.couponGift> {
    return this.gifts.look(actor, input.params.token);
  }

  @Contract(mallRoutes.acceptGift)
  async acceptGift(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.acceptGift>,
  ): Out<typeof mallRoutes.acceptGift> {
    return this.coupons.one(actor as Consumer, await this.gifts.accept(actor as Consumer, input.params.token));
  }

  @Contract(mallRoutes.couponOffer)
  couponOffer(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.couponOffer>,
  ): Out<typeof mallRoutes.couponOffer> {
    return this.bank.look(actor, input.params.token);
  }

  @Contract(mallRoutes.takeOffer)
  async takeOffer(
    @Who() actor: Actor,
    @Given() input: In<typeof mallRoutes.takeOffer>,
  ): Out<typeof mallRoutes.takeOffer> {
    return this.coupons.one(actor as Consumer, await this.offers.take(actor as Consumer, input.params.token));
  }
}
