import { Type } from '@sinclair/typebox';
import { CentreCoupon, CouponGift, CouponOffer, MyCoupon, MyCouponDetail, RedeemReceipt } from './coupon.js';
import { Cursor, Exact, IdParam, IdText, Instant, OneOf, Page, PageSize, PriceFen, Text } from './fields.js';
import { route } from './route.js';

const TokenParam = Exact({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$' }) });

/** The consumer's coupons: taking, holding, giving away, showing at the counter. */
export const mallCouponRoutes = {
  couponCentre: route('mall.couponCentre', 'public', 'GET /api/m/coupon-centre', 'Coupons to take, each with why not', {
    query: Exact({ storeId: Type.Optional(IdText), productId: Type.Optional(IdText) }),
    response: Type.Array(CentreCoupon),
  }),
  takeCoupon: route(
    'mall.takeCoupon',
    'consumer',
    'POST /api/m/coupon-templates/{id}/take',
    'Take a coupon',
    { params: IdParam, body: Exact({ storeId: Type.Optional(IdText) }), response: MyCoupon },
    { idempotent: true },
  ),
  coupons: route('mall.coupons', 'consumer', 'GET /api/m/coupons', 'My coupons', {
    query: Exact({
      tab: Type.Optional(OneOf(['USABLE', 'USED', 'GONE'])),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Type.Composite([
      Page(MyCoupon),
      Type.Object({
        counts: Type.Object({ usable: Type.Integer(), expiringSoon: Type.Integer(), giving: Type.Integer() }),
      }),
    ]),
  }),
  coupon: route('mall.coupon', 'consumer', 'GET /api/m/coupons/{id}', 'One of my coupons with its rules and history', {
    params: IdParam,
    response: MyCouponDetail,
  }),
  showCoupon: route(
    'mall.showCoupon',
    'consumer',
    'POST /api/m/coupons/{id}/show',
    'A signed code for the counter that a device without network can check too',
    {
      params: IdParam,
      response: Type.Object({
        code: Type.String({ description: 'short, to be typed' }),
        qrText: Type.String({ description: 'signed, to be scanned' }),
        expiresAt: Instant,
      }),
    },
  ),
  redeemByPin: route(
    'mall.redeemByPin',
    'consumer',
    'POST /api/m/coupons/{id}/redeem-by-pin',
    "Use a coupon at the counter with the clerk's rotating number",
    {
      params: IdParam,
      body: Exact({ storeId: IdText, pin: Type.String({ pattern: '^[0-9]{6}$' }), amountFen: PriceFen }),
      response: RedeemReceipt,
    },
    { idempotent: true },
  ),
  addCouponCode: route('mall.addCouponCode', 'consumer', 'POST /api/m/coupon-codes', 'Turn a code into my coupon', {
    body: Exact({ code: Text(32, 4) }),
    response: MyCoupon,
  }),
  giveCoupon: route('mall.giveCoupon', 'consumer', 'POST /api/m/coupons/{id}/give', 'Give a coupon to a friend', {
    params: IdParam,
    response: CouponGift,
  }),
  takeGiftBack: route(
    'mall.takeGiftBack',
    'consumer',
    'POST /api/m/coupon-gifts/{token}/take-back',
    'Take a gift back that nobody has accepted',
    { params: TokenParam, response: MyCoupon },
  ),
  couponGift: route('mall.couponGift', 'public', 'GET /api/m/coupon-gifts/{token}', 'Look at a gift', {
    params: TokenParam,
    response: CouponGift,
  }),
  acceptGift: route('mall.acceptGift', 'consumer', 'POST /api/m/coupon-gifts/{token}/accept', 'Accept a gift', {
    params: TokenParam,
    response: MyCoupon,
  }),
  couponOffer: route(
    'mall.couponOffer',
    'public',
    'GET /api/m/coupon-offers/{token}',
    "Look at a guide's coupon card",
    {
      params: TokenParam,
      response: CouponOffer,
    },
  ),
  takeOffer: route(
    'mall.takeOffer',
    'consumer',
    'POST /api/m/coupon-offers/{token}/take',
    "Take the coupon of a guide's card; once per person",
    { params: TokenParam, response: MyCoupon },
  ),
} as const;
