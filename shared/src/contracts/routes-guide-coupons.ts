import { Type } from '@sinclair/typebox';
import {
  BankCoupon,
  COUPON_PURPOSES,
  CouponSend,
  PreparedCouponSend,
  RedeemItem,
  RedeemReceipt,
  RedeemView,
} from './coupon.js';
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
  PriceFen,
  Text,
} from './fields.js';
import { route } from './route.js';

const Shown = Text(400, 4);
const ClientKey = Type.String({ pattern: '^[0-9A-Za-z_-]{8,64}$' });

/** The guide's coupon bank and taking coupons in at the counter. */
export const guideCouponRoutes = {
  couponBank: route('guide.couponBank', 'guide', 'GET /api/g/coupon-bank', 'Coupons that I may give away today', {
    query: Exact({
      purpose: Type.Optional(OneOf(COUPON_PURPOSES)),
      q: Type.Optional(Text(20)),
      externalUserId: Type.Optional(
        Type.String({
          pattern: '^[0-9A-Za-z_-]{4,64}$',
          description: 'for this friend: what they cannot take says why',
        }),
      ),
    }),
    response: Type.Object({
      items: Type.Array(BankCoupon),
      monthGivenFen: FenInt,
      monthCapFen: Nullable(FenInt),
    }),
  }),
  prepareCouponSend: route(
    'guide.prepareCouponSend',
    'guide',
    'POST /api/g/contacts/{externalUserId}/coupon-sends',
    'Prepare a coupon card for one person; it counts against my quota',
    {
      params: Exact({ externalUserId: Type.String({ pattern: '^[0-9A-Za-z_-]{4,64}$' }) }),
      body: Exact({ templateId: IdText, words: Type.Optional(Text(1000)) }),
      response: PreparedCouponSend,
    },
  ),
  dropCoupons: route(
    'guide.dropCoupons',
    'guide',
    'POST /api/g/coupon-drops',
    'Prepare a card for a group: the first so many, one each',
    {
      body: Exact({
        templateId: IdText,
        count: Type.Integer({ minimum: 1, maximum: 500 }),
        groupName: Type.Optional(Text(40)),
        words: Type.Optional(Text(1000)),
      }),
      response: PreparedCouponSend,
    },
  ),
  reportCouponSend: route(
    'guide.reportCouponSend',
    'guide',
    'POST /api/g/coupon-sends/{id}/report',
    'What the client said about the card; a cancelled one gives the quota back',
    { params: IdParam, body: Exact({ result: OneOf(['SENT', 'CANCELLED', 'FAILED']) }), response: Ok },
  ),
  couponSends: route('guide.couponSends', 'guide', 'GET /api/g/coupon-sends', 'My cards and what became of them', {
    query: Exact({
      externalUserId: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{4,64}$' })),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(CouponSend),
  }),
  lookUpCoupon: route(
    'guide.lookUpCoupon',
    'guide',
    'POST /api/g/coupon-redemptions/look-up',
    'Look at a scanned or typed coupon before taking it in',
    {
      body: Exact({
        code: Shown,
        amountFen: Type.Optional(PriceFen),
        items: Type.Optional(Type.Array(RedeemItem, { maxItems: 100 })),
      }),
      response: RedeemView,
    },
  ),
  redeemCoupon: route(
    'guide.redeemCoupon',
    'guide',
    'POST /api/g/coupon-redemptions',
    'Take a coupon in at my store',
    {
      body: Exact({
        code: Shown,
        amountFen: PriceFen,
        items: Type.Optional(Type.Array(RedeemItem, { maxItems: 100 })),
        expectedDiscountFen: Type.Optional(FenInt),
      }),
      response: RedeemReceipt,
    },
    { idempotent: true },
  ),
  redemptions: route('guide.redemptions', 'guide', 'GET /api/g/coupon-redemptions', 'Coupons taken in at my store', {
    query: Exact({
      mineOnly: Type.Optional(Type.Boolean()),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(RedeemReceipt),
  }),
  reverseRedemption: route(
    'guide.reverseRedemption',
    'guide',
    'POST /api/g/coupon-redemptions/{id}/reverse',
    'Undo: by the same clerk within the minutes that the brand gives, or by the manager with a reason',
    { params: IdParam, body: Exact({ reason: Text(80, 2) }), response: RedeemReceipt },
  ),
  syncRedemptions: route(
    'guide.syncRedemptions',
    'guide',
    'POST /api/g/coupon-redemptions/sync',
    'Hand in what was taken in without network; repeating it changes nothing',
    {
      body: Exact({
        items: Type.Array(
          Exact({
            clientKey: ClientKey,
            token: Shown,
            amountFen: PriceFen,
            discountFen: PriceFen,
            redeemedAt: Instant,
          }),
          { minItems: 1, maxItems: 50 },
        ),
      }),
      response: Type.Object({
        results: Type.Array(
          Type.Object({
            clientKey: Type.String(),
            result: OneOf(['DONE', 'REPEATED', 'COMPENSATED', 'STORE_BEARS', 'REFUSED']),
            text: Type.String(),
            receipt: Nullable(RedeemReceipt),
          }),
        ),
      }),
    },
  ),
  couponKey: route('guide.couponKey', 'guide', 'GET /api/g/coupon-key', 'What a device needs to check codes alone', {
    response: Type.Object({
      algorithm: Type.Literal('Ed25519'),
      publicKey: Type.String({ description: 'raw 32 bytes, base64url' }),
    }),
  }),
  redeemPin: route('guide.redeemPin', 'guide', 'GET /api/g/redeem-pin', 'My number for the consumer’s phone', {
    response: Type.Object({ pin: Type.String(), validUntil: Instant }),
  }),
} as const;
