import { type Static, Type } from '@sinclair/typebox';
import { Exact, FenInt, IdText, Instant, Nullable, OneOf, Quantity, Text } from './fields.js';

/** What a consumer may ask for; a return may be handed in at any open store of the brand. */
export const AFTER_SALE_KINDS = ['REFUND_ONLY', 'RETURN_REFUND', 'EXCHANGE'] as const;
export type AfterSaleKind = (typeof AFTER_SALE_KINDS)[number];

/**
 * REQUESTED → APPROVED | REFUSED; a return goes on SENT_BACK → RECEIVED; money goes REFUNDING → DONE, an exchange
 * RESENT → DONE. CANCELLED by the consumer or by a deadline.
 */
export const AFTER_SALE_STATES = [
  'REQUESTED',
  'APPROVED',
  'SENT_BACK',
  'RECEIVED',
  'REFUNDING',
  'RESENT',
  'DONE',
  'REFUSED',
  'CANCELLED',
] as const;
export type AfterSaleState = (typeof AFTER_SALE_STATES)[number];

/** Why; the first four are the merchant's fault, which decides who pays for sending the goods back. */
export const AFTER_SALE_REASONS = [
  'DAMAGED',
  'WRONG_GOODS',
  'MISSING',
  'NOT_AS_SHOWN',
  'DOES_NOT_FIT',
  'CHANGED_MIND',
  'TOO_SLOW',
  'OTHER',
] as const;
export type AfterSaleReason = (typeof AFTER_SALE_REASONS)[number];
export const RETURN_WAYS = ['CARRIER', 'STORE'] as const;

/** What becomes of a present that the goods that stay no longer earn: it goes back with them, or is paid out of the refund. */
export const PRESENT_CHOICES = ['BACK', 'KEEP'] as const;
export type PresentChoice = (typeof PRESENT_CHOICES)[number];

export const AfterSaleWish = Exact({
  kind: OneOf(AFTER_SALE_KINDS),
  lines: Type.Array(Exact({ lineId: IdText, qty: Quantity }), { minItems: 1, maxItems: 50 }),
  reason: OneOf(AFTER_SALE_REASONS),
  returnWay: Type.Optional(OneOf(RETURN_WAYS)),
  returnStoreId: Type.Optional(IdText),
  exchangeSkuId: Type.Optional(IdText),
  presents: Type.Optional(
    Type.Array(Exact({ lineId: IdText, choice: OneOf(PRESENT_CHOICES) }), {
      maxItems: 50,
      description: 'for the presents that the preview names; one that is not named goes back',
    }),
  ),
});
export type AfterSaleWish = Static<typeof AfterSaleWish>;
export const AfterSaleInput = Exact({
  ...AfterSaleWish.properties,
  text: Type.Optional(Text(300)),
  pictureIds: Type.Optional(Type.Array(IdText, { maxItems: 9 })),
  expectedRefundFen: Type.Optional(FenInt),
});
export type AfterSaleInput = Static<typeof AfterSaleInput>;

/** Where the money goes and what else changes; every sum was fixed when the order was submitted. */
export const RefundSources = Type.Object({
  totalFen: FenInt,
  goodsFen: FenInt,
  freightFen: FenInt,
  cashFen: FenInt,
  walletFen: FenInt,
  pointsBack: Type.Integer(),
  pointsTaken: Type.Integer(),
  withheldFen: Type.Integer({ description: 'kept because a condition no longer holds; 0 with the default switch' }),
  presentsFen: Type.Optional(Type.Integer({ description: 'held back for presents that are kept for their price' })),
});
export type RefundSources = Static<typeof RefundSources>;

export const CONSEQUENCE_KINDS = [
  'CASH',
  'WALLET',
  'FREIGHT',
  'POINTS_BACK',
  'POINTS_TAKEN',
  'COUPON',
  'CONDITION',
  'GIFT',
  'GUIDE',
  'SPLIT',
  'RETURN_FREIGHT',
  'INVOICE',
  'TIME',
] as const;
export const Consequence = Type.Object({
  kind: OneOf(CONSEQUENCE_KINDS),
  title: Type.String(),
  text: Type.String(),
  tone: OneOf(['GAIN', 'LOSS', 'NEUTRAL']),
  fen: Nullable(FenInt),
  points: Nullable(Type.Integer()),
});
export type Consequence = Static<typeof Consequence>;

