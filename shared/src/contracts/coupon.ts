import { type Static, Type } from '@sinclair/typebox';
import { Exact, FenInt, IdText, Instant, Nullable, OneOf, PriceFen, Text } from './fields.js';

/** AMOUNT takes yuan off, PERCENT a share, GIFT gives one piece, FREIGHT pays delivery, FIXED_PRICE sells one piece at N yuan. */
export const COUPON_KINDS = ['AMOUNT', 'PERCENT', 'GIFT', 'FREIGHT', 'FIXED_PRICE'] as const;
/** ISSUED: a code that nobody holds yet. GIVING: on its way to a friend. */
export const COUPON_STATES = ['ISSUED', 'AVAILABLE', 'LOCKED', 'GIVING', 'USED', 'EXPIRED', 'REVOKED'] as const;
export const COUPON_SOURCES = [
  'TAKE',
  'GUIDE',
  'DROP',
  'AFTER_PAY',
  'CODE',
  'DESK',
  'TASK',
  'JOURNEY',
  'GAME',
  'POINTS',
  'BIRTHDAY',
] as const;
export const TEMPLATE_STATUSES = ['DRAFT', 'ACTIVE', 'PAUSED', 'ENDED'] as const;
export const BEARER_PARTIES = ['HQ', 'STORE', 'FRANCHISEE'] as const;
export const COUPON_PURPOSES = [
  'FIRST_ORDER',
  'REPEAT',
  'WAKE_UP',
  'BIRTHDAY',
  'CARE',
  'CLEARANCE',
  'TRAFFIC',
] as const;
export const REDEEM_CHANNELS = ['GUIDE', 'POS', 'PIN', 'OFFLINE'] as const;

const Ids = (max: number) => Type.Array(IdText, { maxItems: max, uniqueItems: true });
const Bp = Type.Integer({ minimum: 0, maximum: 10_000, description: 'basis points' });
const Count = Type.Integer({ minimum: 1, maximum: 10_000_000 });
const Minute = Type.Integer({ minimum: 0, maximum: 1440, description: 'minutes since midnight in Shanghai' });

export const CouponBearer = Exact({ party: OneOf(BEARER_PARTIES), bp: Bp });

/** What a coupon is worth and where it counts; frozen as a version the moment the first coupon is issued. */
export const CouponTerms = Exact({
  kind: OneOf(COUPON_KINDS),
  valueFen: Type.Integer({
    minimum: 0,
    maximum: 100_000_000,
    description: 'AMOUNT: what is taken off; FIXED_PRICE: the price of the piece; otherwise 0',
  }),
  payBp: Type.Integer({
    minimum: 0,
    maximum: 10_000,
    description: 'PERCENT: what remains to pay, 8800 = 8.8 折; otherwise 0',
  }),
  maxFen: Type.Integer({
    minimum: 0,
    maximum: 100_000_000,
    description: 'the most this coupon may ever take off; required for every kind but AMOUNT',
  }),
  thresholdFen: PriceFen,
  scope: Exact({
    mode: OneOf(['ALL', 'CATEGORY', 'PRODUCT']),
    categoryIds: Ids(100),
    productIds: Ids(500),
    excludedProductIds: Ids(500),
    withPromotion: Type.Boolean({ description: 'lines that a promotion has already lowered count too' }),
  }),
  stores: Exact({
    mode: OneOf(['ALL', 'SELF', 'REGION', 'LIST']),
    regionIds: Ids(100),
    storeIds: Ids(4000),
    franchise: OneOf(['ALL', 'OPT_IN', 'NONE']),
  }),
  channels: Exact({ online: Type.Boolean(), offline: Type.Boolean() }),
  validity: Exact({
    mode: OneOf(['ABSOLUTE', 'RELATIVE']),
    from: Type.Optional(Instant),
    until: Type.Optional(Instant),
    afterDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 365 })),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 730 })),
  }),
  windows: Type.Array(
    Exact({
      weekdays: Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), {
        maxItems: 7,
        description: '0 is Sunday; empty: every day',
      }),
      fromMinute: Minute,
      untilMinute: Minute,
    }),
    { maxItems: 14 },
  ),
  stack: Exact({
    mode: OneOf(['EXCLUSIVE', 'JOINT']),
    category: Text(20),
    perOrder: Type.Integer({ minimum: 1, maximum: 5, description: 'how many of this category one order may take' }),
  }),
  bearers: Type.Array(CouponBearer, { minItems: 1, maxItems: 3, description: 'who pays for it; sums to 10000' }),
  canGive: Type.Boolean(),
  isRefundable: Type.Boolean({ description: 'comes back after a full refund' }),
  birthMonthOnly: Type.Boolean(),
});
export type CouponTerms = Static<typeof CouponTerms>;

