import { type Static, Type } from '@sinclair/typebox';
import { Day, Exact, FenInt, IdText, Instant, Nullable, OneOf, Text } from './fields.js';

export const TASK_STATES = ['DRAFT', 'PUBLISHED', 'ENDED'] as const;
/** States of one customer's item (reference/features.md B17). */
export const TASK_ITEM_STATES = [
  'WAITING',
  'SEEN',
  'SENT',
  'OPENED',
  'ORDERED',
  'SKIPPED',
  'EXPIRED',
  'BLOCKED',
] as const;
export const SKIP_REASONS = ['BOUGHT_ALREADY', 'TALKED_TODAY', 'NOT_SUITABLE', 'ASKED_NOT_TO', 'OTHER'] as const;
export const AUDIENCE_KINDS = ['ALL_CONTACTS', 'VIEWED_PRODUCT', 'DORMANT', 'NEW_MEMBER', 'TAG'] as const;

export const TaskAudience = Exact({
  kind: OneOf(AUDIENCE_KINDS),
  productId: Type.Optional(IdText),
  tagId: Type.Optional(IdText),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 730 })),
});
export const TaskInput = Exact({
  title: Text(40, 2),
  words: Text(500, 2),
  reason: Text(80, 2),
  productId: Type.Optional(Nullable(IdText)),
  audience: TaskAudience,
  startDay: Day,
  endDay: Day,
  storeIds: Type.Optional(Type.Array(IdText, { maxItems: 5000 })),
});
export type TaskInput = Static<typeof TaskInput>;

export const TaskEffect = Type.Object({
  guideCount: Type.Integer(),
  itemCount: Type.Integer(),
  seen: Type.Integer(),
  sent: Type.Integer(),
  opened: Type.Integer(),
  ordered: Type.Integer(),
  skipped: Type.Integer(),
  orderFen: FenInt,
  asOf: Instant,
});
export const TaskView = Type.Object({
  id: IdText,
  title: Type.String(),
  words: Type.String(),
  reason: Type.String(),
  productId: Nullable(IdText),
  productName: Nullable(Type.String()),
  imageUrl: Nullable(Type.String()),
  audience: Type.Object({ kind: OneOf(AUDIENCE_KINDS), text: Type.String() }),
  state: OneOf(TASK_STATES),
  startDay: Day,
  endDay: Day,
  storeCount: Type.Integer(),
  createdAt: Instant,
  publishedAt: Nullable(Instant),
  effect: TaskEffect,
});
export type TaskView = Static<typeof TaskView>;
export const TaskGuideRow = Type.Object({
  guideId: IdText,
  guideName: Type.String(),
  storeName: Type.String(),
  items: Type.Integer(),
  sent: Type.Integer(),
  opened: Type.Integer(),
  ordered: Type.Integer(),
});

const WorkCounts = {
  sent: Type.Integer(),
  opened: Type.Integer(),
  ordered: Type.Integer(),
};
/** A guide's work as the desk sees it: today's pack by what it asks for, and what came of the sends of the last weeks. */
export const GuideWork = Type.Object({
  day: Day,
  pack: Nullable(
    Type.Object(
      { minutes: Type.Integer(), budgetMinutes: Type.Integer(), leftOutText: Nullable(Type.String()) },
      { description: 'null before the pack of today is built' },
    ),
  ),
  today: Type.Array(
    Type.Object({
      title: Type.String(),
      taskId: Nullable(IdText),
      items: Type.Integer(),
      skipped: Type.Integer(),
      ...WorkCounts,
    }),
  ),
  sends: Type.Object({
    days: Type.Integer(),
    ...WorkCounts,
    orderFen: Type.Integer({ description: 'what those orders brought, less refunds' }),
  }),
});
export type GuideWork = Static<typeof GuideWork>;

export const PackItem = Type.Object({
  id: IdText,
  position: Type.Integer(),
  externalUserId: Type.String(),
  customerName: Type.String(),
  avatarUrl: Type.String(),
  title: Type.String(),
  reason: Type.String({ description: 'why this customer, why today' }),
  words: Type.String({ description: 'prepared, variables filled in' }),
  productId: Nullable(IdText),
  productName: Nullable(Type.String()),
  imageUrl: Nullable(Type.String()),
  priceFen: Nullable(FenInt),
  seconds: Type.Integer({ description: "expected from this guide's own measured pace" }),
  state: OneOf(TASK_ITEM_STATES),
  stateText: Type.String(),
  mayEarnFen: FenInt,
});
export type PackItem = Static<typeof PackItem>;
export const MorningPack = Type.Object({
  day: Day,
  minutes: Type.Integer(),
  budgetMinutes: Type.Integer(),
  done: Type.Integer(),
  total: Type.Integer(),
  mayEarnFen: FenInt,
  items: Type.Array(PackItem),
  leftOutText: Nullable(Type.String({ description: 'how many candidates did not fit today and why' })),
});
export type MorningPack = Static<typeof MorningPack>;

/** What the sidebar passes to ww.sendChatMessage, in order. */
export const PreparedSend = Type.Object({
  sendId: IdText,
  words: Type.String(),
  card: Nullable(
    Type.Object({ appid: Type.String(), title: Type.String(), imgUrl: Type.String(), page: Type.String() }),
  ),
  mayEarnFen: FenInt,
});
export type PreparedSend = Static<typeof PreparedSend>;
