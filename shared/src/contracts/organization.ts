import { type Static, Type } from '@sinclair/typebox';
import { Day, Exact, FenInt, IdText, Instant, Latitude, Longitude, Nullable, OneOf, Text } from './fields.js';
import { PictureUrl } from './product-edit.js';

export const STORE_KINDS = ['SELF', 'FRANCHISE', 'COUNTER'] as const;
export const STORE_STATUSES = ['DRAFT', 'OPEN', 'PAUSED', 'CLOSED'] as const;
export const COLLECT_MODES = ['STORE', 'BRAND'] as const;
export const RESOLVE_RULES = [
  'LINK',
  'GUIDE',
  'LAST_CHOSEN',
  'SERVICE_AREA',
  'NEAREST',
  'CITY_LIST',
  'BRAND_MALL',
  'ISOLATED',
] as const;
/** STRICT: only the store of one's area; CITY: stores of one's city; SOFT: every store. */
export const ISOLATIONS = ['STRICT', 'CITY', 'SOFT'] as const;

export const OpeningHours = Exact({
  open: Type.String({ pattern: '^\\d{2}:\\d{2}$' }),
  close: Type.String({ pattern: '^\\d{2}:\\d{2}$' }),
});

export const StoreCard = Type.Object({
  id: IdText,
  code: Type.String(),
  name: Type.String(),
  city: Type.String(),
  district: Type.String(),
  address: Type.String(),
  phone: Type.String(),
  latitude: Latitude,
  longitude: Longitude,
  kind: OneOf(STORE_KINDS),
  status: OneOf(STORE_STATUSES),
  hours: OpeningHours,
  isOpenNow: Type.Boolean(),
  openText: Type.String({ description: '营业中 · 22:00 打烊' }),
  distanceM: Nullable(Type.Integer()),
  canShip: Type.Boolean(),
  canPickup: Type.Boolean(),
  deliveryFeeFen: FenInt,
  imageUrl: Type.Optional(Type.String({ description: 'the shop front; empty when there is no picture' })),
  canDeliver: Type.Optional(Type.Boolean({ description: 'local delivery by the store' })),
});
export type StoreCard = Static<typeof StoreCard>;

/** Which store a consumer entered and why (product.md M2). */
export const StoreResolution = Type.Object({
  store: Nullable(StoreCard),
  rule: OneOf(RESOLVE_RULES),
  reason: Type.String({ description: 'the deciding rule in plain words for the consumer' }),
  isUncertain: Type.Boolean({
    description: 'two stores lie within the uncertainty of the position: ask, do not guess',
  }),
  candidates: Type.Array(StoreCard),
  canSwitch: Type.Optional(Type.Boolean({ description: 'the brand lets this visitor choose other stores' })),
  isolation: Type.Optional(OneOf(ISOLATIONS)),
  refusesPosition: Type.Optional(
    Type.Boolean({ description: 'the member has refused the use of the position: do not ask the phone for it' }),
  ),
  movedFrom: Type.Optional(
    Nullable(
      Type.Object(
        { storeId: IdText, storeName: Type.String() },
        { description: 'the store of before, when this entry brought the visitor elsewhere: say so' },
      ),
    ),
  ),
});
export type StoreResolution = Static<typeof StoreResolution>;

export const GuideCard = Type.Object({
  id: IdText,
  name: Type.String(),
  avatarUrl: Type.String(),
  title: Type.String(),
  storeId: IdText,
  storeName: Type.String(),
  qrUrl: Nullable(Type.String({ description: 'picture of the WeCom 联系我 code' })),
  wecomUserid: Type.String(),
  code: Type.String({ description: 'short opaque guide code carried in links (g=)' }),
});
export type GuideCard = Static<typeof GuideCard>;

export const ConsoleStore = Type.Object({
  id: IdText,
  code: Type.String(),
  name: Type.String(),
  kind: OneOf(STORE_KINDS),
  status: OneOf(STORE_STATUSES),
  regionName: Type.String(),
  franchiseeId: Nullable(IdText),
  franchiseeName: Nullable(Type.String()),
  city: Type.String(),
  district: Type.String(),
  address: Type.String(),
  phone: Type.String(),
  latitude: Latitude,
  longitude: Longitude,
  serviceRadiusM: Type.Integer(),
  hours: OpeningHours,
  collectMode: OneOf(COLLECT_MODES),
  subMchid: Nullable(Type.String()),
  deliveryFeeFen: FenInt,
  canShip: Type.Boolean(),
  canPickup: Type.Boolean(),
  imageUrl: Type.Optional(Type.String()),
  guideCount: Type.Integer(),
  listedCount: Type.Integer(),
  version: Type.Integer(),
});
export type ConsoleStore = Static<typeof ConsoleStore>;

export const StoreUpdate = Exact({
  version: Type.Integer({ minimum: 0 }),
  name: Type.Optional(Text(60, 2)),
  status: Type.Optional(OneOf(STORE_STATUSES)),
  phone: Type.Optional(Text(20, 5)),
  hours: Type.Optional(OpeningHours),
  serviceRadiusM: Type.Optional(Type.Integer({ minimum: 100, maximum: 100_000 })),
  collectMode: Type.Optional(OneOf(COLLECT_MODES)),
  subMchid: Type.Optional(Nullable(Type.String({ pattern: '^\\d{8,12}$' }))),
  deliveryFeeFen: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  canShip: Type.Optional(Type.Boolean()),
  canPickup: Type.Optional(Type.Boolean()),
  imageUrl: Type.Optional(Type.Union([PictureUrl, Type.Literal('')])),
});

export const ConsoleGuide = Type.Object({
  id: IdText,
  name: Type.String(),
  avatarUrl: Type.String(),
  role: OneOf(['GUIDE', 'MANAGER']),
  wecomUserid: Type.String(),
  storeId: IdText,
  storeName: Type.String(),
  status: OneOf(['ACTIVE', 'LEFT']),
  contactCount: Type.Integer(),
  boundMemberCount: Type.Integer(),
  openTaskCount: Type.Integer(),
  code: Type.String(),
  qrUrl: Nullable(Type.String()),
  receiverState: OneOf(['NONE', 'READY', 'PROBLEM']),
});
export type ConsoleGuide = Static<typeof ConsoleGuide>;

export const Franchisee = Type.Object({
  id: IdText,
  name: Type.String(),
  companyName: Type.String(),
  contactName: Type.String(),
  storeCount: Type.Integer(),
});

export const BrandTheme = Type.Object({
  primary: Type.String(),
  accent: Type.String(),
  price: Type.String(),
  radius: Type.Integer(),
});
export const BrandInfo = Type.Object({
  name: Type.String(),
  logoUrl: Type.String(),
  theme: BrandTheme,
  mallMode: Type.Optional(OneOf(['BRAND', 'STORE', 'BOTH'])),
  isolation: Type.Optional(OneOf(ISOLATIONS)),
});
export const DayRange = Exact({ from: Type.Optional(Day), to: Type.Optional(Day) });
export const Stamp = Type.Object({ at: Instant });
