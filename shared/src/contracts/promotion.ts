import { type Static, Type } from '@sinclair/typebox';
import { BEARER_PARTIES } from './coupon.js';
import { Exact, FenInt, IdText, Instant, Nullable, OneOf, PriceFen, Text } from './fields.js';

/** The plays of product.md M7. */
export const PLAY_KINDS = [
  'FULL_REDUCTION',
  'N_FOR_X',
  'LIMITED_DISCOUNT',
  'SECKILL',
  'GROUP_BUY',
  'BARGAIN',
  'PRESALE',
  'BUNDLE',
  'ADD_ON',
  'NEW_MEMBER',
] as const;
export type PlayKind = (typeof PLAY_KINDS)[number];

/** What people see; SCHEDULED, LIVE and ENDED follow from the clock once a promotion is published. */
export const PROMOTION_STATES = ['DRAFT', 'SCHEDULED', 'LIVE', 'PAUSED', 'ENDED'] as const;

const fieldShape = {
  name: Type.String(),
  label: Type.String(),
  type: OneOf(['FEN', 'COUNT', 'BP', 'CHOICE', 'SKU', 'SKUS', 'BOOL', 'INSTANT', 'ROWS']),
  unit: Nullable(Type.String()),
  hint: Nullable(Type.String()),
  required: Type.Boolean(),
  min: Nullable(Type.Integer()),
  max: Nullable(Type.Integer()),
  choices: Type.Array(Type.Object({ value: Type.String(), label: Type.String() })),
  /** The field is asked for only while another field has this value. */
  when: Nullable(Type.Object({ field: Type.String(), is: Type.String() })),
};
/** One input of a play's form; ROWS has columns and MIN…MAX rows. */
export const PlayField = Type.Object({ ...fieldShape, columns: Type.Array(Type.Object(fieldShape)) });
export type PlayField = Static<typeof PlayField>;
export const PlayView = Type.Object({
  kind: OneOf(PLAY_KINDS),
  label: Type.String(),
  summary: Type.String(),
  /** True: the play asks which goods take part; false: its own fields name them. */
  hasScope: Type.Boolean(),
  fields: Type.Array(PlayField),
  states: Type.Array(Type.Object({ state: Type.String(), label: Type.String(), next: Type.Array(Type.String()) })),
  notes: Type.Array(Type.String()),
});
export type PlayView = Static<typeof PlayView>;

export const GoodsScopeInput = Exact({
  kind: OneOf(['ALL', 'CATEGORIES', 'PRODUCTS', 'SKUS']),
  ids: Type.Array(IdText, { maxItems: 500 }),
  exceptProductIds: Type.Optional(Type.Array(IdText, { maxItems: 500 })),
});
export type GoodsScopeInput = Static<typeof GoodsScopeInput>;
export const BearerInput = Exact({
  party: OneOf(BEARER_PARTIES),
  bp: Type.Integer({ minimum: 1, maximum: 10_000, description: 'basis points; all bearers sum to 10,000' }),
});
const Terms = Type.Record(Text(40, 1), Type.Unknown(), { description: "the play's own fields by name" });

export const PromotionInput = Exact({
  kind: OneOf(PLAY_KINDS),
  name: Text(40, 1),
  startsAt: Instant,
  endsAt: Instant,
  terms: Terms,
  scope: Type.Optional(GoodsScopeInput),
  storeIds: Type.Optional(Type.Array(IdText, { maxItems: 4000, description: 'none: every store of the owner' })),
  stacking: Type.Optional(
    Exact({
      mode: OneOf(['JOINT', 'EXCLUSIVE']),
      group: Text(20, 1),
      allowsCoupons: Type.Boolean(),
      allowsPoints: Type.Boolean(),
    }),
  ),
  priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  bearers: Type.Optional(Type.Array(BearerInput, { minItems: 1, maxItems: 4 })),
  memberLimit: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 9999 }))),
  totalLimit: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 100_000_000 }))),
  budgetFen: Type.Optional(Nullable(PriceFen)),
  dayBudgetFen: Type.Optional(Nullable(PriceFen)),
  storeBudgetFen: Type.Optional(Nullable(PriceFen)),
});
export type PromotionInput = Static<typeof PromotionInput>;

/** A SKU as the pickers of the desk show it. */
export const PromotionGood = Type.Object({
  skuId: IdText,
  skuCode: Type.String(),
  productId: IdText,
  name: Type.String(),
  spec: Type.String(),
  imageUrl: Type.String(),
  listPriceFen: FenInt,
});
export type PromotionGood = Static<typeof PromotionGood>;

