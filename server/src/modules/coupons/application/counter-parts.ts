import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, GuideId, StoreId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CouponStore } from '../persistence/coupon.store.js';
import { type RedeemChannel, RedemptionStore } from '../persistence/redemption.store.js';
import { CouponJournal } from './coupon-journal.js';
import { CouponTokens } from './coupon-tokens.js';
import { OrderCoupons } from './order-coupons.js';
import { TemplateBook } from './template-book.js';

/** Where and by whom a coupon is taken in. */
export interface Counter {
  brandId: BrandId;
  storeId: StoreId;
  guideId: GuideId | null;
  channel: RedeemChannel;
  /** For the history. */
  actor: string;
}

/** The parts of the module that a counter needs, in one place to keep constructors short. */
@Injectable()
export class CounterParts {
  readonly coupons = new CouponStore();
  readonly redemptions = new RedemptionStore();

  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(UnitOfWork) readonly unitOfWork: UnitOfWork,
    @Inject(Clock) readonly clock: Clock,
    @Inject(TemplateBook) readonly book: TemplateBook,
    @Inject(CouponJournal) readonly journal: CouponJournal,
    @Inject(CouponTokens) readonly tokens: CouponTokens,
    @Inject(OrderCoupons) readonly orders: OrderCoupons,
  ) {}
}