export const CouponTake = Exact({
  isPublic: Type.Boolean({ description: 'shown in the coupon centre' }),
  forGuides: Type.Boolean({ description: 'listed in the coupon bank' }),
  from: Nullable(Instant),
  until: Nullable(Instant),
  perMember: Type.Integer({ minimum: 1, maximum: 1000 }),
  perDay: Nullable(Type.Integer({ minimum: 1, maximum: 1000, description: 'per member and day' })),
  levels: Type.Array(Type.Integer({ minimum: 1, maximum: 20 }), { maxItems: 20, description: 'empty: all' }),
  tagIds: Type.Array(IdText, { maxItems: 20, description: 'any of these; empty: all' }),
  newMembersOnly: Type.Boolean({ description: 'no paid order in any channel under this person' }),
  afterPayFromFen: Nullable(
    Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'given after such a payment' }),
  ),
});
export type CouponTake = Static<typeof CouponTake>;

export const TemplateInput = Exact({
  name: Text(30, 2),
  purpose: OneOf(COUPON_PURPOSES),
  scenes: Type.Array(Text(12, 1), { maxItems: 8 }),
  ruleText: Text(500),
  terms: CouponTerms,
  take: CouponTake,
  totalCount: Nullable(Count),
  budgetFen: Nullable(Type.Integer({ minimum: 1, maximum: 10_000_000_000 })),
  guidePerDay: Nullable(Type.Integer({ minimum: 0, maximum: 1000 })),
  guidePerMonth: Nullable(Type.Integer({ minimum: 0, maximum: 10_000 })),
  displayOrder: Type.Integer({ minimum: 0, maximum: 10_000 }),
});
export type TemplateInput = Static<typeof TemplateInput>;

/** How a coupon looks anywhere: on the card in the mall, in the coupon bank, at the counter. */
export const CouponFace = Type.Object({
  name: Type.String(),
  kind: OneOf(COUPON_KINDS),
  worth: Type.String({ description: '50, 8.8, 免邮, 兑换, 9.9' }),
  unit: Type.String({ description: '元, 折 or empty' }),
  conditionText: Type.String({ description: '满 399 元可用' }),
  scopeText: Type.String({ description: '羽绒服品类可用' }),
  storeText: Type.String({ description: '全部门店 · 线上线下' }),
});
export type CouponFace = Static<typeof CouponFace>;

export const CentreCoupon = Type.Object({
  templateId: IdText,
  face: CouponFace,
  validText: Type.String(),
  state: OneOf(['CAN_TAKE', 'TAKEN', 'SOLD_OUT', 'NOT_YET', 'OVER', 'NOT_FOR_YOU', 'LOGIN']),
  reason: Nullable(Type.String({ description: 'why it cannot be taken, in plain words' })),
  takenCount: Type.Integer(),
  perMember: Type.Integer(),
  leftCount: Nullable(Type.Integer()),
  takenBp: Nullable(Type.Integer({ description: 'share that is gone already, for a bar' })),
});
export type CentreCoupon = Static<typeof CentreCoupon>;

export const MyCoupon = Type.Object({
  id: IdText,
  templateId: IdText,
  code: Type.String({ description: 'short code for the counter' }),
  face: CouponFace,
  state: OneOf(COUPON_STATES),
  stateText: Type.String(),
  validFrom: Instant,
  validUntil: Instant,
  validText: Type.String(),
  isExpiringSoon: Type.Boolean(),
  canUseOnline: Type.Boolean(),
  canUseOffline: Type.Boolean(),
  canGive: Type.Boolean(),
  sourceText: Type.String({ description: '导购苏晴送你' }),
  usedAt: Nullable(Instant),
  orderId: Nullable(IdText),
});
export type MyCoupon = Static<typeof MyCoupon>;

