import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { ClearingModule } from '../clearing/index.js';
import { OrganizationModule } from '../organization/index.js';
import { CounterBook } from './application/counter-book.js';
import { CounterDesk } from './application/counter-desk.js';
import { CounterParts } from './application/counter-parts.js';
import { CouponBank } from './application/coupon-bank.js';
import { CouponDesk } from './application/coupon-desk.js';
import { CouponJournal } from './application/coupon-journal.js';
import { CouponSweeps } from './application/coupon-sweeps.js';
import { CouponTokens } from './application/coupon-tokens.js';
import { CouponViews } from './application/coupon-views.js';
import { Coupons } from './application/coupons.js';
import { registerMemberRows } from './application/follow-member.js';
import { GiftBook } from './application/gift-book.js';
import { Gifts } from './application/gifts.js';
import { registerAfterPay } from './application/give-after-pay.js';
import { GuideOffers } from './application/guide-offers.js';
import { IssueCoupon } from './application/issue-coupon.js';
import { IssuedCoupons } from './application/issued-coupons.js';
import { JudgeCoupon } from './application/judge-coupon.js';
import { MemberCoupons } from './application/member-coupons.js';
import { OfflineUses } from './application/offline-uses.js';
import { OrderCoupons } from './application/order-coupons.js';
import { PinCounter } from './application/pin-counter.js';
import { Redeeming } from './application/redeeming.js';
import { ReturnedRedemptions } from './application/returned-redemptions.js';
import { TemplateBook } from './application/template-book.js';
import { TemplateDesk } from './application/template-desk.js';
import { TemplatePages } from './application/template-pages.js';
import { couponInvariants } from './coupons.invariants.js';
import { ConsoleCouponsController } from './http/console-coupons.controller.js';
import { GuideCouponsController } from './http/guide-coupons.controller.js';
import { MallCouponsController } from './http/mall-coupons.controller.js';

const MINUTE_MS = 60_000;

@Module({
  imports: [OrganizationModule, ClearingModule],
  controllers: [MallCouponsController, GuideCouponsController, ConsoleCouponsController],
  providers: [
    CouponJournal,
    CouponTokens,
    TemplateBook,
    IssueCoupon,
    OrderCoupons,
    Coupons,
    CounterParts,
    JudgeCoupon,
    Redeeming,
    CounterDesk,
    OfflineUses,
    PinCounter,
    ReturnedRedemptions,
    CouponViews,
    CounterBook,
    Gifts,
    GiftBook,
    GuideOffers,
    CouponBank,
    MemberCoupons,
    TemplatePages,
    TemplateDesk,
    CouponDesk,
    IssuedCoupons,
    CouponSweeps,
  ],
  exports: [Coupons, Redeeming, CounterDesk, OfflineUses, ReturnedRedemptions, TemplateDesk, CouponDesk],
})
export class CouponsModule implements OnModuleInit {
  constructor(
    @Inject(CouponSweeps) private readonly sweeps: CouponSweeps,
    @Inject(Gifts) private readonly gifts: Gifts,
    @Inject(GuideOffers) private readonly offers: GuideOffers,
    @Inject(IssueCoupon) private readonly issuing: IssueCoupon,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(CouponJournal) private readonly journal: CouponJournal,
  ) {}

  onModuleInit(): void {
    registerInvariants(couponInvariants);
    registerAfterPay(this.issuing, this.book);
    registerMemberRows(this.journal);
    registerSweep({ name: 'coupons.expire', everyMs: MINUTE_MS, run: () => this.sweeps.expire() });
    registerSweep({ name: 'coupons.remind', everyMs: 10 * MINUTE_MS, run: () => this.sweeps.remind() });
    registerSweep({ name: 'coupons.gifts', everyMs: MINUTE_MS, run: () => this.gifts.returnDue() });
    registerSweep({ name: 'coupons.offers', everyMs: MINUTE_MS, run: () => this.offers.endDue() });
  }
}
