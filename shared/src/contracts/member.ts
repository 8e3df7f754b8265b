import { type Static, Type } from '@sinclair/typebox';
import { FenInt, IdText, Instant, Nullable, OneOf } from './fields.js';
import { GuideCard } from './organization.js';
import { OrderSummary } from './sales.js';

export const TAG_SOURCES = ['MANUAL', 'RULE', 'MODEL', 'IMPORTED'] as const;
export const BIND_WAYS = ['GUIDE_CARD', 'WECOM_FRIEND', 'GUIDE_LINK', 'IMPORT', 'ASSIGN'] as const;

export const MemberProfile = Type.Object({
  id: IdText,
  memberNo: Type.String(),
  nickname: Type.String(),
  avatarUrl: Type.String(),
  phoneMasked: Nullable(Type.String()),
  level: Type.Integer(),
  levelName: Type.String(),
  growth: Type.Integer(),
  nextLevelGrowth: Nullable(Type.Integer()),
  joinedAt: Instant,
});
export type MemberProfile = Static<typeof MemberProfile>;

export const MyHome = Type.Object({
  profile: MemberProfile,
  guide: Nullable(GuideCard),
  orderCounts: Type.Object({
    pendingPay: Type.Integer(),
    toShip: Type.Integer(),
    toReceive: Type.Integer(),
    toPickup: Type.Integer(),
    all: Type.Integer(),
  }),
});
export type MyHome = Static<typeof MyHome>;

/** WAITING on its way to WeCom · MARKED seen there · FAILED refused there · GONE somebody has taken it off there. */
export const WECOM_MARK_STATES = ['WAITING', 'MARKED', 'FAILED', 'GONE'] as const;

export const TagView = Type.Object({
  id: IdText,
  groupName: Type.String(),
  name: Type.String(),
  source: OneOf(TAG_SOURCES),
  reason: Type.String({ description: 'why the member has it, in plain words' }),
  at: Instant,
  /** Where it stands in WeCom; absent where WeCom has no tag of this group and name, or was never told. */
  wecom: Type.Optional(Type.Object({ state: OneOf(WECOM_MARK_STATES), text: Type.String() })),
});
export const CorpTagView = Type.Object({
  groupName: Type.String(),
  name: Type.String(),
  /** What is under way with it, or what WeCom has refused. */
  note: Type.Optional(Type.String()),
});
export const TagGroup = Type.Object({
  groupName: Type.String(),
  tags: Type.Array(Type.Object({ id: IdText, name: Type.String() })),
});

export const BrowseEvent = Type.Object({
  at: Instant,
  type: OneOf(['VIEW', 'ADD_CART', 'SHARE_OPEN', 'SEARCH']),
  productId: Nullable(IdText),
  productName: Nullable(Type.String()),
  imageUrl: Nullable(Type.String()),
  text: Type.String(),
  storeName: Nullable(Type.String()),
  viewCount: Type.Integer(),
});

export const BindingView = Type.Object({
  guide: Nullable(GuideCard),
  isMine: Type.Boolean(),
  way: Nullable(OneOf(BIND_WAYS)),
  boundAt: Nullable(Instant),
  protectedUntil: Nullable(Instant),
  text: Type.String({ description: 'in one plain sentence' }),
  timeline: Type.Array(Type.Object({ at: Instant, text: Type.String() })),
});

export const NextAction = Type.Object({
  id: Type.String(),
  kind: OneOf(['TASK', 'VIEWED_NOT_BOUGHT', 'INVITE', 'AFTER_CARE', 'WELCOME']),
  title: Type.String(),
  reason: Type.String(),
  buttonText: Type.String(),
  productId: Nullable(IdText),
  taskItemId: Nullable(IdText),
});

/** What the sidebar shows of the person in the chat (product.md G3). */
export const ContactView = Type.Object({
  externalUserId: Type.String(),
  name: Type.String(),
  avatarUrl: Type.String(),
  isFriend: Type.Boolean(),
  relationText: Type.String(),
  remark: Type.String(),
  memberId: Nullable(IdText),
  /** False when the person keeps level, sizes and purchases from the store: the fields about them are empty. */
  isShared: Type.Boolean(),
  profile: Nullable(MemberProfile),
  binding: BindingView,
  tags: Type.Array(TagView),
  /** What WeCom marks the contact with besides; read only. A tag of ours that WeCom has as well stands among the tags. */
  corpTags: Type.Array(CorpTagView),
  facts: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
  purchase: Type.Object({
    orderCount: Type.Integer(),
    totalFen: FenInt,
    lastAt: Nullable(Instant),
    lastText: Type.String(),
    expectedNextText: Nullable(Type.String()),
  }),
  sizes: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
  recentOrders: Type.Array(OrderSummary),
  trail: Type.Array(BrowseEvent),
  nextActions: Type.Array(NextAction),
});
export type ContactView = Static<typeof ContactView>;

export const ContactRow = Type.Object({
  externalUserId: Type.String(),
  name: Type.String(),
  avatarUrl: Type.String(),
  memberId: Nullable(IdText),
  isMine: Type.Boolean(),
  levelName: Nullable(Type.String()),
  lastOrderAt: Nullable(Instant),
  totalFen: FenInt,
  addedAt: Instant,
});
