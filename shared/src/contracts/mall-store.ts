import { type Static, Type } from '@sinclair/typebox';
import { Day, Exact, FenInt, IdText, Instant, Latitude, Longitude, Nullable, OneOf, PriceFen, Text } from './fields.js';
import { ISOLATIONS, RESOLVE_RULES } from './organization.js';

/** One mall of the brand, one mall per store, or both side by side. */
export const MALL_MODES = ['BRAND', 'STORE', 'BOTH'] as const;
export const COST_BEARERS = ['SELLING', 'SHIPPING', 'HQ'] as const;
export const CROSS_STORE_SOURCES = ['NONE', 'WAREHOUSE', 'NEAREST'] as const;
export const AREA_KINDS = ['RADIUS', 'POLYGON'] as const;
const Clock = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'HH:mm in Asia/Shanghai' });

/** What a brand decides for all of its store malls. */
export const MallSettings = Type.Object({
  mallMode: OneOf(MALL_MODES),
  brandStoreId: Nullable(IdText),
  isolation: OneOf(ISOLATIONS),
  lastChosenDays: Type.Integer({ description: 'for how long the last chosen store decides' }),
  linkPassDays: Type.Integer({ description: 'for how long a guide link opens a store beyond the isolation' }),
  canPreorderPickup: Type.Boolean({ description: 'a store that is out of hours takes pickups for the next day' }),
  crossStore: Type.Object({
    source: OneOf(CROSS_STORE_SOURCES),
    warehouseStoreId: Nullable(IdText),
    maxDistanceM: Type.Integer(),
    costBearer: OneOf(COST_BEARERS),
    costFen: FenInt,
  }),
  approvals: Type.Object({
    priceBelowListBp: Nullable(
      Type.Integer({ description: 'a franchisee’s price lower than the list price by more than this is asked for' }),
    ),
    delisting: Type.Boolean({ description: 'taking an optional product off the shelf is asked for' }),
    ownGoods: Type.Boolean({ description: 'own goods of a franchisee are asked for' }),
  }),
  version: Type.Integer(),
});
export type MallSettings = Static<typeof MallSettings>;

export const MallSettingsInput = Exact({
  version: Type.Integer({ minimum: 0 }),
  mallMode: Type.Optional(OneOf(MALL_MODES)),
  brandStoreId: Type.Optional(Nullable(IdText)),
  isolation: Type.Optional(OneOf(ISOLATIONS)),
  lastChosenDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 365 })),
  linkPassDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 90 })),
  canPreorderPickup: Type.Optional(Type.Boolean()),
  crossStore: Type.Optional(
    Exact({
      source: OneOf(CROSS_STORE_SOURCES),
      warehouseStoreId: Nullable(IdText),
      maxDistanceM: Type.Integer({ minimum: 0, maximum: 5_000_000 }),
      costBearer: OneOf(COST_BEARERS),
      costFen: Type.Integer({ minimum: 0, maximum: 100_000 }),
    }),
  ),
  approvals: Type.Optional(
    Exact({
      priceBelowListBp: Nullable(Type.Integer({ minimum: 0, maximum: 10_000 })),
      delisting: Type.Boolean(),
      ownGoods: Type.Boolean(),
    }),
  ),
});

/** A GeoJSON Polygon: rings of [longitude, latitude], the first one the outline, each closed by its first point. */
export const GeoPolygon = Exact({
  type: Type.Literal('Polygon'),
  coordinates: Type.Array(
    Type.Array(Type.Array(Type.Number({ minimum: -180, maximum: 180 }), { minItems: 2, maxItems: 2 }), {
      minItems: 4,
      maxItems: 500,
    }),
    { minItems: 1, maxItems: 10 },
  ),
});
export type GeoPolygon = Static<typeof GeoPolygon>;

