import { type Static, Type } from '@sinclair/typebox';
import { Exact, IdText, Instant, Nullable, OneOf, Text } from './fields.js';

/** PENDING waits for the check's verdict, MANUAL for a person because the check gave none in time. */
export const REVIEW_STATES = ['PENDING', 'MANUAL', 'SHOWN', 'HIDDEN', 'DELETED'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
/** A bad review is never hidden for being bad: one of these reasons is needed, with a note, and both are kept. */
export const HIDE_REASONS = ['PERSONAL_DATA', 'ILLEGAL', 'ABUSE', 'ADVERTISING', 'COURT_ORDER'] as const;
export type HideReason = (typeof HIDE_REASONS)[number];
export const TICKET_STATES = ['OPEN', 'CALLED_BACK', 'CLOSED'] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const Stars = Type.Integer({ minimum: 1, maximum: 5 });
const Pictures = Type.Optional(Type.Array(IdText, { maxItems: 9 }));

export const ReviewInput = Exact({
  orderId: IdText,
  lineId: IdText,
  stars: Stars,
  text: Text(500),
  pictureIds: Pictures,
  isAnonymous: Type.Optional(Type.Boolean()),
});
export const ServiceReviewInput = Exact({
  orderId: IdText,
  attitude: Stars,
  expertise: Stars,
  speed: Stars,
  text: Text(500),
  isAnonymous: Type.Optional(Type.Boolean()),
});
export const FollowUpInput = Exact({ text: Text(500, 1), pictureIds: Pictures });
export const InvitedReviewInput = Exact({
  lines: Type.Array(Exact({ lineId: IdText, stars: Stars, text: Text(500), pictureIds: Pictures }), { maxItems: 20 }),
  service: Type.Optional(Exact({ attitude: Stars, expertise: Stars, speed: Stars, text: Text(500) })),
  isAnonymous: Type.Optional(Type.Boolean()),
});

const Reply = Type.Object({ byName: Type.String(), text: Type.String(), at: Instant });
/** A review as everybody sees it. */
export const PublicReview = Type.Object({
  id: IdText,
  authorName: Type.String(),
  authorAvatarUrl: Nullable(Type.String()),
  stars: Stars,
  text: Type.String(),
  pictures: Type.Array(Type.String()),
  spec: Type.String(),
  storeName: Type.String(),
  isOffline: Type.Boolean(),
  at: Instant,
  followUp: Nullable(
    Type.Object({ text: Type.String(), pictures: Type.Array(Type.String()), at: Instant, daysAfter: Type.Integer() }),
  ),
  replies: Type.Array(Reply),
});
export type PublicReview = Static<typeof PublicReview>;

export const ReviewSummary = Type.Object({
  count: Type.Integer(),
  averageTenths: Nullable(Type.Integer({ description: '47 is 4.7; null without any review, never a default' })),
  stars: Type.Array(Type.Integer(), { description: 'how many of 1, 2, 3, 4 and 5 stars', minItems: 5, maxItems: 5 }),
  withPictures: Type.Integer(),
  followUps: Type.Integer(),
  goodPercent: Nullable(Type.Integer()),
  tags: Type.Array(Type.Object({ name: Type.String(), count: Type.Integer() }), {
    description: 'what the words say, the most said first; nothing that nobody said',
  }),
});
export type ReviewSummary = Static<typeof ReviewSummary>;

/** One's own review, with where it stands. */
export const MyReview = Type.Composite([
  Type.Omit(PublicReview, ['authorName', 'authorAvatarUrl', 'stars']),
  Type.Object({
    kind: OneOf(['LINE', 'SERVICE']),
    stars: Type.Integer(),
    attitude: Nullable(Type.Integer()),
    expertise: Nullable(Type.Integer()),
    speed: Nullable(Type.Integer()),
    orderId: IdText,
    productId: Nullable(IdText),
    productName: Type.String(),
    imageUrl: Nullable(Type.String()),
    guideName: Nullable(Type.String()),
    isAnonymous: Type.Boolean(),
    state: OneOf(REVIEW_STATES),
    stateText: Type.String(),
    canFollowUp: Type.Boolean(),
    followUpUntil: Nullable(Instant),
    rewardText: Nullable(Type.String()),
    ticket: Nullable(Type.Object({ id: IdText, state: OneOf(TICKET_STATES), stateText: Type.String() })),
  }),
]);
export type MyReview = Static<typeof MyReview>;

/** What waits for one's review. */
export const Reviewable = Type.Object({
  orderId: IdText,
  orderNo: Type.String(),
  storeName: Type.String(),
  channel: OneOf(['MINIAPP', 'POS']),
  boughtAt: Instant,
  lines: Type.Array(
    Type.Object({
      lineId: IdText,
      productId: Nullable(IdText),
      name: Type.String(),
      spec: Type.String(),
      imageUrl: Nullable(Type.String()),
    }),
  ),
  service: Nullable(Type.Object({ guideName: Type.String(), avatarUrl: Nullable(Type.String()) })),
  rewardText: Nullable(Type.String()),
});
export type Reviewable = Static<typeof Reviewable>;

export const GuideScore = Type.Object({
  guideId: IdText,
  guideName: Type.String(),
  storeName: Type.String(),
  sample: Type.Integer(),
  isEnough: Type.Boolean({ description: 'below the minimum sample no score is shown' }),
  scoreHundredths: Nullable(Type.Integer({ description: '468 is 4.68: pulled towards the brand’s mean while few' })),
  attitudeTenths: Nullable(Type.Integer()),
  expertiseTenths: Nullable(Type.Integer()),
  speedTenths: Nullable(Type.Integer()),
});
export type GuideScore = Static<typeof GuideScore>;

export const ReviewTicket = Type.Object({
  id: IdText,
  reviewId: IdText,
  storeId: IdText,
  storeName: Type.String(),
  guideName: Nullable(Type.String()),
  productName: Type.String(),
  stars: Type.Integer(),
  text: Type.String(),
  authorName: Type.String(),
  state: OneOf(TICKET_STATES),
  stateText: Type.String(),
  openedAt: Instant,
  dueAt: Instant,
  isOverdue: Type.Boolean(),
  calledBackAt: Nullable(Instant),
  note: Type.String(),
  closedAt: Nullable(Instant),
  isSatisfied: Nullable(Type.Boolean()),
  /** The author's chat, for a guide who may open it; never for an anonymous author. */
  externalUserId: Nullable(Type.String()),
});
export type ReviewTicket = Static<typeof ReviewTicket>;

export const DeskReview = Type.Composite([
  MyReview,
  Type.Object({
    authorName: Type.String(),
    storeId: IdText,
    orderNo: Type.String(),
    check: Type.String({ description: 'what the content check said, in words' }),
    log: Type.Array(Type.Object({ at: Instant, byName: Type.String(), text: Type.String() })),
  }),
]);
export type DeskReview = Static<typeof DeskReview>;

const TagName = Type.String({ minLength: 1, maxLength: 8, pattern: '^\\S+$' });
/** What words of a review mean: each tag with the words that say it. */
export const ReviewTagRule = Exact({
  name: TagName,
  words: Type.Array(Text(12, 1), { minItems: 1, maxItems: 20 }),
});
export type ReviewTagRule = Static<typeof ReviewTagRule>;

/** A reward is for writing, never for praising: it knows no stars. */
export const ReviewRules = Exact({
  rewardPoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
  rewardPicturePoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
  rewardCouponTemplateId: Nullable(IdText),
  reviewDays: Type.Integer({ minimum: 1, maximum: 180 }),
  lowStars: Type.Integer({ minimum: 1, maximum: 3 }),
  ticketHours: Type.Integer({ minimum: 1, maximum: 168 }),
  minSample: Type.Integer({ minimum: 1, maximum: 100 }),
  tags: Type.Array(ReviewTagRule, { maxItems: 30 }),
});
export type ReviewRules = Static<typeof ReviewRules>;
