import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes } from '@shuke/shared/contracts';
import type { Actor, Desk } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { CounterBook } from '../application/counter-book.js';
import { CouponDesk } from '../application/coupon-desk.js';
import { IssuedCoupons } from '../application/issued-coupons.js';
import { TemplateDesk } from '../application/template-desk.js';
import { TemplatePages } from '../application/template-pages.js';
import type { CouponId, TemplateId } from '../domain/types.js';

/** Coupons at the desks of headquarters and franchisees. */
@Controller()
export class ConsoleCouponsController {
  constructor(
    @Inject(TemplateDesk) private readonly templates: TemplateDesk,
    @Inject(TemplatePages) private readonly pages: TemplatePages,
    @Inject(CouponDesk) private readonly desk: CouponDesk,
    @Inject(IssuedCoupons) private readonly issued: IssuedCoupons,
    @Inject(CounterBook) private readonly counters: CounterBook,
  ) {}

  @Contract(consoleRoutes.couponTemplates)
  couponTemplates(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.couponTemplates>,
  ): Out<typeof consoleRoutes.couponTemplates> {
    return this.pages.list(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.couponTemplate)
  couponTemplate(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.couponTemplate>,
  ): Out<typeof consoleRoutes.couponTemplate> {
    return this.pages.detail(actor as Desk, input.params.id as TemplateId);
  }

  @Contract(consoleRoutes.checkCouponTemplate)
  async checkCouponTemplate(
    @Given() input: In<typeof consoleRoutes.checkCouponTemplate>,
  ): Out<typeof consoleRoutes.checkCouponTemplate> {
    return this.templates.check(input.body);
  }

  @Contract(consoleRoutes.createCouponTemplate)
  async createCouponTemplate(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.createCouponTemplate>,
  ): Out<typeof consoleRoutes.createCouponTemplate> {
    return this.pages.detail(actor as Desk, await this.templates.create(actor as Desk, input.body));
  }

  @Contract(consoleRoutes.updateCouponTemplate)
  async updateCouponTemplate(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.updateCouponTemplate>,
  ): Out<typeof consoleRoutes.updateCouponTemplate> {
    await this.templates.update(actor as Desk, input.params.id as TemplateId, input.body);
    return this.pages.detail(actor as Desk, input.params.id as TemplateId);
  }

  @Contract(consoleRoutes.setCouponTemplateStatus)
  async setCouponTemplateStatus(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.setCouponTemplateStatus>,
  ): Out<typeof consoleRoutes.setCouponTemplateStatus> {
    await this.templates.setStatus(actor as Desk, input.params.id as TemplateId, input.body.status);
    return this.pages.detail(actor as Desk, input.params.id as TemplateId);
  }

  @Contract(consoleRoutes.joinCouponTemplate)
  joinCouponTemplate(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.joinCouponTemplate>,
  ): Out<typeof consoleRoutes.joinCouponTemplate> {
    return this.templates.join(actor as Desk, input.params.id as TemplateId, input.body.isIn);
  }

  @Contract(consoleRoutes.issueCoupons)
  issueCoupons(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.issueCoupons>,
  ): Out<typeof consoleRoutes.issueCoupons> {
    return this.desk.issue(actor as Desk, input.params.id as TemplateId, input.body, input.idempotencyKey ?? '');
  }

  @Contract(consoleRoutes.importCouponCodes)
  importCouponCodes(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.importCouponCodes>,
  ): Out<typeof consoleRoutes.importCouponCodes> {
    return this.desk.importCodes(actor as Desk, input.params.id as TemplateId, input.body.codes);
  }

  @Contract(consoleRoutes.revokeCoupons)
  revokeCoupons(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.revokeCoupons>,
  ): Out<typeof consoleRoutes.revokeCoupons> {
    return this.desk.revoke(actor as Desk, input.params.id as TemplateId, input.body);
  }

  @Contract(consoleRoutes.issuedCoupons)
  issuedCoupons(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.issuedCoupons>,
  ): Out<typeof consoleRoutes.issuedCoupons> {
    return this.issued.list(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.issuedCoupon)
  issuedCoupon(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.issuedCoupon>,
  ): Out<typeof consoleRoutes.issuedCoupon> {
    return this.issued.one(actor as Desk, input.params.id as CouponId);
  }

  @Contract(consoleRoutes.couponRedemptions)
  couponRedemptions(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.couponRedemptions>,
  ): Out<typeof consoleRoutes.couponRedemptions> {
    return this.counters.listForDesk(actor as Desk, input.query);
  }

  @Contract(consoleRoutes.couponSettings)
  couponSettings(@Who() actor: Actor): Out<typeof consoleRoutes.couponSettings> {
    return this.desk.settings(actor as Desk);
  }

  @Contract(consoleRoutes.setCouponSettings)
  setCouponSettings(
    @Who() actor: Actor,
    @Given() input: In<typeof consoleRoutes.setCouponSettings>,
  ): Out<typeof consoleRoutes.setCouponSettings> {
    return this.desk.setSettings(actor as Desk, input.body);
  }
}