export const CouponStep = Type.Object({ at: Instant, text: Type.String() });
export const MyCouponDetail = Type.Composite([
  MyCoupon,
  Type.Object({
    ruleLines: Type.Array(Type.String()),
    history: Type.Array(CouponStep),
    gift: Nullable(Type.Object({ token: Type.String(), expiresAt: Instant })),
  }),
]);

export const CouponGift = Type.Object({
  token: Type.String(),
  face: CouponFace,
  validText: Type.String(),
  giverName: Type.String(),
  state: OneOf(['OFFERED', 'ACCEPTED', 'RETURNED']),
  stateText: Type.String(),
  expiresAt: Instant,
  isMine: Type.Boolean({ description: 'the reader is the giver' }),
  canAccept: Type.Boolean(),
  reason: Nullable(Type.String()),
});

/** A guide's card in the chat: for one person, or first come first served in a group. */
export const CouponOffer = Type.Object({
  token: Type.String(),
  kind: OneOf(['ONE', 'GROUP']),
  face: CouponFace,
  validText: Type.String(),
  guideName: Type.String(),
  storeName: Type.String(),
  totalCount: Type.Integer(),
  leftCount: Type.Integer(),
  expiresAt: Instant,
  state: OneOf(['CAN_TAKE', 'TAKEN', 'SOLD_OUT', 'OVER', 'NOT_FOR_YOU', 'LOGIN']),
  reason: Nullable(Type.String()),
  couponId: Nullable(IdText),
});

export const BankCoupon = Type.Object({
  templateId: IdText,
  face: CouponFace,
  validText: Type.String(),
  purpose: OneOf(COUPON_PURPOSES),
  purposeText: Type.String(),
  scenes: Type.Array(Type.String()),
  leftCount: Nullable(Type.Integer()),
  budgetLeftFen: Nullable(FenInt),
  givenCount: Type.Integer(),
  usedCount: Type.Integer(),
  useRateBp: Nullable(Type.Integer()),
  leftToday: Nullable(Type.Integer()),
  leftMonth: Nullable(Type.Integer()),
  leftText: Type.String({ description: '今天还能发 12 张' }),
  canSend: Type.Boolean(),
  bearerText: Type.String({ description: '总部 60%，门店 40%' }),
  words: Type.String({ description: 'what to write to a friend with it, before the name is put in front' }),
});
export type BankCoupon = Static<typeof BankCoupon>;

export const PreparedCouponSend = Type.Object({
  sendId: IdText,
  token: Type.String(),
  words: Type.String(),
  card: Type.Object({
    appid: Type.String(),
    title: Type.String(),
    imgUrl: Type.String(),
    page: Type.String(),
  }),
  expiresAt: Instant,
  leftText: Type.String(),
});
export const CouponSend = Type.Object({
  id: IdText,
  kind: OneOf(['ONE', 'GROUP']),
  face: CouponFace,
  toName: Type.String(),
  state: OneOf(['PREPARED', 'SENT', 'CANCELLED', 'OVER']),
  totalCount: Type.Integer(),
  takenCount: Type.Integer(),
  usedCount: Type.Integer(),
  createdAt: Instant,
  expiresAt: Instant,
});

export const RedeemItem = Exact({
  skuCode: Text(40, 1),
  qty: Type.Integer({ minimum: 1, maximum: 999 }),
  unitPriceFen: PriceFen,
});
/** What the clerk sees before taking a coupon in. */
export const RedeemView = Type.Object({
  couponId: IdText,
  code: Type.String(),
  face: CouponFace,
  memberText: Type.String({ description: '林小满 · 138****0000' }),
  validText: Type.String(),
  isUsable: Type.Boolean(),
  problems: Type.Array(Type.Object({ code: Type.String(), text: Type.String() })),
  discountFen: Nullable(FenInt),
  payFen: Nullable(FenInt),
  explain: Type.String(),
});
export const RedeemReceipt = Type.Object({
  id: IdText,
  receiptNo: Type.String(),
  couponId: IdText,
  face: CouponFace,
  storeId: IdText,
  storeName: Type.String(),
  guideName: Nullable(Type.String()),
  channel: OneOf(REDEEM_CHANNELS),
  amountFen: FenInt,
  discountFen: FenInt,
  payFen: FenInt,
  state: OneOf(['DONE', 'REVERSED', 'COMPENSATED', 'STORE_BEARS']),
  stateText: Type.String(),
  at: Instant,
  reversedAt: Nullable(Instant),
  reverseReason: Nullable(Type.String()),
  canReverse: Type.Boolean(),
  reverseUntil: Nullable(Instant),
});
export type RedeemReceipt = Static<typeof RedeemReceipt>;

