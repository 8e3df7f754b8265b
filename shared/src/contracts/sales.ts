import { type Static, Type } from '@sinclair/typebox';
import { Exact, FenInt, IdText, Instant, Latitude, Longitude, Nullable, OneOf, Quantity, Text } from './fields.js';
import { StoreCard } from './organization.js';

/** DELIVERY: the store's own courier in a booked slot. SCAN_AND_GO: scanned and taken in the store, shown at the exit. */
export const FULFIL_TYPES = ['SHIP', 'PICKUP', 'DELIVERY', 'SCAN_AND_GO'] as const;
export type FulfilType = (typeof FULFIL_TYPES)[number];
/** Order states of reference/features.md B2; per line the same words. CLOSED covers cancel and deadline. */
export const ORDER_STATES = [
  'PENDING_PAY',
  'TO_SHIP',
  'TO_PICKUP',
  'SHIPPED',
  'RECEIVED',
  'FINISHED',
  'CLOSED',
  'REFUNDED',
] as const;
export const CHANNELS = ['MINIAPP', 'POS'] as const;

export const CartLine = Type.Object({
  skuId: IdText,
  productId: IdText,
  name: Type.String(),
  colour: Type.String(),
  size: Type.String(),
  imageUrl: Type.String(),
  qty: Type.Integer(),
  isSelected: Type.Boolean(),
  priceFen: FenInt,
  addedPriceFen: FenInt,
  available: Type.Integer(),
  fromElsewhere: Type.Optional(
    Type.Object(
      { storeId: IdText, storeName: Type.String() },
      { description: 'this store has too few, and that one sends it at the same price; for shipping only' },
    ),
  ),
  nearbyCount: Type.Optional(
    Type.Integer({ description: 'stores near by that have it, while this one cannot give it; left out: none' }),
  ),
  problem: Nullable(OneOf(['NOT_LISTED', 'OUT_OF_STOCK', 'NOT_ENOUGH', 'PRICE_CHANGED'])),
  problemText: Nullable(Type.String()),
});
export const Cart = Type.Object({
  storeId: IdText,
  storeName: Type.String(),
  lines: Type.Array(CartLine),
  selectedTotalFen: FenInt,
  selectedCount: Type.Integer(),
});
export type Cart = Static<typeof Cart>;

export const WantedLine = Exact({ skuId: IdText, qty: Quantity });
export const PricedLine = Type.Object({
  skuId: IdText,
  productId: IdText,
  name: Type.String(),
  colour: Type.String(),
  size: Type.String(),
  imageUrl: Type.String(),
  qty: Type.Integer(),
  unitPriceFen: FenInt,
  amountFen: FenInt,
  payableFen: FenInt,
});
export const PriceStep = Type.Object({ label: Type.String(), amountFen: FenInt, explain: Type.String() });

export const Address = Type.Object({
  id: IdText,
  name: Type.String(),
  phone: Type.String(),
  province: Type.String(),
  city: Type.String(),
  district: Type.String(),
  detail: Type.String(),
  isDefault: Type.Boolean(),
});
export type Address = Static<typeof Address>;
export const AddressInput = Exact({
  name: Text(30, 1),
  phone: Type.String({ pattern: '^1\\d{10}$' }),
  province: Text(30, 1),
  city: Text(30, 1),
  district: Text(30, 1),
  detail: Text(120, 2),
  isDefault: Type.Optional(Type.Boolean()),
});

/** What the consumer would like to pay with besides WeChat; what is left out is not used. */
export const CheckoutWish = {
  couponIds: Type.Optional(Type.Array(IdText, { maxItems: 10, uniqueItems: true })),
  /** Points to use at most. */
  points: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
  /** What the wallet is to pay at most. */
  walletFen: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
};

/** How the money of an order came about: goods less promotion, coupon and points, plus freight, is the total. */
export const OrderMoney = Type.Object({
  promotionFen: FenInt,
  couponFen: FenInt,
  pointsFen: FenInt,
  pointsUsed: Type.Integer(),
  walletFen: FenInt,
  /** What goes through WeChat Pay; 0: nothing is left to pay. */
  cashFen: FenInt,
});

