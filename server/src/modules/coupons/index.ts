export { CounterDesk, type OfflineUse, offlineKey, type SyncResult } from './application/counter-desk.js';
export { CouponDesk } from './application/coupon-desk.js';
export { Coupons, type IssueWish, type LockWish, type OrderCoupon } from './application/coupons.js';
export { type Counter, Redeeming, type RedeemWish, type Verdict } from './application/redeeming.js';
export { type RedemptionName, ReturnedRedemptions } from './application/returned-redemptions.js';
export { TemplateDesk } from './application/template-desk.js';
export { CouponsModule } from './coupons.module.js';
export { couponStateText } from './domain/coupon-state.js';
export {
  type CouponProblem,
  type CouponProblemCode,
  type DiscountResult,
  discountOf,
  isInScope,
  type Occasion,
  standingProblem,
  worstFen,
} from './domain/discount.js';
export { bearerText, faceOf } from './domain/face.js';
export { couponSharesOf, type DiscountedLine } from './domain/refund-share.js';
export type {
  CouponBearer,
  CouponId,
  CouponKind,
  CouponLine,
  CouponScope,
  CouponSource,
  CouponState,
  CouponTerms,
  CouponWindow,
  HeldCoupon,
  TemplateId,
} from './domain/types.js';
