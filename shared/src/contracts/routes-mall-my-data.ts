import { type Static, Type } from '@sinclair/typebox';
import {
  Cursor,
  Exact,
  FenInt,
  IdParam,
  IdText,
  Instant,
  Nullable,
  Ok,
  OneOf,
  Page,
  PageSize,
  Text,
} from './fields.js';
import { CONSENT_PURPOSES, ConsentHistory, ConsentView, GuideChange, IdentityView, MembershipView } from './one-id.js';
import { GuideCard } from './organization.js';
import { route } from './route.js';

/** A tag as its owner may read it. */
export const MyTag = Type.Object({
  id: IdText,
  name: Type.String(),
  text: Type.String({ description: '你最近 90 天买过 3 次，所以我们记作“常客”' }),
  sourceText: Type.String({ description: 'who or what gave it' }),
  at: Instant,
});
export type MyTag = Static<typeof MyTag>;

/** Somebody who looked at my data. */
export const DataAccess = Type.Object({
  id: IdText,
  at: Instant,
  who: Type.String({ description: '林小雪 · 西湖店导购' }),
  what: Type.String({ description: '看了你的会员资料和最近订单' }),
  times: Type.Integer(),
});
export type DataAccess = Static<typeof DataAccess>;

export const DataExport = Type.Object({
  id: IdText,
  state: OneOf(['READY', 'EXPIRED']),
  url: Nullable(
    Type.String({ description: 'path of the file below the API origin; works without a login until expiresAt' }),
  ),
  fileName: Type.String(),
  expiresAt: Instant,
  at: Instant,
});
export type DataExport = Static<typeof DataExport>;

/** What my-data shows at once. */
export const MyData = Type.Object({
  memberNo: Type.String(),
  phoneMasked: Nullable(Type.String()),
  /** As told by the person: YYYY-MM-DD. */
  birthday: Type.Optional(Nullable(Type.String())),
  identities: Type.Array(IdentityView),
  guide: Type.Object({
    card: Nullable(GuideCard),
    why: Type.String({ description: 'why this guide, in one plain sentence' }),
    since: Nullable(Instant),
    canChange: Type.Boolean(),
    changeText: Type.String({ description: 'how a change goes here' }),
    request: Nullable(GuideChange),
    timeline: Type.Array(Type.Object({ at: Instant, text: Type.String() })),
  }),
  viewers: Type.Array(Type.Object({ who: Type.String(), what: Type.String(), why: Type.String() }), {
    description: 'who may see me and what of me, by role',
  }),
  tags: Type.Array(MyTag),
  isPersonalised: Type.Boolean(),
  consents: Type.Array(ConsentView),
  memberships: Type.Array(MembershipView),
  combined: Type.Array(Type.Object({ at: Instant, text: Type.String() }), {
    description: 'records that were found to be mine and put together',
  }),
});
export type MyData = Static<typeof MyData>;

/** What stands between a consumer and the deletion of the account. */
export const DeletionPreview = Type.Object({
  canDelete: Type.Boolean(),
  blockers: Type.Array(Type.Object({ subject: Type.String(), text: Type.String(), actionText: Type.String() })),
  settlements: Type.Array(
    Type.Object({
      subject: Type.String({ description: 'wallet, points, coupon …' }),
      title: Type.String(),
      text: Type.String({ description: 'what happens to it' }),
      amountText: Type.String(),
      fen: Nullable(FenInt),
      mustConfirm: Type.Boolean({ description: 'true: it is lost, and the consumer has to say so' }),
    }),
  ),
  kept: Type.Array(Type.String({ description: 'what the law makes us keep, and how long' })),
  token: Type.String({ description: 'send it back: the deletion is refused when anything changed since' }),
});
export type DeletionPreview = Static<typeof DeletionPreview>;

const List = { cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) };

