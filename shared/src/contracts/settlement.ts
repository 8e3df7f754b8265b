import { type Static, Type } from '@sinclair/typebox';
import { Day, Exact, FenInt, IdText, Instant, Nullable, OneOf, Text } from './fields.js';
import { COLLECT_MODES } from './organization.js';

export const PARTY_TYPES = ['BRAND', 'FRANCHISEE', 'GUIDE', 'CHANNEL'] as const;
export const RULE_STATES = ['DRAFT', 'PUBLISHED', 'RETIRED'] as const;
export const SPLIT_STATES = ['WAITING', 'READY', 'PROCESSING', 'FINISHED', 'ATTENTION', 'NOT_NEEDED'] as const;
export const RECEIVER_STATES = ['PLANNED', 'PENDING', 'SUCCESS', 'CLOSED', 'RETURNED'] as const;
export const STATEMENT_ACTS = ['CONFIRM', 'WITHDRAW', 'DISPUTE', 'ANSWER', 'LOCK', 'PAY', 'UNPAY'] as const;
export const DISPUTE_STATES = ['OPEN', 'ANSWERED', 'SETTLED'] as const;
export const STATEMENT_STATES = ['DRAFT', 'PUBLISHED', 'CONFIRMED', 'DISPUTED', 'LOCKED', 'PAID'] as const;

/** One leg of a split rule: who gets which ratio of the paid goods under which condition. */
export const SplitLeg = Exact({
  party: OneOf(['BRAND', 'GUIDE']),
  ratioBp: Type.Integer({ minimum: 0, maximum: 10_000 }),
  storeKinds: Type.Optional(Type.Array(OneOf(['SELF', 'FRANCHISE']), { maxItems: 2 })),
  categoryIds: Type.Optional(Type.Array(IdText, { maxItems: 100 })),
  note: Type.Optional(Text(60)),
});
export const SplitRuleInput = Exact({ name: Text(40, 2), legs: Type.Array(SplitLeg, { minItems: 1, maxItems: 40 }) });
export type SplitRuleInput = Static<typeof SplitRuleInput>;
export const SplitRuleCheck = Type.Object({
  isAcceptable: Type.Boolean(),
  worstCaseBp: Type.Integer(),
  capBp: Type.Integer(),
  problems: Type.Array(Type.String()),
});
export const SplitRuleView = Type.Object({
  version: Type.Integer(),
  name: Type.String(),
  state: OneOf(RULE_STATES),
  legs: Type.Array(SplitLeg),
  hash: Type.String(),
  createdBy: Type.String(),
  createdAt: Instant,
  publishedAt: Nullable(Instant),
  check: SplitRuleCheck,
});
export type SplitRuleView = Static<typeof SplitRuleView>;

export const ProofStep = Type.Object({ label: Type.String(), formula: Type.String(), fen: FenInt });
export const EntitlementLeg = Type.Object({
  party: OneOf(PARTY_TYPES),
  partyId: Type.String(),
  partyName: Type.String(),
  fen: FenInt,
});
/** One entry of a store's entitlement chain (product.md S4). */
export const EntitlementEntry = Type.Object({
  seq: Type.Integer(),
  kind: OneOf(['ACCRUAL', 'REVERSAL']),
  at: Instant,
  ruleVersion: Type.Integer(),
  amountFen: FenInt,
  legs: Type.Array(EntitlementLeg),
  steps: Type.Array(ProofStep),
  prevHash: Type.String(),
  hash: Type.String(),
});
export const ReceiverView = Type.Object({
  party: OneOf(PARTY_TYPES),
  partyName: Type.String(),
  account: Type.String({ description: 'masked' }),
  amountFen: FenInt,
  returnedFen: FenInt,
  state: OneOf(RECEIVER_STATES),
  stateText: Type.String(),
  failReason: Nullable(Type.String()),
  nextStep: Nullable(Type.String()),
});
export const SplitRow = Type.Object({
  orderId: IdText,
  orderNo: Type.String(),
  storeId: IdText,
  storeName: Type.String(),
  collectMode: OneOf(COLLECT_MODES),
  paidFen: FenInt,
  refundedFen: FenInt,
  state: OneOf(SPLIT_STATES),
  stateText: Type.String(),
  dueAt: Nullable(Instant),
  paidAt: Instant,
  legs: Type.Array(EntitlementLeg, { description: 'net of reversals; sums to paid minus refunded' }),
  receivers: Type.Array(ReceiverView),
});
export type SplitRow = Static<typeof SplitRow>;
export const OrderSplit = Type.Composite([
  SplitRow,
  Type.Object({
    entries: Type.Array(EntitlementEntry),
    movements: Type.Array(Type.Object({ at: Instant, text: Type.String(), fen: FenInt, account: Type.String() })),
  }),
]);
export type OrderSplit = Static<typeof OrderSplit>;

