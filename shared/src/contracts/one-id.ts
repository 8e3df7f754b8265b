import { type Static, Type } from '@sinclair/typebox';
import { Day, FenInt, IdText, Instant, Nullable, OneOf, Text } from './fields.js';
import { MemberProfile } from './member.js';

/** What may identify a person (features B25); the last three are hints that many people may share. */
export const IDENTITY_KINDS = [
  'unionid',
  'openid',
  'external_userid',
  'phone',
  'card',
  'marketplace',
  'pos',
  'phone_hash',
  'typed_phone',
  'name_birthday',
  'device',
] as const;
export const STRENGTHS = ['STRONG', 'WEAK', 'HINT'] as const;
export const MEMBER_STATUSES = ['ACTIVE', 'MERGED', 'CANCELLED', 'DORMANT'] as const;
export const CANDIDATE_STATES = ['OPEN', 'MERGED', 'REFUSED'] as const;
export const MEMBER_ACTIONS = ['ENTER', 'FOLLOW', 'PAY', 'REGISTER'] as const;
export const CONSENT_PURPOSES = [
  'TERMS',
  'PRIVACY',
  'MARKETING',
  'PERSONALISATION',
  'SHARE_STORE',
  'LOCATION',
] as const;
/** Why two records are never one person by themselves, or not at all. */
export const MERGE_BLOCKERS = [
  'PHONES_DIFFER',
  'NAMES_DIFFER',
  'WECHATS_DIFFER',
  'TOO_MANY_IDENTIFIERS',
  'SHARED_PHONE',
  'HOUSEHOLD',
  'NOT_ACTIVE',
] as const;

export const IdentityView = Type.Object({
  kind: OneOf(IDENTITY_KINDS),
  kindText: Type.String(),
  valueMasked: Type.String(),
  strength: OneOf(STRENGTHS),
  sourceText: Type.String(),
  since: Instant,
});

/** One line of a preview: what happens to one kind of thing that a member owns. */
export const MergeEffect = Type.Object({
  subject: Type.String({ description: 'order, wallet, points, coupon, binding, level, consent …' }),
  title: Type.String(),
  text: Type.String({ description: 'what happens, in one plain sentence' }),
  fromText: Type.String(),
  intoText: Type.String(),
  afterText: Type.String(),
  isWarning: Type.Boolean(),
});
export const MergeBlocker = Type.Object({
  code: OneOf(MERGE_BLOCKERS),
  text: Type.String(),
  isFinal: Type.Boolean({ description: 'true: nobody may merge these two as they are; false: a person may decide' }),
});
export const MatchSignal = Type.Object({
  kind: OneOf(IDENTITY_KINDS),
  text: Type.String(),
  strength: OneOf(STRENGTHS),
  points: Type.Integer(),
});

/** A member as the merge queue shows it. */
export const PersonCard = Type.Object({
  profile: MemberProfile,
  status: OneOf(MEMBER_STATUSES),
  originText: Type.String(),
  identities: Type.Array(IdentityView),
  orderCount: Type.Integer(),
  totalFen: FenInt,
  lastOrderAt: Nullable(Instant),
  guideName: Nullable(Type.String()),
});
export type PersonCard = Static<typeof PersonCard>;

export const MergePreview = Type.Object({
  from: PersonCard,
  into: PersonCard,
  canMerge: Type.Boolean(),
  blockers: Type.Array(MergeBlocker),
  effects: Type.Array(MergeEffect),
});
export type MergePreview = Static<typeof MergePreview>;

export const MergeCandidate = Type.Object({
  id: IdText,
  state: OneOf(CANDIDATE_STATES),
  score: Type.Integer({ minimum: 0, maximum: 100 }),
  signals: Type.Array(MatchSignal),
  blockers: Type.Array(MergeBlocker),
  a: MemberProfile,
  b: MemberProfile,
  createdAt: Instant,
  decidedAt: Nullable(Instant),
  decidedBy: Nullable(Type.String()),
  reason: Nullable(Type.String()),
});
export type MergeCandidate = Static<typeof MergeCandidate>;

/** A merge that happened, and whether it was taken back. */
export const MergeView = Type.Object({
  id: IdText,
  from: MemberProfile,
  into: MemberProfile,
  cause: OneOf(['AUTO', 'MANUAL']),
  reason: Type.String(),
  by: Type.String(),
  mergedAt: Instant,
  unmergedAt: Nullable(Instant),
  unmergedBy: Nullable(Type.String()),
  unmergeReason: Nullable(Type.String()),
  canUndo: Type.Boolean(),
  undoText: Type.String({ description: 'what taking it back gives back, or why it cannot be taken back now' }),
  rows: Type.Array(Type.Object({ subject: Type.String(), title: Type.String(), count: Type.Integer() })),
});
export type MergeView = Static<typeof MergeView>;

export const MembershipView = Type.Object({
  subBrand: Type.String(),
  name: Type.String(),
  isMember: Type.Boolean(),
  via: Nullable(OneOf(MEMBER_ACTIONS)),
  joinedAt: Nullable(Instant),
});
export const ConsentView = Type.Object({
  subBrand: Type.String(),
  purpose: OneOf(CONSENT_PURPOSES),
  title: Type.String(),
  text: Type.String({ description: 'what it is for, in plain words' }),
  version: Type.String({ description: 'the present version of the text' }),
  agreedVersion: Nullable(Type.String()),
  isGiven: Nullable(Type.Boolean({ description: 'null: never asked' })),
  canRefuse: Type.Boolean({ description: 'false: without it there is no account' }),
  at: Nullable(Instant),
});
export type ConsentView = Static<typeof ConsentView>;