export const AfterSaleLine = Type.Object({
  lineId: IdText,
  name: Type.String(),
  spec: Type.String(),
  imageUrl: Nullable(Type.String()),
  qty: Type.Integer(),
  refundFen: FenInt,
  isGift: Type.Optional(Type.Boolean()),
});

/** A present that falls away with the goods that go back, and both ways out of it. */
export const FallenPresent = Type.Object({
  lineId: IdText,
  name: Type.String(),
  spec: Type.String(),
  imageUrl: Nullable(Type.String()),
  qty: Type.Integer(),
  why: Type.String({ description: 'which promotion it came with, and that what stays no longer earns it' }),
  choice: OneOf(PRESENT_CHOICES),
  backText: Type.String({ description: 'what sending it back means' }),
  keepFen: Type.Integer({ description: "what keeping it costs: the store's price when the order was submitted" }),
  canKeep: Type.Boolean(),
  keepText: Type.String({ description: 'what keeping it means, or why it cannot be kept' }),
});
export type FallenPresent = Static<typeof FallenPresent>;
export const KeptPresent = Type.Object({
  lineId: IdText,
  name: Type.String(),
  spec: Type.String(),
  imageUrl: Nullable(Type.String()),
  qty: Type.Integer(),
  fen: FenInt,
});
export type KeptPresent = Static<typeof KeptPresent>;

export const AfterSalePreview = Type.Object({
  lines: Type.Array(AfterSaleLine),
  presents: Type.Optional(Type.Array(FallenPresent)),
  sources: RefundSources,
  consequences: Type.Array(Consequence),
  willApproveAtOnce: Type.Boolean(),
  approvalText: Type.String(),
});
export type AfterSalePreview = Static<typeof AfterSalePreview>;

const Choice = <T extends readonly string[]>(words: T) =>
  Type.Object({ value: OneOf(words), text: Type.String(), hint: Type.String() });
export const AfterSaleOptions = Type.Object({
  orderId: IdText,
  orderNo: Type.String(),
  lines: Type.Array(
    Type.Object({
      lineId: IdText,
      skuId: Nullable(IdText),
      productId: Nullable(IdText),
      name: Type.String(),
      spec: Type.String(),
      imageUrl: Nullable(Type.String()),
      qty: Type.Integer(),
      leftQty: Type.Integer({ description: 'pieces that are neither returned nor in another open case' }),
      payableFen: FenInt,
      openCaseId: Nullable(IdText),
      isGift: Type.Optional(Type.Boolean()),
    }),
  ),
  kinds: Type.Array(
    Type.Object({
      value: OneOf(AFTER_SALE_KINDS),
      text: Type.String(),
      isAllowed: Type.Boolean(),
      hint: Type.String(),
    }),
  ),
  reasons: Type.Array(Choice(AFTER_SALE_REASONS)),
  returnWays: Type.Array(Choice(RETURN_WAYS)),
  until: Nullable(Instant),
  ruleText: Type.String(),
});
export type AfterSaleOptions = Static<typeof AfterSaleOptions>;

export const AfterSaleSummary = Type.Object({
  id: IdText,
  caseNo: Type.String(),
  orderId: IdText,
  orderNo: Type.String(),
  storeId: IdText,
  storeName: Type.String(),
  kind: OneOf(AFTER_SALE_KINDS),
  kindText: Type.String(),
  state: OneOf(AFTER_SALE_STATES),
  stateText: Type.String(),
  hint: Type.String({ description: 'what happens next and until when, in plain words' }),
  lines: Type.Array(AfterSaleLine),
  refundFen: FenInt,
  createdAt: Instant,
  dueAt: Nullable(Instant),
  isEvidenceAsked: Type.Optional(
    Type.Boolean({
      description: 'the store has asked for more before it decides; dueAt is when the consumer has to answer',
    }),
  ),
});
export type AfterSaleSummary = Static<typeof AfterSaleSummary>;

/** A message of the store may ask for evidence while it has to decide, which stops its time until the answer. */
export const AsksEvidence = Type.Optional(
  Type.Boolean({ description: 'only while REQUESTED, and not after the deadline' }),
);