export const StatementLine = Type.Object({
  storeId: IdText,
  seq: Type.Integer(),
  kind: OneOf(['ACCRUAL', 'REVERSAL']),
  orderId: IdText,
  orderNo: Type.String(),
  storeName: Type.String(),
  at: Instant,
  amountFen: FenInt,
  franchiseeFen: FenInt,
  brandFen: FenInt,
  guideFen: FenInt,
  channelFen: FenInt,
  /** What of the franchisee's share the brand collected and owes outside the channel (product.md S1); 0 where the store collects. */
  payableFen: FenInt,
  /** Whether a payout holds this line. */
  isPaidOut: Type.Boolean(),
  /** The day whose entry a later day takes back; a statement that is out never changes. */
  correctsDay: Nullable(Day),
});
export const StatementView = Type.Object({
  id: Type.String({ description: 'franchisee id and day' }),
  franchiseeId: IdText,
  franchiseeName: Type.String(),
  day: Day,
  state: OneOf(STATEMENT_STATES),
  orderCount: Type.Integer(),
  amountFen: FenInt,
  franchiseeFen: FenInt,
  brandFen: FenInt,
  guideFen: FenInt,
  channelFen: FenInt,
});
export type StatementView = Static<typeof StatementView>;
export const StatementDetail = Type.Composite([
  StatementView,
  Type.Object({
    lines: Type.Array(StatementLine),
    publishedAt: Nullable(Instant),
    /** What to keep of this day: with it anybody can tell later whether the day was rewritten. */
    anchor: Type.Optional(
      Type.Object({
        fingerprint: Nullable(Type.String({ description: 'sha256 of the published proof file; null before that' })),
        heads: Type.Array(Type.Object({ storeName: Type.String(), seq: Type.Integer(), hash: Type.String() })),
      }),
    ),
    /** When it locks by itself: a day after it was confirmed, or after a week in which nobody objected. */
    locksAt: Nullable(Instant),
    /** What the brand owes of this day outside the channel, and what of it is paid or waits for a dispute. */
    payout: Type.Object({ payableFen: FenInt, paidFen: FenInt, frozenFen: FenInt }),
    /** Lines that the franchisee objects to. */
    disputes: Type.Array(Type.Object({ storeId: IdText, seq: Type.Integer(), state: OneOf(DISPUTE_STATES) })),
    /** Who confirmed, disputed, answered, locked or paid, in order; with the line that the words are about. */
    history: Type.Array(
      Type.Object({
        act: OneOf(STATEMENT_ACTS),
        by: Type.String(),
        note: Type.String(),
        at: Instant,
        line: Nullable(Type.Object({ storeId: IdText, seq: Type.Integer() })),
      }),
    ),
  }),
]);
export type StatementDetail = Static<typeof StatementDetail>;

export const InvariantView = Type.Object({
  id: Type.String(),
  promise: Type.String({ description: 'in plain Chinese' }),
  area: Type.String(),
  state: OneOf(['HOLDS', 'BROKEN', 'NEVER_RUN']),
  checkedAt: Nullable(Instant),
  durationMs: Nullable(Type.Integer()),
  rows: Type.Array(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Null()]))),
});
export type InvariantView = Static<typeof InvariantView>;
