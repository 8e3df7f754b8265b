import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { Exact, FenInt, IdText, Instant, Nullable, OneOf, PriceFen, Text } from './fields.js';

/** What a member may own in an account: wallet in fen, points in points, growth in growth. */
export const ASSET_KINDS = ['WALLET', 'POINTS', 'GROWTH'] as const;
export const LOT_KINDS = ['PRINCIPAL', 'BONUS', 'POINTS', 'GROWTH'] as const;
export const LOT_STATES = ['PENDING', 'ACTIVE', 'SPENT', 'EXPIRED', 'REVOKED'] as const;
/** In which order a wallet payment takes principal and bonus; always lot by lot, oldest first. */
export const CONSUMPTION_POLICIES = ['PROPORTIONAL', 'PRINCIPAL_FIRST', 'BONUS_FIRST'] as const;

/** One line of an account's history, newest first, with what the account held afterwards. */
export const AssetEntry = Type.Object({
  seq: Type.Integer(),
  at: Instant,
  kind: Type.String({ description: 'a word such as TOP_UP, CAPTURE, REFUND, EARN, EXPIRE' }),
  title: Type.String({ description: 'in plain words' }),
  amount: Type.Integer({ description: 'fen, points or growth; signed' }),
  principal: Type.Integer({ description: 'wallet only: the principal part of the amount' }),
  bonus: Type.Integer({ description: 'wallet only: the bonus part of the amount' }),
  pending: Type.Integer({ description: 'change of what is still pending' }),
  balanceAfter: Type.Integer(),
  storeName: Nullable(Type.String()),
  orderId: Nullable(IdText),
});
export type AssetEntry = Static<typeof AssetEntry>;

export const AssetLot = Type.Object({
  id: IdText,
  kind: OneOf(LOT_KINDS),
  state: OneOf(LOT_STATES),
  title: Type.String({ description: 'where it came from, in plain words' }),
  granted: Type.Integer(),
  remaining: Type.Integer(),
  held: Type.Integer(),
  createdAt: Instant,
  activeAt: Nullable(Instant),
  expiresAt: Nullable(Instant),
  storeName: Nullable(Type.String()),
});
export type AssetLot = Static<typeof AssetLot>;

export const MyWallet = Type.Object({
  balanceFen: FenInt,
  principalFen: FenInt,
  bonusFen: FenInt,
  heldFen: FenInt,
  availableFen: FenInt,
  isFrozen: Type.Boolean(),
  frozenText: Nullable(Type.String()),
  hasPin: Type.Boolean(),
  pinAboveFen: FenInt,
  policy: OneOf(CONSUMPTION_POLICIES),
  policyText: Type.String(),
  lots: Type.Array(AssetLot),
});
export type MyWallet = Static<typeof MyWallet>;

/** What a tier adds to what is paid; each part may be nothing. */
export const TopUpBonus = Exact({
  bonusFen: PriceFen,
  points: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  couponTemplateId: Nullable(IdText),
});
export const TopUpTier = Type.Object({
  id: IdText,
  activityId: IdText,
  version: Type.Integer(),
  payFen: FenInt,
  ...TopUpBonus.properties,
  bonusDays: Nullable(Type.Integer({ description: 'days until the bonus lapses; null is never' })),
  text: Type.String({ description: 'such as 充 50 送 10' }),
  limitText: Nullable(Type.String()),
  isAvailable: Type.Boolean(),
  reason: Nullable(Type.String({ description: 'why it is not available' })),
});
export type TopUpTier = Static<typeof TopUpTier>;
export const LawText = Type.Object({ name: Type.String(), text: Type.String() });

export const TOP_UP_STATES = ['CREATED', 'CREDITED', 'CLOSED', 'PARTLY_REFUNDED', 'REFUNDED'] as const;
export const TopUpView = Type.Object({
  id: IdText,
  topUpNo: Type.String(),
  state: OneOf(TOP_UP_STATES),
  stateText: Type.String(),
  payFen: FenInt,
  bonusFen: FenInt,
  points: Type.Integer(),
  couponTemplateId: Nullable(IdText),
  text: Type.String(),
  storeName: Type.String(),
  memberId: IdText,
  nickname: Nullable(Type.String({ description: 'at the desk only' })),
  createdAt: Instant,
  creditedAt: Nullable(Instant),
});
export type TopUpView = Static<typeof TopUpView>;