const BearerCost = Type.Object({ party: OneOf(BEARER_PARTIES), fen: FenInt });
const cardShape = {
  id: IdText,
  kind: OneOf(PLAY_KINDS),
  label: Type.String(),
  name: Type.String(),
  /** The offer in one line: 「满 ¥300 减 ¥50」 */
  text: Type.String(),
  startsAt: Instant,
  endsAt: Instant,
};
export const ConsolePromotion = Type.Object({
  ...cardShape,
  state: OneOf(PROMOTION_STATES),
  stateText: Type.String(),
  owner: Type.Object({
    kind: OneOf(['HQ', 'FRANCHISEE']),
    franchiseeId: Nullable(IdText),
    name: Type.String(),
  }),
  storeCount: Nullable(Type.Integer({ description: 'null: every store of the owner' })),
  optedOutStoreIds: Type.Array(IdText),
  usedCount: Type.Integer(),
  usedFen: FenInt,
  budgetFen: Nullable(FenInt),
  canEdit: Type.Boolean(),
  version: Type.Integer(),
});
export type ConsolePromotion = Static<typeof ConsolePromotion>;

export const PromotionConflict = Type.Object({
  promotionId: IdText,
  name: Type.String(),
  label: Type.String(),
  /** EXCLUDES: only one of the two counts on the same goods. STACKS: both count. */
  effect: OneOf(['EXCLUDES', 'STACKS']),
  severity: OneOf(['INFO', 'WARN']),
  text: Type.String(),
  skuCount: Type.Integer(),
  storeCount: Nullable(Type.Integer()),
  fromAt: Instant,
  untilAt: Instant,
});
export const WorstPrice = Type.Object({
  storeId: IdText,
  storeName: Type.String(),
  skuId: IdText,
  skuCode: Type.String(),
  name: Type.String(),
  priceFen: FenInt,
  worstFen: FenInt,
  floorFen: FenInt,
  /** Lowest deal price of the seven days before the start (or the shelf price when nothing was sold). */
  sevenDayLowFen: Nullable(FenInt),
  by: Type.Array(Type.String()),
  isBelowFloor: Type.Boolean(),
  isDishonest: Type.Boolean(),
  text: Type.String(),
});
export const PromotionCheck = Type.Object({
  conflicts: Type.Array(PromotionConflict),
  worst: Type.Array(WorstPrice),
  belowFloorCount: Type.Integer(),
  dishonestCount: Type.Integer(),
  checkedSkuCount: Type.Integer(),
});
export type PromotionCheck = Static<typeof PromotionCheck>;
export const PromotionRun = Type.Object({
  id: IdText,
  at: Instant,
  days: Type.Integer(),
  orderCount: Type.Integer(),
  changedCount: Type.Integer(),
  discountFen: FenInt,
  byBearer: Type.Array(BearerCost),
  byStore: Type.Array(
    Type.Object({ storeId: IdText, storeName: Type.String(), changedCount: Type.Integer(), discountFen: FenInt }),
  ),
  samples: Type.Array(
    Type.Object({ orderNo: Type.String(), goodsFen: FenInt, beforeFen: FenInt, afterFen: FenInt, text: Type.String() }),
  ),
  isCurrent: Type.Boolean(),
  check: PromotionCheck,
});
export type PromotionRun = Static<typeof PromotionRun>;

export const PromotionDetail = Type.Composite([
  ConsolePromotion,
  Type.Object({
    terms: Terms,
    scope: GoodsScopeInput,
    storeIds: Nullable(Type.Array(IdText)),
    stacking: Type.Object({
      mode: OneOf(['JOINT', 'EXCLUSIVE']),
      group: Type.String(),
      allowsCoupons: Type.Boolean(),
      allowsPoints: Type.Boolean(),
    }),
    priority: Type.Integer(),
    bearers: Type.Array(Type.Object({ party: OneOf(BEARER_PARTIES), bp: Type.Integer() })),
    memberLimit: Nullable(Type.Integer()),
    totalLimit: Nullable(Type.Integer()),
    dayBudgetFen: Nullable(FenInt),
    storeBudgetFen: Nullable(FenInt),
    createdBy: Type.String(),
    createdAt: Instant,
    publishedAt: Nullable(Instant),
    lastRun: Nullable(PromotionRun),
    /** Why it cannot be published now; none: it can. */
    publishProblems: Type.Array(Type.String()),
  }),
]);
export type PromotionDetail = Static<typeof PromotionDetail>;

export const PromotionEffect = Type.Object({
  usedCount: Type.Integer(),
  orderCount: Type.Integer(),
  memberCount: Type.Integer(),
  discountFen: FenInt,
  byBearer: Type.Array(BearerCost),
  byStore: Type.Array(
    Type.Object({ storeId: IdText, storeName: Type.String(), orderCount: Type.Integer(), discountFen: FenInt }),
  ),
  days: Type.Array(Type.Object({ day: Type.String(), orderCount: Type.Integer(), discountFen: FenInt })),
});
export type PromotionEffect = Static<typeof PromotionEffect>;

