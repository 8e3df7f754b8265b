import { type Static, Type } from '@sinclair/typebox';
import { Exact, FenInt, IdText, Instant, Nullable, OneOf, PriceFen, Text } from './fields.js';

export const DeviceNo = Type.String({
  pattern: '^[A-Za-z0-9_-]{1,32}$',
  description: 'number of a till, unique per brand',
});
export const Sequence = Type.Integer({
  minimum: 1,
  maximum: 9_000_000_000_000,
  description: 'counts a device’s acts from 1',
});
/** Whoever shows a phone number, a card, the member’s number, or the sixty-second code of the mini-program. */
export const TILL_KEYS = ['PHONE', 'CARD', 'MEMBER_NO', 'CODE'] as const;
export const DEVICE_STATES = ['HEALTHY', 'LAGGING', 'GAP', 'SILENT', 'STOPPED'] as const;

export const TillLine = Exact({
  skuCode: Text(40, 1),
  name: Text(100, 1),
  qty: Type.Integer({ minimum: 1, maximum: 100_000 }),
  unitPriceFen: PriceFen,
});

export const PosDevice = Type.Object({
  id: IdText,
  deviceNo: Type.String(),
  name: Type.String(),
  storeId: IdText,
  storeName: Type.String(),
  state: OneOf(DEVICE_STATES),
  stateText: Type.String(),
  nextStep: Type.String(),
  lastSeenAt: Nullable(Instant),
  lastSequence: Type.Integer(),
  missing: Type.Integer({ description: 'numbers below the last one that never came' }),
  lagSeconds: Type.Integer({ description: 'of the newest act, from when it happened to when it came' }),
  todayRows: Type.Integer(),
  conflicts: Type.Integer(),
});
export type PosDevice = Static<typeof PosDevice>;

export const TillMember = Type.Object({
  memberId: IdText,
  memberNo: Type.String(),
  nickname: Type.String(),
  phoneMasked: Nullable(Type.String()),
  levelName: Type.String(),
  points: Type.Integer(),
  walletFen: FenInt,
  coupons: Type.Array(
    Type.Object({
      couponId: IdText,
      code: Type.String(),
      name: Type.String(),
      validUntil: Instant,
      problem: Nullable(Type.String()),
    }),
  ),
});
export type TillMember = Static<typeof TillMember>;

/** One act of a till: a sale, goods coming back, or a sale that is void. Signed by the device. */
export const DeviceRow = Exact({
  sequence: Sequence,
  kind: OneOf(['SALE', 'RETURN', 'VOID']),
  externalNo: Type.String({ pattern: '^\\S+$', maxLength: 40 }),
  /** The sale that goods come back from or that is void. */
  ofExternalNo: Type.Optional(Type.String({ pattern: '^\\S+$', maxLength: 40 })),
  happenedAt: Instant,
  phone: Type.Optional(Type.String({ pattern: '^1\\d{10}$' })),
  cardNo: Type.Optional(Text(40, 1)),
  memberId: Type.Optional(IdText),
  guideUserid: Type.Optional(Text(64, 1)),
  lines: Type.Array(TillLine, { maxItems: 500 }),
  /** Acts of the same device that paid part of this sale: coupons, points, wallet. */
  paidBy: Type.Optional(Type.Array(Sequence, { maxItems: 20 })),
  /** A signed coupon that the device took in without network. */
  coupon: Type.Optional(Exact({ token: Text(300, 10), discountFen: PriceFen })),
  signature: Type.String({
    pattern: '^[A-Za-z0-9_-]{86}$',
    description: 'Ed25519 over the row without it, see the guide',
  }),
});
export type DeviceRow = Static<typeof DeviceRow>;

export const DEVICE_RESULTS = ['CREATED', 'REPEATED', 'WAITING', 'CONFLICT', 'REFUSED'] as const;
export const DeviceRowResult = Type.Object({
  sequence: Type.Integer(),
  externalNo: Type.String(),
  result: OneOf(DEVICE_RESULTS),
  text: Type.String(),
  orderId: Nullable(IdText),
  couponText: Nullable(Type.String()),
});
export type DeviceRowResult = Static<typeof DeviceRowResult>;

export const TillReceipt = Type.Object({
  sequence: Type.Integer(),
  isRepeated: Type.Boolean(),
  id: IdText,
  amountFen: FenInt,
  state: Type.String(),
  text: Type.String(),
});
export type TillReceipt = Static<typeof TillReceipt>;