export const ServiceArea = Type.Object({
  storeId: IdText,
  kind: OneOf(AREA_KINDS),
  radiusM: Type.Integer(),
  polygon: Nullable(GeoPolygon),
  priority: Type.Integer({ description: 'higher wins where areas overlap and stores are equally far' }),
  version: Type.Integer(),
});
export type ServiceArea = Static<typeof ServiceArea>;
export const ServiceAreaInput = Exact({
  version: Type.Integer({ minimum: 0 }),
  kind: OneOf(AREA_KINDS),
  radiusM: Type.Integer({ minimum: 100, maximum: 100_000 }),
  polygon: Type.Optional(Nullable(GeoPolygon)),
  priority: Type.Integer({ minimum: 0, maximum: 100 }),
});

const PlaceName = Type.Object({
  storeId: IdText,
  storeName: Type.String(),
  franchiseeName: Nullable(Type.String()),
  priority: Type.Integer(),
});
/** Two open stores whose service areas share ground. */
export const AreaOverlap = Type.Object({
  a: PlaceName,
  b: PlaceName,
  city: Type.String(),
  distanceM: Type.Integer(),
  sharedOfSmallerBp: Type.Integer({ description: 'share of the smaller area that lies in the other, basis points' }),
  sample: Type.Object({ latitude: Latitude, longitude: Longitude }),
  isBetweenOwners: Type.Boolean({ description: 'the stores belong to different owners: somebody should decide' }),
  tieBreak: Type.String({ description: 'who gets a consumer in the shared part, in plain words' }),
});
export type AreaOverlap = Static<typeof AreaOverlap>;

export const StoreEntry = Type.Object({
  id: IdText,
  at: Instant,
  memberId: Nullable(IdText),
  memberName: Nullable(Type.String()),
  storeId: Nullable(IdText),
  storeName: Nullable(Type.String()),
  rule: OneOf(RESOLVE_RULES),
  tieBreak: Nullable(OneOf(['DISTANCE', 'PRIORITY'])),
  isUncertain: Type.Boolean(),
  wantedStoreId: Nullable(IdText),
  distanceM: Nullable(Type.Integer()),
});
export type StoreEntry = Static<typeof StoreEntry>;

export const DeliveryTier = Exact({
  upToM: Type.Integer({ minimum: 100, maximum: 50_000 }),
  feeFen: Type.Integer({ minimum: 0, maximum: 100_000 }),
});
export const DeliverySlot = Exact({
  weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
  from: Clock,
  to: Clock,
  capacity: Type.Integer({ minimum: 1, maximum: 9999 }),
});
/** How a store hands goods over: hours, pickup, local delivery. Stores and franchisees keep it themselves. */
export const StoreService = Type.Object({
  storeId: IdText,
  hours: Type.Object({ open: Type.String(), close: Type.String() }),
  canShip: Type.Boolean(),
  pickup: Type.Object({
    isOn: Type.Boolean(),
    from: Type.String(),
    to: Type.String(),
    holdDays: Type.Integer(),
    readyMinutes: Type.Integer(),
  }),
  delivery: Type.Object({
    isOn: Type.Boolean(),
    radiusM: Type.Integer(),
    minFen: FenInt,
    freeFromFen: Nullable(FenInt),
    leadMinutes: Type.Integer(),
    tiers: Type.Array(Type.Object({ upToM: Type.Integer(), feeFen: FenInt })),
    slots: Type.Array(
      Type.Object({
        weekdays: Type.Array(Type.Integer()),
        from: Type.String(),
        to: Type.String(),
        capacity: Type.Integer(),
      }),
    ),
  }),
  version: Type.Integer(),
});
export type StoreService = Static<typeof StoreService>;
export const StoreServiceInput = Exact({
  version: Type.Integer({ minimum: 0 }),
  hours: Type.Optional(Exact({ open: Clock, close: Clock })),
  canShip: Type.Optional(Type.Boolean()),
  pickup: Type.Optional(
    Exact({
      isOn: Type.Boolean(),
      from: Clock,
      to: Clock,
      holdDays: Type.Integer({ minimum: 1, maximum: 30 }),
      readyMinutes: Type.Integer({ minimum: 0, maximum: 2880 }),
    }),
  ),
  delivery: Type.Optional(
    Exact({
      isOn: Type.Boolean(),
      radiusM: Type.Integer({ minimum: 100, maximum: 50_000 }),
      minFen: PriceFen,
      freeFromFen: Nullable(PriceFen),
      leadMinutes: Type.Integer({ minimum: 0, maximum: 2880 }),
      tiers: Type.Array(DeliveryTier, { minItems: 1, maxItems: 10 }),
      slots: Type.Array(DeliverySlot, { maxItems: 30 }),
    }),
  ),
});