/** A group, a bargain or a presale that somebody has begun. */
export const PromotionSession = Type.Object({
  id: IdText,
  state: Type.String(),
  stateText: Type.String(),
  storeName: Type.String(),
  memberName: Type.String(),
  text: Type.String(),
  startedAt: Instant,
  endsAt: Nullable(Instant),
});
export type PromotionSession = Static<typeof PromotionSession>;
export const PromotionEnvelope = Type.Object({
  franchiseeId: IdText,
  franchiseeName: Type.String(),
  month: Type.String({ description: 'YYYY-MM' }),
  budgetFen: FenInt,
  usedFen: FenInt,
});
export type PromotionEnvelope = Static<typeof PromotionEnvelope>;

/** Goods of a promotion as the mall shows them. */
export const PromotionItem = Type.Object({
  skuId: IdText,
  productId: IdText,
  name: Type.String(),
  spec: Type.String(),
  imageUrl: Type.String(),
  shelfPriceFen: FenInt,
  priceFen: FenInt,
  /** Pieces of the promotion's own slice that are left, and how many there were; null: no slice. */
  leftQty: Nullable(Type.Integer()),
  sliceQty: Nullable(Type.Integer()),
  isHere: Type.Boolean({ description: 'whether this store has a piece; of a slice, whether one is left' }),
});
export type PromotionItem = Static<typeof PromotionItem>;
export const PromotionCard = Type.Object({
  ...cardShape,
  state: OneOf(['SCHEDULED', 'LIVE', 'ENDED']),
  rules: Type.Array(Type.String(), { description: 'the small print, one sentence each' }),
  productIds: Type.Array(IdText, { description: 'taking part, the first 100; none: everything' }),
  items: Type.Array(PromotionItem),
});
export type PromotionCard = Static<typeof PromotionCard>;

export const GroupBuyGroup = Type.Object({
  id: IdText,
  promotionId: IdText,
  state: OneOf(['OPEN', 'SUCCEEDED', 'FAILED']),
  stateText: Type.String(),
  storeId: IdText,
  storeName: Type.String(),
  item: Nullable(PromotionItem),
  size: Type.Integer(),
  joined: Type.Integer(),
  members: Type.Array(
    Type.Object({ nickname: Type.String(), avatarUrl: Type.String(), isLeader: Type.Boolean(), at: Instant }),
  ),
  expiresAt: Instant,
  /** A group that the brand filled up says so. */
  isFilledUp: Type.Boolean(),
  isMine: Type.Boolean(),
  canJoin: Type.Boolean(),
  joinProblem: Nullable(Type.String()),
});
export type GroupBuyGroup = Static<typeof GroupBuyGroup>;

export const BargainView = Type.Object({
  id: IdText,
  promotionId: IdText,
  state: OneOf(['OPEN', 'AT_FLOOR', 'ORDERED', 'EXPIRED']),
  stateText: Type.String(),
  storeId: IdText,
  item: Nullable(PromotionItem),
  startFen: FenInt,
  floorFen: FenInt,
  nowFen: FenInt,
  helpCount: Type.Integer(),
  helpsNeeded: Type.Integer(),
  helps: Type.Array(Type.Object({ nickname: Type.String(), avatarUrl: Type.String(), fen: FenInt, at: Instant })),
  expiresAt: Instant,
  isMine: Type.Boolean(),
  canHelp: Type.Boolean(),
  helpProblem: Nullable(Type.String()),
  canOrder: Type.Optional(
    Type.Boolean({ description: 'by its owner, at nowFen: at the floor, or before where the rules allow it' }),
  ),
});
export type BargainView = Static<typeof BargainView>;

export const PresaleDeal = Type.Object({
  orderId: IdText,
  promotionId: IdText,
  name: Type.String(),
  item: Type.Optional(Nullable(PromotionItem)),
  state: OneOf(['DEPOSIT_DUE', 'DEPOSIT_PAID', 'TAIL_DUE', 'PAID', 'FORFEITED', 'REFUNDED']),
  stateText: Type.String(),
  depositFen: FenInt,
  depositWorthFen: FenInt,
  tailFen: FenInt,
  tailFromAt: Instant,
  tailUntilAt: Instant,
  shipByAt: Nullable(Instant),
  rule: Type.String({ description: 'what happens to the deposit, in plain words' }),
});
export type PresaleDeal = Static<typeof PresaleDeal>;

/** Says at checkout that the order belongs to a group, a bargain or a presale; without sessionId a group is opened. */
export const CheckoutActivity = Exact({ promotionId: IdText, sessionId: Type.Optional(IdText) });
export type CheckoutActivity = Static<typeof CheckoutActivity>;
