import { type Static, Type } from '@sinclair/typebox';
import { Exact, FenInt, IdText, Instant, Nullable, OneOf, PriceFen, Text } from './fields.js';

export const LISTING_EFFECTS = ['ALLOW', 'DENY', 'MUST_LIST'] as const;
export const PRICE_CAUSES = ['LIST', 'STORE', 'CLEARED', 'CORRIDOR', 'PLAN_START', 'PLAN_END', 'CREATED'] as const;
export const APPROVAL_KINDS = ['PRICE', 'DELIST', 'OWN_PRODUCT'] as const;
export const APPROVAL_STATES = ['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const;

/** Only pictures of our own files folder: a page of ours never loads from an address that somebody typed in. */
export const PictureUrl = Type.String({ pattern: '^/files/[A-Za-z0-9/_-]{1,120}\\.(png|jpg|jpeg|webp|svg)$' });
const Code = Type.String({ pattern: '^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$' });

export const ProductColour = Exact({
  name: Text(20, 1),
  hex: Type.String({ pattern: '^#[0-9a-fA-F]{6}$' }),
  imageUrl: PictureUrl,
});
export const ProductSkuInput = Exact({
  id: Type.Optional(IdText),
  code: Code,
  colour: Text(20, 1),
  size: Text(20, 1),
  listPriceFen: Type.Optional(PriceFen),
});
/** A whole product as the editor sends it. SKUs with an id stay, those without are new; none is ever deleted. */
export const ProductInput = Exact({
  code: Code,
  categoryId: IdText,
  name: Text(60, 2),
  subtitle: Text(80),
  description: Text(2000),
  images: Type.Array(PictureUrl, { minItems: 1, maxItems: 12 }),
  sellingPoints: Type.Array(Text(60, 1), { maxItems: 8 }),
  attributes: Type.Array(Exact({ name: Text(20, 1), value: Text(60, 1) }), { maxItems: 20 }),
  care: Text(500),
  sizeTable: Type.Array(Type.Array(Text(20), { maxItems: 12 }), { maxItems: 20 }),
  colours: Type.Array(ProductColour, { minItems: 1, maxItems: 20 }),
  badge: Nullable(Text(12, 1)),
  listPriceFen: PriceFen,
  floorFen: PriceFen,
  ceilingFen: PriceFen,
  rankScore: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  /** Codes of products that it is worn with, best first; left out, they stay as they are. */
  goesWith: Type.Optional(Type.Array(Code, { maxItems: 6, uniqueItems: true })),
  skus: Type.Array(ProductSkuInput, { minItems: 1, maxItems: 200 }),
});
export type ProductInput = Static<typeof ProductInput>;

export const ProductEditor = Type.Object({
  id: IdText,
  code: Type.String(),
  categoryId: IdText,
  name: Type.String(),
  subtitle: Type.String(),
  description: Type.String(),
  images: Type.Array(Type.String()),
  sellingPoints: Type.Array(Type.String()),
  attributes: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  care: Type.String(),
  sizeTable: Type.Array(Type.Array(Type.String())),
  colours: Type.Array(Type.Object({ name: Type.String(), hex: Type.String(), imageUrl: Type.String() })),
  goesWith: Type.Optional(Type.Array(Type.String())),
  badge: Nullable(Type.String()),
  listPriceFen: FenInt,
  floorFen: FenInt,
  ceilingFen: FenInt,
  rankScore: Type.Integer(),
  status: OneOf(['ON_SALE', 'OFF_SALE', 'PENDING']),
  ownerFranchiseeId: Nullable(IdText),
  ownerName: Nullable(Type.String()),
  skus: Type.Array(
    Type.Object({
      id: IdText,
      code: Type.String(),
      colour: Type.String(),
      size: Type.String(),
      listPriceFen: FenInt,
    }),
  ),
  version: Type.Integer(),
});
export type ProductEditor = Static<typeof ProductEditor>;

export const CategoryEditor = Type.Object({
  id: IdText,
  name: Type.String(),
  iconUrl: Type.String(),
  position: Type.Integer(),
  productCount: Type.Integer(),
});
export const CategoryInput = Exact({
  name: Text(40, 1),
  iconUrl: PictureUrl,
  position: Type.Integer({ minimum: 0, maximum: 10_000 }),
});

/** Which stores may, must or must not list what; the narrowest rule wins, and among equals DENY before MUST_LIST before ALLOW. */
export const ListingRule = Type.Object({
  id: IdText,
  effect: OneOf(LISTING_EFFECTS),
  storeId: Nullable(IdText),
  storeName: Nullable(Type.String()),
  storeKind: Nullable(OneOf(['SELF', 'FRANCHISE', 'COUNTER'])),
  categoryId: Nullable(IdText),
  categoryName: Nullable(Type.String()),
  productId: Nullable(IdText),
  productName: Nullable(Type.String()),
  note: Type.String(),
  createdAt: Instant,
});
export type ListingRule = Static<typeof ListingRule>;
export const ListingRuleInput = Exact({
  effect: OneOf(LISTING_EFFECTS),
  storeId: Type.Optional(IdText),
  storeKind: Type.Optional(OneOf(['SELF', 'FRANCHISE', 'COUNTER'])),
  categoryId: Type.Optional(IdText),
  productId: Type.Optional(IdText),
  note: Text(60),
});

export const PricePlan = Type.Object({
  id: IdText,
  storeId: IdText,
  storeName: Type.String(),
  skuId: IdText,
  skuCode: Type.String(),
  productName: Type.String(),
  spec: Type.String(),
  priceFen: FenInt,
  startsAt: Instant,
  endsAt: Nullable(Instant),
  state: OneOf(['WAITING', 'LIVE', 'ENDED', 'CANCELLED', 'REFUSED']),
  note: Type.String(),
});
export type PricePlan = Static<typeof PricePlan>;
export const PricePlanInput = Exact({
  skuId: IdText,
  priceFen: PriceFen,
  startsAt: Instant,
  endsAt: Type.Optional(Nullable(Instant)),
  note: Text(60),
});
export const PriceChange = Type.Object({
  id: IdText,
  at: Instant,
  storeId: Nullable(IdText),
  storeName: Nullable(Type.String({ description: 'null: the list price for all stores' })),
  skuCode: Type.String(),
  spec: Type.String(),
  beforeFen: Nullable(FenInt),
  afterFen: Nullable(FenInt),
  cause: OneOf(PRICE_CAUSES),
  by: Type.String(),
});
export type PriceChange = Static<typeof PriceChange>;

export const Approval = Type.Object({
  id: IdText,
  kind: OneOf(APPROVAL_KINDS),
  state: OneOf(APPROVAL_STATES),
  storeId: Nullable(IdText),
  storeName: Nullable(Type.String()),
  franchiseeName: Nullable(Type.String()),
  title: Type.String({ description: 'what is asked for, in one line' }),
  detail: Type.String(),
  reason: Type.String(),
  askedBy: Type.String(),
  askedAt: Instant,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Instant),
  note: Type.String(),
});
export type Approval = Static<typeof Approval>;