/** What could be used for this order, each with its reason. */
export const CheckoutOffers = Type.Object({
  coupons: Type.Object({
    /** The combination that saves most. */
    bestIds: Type.Array(IdText),
    bestFen: FenInt,
    reason: Type.String(),
    usable: Type.Array(Type.Object({ couponId: IdText, name: Type.String(), aloneFen: FenInt })),
    unusable: Type.Array(
      Type.Object({ couponId: IdText, name: Type.String(), failing: Type.String(), lackFen: Nullable(FenInt) }),
    ),
  }),
  points: Type.Object({ available: Type.Integer(), usable: Type.Integer(), usableFen: FenInt }),
  wallet: Type.Object({ availableFen: FenInt, usableFen: FenInt }),
  /** Promotions that give nothing yet and what is missing, for goods that are in their reach: 「再买 ¥101，可以换购」. */
  nearPromotions: Type.Optional(
    Type.Array(
      Type.Object({
        promotionId: IdText,
        label: Type.String(),
        name: Type.String(),
        failing: Type.String(),
        lackFen: Nullable(FenInt),
      }),
    ),
  ),
});

/** What a scanned tag says. */
export const ScannedItem = Type.Object({
  skuId: IdText,
  productId: IdText,
  code: Type.String(),
  name: Type.String(),
  spec: Type.String(),
  imageUrl: Type.String(),
  priceFen: FenInt,
  available: Type.Integer(),
});
export type ScannedItem = Static<typeof ScannedItem>;

/** Where and when a local delivery is wanted; the slot is one of the store's ways to get goods. */
export const DeliveryWish = Exact({
  slot: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}\\.\\d{2}:\\d{2}$' })),
  latitude: Latitude,
  longitude: Longitude,
});
/** The two payments of a presale. */
export const PresalePlan = Type.Object({
  depositFen: FenInt,
  tailFen: FenInt,
  tailFrom: Instant,
  tailUntil: Instant,
  /** The deposit stays with the store when the tail is not paid in time; the small print of the presale says so. */
  forfeits: Type.Boolean(),
});
export type PresalePlan = Static<typeof PresalePlan>;

export const CheckoutPreview = Type.Object({
  store: StoreCard,
  fulfil: OneOf(FULFIL_TYPES),
  lines: Type.Array(PricedLine),
  steps: Type.Array(PriceStep),
  goodsFen: FenInt,
  freightFen: FenInt,
  totalFen: FenInt,
  address: Nullable(Address),
  pickupHint: Nullable(Type.String()),
  guideName: Nullable(Type.String()),
  money: Type.Optional(OrderMoney),
  /** Chosen coupons that do not count, with the reason. */
  unusedCoupons: Type.Optional(
    Type.Array(Type.Object({ couponId: IdText, name: Type.String(), failing: Type.String() })),
  ),
  gifts: Type.Optional(
    Type.Array(
      Type.Object({
        skuId: IdText,
        name: Type.String(),
        spec: Type.Optional(Type.String()),
        imageUrl: Type.Optional(Nullable(Type.String())),
        qty: Type.Integer(),
      }),
    ),
  ),
  /** Presents that were promised and have run out; the order goes on without them. */
  goneGifts: Type.Optional(Type.Array(Type.Object({ skuId: IdText, name: Type.String() }))),
  /** A local delivery that can be made as wished; why not is a refusal. */
  delivery: Type.Optional(Type.Object({ feeFen: FenInt, distanceM: Type.Integer() })),
  /** Lines that another store sends, because this one has run out. */
  fromElsewhere: Type.Optional(Type.Array(Type.Object({ skuId: IdText, storeName: Type.String() }))),
  /** What is paid now and what later, for an order that begins with a deposit. */
  presale: Type.Optional(PresalePlan),
  /** The wallet pays more than the amount that needs no PIN: send `walletPin` along with the order. */
  needsWalletPin: Type.Optional(Type.Boolean()),
  /** Comes with `needsWalletPin`; false: one has to be set before the order. */
  hasWalletPin: Type.Optional(Type.Boolean()),
  /** 「已省 ¥88」 */
  savedText: Type.Optional(Nullable(Type.String())),
  /** Only when it was asked for. */
  offers: Type.Optional(CheckoutOffers),
});
export type CheckoutPreview = Static<typeof CheckoutPreview>;