/** My data (product.md A7): who sees me, why, and my rights over it. */
export const myDataRoutes = {
  logout: route('mall.logout', 'consumer', 'POST /api/m/logout', 'End this session on the server', { response: Ok }),
  myData: route('mall.myData', 'consumer', 'GET /api/m/my-data', 'Everything known about me, in plain words', {
    response: MyData,
  }),
  dataAccesses: route('mall.dataAccesses', 'consumer', 'GET /api/m/my-data/accesses', 'Who looked at my data', {
    query: Exact(List),
    response: Page(DataAccess),
  }),
  setPersonalised: route(
    'mall.setPersonalised',
    'consumer',
    'PUT /api/m/my-data/personalised',
    'Turn personalised recommendation and marketing on or off',
    { body: Exact({ isOn: Type.Boolean() }), response: Type.Object({ isPersonalised: Type.Boolean() }) },
  ),
  setConsent: route(
    'mall.setConsent',
    'consumer',
    'PUT /api/m/my-data/consents/{purpose}',
    'Give or take back consent to one purpose, for the version that was shown',
    {
      params: Exact({ purpose: OneOf(CONSENT_PURPOSES) }),
      body: Exact({ isGiven: Type.Boolean(), version: Text(20, 1), subBrand: Type.Optional(Text(12, 1)) }),
      response: Type.Array(ConsentView),
    },
  ),
  consentHistory: route(
    'mall.consentHistory',
    'consumer',
    'GET /api/m/my-data/consents',
    'What I had agreed to at an instant (now, when none is named), and every change',
    { query: Exact({ at: Type.Optional(Instant) }), response: ConsentHistory },
  ),
  removeMyTag: route('mall.removeMyTag', 'consumer', 'DELETE /api/m/my-data/tags/{id}', 'Have a wrong tag taken off', {
    params: IdParam,
    response: Type.Array(MyTag),
  }),
  setRealName: route(
    'mall.setRealName',
    'consumer',
    'PUT /api/m/my-data/person',
    'Tell or correct my real name and birthday; the birthday once a year',
    {
      body: Exact({
        realName: Type.Optional(Nullable(Text(20, 1))),
        birthday: Type.Optional(Nullable(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', format: 'date' }))),
      }),
      response: Type.Object({ realNameMasked: Nullable(Type.String()), birthday: Nullable(Type.String()) }),
    },
  ),
  guideChoices: route(
    'mall.guideChoices',
    'consumer',
    'GET /api/m/my-data/guide-choices',
    'Guides whom I may ask for: of my store, or of a store I name',
    { query: Exact({ storeId: Type.Optional(IdText) }), response: Type.Array(GuideCard) },
  ),
  changeGuide: route(
    'mall.changeGuide',
    'consumer',
    'POST /api/m/my-data/guide-change',
    'Ask for another guide; done at once where the brand allows it',
    {
      body: Exact({ toGuideId: Type.Optional(IdText), reason: Text(100, 2) }),
      response: GuideChange,
    },
    { idempotent: true },
  ),
  withdrawGuideChange: route(
    'mall.withdrawGuideChange',
    'consumer',
    'POST /api/m/my-data/guide-change/{id}/withdraw',
    'Take my request back',
    { params: IdParam, response: GuideChange },
  ),
  exportMyData: route(
    'mall.exportMyData',
    'consumer',
    'POST /api/m/my-data/exports',
    'A file with all my data, behind a link that expires',
    { response: DataExport },
  ),
  dataExports: route('mall.dataExports', 'consumer', 'GET /api/m/my-data/exports', 'My exports', {
    response: Type.Array(DataExport),
  }),
  deletionPreview: route(
    'mall.deletionPreview',
    'consumer',
    'GET /api/m/my-data/deletion',
    'What has to be settled before my account can be deleted',
    { response: DeletionPreview },
  ),
  deleteAccount: route(
    'mall.deleteAccount',
    'consumer',
    'POST /api/m/my-data/deletion',
    'Delete my account; assets are settled first',
    {
      body: Exact({ token: Text(80, 8), confirmed: Type.Array(Text(20, 1), { maxItems: 20 }) }),
      response: Type.Object({ ok: Type.Literal(true), text: Type.String() }),
    },
  ),
} as const;

/** The manager's side of a consumer's wish for another guide, and the guide's end of a session. */
export const guideChangeRoutes = {
  logout: route('guide.logout', 'guide', 'POST /api/g/logout', 'End this session on the server', { response: Ok }),
  guideChanges: route(
    'guide.guideChanges',
    'guide',
    'GET /api/g/guide-changes',
    'Wishes of my store’s customers for another guide',
    {
      query: Exact({ isOpen: Type.Optional(Type.Boolean()), ...List }),
      response: Page(GuideChange),
    },
    { managerOnly: true },
  ),
  decideGuideChange: route(
    'guide.decideGuideChange',
    'guide',
    'POST /api/g/guide-changes/{id}/decide',
    'Grant or refuse a customer’s wish for another guide',
    {
      params: IdParam,
      body: Exact({ isGranted: Type.Boolean(), toGuideId: Type.Optional(IdText), note: Text(100) }),
      response: GuideChange,
    },
    { managerOnly: true },
  ),
} as const;