/** The calculator of a balance refund: per top-up, what goes back and which bonus leaves with it. */
export const BalanceRefundPreview = Type.Object({
  canRequest: Type.Boolean(),
  reason: Nullable(Type.String()),
  refundFen: FenInt,
  bonusTakenFen: FenInt,
  feeFen: FenInt,
  lines: Type.Array(
    Type.Object({
      topUpId: IdText,
      topUpNo: Type.String(),
      paidAt: Instant,
      paidFen: FenInt,
      bonusFen: FenInt,
      principalLeftFen: FenInt,
      bonusLeftFen: FenInt,
      refundFen: FenInt,
      bonusTakenFen: FenInt,
      route: OneOf(['ORIGINAL', 'BANK']),
      text: Type.String({ description: 'the computation in one plain sentence' }),
    }),
  ),
  law: LawText,
});
export type BalanceRefundPreview = Static<typeof BalanceRefundPreview>;

export const WALLET_REFUND_STATES = ['REVIEW', 'SENDING', 'DONE', 'REFUSED', 'FAILED'] as const;
export const WalletRefundView = Type.Object({
  id: IdText,
  memberId: IdText,
  nickname: Nullable(Type.String()),
  topUpNo: Type.String(),
  state: OneOf(WALLET_REFUND_STATES),
  stateText: Type.String(),
  route: OneOf(['ORIGINAL', 'BANK']),
  refundFen: FenInt,
  bonusTakenFen: FenInt,
  requestedAt: Instant,
  finishedAt: Nullable(Instant),
  note: Nullable(Type.String()),
});
export type WalletRefundView = Static<typeof WalletRefundView>;

/** A code that lives for a minute and works once; shown as a bar code and a QR code. */
export const DynamicCode = Type.Object({
  code: Type.String({ description: '18 digits' }),
  expiresAt: Instant,
  seconds: Type.Integer({ description: 'how long it lives' }),
});
export type DynamicCode = Static<typeof DynamicCode>;

export const IN_STORE_STATES = ['ASKING', 'PAID', 'REFUSED', 'EXPIRED', 'REVERSED'] as const;
export const InStorePayment = Type.Object({
  id: IdText,
  paymentNo: Type.String(),
  state: OneOf(IN_STORE_STATES),
  stateText: Type.String(),
  amountFen: FenInt,
  principalFen: FenInt,
  bonusFen: FenInt,
  storeName: Type.String(),
  guideName: Nullable(Type.String()),
  memberId: IdText,
  memberName: Type.String(),
  note: Type.String(),
  at: Instant,
  confirmUntil: Nullable(Instant),
  canReverse: Type.Boolean(),
  reverseUntil: Nullable(Instant),
});
export type InStorePayment = Static<typeof InStorePayment>;

export const POINTS_EXPIRY = ['NEVER', 'ROLLING_DAYS', 'YEAR_END'] as const;
export const PointsRuleFields = {
  isOn: Type.Boolean(),
  earnFenPerPoint: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'fen paid in cash for one point' }),
  birthdayMultiplierBp: Type.Integer({ minimum: 10_000, maximum: 100_000 }),
  categoryMultipliers: Type.Array(
    Exact({ categoryId: IdText, multiplierBp: Type.Integer({ minimum: 0, maximum: 100_000 }) }),
    { maxItems: 50 },
  ),
  dailyCap: Nullable(Type.Integer({ minimum: 1, maximum: 10_000_000 })),
  isInstantUse: Type.Boolean({ description: 'usable at once instead of after the after-sale window' }),
  expiry: OneOf(POINTS_EXPIRY),
  expiryDays: Type.Integer({ minimum: 1, maximum: 3660 }),
  yearEndGraceYears: Type.Integer({ minimum: 0, maximum: 5, description: '0: end of this year; 1: of the next' }),
  fenPerPointBp: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'hundredths of a fen that a point pays' }),
  maxShareBp: Type.Integer({ minimum: 0, maximum: 10_000, description: 'of the goods to pay' }),
  multiple: Type.Integer({ minimum: 1, maximum: 100_000, description: 'points are used in multiples of this' }),
  bearers: Type.Array(
    Exact({ party: OneOf(['HQ', 'STORE', 'FRANCHISEE']), bp: Type.Integer({ minimum: 0, maximum: 10_000 }) }),
    { minItems: 1, maxItems: 3 },
  ),
} as const satisfies Record<string, TSchema>;
export const PointsRuleInput = Exact(PointsRuleFields);
export type PointsRuleInput = Static<typeof PointsRuleInput>;
export const PointsRuleView = Type.Object({
  version: Type.Integer(),
  ...PointsRuleFields,
  texts: Type.Array(Type.String({ description: 'the rule in plain sentences' })),
  publishedAt: Nullable(Instant),
});

