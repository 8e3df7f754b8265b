import type { Fen, Id, MemberId, StoreId } from '@shuke/shared/kernel';

export type CouponId = Id<'coupon'>;
export type TemplateId = Id<'coupon-template'>;
export type CouponKind = 'AMOUNT' | 'PERCENT' | 'GIFT' | 'FREIGHT' | 'FIXED_PRICE';
export type CouponState = 'ISSUED' | 'AVAILABLE' | 'LOCKED' | 'GIVING' | 'USED' | 'EXPIRED' | 'REVOKED';
export type CouponSource =
  | 'TAKE'
  | 'GUIDE'
  | 'DROP'
  | 'AFTER_PAY'
  | 'CODE'
  | 'DESK'
  | 'TASK'
  | 'JOURNEY'
  | 'GAME'
  | 'POINTS'
  | 'BIRTHDAY';
export type TemplateStatus = 'DRAFT' | 'ACTIVE' | 'PAUSED' | 'ENDED';
export type BearerParty = 'HQ' | 'STORE' | 'FRANCHISEE';

export interface CouponWindow {
  /** 0 is Sunday; empty: every day. */
  weekdays: readonly number[];
  fromMinute: number;
  untilMinute: number;
}
export interface CouponScope {
  mode: 'ALL' | 'CATEGORY' | 'PRODUCT';
  categoryIds: readonly string[];
  productIds: readonly string[];
  excludedProductIds: readonly string[];
  /** Lines that a promotion has already lowered count too. */
  withPromotion: boolean;
}
export interface CouponStack {
  mode: 'EXCLUSIVE' | 'JOINT';
  category: string;
  /** How many of this category one order may take. */
  perOrder: number;
}
export interface CouponBearer {
  party: BearerParty;
  /** Basis points; all bearers of a coupon sum to 10000. */
  bp: number;
}

/** What a coupon is worth and where it counts, as a version of its template keeps it. Amounts in fen. */
export interface CouponTerms {
  kind: CouponKind;
  /** AMOUNT: taken off; FIXED_PRICE: the price of the one piece; otherwise 0. */
  valueFen: number;
  /** PERCENT: what remains to pay in basis points, 8800 = 8.8 折; otherwise 0. */
  payBp: number;
  /** The most that this coupon may ever take off; AMOUNT has it in valueFen. */
  maxFen: number;
  thresholdFen: number;
  scope: CouponScope;
  stores: {
    mode: 'ALL' | 'SELF' | 'REGION' | 'LIST';
    regionIds: readonly string[];
    storeIds: readonly string[];
    franchise: 'ALL' | 'OPT_IN' | 'NONE';
  };
  channels: { online: boolean; offline: boolean };
  validity: { mode: 'ABSOLUTE' | 'RELATIVE'; from?: string; until?: string; afterDays?: number; days?: number };
  windows: readonly CouponWindow[];
  stack: CouponStack;
  bearers: readonly CouponBearer[];
  canGive: boolean;
  /** Comes back after a full refund. */
  isRefundable: boolean;
  birthMonthOnly: boolean;
}

/** A coupon in somebody's hands with everything that pricing asks; stores are resolved already. */
export interface HeldCoupon {
  id: CouponId;
  templateId: TemplateId;
  version: number;
  code: string;
  name: string;
  memberId: MemberId;
  state: CouponState;
  terms: CouponTerms;
  /** Where it counts; null: in every store. */
  storeIds: ReadonlySet<StoreId> | null;
  validFrom: Date;
  validUntil: Date;
  displayOrder: number;
}

/** A line as a coupon looks at it. */
export interface CouponLine {
  productId: string;
  categoryId: string;
  qty: number;
  unitPriceFen: Fen;
  /** What the line costs before this coupon, after promotions. */
  amountFen: Fen;
  hasPromotion: boolean;
}