const Parcel = Type.Object({ company: Type.String(), trackingNo: Type.String(), at: Instant });
export const AfterSaleMessage = Type.Object({
  id: IdText,
  by: OneOf(['CONSUMER', 'MERCHANT', 'SYSTEM']),
  byName: Type.String(),
  text: Type.String(),
  pictures: Type.Array(Type.String()),
  at: Instant,
});
export const AfterSaleDetail = Type.Composite([
  AfterSaleSummary,
  Type.Object({
    reason: OneOf(AFTER_SALE_REASONS),
    reasonText: Type.String(),
    text: Type.String(),
    pictures: Type.Array(Type.String()),
    isMerchantFault: Type.Boolean(),
    sources: RefundSources,
    keptPresents: Type.Optional(Type.Array(KeptPresent)),
    consequences: Type.Array(Consequence),
    refusal: Nullable(Type.String()),
    returnWay: Nullable(OneOf(RETURN_WAYS)),
    returnStore: Nullable(
      Type.Object({ id: IdText, name: Type.String(), address: Type.String(), phone: Type.String() }),
    ),
    returnCode: Nullable(Type.String({ description: 'shown at the counter when handing goods in' })),
    sentBack: Nullable(Parcel),
    resent: Nullable(Parcel),
    exchangeSpec: Nullable(Type.String()),
    refundState: Nullable(OneOf(['REQUESTED', 'PROCESSING', 'SUCCESS', 'FAILED'])),
    refundProblem: Nullable(Type.String()),
    messages: Type.Array(AfterSaleMessage),
    canCancel: Type.Boolean(),
    canSendBack: Type.Boolean(),
    canConfirmResent: Type.Boolean(),
    canMessage: Type.Boolean(),
  }),
]);
export type AfterSaleDetail = Static<typeof AfterSaleDetail>;

/** What the desk and the store see besides: who asks, what every party gives up, and what may be done now. */
export const AfterSaleDeskRow = Type.Composite([
  AfterSaleSummary,
  Type.Object({ memberName: Nullable(Type.String()), isOverdue: Type.Boolean(), isRefundFailed: Type.Boolean() }),
]);
export type AfterSaleDeskRow = Static<typeof AfterSaleDeskRow>;
export const AfterSaleDeskDetail = Type.Composite([
  AfterSaleDetail,
  Type.Object({
    memberName: Nullable(Type.String()),
    guideName: Nullable(Type.String()),
    isOverdue: Type.Boolean(),
    parties: Type.Array(Type.Object({ name: Type.String(), text: Type.String(), fen: FenInt })),
    canApprove: Type.Boolean(),
    canReceive: Type.Boolean(),
    canResend: Type.Boolean(),
    canRetryRefund: Type.Boolean(),
  }),
]);
export type AfterSaleDeskDetail = Static<typeof AfterSaleDeskDetail>;

const Hours = Type.Integer({ minimum: 1, maximum: 720 });
/** The brand's switches; hours count from the moment a case enters the state. */
export const AfterSaleRules = Exact({
  approveUnshippedAtOnce: Type.Boolean(),
  approveUnderFen: Type.Integer({ minimum: 0, maximum: 10_000_000 }),
  condition: OneOf(['KEEP', 'RECOMPUTE']),
  decideHours: Hours,
  sendBackHours: Hours,
  checkHours: Hours,
  confirmResentHours: Hours,
  otherStoreReturns: Type.Boolean(),
  exchangeAllowed: Type.Boolean(),
  couponGraceDays: Type.Integer({ minimum: 0, maximum: 60 }),
});
export type AfterSaleRules = Static<typeof AfterSaleRules>;

export const PictureInput = Exact({
  /** AVATAR: worn once its check has passed. */
  purpose: OneOf(['REVIEW', 'AFTER_SALE', 'AVATAR']),
  dataBase64: Type.String({ minLength: 16, maxLength: 1_950_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
});
export const PictureView = Type.Object({
  id: IdText,
  url: Type.String(),
  check: OneOf(['WAITING', 'PASSED', 'REFUSED']),
});
export type PictureView = Static<typeof PictureView>;