export const MyPoints = Type.Object({
  balance: Type.Integer({ description: 'may be negative after a refund' }),
  pending: Type.Integer(),
  held: Type.Integer(),
  available: Type.Integer(),
  owed: Type.Integer(),
  isFrozen: Type.Boolean(),
  worthFen: FenInt,
  expiring: Type.Array(Type.Object({ at: Instant, points: Type.Integer() })),
  ruleTexts: Type.Array(Type.String()),
});
export type MyPoints = Static<typeof MyPoints>;

export const POINTS_GOOD_KINDS = ['GOODS', 'COUPON'] as const;
export const PointsGoodInput = Exact({
  kind: OneOf(POINTS_GOOD_KINDS),
  name: Text(60, 1),
  imageUrl: Text(300),
  description: Text(500),
  points: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
  stock: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  perPersonLimit: Nullable(Type.Integer({ minimum: 1, maximum: 1000 })),
  couponTemplateId: Nullable(IdText),
  isListed: Type.Boolean(),
  position: Type.Integer({ minimum: 0, maximum: 9999 }),
});
export type PointsGoodInput = Static<typeof PointsGoodInput>;
export const PointsGood = Type.Object({
  id: IdText,
  ...PointsGoodInput.properties,
  taken: Type.Integer(),
  mineLeft: Nullable(Type.Integer({ description: 'how many I may still take; null without a limit' })),
  canRedeem: Type.Boolean(),
  reason: Nullable(Type.String()),
});
export type PointsGood = Static<typeof PointsGood>;

export const EXCHANGE_STATES = ['TO_PICKUP', 'DONE', 'CANCELLED'] as const;
export const PointsExchange = Type.Object({
  id: IdText,
  exchangeNo: Type.String(),
  state: OneOf(EXCHANGE_STATES),
  stateText: Type.String(),
  goodId: IdText,
  kind: OneOf(POINTS_GOOD_KINDS),
  name: Type.String(),
  imageUrl: Type.String(),
  qty: Type.Integer(),
  points: Type.Integer(),
  pickupCode: Nullable(Type.String()),
  pickupUntil: Nullable(Instant),
  storeName: Nullable(Type.String()),
  memberId: IdText,
  memberName: Nullable(Type.String()),
  at: Instant,
  doneAt: Nullable(Instant),
});
export type PointsExchange = Static<typeof PointsExchange>;

export const LevelBenefits = Exact({
  discountBp: Type.Integer({ minimum: 1000, maximum: 10_000, description: '9500 is 95 折; 10000 none' }),
  pointsMultiplierBp: Type.Integer({ minimum: 10_000, maximum: 100_000 }),
  isFreightFree: Type.Boolean(),
  birthdayText: Text(60),
  texts: Type.Array(Text(60, 1), { maxItems: 10 }),
});
export type LevelBenefits = Static<typeof LevelBenefits>;
export const LevelInput = Exact({
  level: Type.Integer({ minimum: 1, maximum: 20 }),
  name: Text(20, 1),
  fromGrowth: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
  benefits: LevelBenefits,
});
export const LevelSchemeInput = Exact({
  levels: Type.Array(LevelInput, { minItems: 1, maxItems: 20 }),
  periodMonths: Type.Integer({ minimum: 1, maximum: 60 }),
  growthMonths: Nullable(
    Type.Integer({ minimum: 1, maximum: 60, description: 'growth counts so long; null for ever' }),
  ),
});
export type LevelSchemeInput = Static<typeof LevelSchemeInput>;
export const LevelSchemeView = Type.Object({
  version: Type.Integer(),
  ...LevelSchemeInput.properties,
  publishedAt: Nullable(Instant),
  memberCounts: Type.Array(Type.Object({ level: Type.Integer(), count: Type.Integer() })),
});

export const MyLevel = Type.Object({
  level: Type.Integer(),
  name: Type.String(),
  growth: Type.Integer(),
  nextLevelName: Nullable(Type.String()),
  nextLevelGrowth: Nullable(Type.Integer()),
  benefits: LevelBenefits,
  since: Instant,
  periodEndsAt: Nullable(Instant),
  grantedUntil: Nullable(Instant),
  warning: Nullable(Type.String({ description: 'what happens at the end of the period, from 30 days before' })),
  levels: Type.Array(LevelInput),
  history: Type.Array(Type.Object({ at: Instant, text: Type.String() })),
});
export type MyLevel = Static<typeof MyLevel>;