export const OrderLine = Type.Object({
  id: IdText,
  skuId: Nullable(IdText),
  productId: Nullable(IdText),
  name: Type.String(),
  spec: Type.String(),
  imageUrl: Nullable(Type.String()),
  qty: Type.Integer(),
  unitPriceFen: FenInt,
  payableFen: FenInt,
  refundedFen: FenInt,
  refundedQty: Type.Integer(),
  /** A present of a promotion, at no price. */
  isGift: Type.Optional(Type.Boolean()),
});
export const OrderSummary = Type.Object({
  id: IdText,
  orderNo: Type.String(),
  channel: OneOf(CHANNELS),
  /** It came with a file of old purchases. */
  isImported: Type.Optional(Type.Boolean()),
  state: OneOf(ORDER_STATES),
  stateText: Type.String(),
  storeId: IdText,
  storeName: Type.String(),
  fulfil: OneOf(FULFIL_TYPES),
  totalFen: FenInt,
  lineCount: Type.Integer(),
  lines: Type.Array(OrderLine),
  createdAt: Instant,
  payDeadlineAt: Nullable(Instant),
});
export type OrderSummary = Static<typeof OrderSummary>;
export const RefundInfo = Type.Object({
  id: IdText,
  amountFen: FenInt,
  reason: Type.String(),
  state: OneOf(['REQUESTED', 'PROCESSING', 'SUCCESS', 'FAILED']),
  stateText: Type.String(),
  createdAt: Instant,
  finishedAt: Nullable(Instant),
});
/** The booked slot of a local delivery: the day, from when (HH:mm), and how far it is. */
export const LocalDelivery = Type.Object({
  slot: Type.String(),
  day: Type.String(),
  from: Type.String(),
  distanceM: Type.Integer(),
});
export type LocalDelivery = Static<typeof LocalDelivery>;
export const OrderDetail = Type.Composite([
  OrderSummary,
  Type.Object({
    goodsFen: FenInt,
    freightFen: FenInt,
    refundedFen: FenInt,
    steps: Type.Array(PriceStep),
    money: Type.Optional(OrderMoney),
    /** Shown at the counter, or at the exit after scan and go. */
    pickupCode: Nullable(Type.String()),
    /** Which payment of a presale is due; DONE when both are made. */
    presale: Type.Optional(
      Type.Composite([
        PresalePlan,
        Type.Object({ due: OneOf(['DEPOSIT', 'TAIL', 'DONE']), depositPaidAt: Nullable(Instant) }),
      ]),
    ),
    delivery: Type.Optional(LocalDelivery),
    address: Nullable(Address),
    shipping: Nullable(Type.Object({ company: Type.String(), trackingNo: Type.String(), shippedAt: Instant })),
    guideName: Nullable(Type.String()),
    memberName: Nullable(Type.String()),
    remark: Type.String(),
    paidAt: Nullable(Instant),
    timeline: Type.Array(Type.Object({ at: Instant, text: Type.String() })),
    refunds: Type.Array(RefundInfo),
    canCancel: Type.Boolean(),
    canPay: Type.Boolean(),
    canConfirmReceipt: Type.Boolean(),
    canRefund: Type.Boolean(),
  }),
]);
export type OrderDetail = Static<typeof OrderDetail>;

/** What wx.requestPayment takes. */
export const PayParams = Type.Object({
  timeStamp: Type.String(),
  nonceStr: Type.String(),
  package: Type.String(),
  signType: Type.Literal('RSA'),
  paySign: Type.String(),
  appId: Type.String(),
});
export type PayParams = Static<typeof PayParams>;
/** An order just submitted, with what opens the pay sheet if that was asked for and WeChat Pay could be reached. */
export const SubmittedOrder = Type.Composite([OrderDetail, Type.Object({ payment: Type.Optional(PayParams) })]);
export const RefundInput = Exact({
  lines: Type.Optional(Type.Array(Exact({ lineId: IdText, qty: Quantity }), { minItems: 1, maxItems: 50 })),
  reason: Text(80, 2),
});
/** Who takes a local delivery to the consumer. */
export const CourierInput = Exact({
  courier: Text(30, 1),
  phone: Type.Optional(Type.String({ pattern: '^1\\d{10}$' })),
});
/** Who receives a parcel; in lists only as much as tells two parcels apart. */
export const Receiver = Type.Object({
  name: Type.String(),
  phone: Type.String(),
  region: Type.String(),
  detail: Type.String(),
});
export type Receiver = Static<typeof Receiver>;
/** An order that a store has to send, with its receiver masked; null where nothing is sent. */
export const StoreOrder = Type.Composite([
  OrderSummary,
  Type.Object({
    memberName: Nullable(Type.String()),
    remark: Type.String(),
    receiver: Nullable(Receiver),
    delivery: Type.Optional(LocalDelivery),
  }),
]);
export type StoreOrder = Static<typeof StoreOrder>;
export const ShipInput = Exact({ company: Text(30, 1), trackingNo: Type.String({ pattern: '^[0-9A-Za-z-]{6,40}$' }) });