export const TemplateView = Type.Object({
  id: IdText,
  code: Type.String(),
  version: Type.Integer(),
  status: OneOf(TEMPLATE_STATUSES),
  face: CouponFace,
  validText: Type.String(),
  purpose: OneOf(COUPON_PURPOSES),
  bearerText: Type.String(),
  totalCount: Nullable(Type.Integer()),
  issuedCount: Type.Integer(),
  reservedCount: Type.Integer({ description: 'promised in cards that nobody has taken yet' }),
  usedCount: Type.Integer(),
  useRateBp: Nullable(Type.Integer()),
  budgetFen: Nullable(FenInt),
  committedFen: Type.Integer({ description: 'worst case of the coupons that may still be used' }),
  spentFen: FenInt,
  isPublic: Type.Boolean(),
  forGuides: Type.Boolean(),
  hasOptedIn: Nullable(Type.Boolean({ description: "a franchisee's own answer; null where none is needed" })),
  createdAt: Instant,
});
export const TemplateDetail = Type.Composite([
  TemplateView,
  Type.Object({
    input: TemplateInput,
    versions: Type.Array(
      Type.Object({ version: Type.Integer(), at: Instant, by: Type.String(), couponCount: Type.Integer() }),
    ),
    bySource: Type.Array(Type.Object({ source: Type.String(), issued: Type.Integer(), used: Type.Integer() })),
    byStore: Type.Array(
      Type.Object({ storeId: IdText, storeName: Type.String(), used: Type.Integer(), discountFen: FenInt }),
    ),
    byGuide: Type.Array(
      Type.Object({ guideId: IdText, guideName: Type.String(), issued: Type.Integer(), used: Type.Integer() }),
    ),
  }),
]);
export const TemplateCheck = Type.Object({
  isPublishable: Type.Boolean(),
  worstEachFen: FenInt,
  worstTotalFen: Nullable(FenInt),
  mayIssue: Nullable(Type.Integer({ description: 'how many the budget and the count allow' })),
  problems: Type.Array(Type.Object({ field: Type.String(), text: Type.String() })),
  hints: Type.Array(Type.String()),
});

export const ConsoleCoupon = Type.Object({
  id: IdText,
  code: Type.String(),
  templateId: IdText,
  version: Type.Integer(),
  name: Type.String(),
  memberId: Nullable(IdText),
  memberName: Nullable(Type.String()),
  state: OneOf(COUPON_STATES),
  stateText: Type.String(),
  source: Type.String(),
  guideName: Nullable(Type.String()),
  validUntil: Instant,
  usedAt: Nullable(Instant),
  usedStoreName: Nullable(Type.String()),
  discountFen: Nullable(FenInt),
  orderId: Nullable(IdText),
  revokeReason: Nullable(Type.String()),
  at: Instant,
});

/** The brand's own rules around coupons. */
export const CouponSettings = Exact({
  giftHours: Type.Integer({ minimum: 1, maximum: 168 }),
  reverseMinutes: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 120,
      description: 'how long a guide may undo alone, which is a rule of the counter; left out, it stays as it is',
    }),
  ),
  offlineHours: Type.Integer({ minimum: 1, maximum: 48, description: 'how long an offline token may be taken' }),
  conflictRule: OneOf(['HQ_PAYS', 'STORE_PAYS']),
  offerHours: Type.Integer({ minimum: 1, maximum: 168, description: "how long a guide's card may be taken" }),
  guideMonthFen: Nullable(
    Type.Integer({ minimum: 0, maximum: 100_000_000, description: 'worst case a guide may give in a month' }),
  ),
  graceHours: Type.Integer({
    minimum: 0,
    maximum: 720,
    description: 'how long a coupon may still be used that comes back after its end',
  }),
  remindDays: Type.Integer({ minimum: 1, maximum: 30, description: 'days before expiry that the holder is told' }),
});
export type CouponSettings = Static<typeof CouponSettings>;
