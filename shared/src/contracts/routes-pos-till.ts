import { Type } from '@sinclair/typebox';
import { Exact, FenInt, IdText, Instant, Nullable, OneOf, PriceFen, Text } from './fields.js';
import {
  DeviceNo,
  DeviceRow,
  DeviceRowResult,
  PosDevice,
  Sequence,
  TILL_KEYS,
  TillLine,
  TillMember,
  TillReceipt,
} from './pos.js';
import { route } from './route.js';

const act = { deviceNo: DeviceNo, sequence: Sequence };

/** What a till asks while somebody stands at it: who, how much, and taking coupons, points and wallet money. */
export const posTillRoutes = {
  registerDevice: route('pos.registerDevice', 'pos', 'PUT /api/pos/devices', 'A till and the key that it signs with', {
    body: Exact({
      storeCode: Text(20, 1),
      deviceNo: DeviceNo,
      name: Text(40, 1),
      publicKey: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: 'Ed25519, 32 bytes in base64url' }),
    }),
    response: Type.Object({
      deviceId: IdText,
      nextSequence: Type.Integer(),
      couponPublicKey: Type.String({ description: 'checks signed coupons without network' }),
    }),
  }),
  devices: route('pos.devices', 'pos', 'GET /api/pos/devices', 'Tills with their delay and health', {
    response: Type.Array(PosDevice),
  }),
  identify: route(
    'pos.identify',
    'pos',
    'POST /api/pos/identify',
    'Who stands at the till, with level, points, wallet, coupons',
    {
      body: Exact({ storeCode: Text(20, 1), kind: OneOf(TILL_KEYS), value: Text(64, 1) }),
      response: TillMember,
    },
  ),
  price: route(
    'pos.price',
    'pos',
    'POST /api/pos/price',
    'A basket at this store’s prices with promotions and wishes',
    {
      body: Exact({
        storeCode: Text(20, 1),
        memberId: Type.Optional(IdText),
        lines: Type.Array(Exact({ skuCode: Text(40, 1), qty: Type.Integer({ minimum: 1, maximum: 999 }) }), {
          minItems: 1,
          maxItems: 200,
        }),
        couponIds: Type.Optional(Type.Array(IdText, { maxItems: 5 })),
        points: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
        walletFen: Type.Optional(PriceFen),
      }),
      response: Type.Object({
        lines: Type.Array(
          Type.Object({
            skuCode: Type.String(),
            name: Type.String(),
            qty: Type.Integer(),
            unitPriceFen: FenInt,
            amountFen: FenInt,
            payableFen: FenInt,
          }),
        ),
        goodsFen: FenInt,
        totalFen: FenInt,
        walletFen: FenInt,
        cashFen: FenInt,
        steps: Type.Array(Type.String()),
        problems: Type.Array(Type.String()),
        unknownSkus: Type.Array(Type.String()),
        bestCouponIds: Type.Array(IdText),
        pointsUsable: Type.Integer(),
      }),
    },
  ),
  redeemCoupon: route(
    'pos.redeemCoupon',
    'pos',
    'POST /api/pos/coupons/redeem',
    'Take a coupon in; a repeat gives the same receipt',
    {
      body: Exact({
        ...act,
        code: Text(300, 4),
        amountFen: PriceFen,
        lines: Type.Optional(Type.Array(TillLine, { maxItems: 200 })),
      }),
      response: TillReceipt,
    },
  ),
  usePoints: route('pos.usePoints', 'pos', 'POST /api/pos/points', 'Points pay, by the code that the member shows', {
    body: Exact({
      ...act,
      code: Text(64, 8),
      points: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
      amountFen: PriceFen,
    }),
    response: TillReceipt,
  }),
  useWallet: route(
    'pos.useWallet',
    'pos',
    'POST /api/pos/wallet',
    'The wallet pays, by the pay code; above the limit the member confirms',
    {
      body: Exact({
        ...act,
        code: Text(64, 8),
        amountFen: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
        note: Type.Optional(Text(40)),
      }),
      response: TillReceipt,
    },
  ),
  takeBack: route(
    'pos.takeBack',
    'pos',
    'POST /api/pos/take-back',
    'Undo a coupon, points or wallet act of the same device',
    {
      body: Exact({ deviceNo: DeviceNo, sequence: Sequence, reason: Text(60, 2) }),
      response: TillReceipt,
    },
  ),
  deviceRows: route(
    'pos.deviceRows',
    'pos',
    'POST /api/pos/device-rows',
    'Sales, returns and voids of a device, live or stored while it had no network, in any order; each counts once',
    {
      body: Exact({ deviceNo: DeviceNo, rows: Type.Array(DeviceRow, { minItems: 1, maxItems: 200 }) }),
      response: Type.Object({
        results: Type.Array(DeviceRowResult),
        missing: Type.Array(Type.Integer(), { description: 'numbers that have not come yet, the first hundred' }),
        receivedAt: Instant,
        nextStep: Nullable(Type.String()),
      }),
    },
  ),
} as const;
