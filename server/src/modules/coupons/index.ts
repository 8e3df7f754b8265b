export { CounterDesk } from './application/counter-desk.js';
export type { Counter } from './application/counter-parts.js';
export { CouponDesk } from './application/coupon-desk.js';
export { Coupons, type IssueWish, type LockWish, type OrderCoupon } from './application/coupons.js';
export type { Verdict } from './application/judge-coupon.js';
export { OfflineUses, offlineKey, type SyncResult } from './application/offline-uses.js';
export { Redeeming, type RedeemWish } from './application/redeeming.js';
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
export type { OfflineUse } from './domain/offline-use.js';
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