/** What a consumer may choose from in this store now. */
export const FulfilOptions = Type.Object({
  storeId: IdText,
  isOpenNow: Type.Boolean(),
  ship: Type.Object({ isOffered: Type.Boolean(), text: Type.String() }),
  pickup: Type.Object({
    isOffered: Type.Boolean(),
    isPreorder: Type.Boolean({ description: 'the store is out of hours: to be fetched on the next day it opens' }),
    readyAt: Nullable(Instant),
    holdUntil: Nullable(Instant),
    hours: Type.String(),
    text: Type.String(),
  }),
  delivery: Type.Object({
    isOffered: Type.Boolean(),
    problem: Nullable(OneOf(['OFF', 'STORE_NOT_OPEN', 'NO_POSITION', 'TOO_FAR', 'BELOW_MINIMUM', 'NO_SLOT'])),
    text: Type.String(),
    distanceM: Nullable(Type.Integer()),
    feeFen: Nullable(FenInt),
    minFen: FenInt,
    freeFromFen: Nullable(FenInt),
    slots: Type.Array(
      Type.Object({
        id: Type.String({ description: 'yyyy-mm-dd.HH:mm, to be sent back when one is chosen' }),
        day: Day,
        from: Type.String(),
        to: Type.String(),
        left: Type.Integer(),
      }),
    ),
  }),
});
export type FulfilOptions = Static<typeof FulfilOptions>;

/** Where else an item that is sold out here can be had. */
export const SoldOutOptions = Type.Object({
  stores: Type.Array(
    Type.Object({
      storeId: IdText,
      storeName: Type.String(),
      distanceM: Nullable(Type.Integer()),
      priceFen: FenInt,
      available: Type.Integer({ description: 'capped at 99' }),
      canPickup: Type.Boolean(),
      canShip: Type.Boolean(),
    }),
  ),
  fallback: Nullable(
    Type.Object(
      { storeId: IdText, storeName: Type.String(), text: Type.String() },
      {
        description: 'another store ships it for this one when it is ordered here',
      },
    ),
  ),
  isNotified: Type.Boolean(),
});
export type SoldOutOptions = Static<typeof SoldOutOptions>;

export const ArrivalNotice = Type.Object({
  id: IdText,
  storeId: IdText,
  storeName: Type.String(),
  skuId: IdText,
  productId: IdText,
  name: Type.String(),
  spec: Type.String(),
  imageUrl: Type.String(),
  state: OneOf(['WAITING', 'ARRIVED', 'CANCELLED']),
  createdAt: Instant,
  arrivedAt: Nullable(Instant),
});
export type ArrivalNotice = Static<typeof ArrivalNotice>;

