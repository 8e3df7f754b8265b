import { Type } from '@sinclair/typebox';
import { Cursor, Day, Exact, IdParam, IdText, Instant, Nullable, Ok, OneOf, Page, PageSize, Text } from './fields.js';
import {
  AnomalyView,
  BackfillView,
  CANDIDATE_STATES,
  ConsentHistory,
  DeskAvatar,
  GUIDE_CHANGE_STATES,
  GuideChange,
  IDENTITY_KINDS,
  MemberDetail,
  MemberEventView,
  MemberPolicy,
  MergeCandidate,
  MergePreview,
  MergeView,
  PersonCard,
  SharedPhoneView,
} from './one-id.js';
import { route } from './route.js';

const List = { cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) };
const Pair = Exact({ fromId: IdText, intoId: IdText });
const Reason = Text(200, 2);
const DeskUser = Type.Object({
  id: IdText,
  name: Type.String(),
  loginMasked: Type.String(),
  role: OneOf(['HQ', 'FRANCHISEE']),
  lastLoginAt: Nullable(Instant),
});

/** One ID at headquarters (product.md A1), and sessions that can be ended. */
export const consoleMemberRoutes = {
  members: route(
    'console.members',
    'hq',
    'GET /api/c/members',
    'Members by any identifier: number, phone, nickname, card, unionid, openid …',
    {
      query: Exact({ q: Type.Optional(Text(80, 1)), kind: Type.Optional(OneOf(IDENTITY_KINDS)), ...List }),
      response: Page(PersonCard),
    },
  ),
  member: route('console.member', 'hq', 'GET /api/c/members/{id}', 'One member with identities, consents and merges', {
    params: IdParam,
    response: MemberDetail,
  }),
  memberTimeline: route(
    'console.memberTimeline',
    'hq',
    'GET /api/c/members/{id}/timeline',
    'What happened to a member’s record, newest first',
    { params: IdParam, query: Exact(List), response: Page(MemberEventView) },
  ),
  memberConsents: route(
    'console.memberConsents',
    'hq',
    'GET /api/c/members/{id}/consents',
    'What a member had agreed to at an instant (now, when none is named), and every change',
    { params: IdParam, query: Exact({ at: Type.Optional(Instant) }), response: ConsentHistory },
  ),
  mergeCandidates: route(
    'console.mergeCandidates',
    'hq',
    'GET /api/c/merge-candidates',
    'Pairs to decide, best first',
    {
      query: Exact({
        state: Type.Optional(OneOf(CANDIDATE_STATES)),
        minScore: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
        ...List,
      }),
      response: Page(MergeCandidate),
    },
  ),
  mergeCandidate: route(
    'console.mergeCandidate',
    'hq',
    'GET /api/c/merge-candidates/{id}',
    'One pair with the preview of merging it',
    { params: IdParam, response: Type.Object({ candidate: MergeCandidate, preview: MergePreview }) },
  ),
  refuseMergeCandidate: route(
    'console.refuseMergeCandidate',
    'hq',
    'POST /api/c/merge-candidates/{id}/refuse',
    'These two are different people; the pair does not come back',
    { params: IdParam, body: Exact({ reason: Reason }), response: MergeCandidate },
  ),
  previewMerge: route(
    'console.previewMerge',
    'hq',
    'POST /api/c/merges/preview',
    'Every consequence of merging two members, without doing it',
    { body: Pair, response: MergePreview },
  ),
  merge: route(
    'console.merge',
    'hq',
    'POST /api/c/merges',
    'Merge two members',
    {
      body: Exact({ fromId: IdText, intoId: IdText, reason: Reason }),
      response: MergeView,
    },
    { idempotent: true },
  ),
  merges: route('console.merges', 'hq', 'GET /api/c/merges', 'Merges, newest first', {
    query: Exact({
      memberId: Type.Optional(IdText),
      cause: Type.Optional(OneOf(['AUTO', 'MANUAL'])),
      isUndone: Type.Optional(Type.Boolean()),
      ...List,
    }),
    response: Page(MergeView),
  }),
  mergeDetail: route(
    'console.mergeDetail',
    'hq',
    'GET /api/c/merges/{id}',
    'One merge and what undoing it gives back',
    {
      params: IdParam,
      response: MergeView,
    },
  ),
  undoMerge: route(
    'console.undoMerge',
    'hq',
    'POST /api/c/merges/{id}/undo',
    'Unmerge: everything goes back to whose it was',
    { params: IdParam, body: Exact({ reason: Reason }), response: MergeView },
    { idempotent: true },
  ),
  identityAnomalies: route(
    'console.identityAnomalies',
    'hq',
    'GET /api/c/identity-anomalies',
    'The daily report of records that look like more than one person',
    {
      query: Exact({ day: Type.Optional(Day), isSettled: Type.Optional(Type.Boolean()), ...List }),
      response: Page(AnomalyView),
    },
  ),
  settleAnomaly: route('console.settleAnomaly', 'hq', 'POST /api/c/identity-anomalies/{id}/settle', 'Say what it was', {
    params: IdParam,
    body: Exact({ note: Text(100, 2), markPhoneShared: Type.Optional(Type.Boolean()) }),
    response: AnomalyView,
  }),
  sharedPhones: route(
    'console.sharedPhones',
    'hq',
    'GET /api/c/shared-phones',
    'Phones of employees and stores, which prove nobody’s identity',
    { query: Exact(List), response: Page(SharedPhoneView) },
  ),
  addSharedPhones: route(
    'console.addSharedPhones',
    'hq',
    'POST /api/c/shared-phones',
    'Add phones of employees or stores',
    {
      body: Exact({
        phones: Type.Array(Type.String({ pattern: '^1\\d{10}$' }), { minItems: 1, maxItems: 500 }),
        kind: OneOf(['EMPLOYEE', 'STORE', 'OTHER']),
        note: Text(60),
      }),
      response: Type.Object({ added: Type.Integer(), known: Type.Integer() }),
    },
  ),
  removeSharedPhone: route('console.removeSharedPhone', 'hq', 'DELETE /api/c/shared-phones/{id}', 'Remove one', {
    params: IdParam,
    response: Ok,
  }),
  memberPolicy: route('console.memberPolicy', 'hq', 'GET /api/c/member-policy', 'Who is a member, who is one person', {
    response: MemberPolicy,
  }),
  setMemberPolicy: route('console.setMemberPolicy', 'hq', 'PUT /api/c/member-policy', 'Change these rules', {
    body: MemberPolicy,
    response: MemberPolicy,
  }),
  guideChanges: route('console.guideChanges', 'hq', 'GET /api/c/guide-changes', 'Consumers’ wishes for another guide', {
    query: Exact({ state: Type.Optional(OneOf(GUIDE_CHANGE_STATES)), ...List }),
    response: Page(GuideChange),
  }),
  decideGuideChange: route(
    'console.decideGuideChange',
    'hq',
    'POST /api/c/guide-changes/{id}/decide',
    'Grant or refuse a wish for another guide',
    {
      params: IdParam,
      body: Exact({ isGranted: Type.Boolean(), toGuideId: Type.Optional(IdText), note: Text(100) }),
      response: GuideChange,
    },
  ),
  avatars: route('console.avatars', 'hq', 'GET /api/c/avatars', 'Pictures of members that wait for a person', {
    query: Exact({ isDecided: Type.Optional(Type.Boolean()), ...List }),
    response: Page(DeskAvatar),
  }),
  decideAvatar: route(
    'console.decideAvatar',
    'hq',
    'POST /api/c/avatars/{id}/decide',
    'Let it be worn, or refuse it; the reason stays with the picture',
    { params: IdParam, body: Exact({ isPassed: Type.Boolean(), note: Reason }), response: DeskAvatar },
  ),
  memberBackfills: route(
    'console.memberBackfills',
    'hq',
    'GET /api/c/member-backfills',
    'Files of old members that were or are being read',
    { response: Type.Array(BackfillView) },
  ),
  deskUsers: route('console.deskUsers', 'hq', 'GET /api/c/desk-users', 'People with a login at the console', {
    response: Type.Array(DeskUser),
  }),
  endDeskSessions: route(
    'console.endDeskSessions',
    'hq',
    'POST /api/c/desk-users/{id}/end-sessions',
    'End all sessions of a person at a desk now',
    { params: IdParam, response: Ok },
  ),
  endGuideSessions: route(
    'console.endGuideSessions',
    'hq',
    'POST /api/c/guides/{id}/end-sessions',
    'End all sessions of a guide now',
    { params: IdParam, response: Ok },
  ),
  changePassword: route(
    'console.changePassword',
    'console',
    'PUT /api/c/password',
    'Change my password; every other session of mine ends, and this one goes on with the new token',
    {
      body: Exact({ oldPassword: Text(100, 1), newPassword: Text(100, 10) }),
      response: Type.Object({ token: Type.String() }),
    },
  ),
} as const;
