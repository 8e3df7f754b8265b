import { Type } from '@sinclair/typebox';
import { ClearingCell, ClearingEntry, ClearingParty } from './clearing.js';
import {
  COUPON_KINDS,
  COUPON_STATES,
  ConsoleCoupon,
  CouponSettings,
  CouponStep,
  RedeemReceipt,
  TEMPLATE_STATUSES,
  TemplateCheck,
  TemplateDetail,
  TemplateInput,
  TemplateView,
} from './coupon.js';
import { Cursor, Day, Exact, FenInt, IdParam, IdText, Nullable, OneOf, Page, PageSize, Text } from './fields.js';
import { route } from './route.js';

const List = { cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) };
const Days = { from: Type.Optional(Day), to: Type.Optional(Day) };
const Reason = Text(80, 2);

/** Coupons and the clearing between parties at the desks; a franchisee sees the rows of its own stores. */
export const consoleCouponRoutes = {
  couponTemplates: route('console.couponTemplates', 'console', 'GET /api/c/coupon-templates', 'Coupon templates', {
    query: Exact({
      q: Type.Optional(Text(40)),
      status: Type.Optional(OneOf(TEMPLATE_STATUSES)),
      kind: Type.Optional(OneOf(COUPON_KINDS)),
      ...List,
    }),
    response: Page(TemplateView),
  }),
  couponTemplate: route('console.couponTemplate', 'console', 'GET /api/c/coupon-templates/{id}', 'One template', {
    params: IdParam,
    response: TemplateDetail,
  }),
  checkCouponTemplate: route(
    'console.checkCouponTemplate',
    'hq',
    'POST /api/c/coupon-templates/check',
    'Worst case and contradictions of a draft',
    { body: TemplateInput, response: TemplateCheck },
  ),
  createCouponTemplate: route(
    'console.createCouponTemplate',
    'hq',
    'POST /api/c/coupon-templates',
    'Draft a template',
    {
      body: TemplateInput,
      response: TemplateDetail,
    },
  ),
  updateCouponTemplate: route(
    'console.updateCouponTemplate',
    'hq',
    'PUT /api/c/coupon-templates/{id}',
    'Change a template; coupons that were issued keep their version',
    { params: IdParam, body: TemplateInput, response: TemplateDetail },
  ),
  setCouponTemplateStatus: route(
    'console.setCouponTemplateStatus',
    'hq',
    'POST /api/c/coupon-templates/{id}/status',
    'Publish, pause or end',
    { params: IdParam, body: Exact({ status: OneOf(['ACTIVE', 'PAUSED', 'ENDED']) }), response: TemplateDetail },
  ),
  joinCouponTemplate: route(
    'console.joinCouponTemplate',
    'franchisee',
    'POST /api/c/coupon-templates/{id}/join',
    "A franchisee's stores take part, or no longer",
    { params: IdParam, body: Exact({ isIn: Type.Boolean() }), response: TemplateView },
  ),
  issueCoupons: route(
    'console.issueCoupons',
    'hq',
    'POST /api/c/coupon-templates/{id}/issue',
    'Give to members; every refusal with its reason',
    {
      params: IdParam,
      body: Exact({ memberIds: Type.Array(IdText, { minItems: 1, maxItems: 500, uniqueItems: true }), reason: Reason }),
      response: Type.Object({
        issued: Type.Integer(),
        refused: Type.Array(Type.Object({ memberId: IdText, text: Type.String() })),
      }),
    },
    { idempotent: true },
  ),
  importCouponCodes: route(
    'console.importCouponCodes',
    'hq',
    'POST /api/c/coupon-templates/{id}/codes',
    'Import unique codes; the first person to enter one gets the coupon',
    {
      params: IdParam,
      body: Exact({
        codes: Type.Array(Type.String({ pattern: '^[0-9A-Za-z-]{6,32}$' }), { minItems: 1, maxItems: 1000 }),
      }),
      response: Type.Object({ added: Type.Integer(), known: Type.Array(Type.String()) }),
    },
  ),
  revokeCoupons: route(
    'console.revokeCoupons',
    'hq',
    'POST /api/c/coupon-templates/{id}/revoke',
    'Withdraw coupons with a reason; used ones stay, and those in an open order are withdrawn if the order is given up',
    {
      params: IdParam,
      body: Exact({ reason: Reason, couponIds: Type.Optional(Type.Array(IdText, { minItems: 1, maxItems: 500 })) }),
      response: Type.Object({ revoked: Type.Integer(), usedKept: Type.Integer(), lockedKept: Type.Integer() }),
    },
  ),
  issuedCoupons: route('console.issuedCoupons', 'console', 'GET /api/c/coupons', 'Issued coupons', {
    query: Exact({
      templateId: Type.Optional(IdText),
      memberId: Type.Optional(IdText),
      storeId: Type.Optional(IdText),
      state: Type.Optional(OneOf(COUPON_STATES)),
      code: Type.Optional(Text(32)),
      ...List,
    }),
    response: Page(ConsoleCoupon),
  }),
  issuedCoupon: route('console.issuedCoupon', 'console', 'GET /api/c/coupons/{id}', 'One coupon with its history', {
    params: IdParam,
    response: Type.Object({ coupon: ConsoleCoupon, history: Type.Array(CouponStep) }),
  }),
  couponRedemptions: route(
    'console.couponRedemptions',
    'console',
    'GET /api/c/coupon-redemptions',
    'Coupons taken in at counters',
    {
      query: Exact({ storeId: Type.Optional(IdText), ...Days, ...List }),
      response: Page(RedeemReceipt),
    },
  ),
  couponSettings: route('console.couponSettings', 'hq', 'GET /api/c/coupon-settings', 'The rules around coupons', {
    response: CouponSettings,
  }),
  setCouponSettings: route('console.setCouponSettings', 'hq', 'PUT /api/c/coupon-settings', 'Change them', {
    body: CouponSettings,
    response: CouponSettings,
  }),
  clearingMatrix: route(
    'console.clearingMatrix',
    'console',
    'GET /api/c/clearing/matrix',
    'Who owes whom, netted by day (A8)',
    {
      query: Exact(Days),
      response: Type.Object({
        from: Day,
        to: Day,
        parties: Type.Array(ClearingParty),
        cells: Type.Array(ClearingCell),
        totalFen: FenInt,
        sumFen: FenInt,
        isBalanced: Type.Boolean(),
      }),
    },
  ),
  clearingDays: route('console.clearingDays', 'console', 'GET /api/c/clearing/days', 'Clearing by day', {
    query: Exact(Days),
    response: Type.Array(
      Type.Object({
        day: Day,
        isClosed: Type.Boolean(),
        entryCount: Type.Integer(),
        grossFen: FenInt,
        nettedFen: FenInt,
      }),
    ),
  }),
  clearingEntries: route('console.clearingEntries', 'console', 'GET /api/c/clearing/entries', 'The entries behind it', {
    query: Exact({
      party: Type.Optional(Type.String({ pattern: '^(HQ|(STORE|FRANCHISEE):[0-9]{1,19})$' })),
      ...Days,
      ...List,
    }),
    response: Page(ClearingEntry),
  }),
  clearingExport: route(
    'console.clearingExport',
    'console',
    'GET /api/c/clearing/export',
    'The entries as a table file',
    {
      query: Exact(Days),
      response: Type.Object({
        fileName: Type.String(),
        text: Type.String({ description: 'CSV with a byte order mark, as spreadsheets want it' }),
        isCut: Type.Boolean(),
        rows: Type.Integer(),
        day: Nullable(Day),
      }),
    },
  ),
} as const;