export const CLOSING_STATES = ['RUNNING', 'DONE', 'CANCELLED'] as const;
export const CLOSING_ORDER_STATES = [
  'ASKED',
  'MOVED',
  'DECLINED',
  'EXPIRED',
  'REFUNDING',
  'REFUNDED',
  'SHIPS_STILL',
  'CLOSED',
  'DONE',
  'STUCK',
] as const;
/** Closing a store that still owes goods. */
export const ClosingOrder = Type.Object({
  orderId: IdText,
  orderNo: Type.String(),
  memberName: Nullable(Type.String()),
  totalFen: FenInt,
  lineText: Type.String(),
  state: OneOf(CLOSING_ORDER_STATES),
  toStoreName: Nullable(Type.String()),
  answerBy: Nullable(Instant),
  note: Type.String(),
});
export const ClosingView = Type.Object({
  id: IdText,
  storeId: IdText,
  storeName: Type.String(),
  toStoreId: Nullable(IdText),
  toStoreName: Nullable(Type.String()),
  reason: Type.String(),
  state: OneOf(CLOSING_STATES),
  startedAt: Instant,
  answerBy: Instant,
  finishedAt: Nullable(Instant),
  counts: Type.Record(Type.String(), Type.Integer()),
  presents: Type.Integer({ description: 'presents for points that still wait there to be fetched' }),
});
export type ClosingView = Static<typeof ClosingView>;
export const ClosingPreview = Type.Object({
  storeId: IdText,
  storeName: Type.String(),
  pendingPay: Type.Integer(),
  toShip: Type.Integer(),
  toPickup: Type.Integer(),
  shipped: Type.Integer(),
  presents: Type.Integer({ description: 'presents for points that wait there to be fetched' }),
  presentPoints: Type.Integer({ description: 'what they cost, and what comes back of those that nobody fetches' }),
  openFen: FenInt,
  targets: Type.Array(
    Type.Object({
      storeId: IdText,
      storeName: Type.String(),
      distanceM: Type.Integer(),
      movable: Type.Integer({ description: 'of the pickups, how many this store has all the goods for' }),
      isSameOwner: Type.Boolean(),
    }),
  ),
});
export type ClosingPreview = Static<typeof ClosingPreview>;
/** The consumer's side: may the pickup move to another store? */
export const PickupMove = Type.Object({
  id: IdText,
  orderId: IdText,
  orderNo: Type.String(),
  fromStoreName: Type.String(),
  toStoreId: IdText,
  toStoreName: Type.String(),
  toStoreAddress: Type.String(),
  answerBy: Instant,
  state: OneOf(['ASKED', 'MOVED', 'DECLINED', 'EXPIRED', 'REFUNDED']),
  text: Type.String(),
});
export type PickupMove = Static<typeof PickupMove>;

export const StockFeed = Type.Object({
  source: Type.String(),
  storeId: IdText,
  storeName: Type.String(),
  state: OneOf(['IN_STEP', 'GAP']),
  sequence: Type.Integer(),
  missingFrom: Nullable(Type.Integer()),
  lastSnapshotAt: Nullable(Instant),
  lastMessageAt: Instant,
  driftRows: Type.Integer({ description: 'SKUs whose stock differed from the last full count' }),
  driftPieces: Type.Integer(),
  alarms: Type.Array(Type.String(), { description: 'what the last night found that somebody must look at' }),
});
export type StockFeed = Static<typeof StockFeed>;
export const StockDrift = Type.Object({
  id: IdText,
  storeId: IdText,
  storeName: Type.String(),
  skuCode: Type.String(),
  name: Type.String(),
  was: Type.Integer(),
  counted: Type.Integer(),
  at: Instant,
});
export const StoreTransfer = Type.Object({
  id: IdText,
  orderId: IdText,
  orderNo: Type.String(),
  sellingStoreName: Type.String(),
  shippingStoreId: IdText,
  shippingStoreName: Type.String(),
  lineText: Type.String(),
  qty: Type.Integer(),
  costBearer: OneOf(COST_BEARERS),
  costFen: FenInt,
  state: OneOf(['OPEN', 'SENT', 'CANCELLED']),
  createdAt: Instant,
  sentAt: Nullable(Instant),
});
export type StoreTransfer = Static<typeof StoreTransfer>;
export const Reason = Text(60, 2);
