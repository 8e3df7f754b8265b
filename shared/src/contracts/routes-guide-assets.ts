import { Type } from '@sinclair/typebox';
import { InStorePayment, PointsExchange } from './assets.js';
import { Cursor, Exact, FenInt, IdParam, IdText, Nullable, OneOf, Page, PageSize, Text } from './fields.js';
import { MemberProfile } from './member.js';
import { route } from './route.js';

const Code = Exact({ code: Type.String({ pattern: '^\\d{18}$' }) });
const PickupCode = Exact({ code: Type.String({ pattern: '^[0-9A-Z]{6,12}$' }) });

/** What a guide does with a member's assets in the store: look up, confirm, consume, receipt. */
export const guideAssetRoutes = {
  lookUpCode: route(
    'guide.lookUpCode',
    'guide',
    'POST /api/g/member-codes/look-up',
    'Who shows this code; a look-up does not use it up',
    {
      body: Code,
      response: Type.Object({
        kind: OneOf(['PAY', 'MEMBER']),
        memberId: IdText,
        profile: MemberProfile,
        points: Type.Integer(),
        walletAvailableFen: Nullable(FenInt),
        isFrozen: Type.Boolean(),
        pinAboveFen: FenInt,
      }),
    },
  ),
  chargePayCode: route(
    'guide.chargePayCode',
    'guide',
    'POST /api/g/pay-codes/charge',
    'Take an amount from the wallet behind a pay code; above the limit the consumer confirms with a PIN',
    {
      body: Exact({
        ...Code.properties,
        amountFen: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
        note: Type.Optional(Text(60)),
      }),
      response: InStorePayment,
    },
    { idempotent: true },
  ),
  inStorePayments: route(
    'guide.inStorePayments',
    'guide',
    'GET /api/g/in-store-payments',
    "My store's wallet payments",
    {
      query: Exact({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
      response: Page(InStorePayment),
    },
  ),
  inStorePayment: route(
    'guide.inStorePayment',
    'guide',
    'GET /api/g/in-store-payments/{id}',
    'One payment: the receipt, or whether the consumer has confirmed',
    { params: IdParam, response: InStorePayment },
  ),
  reverseInStorePayment: route(
    'guide.reverseInStorePayment',
    'guide',
    'POST /api/g/in-store-payments/{id}/reverse',
    'Undo a payment: the same guide within the minutes that the brand gives, or the manager',
    { params: IdParam, body: Exact({ reason: Text(60, 1) }), response: InStorePayment },
  ),
  exchangeByCode: route(
    'guide.exchangeByCode',
    'guide',
    'GET /api/g/points-exchanges/{code}',
    'What is to be handed over for a pickup code of the points mall',
    { params: PickupCode, response: PointsExchange },
  ),
  handOverExchange: route(
    'guide.handOverExchange',
    'guide',
    'POST /api/g/points-exchanges/{code}/hand-over',
    'Hand over; the code works once',
    { params: PickupCode, response: PointsExchange },
  ),
} as const;