/** One answer of the past, or the end of one. */
export const ConsentChange = Type.Object({
  at: Instant,
  subBrand: Type.String(),
  purpose: OneOf(CONSENT_PURPOSES),
  title: Type.String(),
  version: Type.String(),
  isGiven: Nullable(Type.Boolean({ description: 'null: from here on there is no answer' })),
  sourceText: Type.String({ description: 'how it came about, in plain words' }),
});
export type ConsentChange = Static<typeof ConsentChange>;

/** What a person had agreed to at an instant, and every change since the beginning, newest first. */
export const ConsentHistory = Type.Object({
  at: Instant,
  answers: Type.Array(ConsentView),
  changes: Type.Array(ConsentChange, { description: 'the newest 200' }),
});
export type ConsentHistory = Static<typeof ConsentHistory>;

export const MemberEventView = Type.Object({
  id: IdText,
  at: Instant,
  kind: Type.String(),
  title: Type.String(),
  text: Type.String(),
  by: Type.String(),
});

/** Everything headquarters sees of one member. */
export const MemberDetail = Type.Object({
  person: PersonCard,
  mergedInto: Nullable(MemberProfile),
  realNameMasked: Nullable(Type.String()),
  birthday: Nullable(Type.String()),
  isPersonalised: Type.Boolean(),
  memberships: Type.Array(MembershipView),
  consents: Type.Array(ConsentView),
  merges: Type.Array(MergeView),
  assets: Type.Array(Type.Object({ title: Type.String(), text: Type.String() })),
});
export type MemberDetail = Static<typeof MemberDetail>;

export const ANOMALY_KINDS = [
  'MANY_PHONES',
  'MANY_IDENTIFIERS',
  'PHONE_OF_MANY',
  'MERGED_OFTEN',
  'CARD_OF_MANY',
] as const;
export const AnomalyView = Type.Object({
  id: IdText,
  day: Day,
  kind: OneOf(ANOMALY_KINDS),
  title: Type.String(),
  text: Type.String(),
  count: Type.Integer(),
  member: Nullable(MemberProfile),
  phoneMasked: Nullable(Type.String()),
  isSettled: Type.Boolean(),
  note: Nullable(Type.String()),
});
export type AnomalyView = Static<typeof AnomalyView>;
export const SharedPhoneView = Type.Object({
  phoneMasked: Type.String(),
  id: IdText,
  kind: OneOf(['EMPLOYEE', 'STORE', 'OTHER']),
  note: Type.String(),
  addedBy: Type.String(),
  at: Instant,
});

/** The brand's rules of who is a member and who may be one person. */
export const MemberPolicy = Type.Object(
  {
    joinBy: Type.Array(OneOf(MEMBER_ACTIONS), {
      minItems: 1,
      maxItems: 4,
      description: 'what makes a person a member',
    }),
    subBrands: Type.Array(
      Type.Object(
        {
          code: Type.String({ pattern: '^[A-Z0-9]{1,12}$' }),
          name: Text(20, 1),
          storeIds: Type.Array(IdText, { maxItems: 4000 }),
          joinBy: Type.Array(OneOf(MEMBER_ACTIONS), { minItems: 1, maxItems: 4 }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 20, description: 'brands within the brand; a store of none belongs to MAIN' },
    ),
    maxIdentifiers: Type.Integer({ minimum: 3, maximum: 200 }),
    sharedPhoneLimit: Type.Integer({ minimum: 2, maximum: 100 }),
    recycleIdleDays: Type.Integer({ minimum: 30, maximum: 1000 }),
    candidateScore: Type.Integer({ minimum: 1, maximum: 100, description: 'from which score a pair enters the queue' }),
    guideChange: OneOf(['ALLOWED', 'MANAGER', 'HQ']),
  },
  { additionalProperties: false },
);
export type MemberPolicy = Static<typeof MemberPolicy>;

export const GUIDE_CHANGE_STATES = ['OPEN', 'APPROVED', 'REFUSED', 'WITHDRAWN'] as const;
export const GuideChange = Type.Object({
  id: IdText,
  state: OneOf(GUIDE_CHANGE_STATES),
  stateText: Type.String(),
  member: MemberProfile,
  fromGuideName: Nullable(Type.String()),
  toGuideName: Nullable(Type.String({ description: 'null: any other guide of the store' })),
  storeName: Nullable(Type.String()),
  reason: Type.String(),
  at: Instant,
  decidedAt: Nullable(Instant),
  decidedBy: Nullable(Type.String()),
  note: Nullable(Type.String()),
});
export type GuideChange = Static<typeof GuideChange>;

/** A picture that a member sent of themself and the platform could not decide about. */
export const DeskAvatar = Type.Object({
  id: IdText,
  url: Type.String(),
  sentAt: Instant,
  why: Type.String({ description: 'why it waits for a person' }),
  member: MemberProfile,
  decision: Nullable(
    Type.Object({ isPassed: Type.Boolean(), byName: Type.String(), note: Type.String(), at: Instant }),
  ),
});
export type DeskAvatar = Static<typeof DeskAvatar>;

export const BackfillView = Type.Object({
  id: IdText,
  source: Type.String(),
  state: OneOf(['RUNNING', 'PAUSED', 'DONE', 'FAILED']),
  readRows: Type.Integer(),
  created: Type.Integer(),
  matched: Type.Integer(),
  dormant: Type.Integer(),
  candidates: Type.Integer(),
  errorRows: Type.Integer(),
  rowsPerSecond: Type.Integer(),
  startedAt: Instant,
  finishedAt: Nullable(Instant),
});
