import { type Static, Type } from '@sinclair/typebox';
import { Exact, FenInt, IdText, Instant, Nullable, OneOf, PriceFen, Text } from './fields.js';

export const PRODUCT_SORTS = ['recommended', 'newest', 'price-asc', 'price-desc', 'sales'] as const;

export const Category = Type.Object({
  id: IdText,
  name: Type.String(),
  iconUrl: Type.String(),
  productCount: Type.Integer(),
});
export type Category = Static<typeof Category>;

export const ProductCard = Type.Object({
  id: IdText,
  code: Type.String(),
  name: Type.String(),
  subtitle: Type.String(),
  imageUrl: Type.String(),
  priceFen: FenInt,
  listPriceFen: FenInt,
  isPriceFrom: Type.Boolean({ description: 'SKUs differ in price: show 起' }),
  inStock: Type.Boolean(),
  badge: Nullable(Type.String()),
  colours: Type.Array(Type.Object({ name: Type.String(), hex: Type.String() })),
});
export type ProductCard = Static<typeof ProductCard>;

export const SkuDetail = Type.Object({
  id: IdText,
  code: Type.String(),
  colour: Type.String(),
  size: Type.String(),
  priceFen: FenInt,
  listPriceFen: FenInt,
  available: Type.Integer({ description: 'sellable pieces in this store now, capped at 99 for display' }),
  imageUrl: Type.String(),
});
export type SkuDetail = Static<typeof SkuDetail>;

export const ProductDetail = Type.Object({
  id: IdText,
  code: Type.String(),
  name: Type.String(),
  subtitle: Type.String(),
  description: Type.String(),
  categoryId: IdText,
  categoryName: Type.String(),
  images: Type.Array(Type.String()),
  sellingPoints: Type.Array(Type.String()),
  attributes: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  care: Type.String(),
  sizeTable: Type.Array(Type.Array(Type.String())),
  colours: Type.Array(Type.Object({ name: Type.String(), hex: Type.String(), imageUrl: Type.String() })),
  sizes: Type.Array(Type.String()),
  skus: Type.Array(SkuDetail),
  priceFen: FenInt,
  listPriceFen: FenInt,
  isListed: Type.Boolean({ description: 'false: this store does not sell it; alternatives say who does' }),
  alternatives: Type.Array(
    Type.Object({ storeId: IdText, storeName: Type.String(), distanceM: Nullable(Type.Integer()) }),
  ),
});
export type ProductDetail = Static<typeof ProductDetail>;

export const ConsoleProduct = Type.Object({
  id: IdText,
  code: Type.String(),
  name: Type.String(),
  subtitle: Type.String(),
  imageUrl: Type.String(),
  categoryId: IdText,
  categoryName: Type.String(),
  status: OneOf(['ON_SALE', 'OFF_SALE']),
  isPending: Type.Optional(Type.Boolean({ description: 'own goods of a franchisee that wait for approval' })),
  ownerName: Type.Optional(Nullable(Type.String())),
  listPriceFen: FenInt,
  floorFen: FenInt,
  ceilingFen: FenInt,
  skuCount: Type.Integer(),
  listedStoreCount: Type.Integer(),
  totalOnHand: Type.Integer(),
  version: Type.Integer(),
  updatedAt: Instant,
  pulledPriceCount: Type.Optional(
    Type.Integer({ description: 'store prices that a narrower corridor has just pulled to its edge' }),
  ),
});
export type ConsoleProduct = Static<typeof ConsoleProduct>;

export const ProductUpdate = Exact({
  version: Type.Integer({ minimum: 0 }),
  name: Type.Optional(Text(60, 2)),
  subtitle: Type.Optional(Text(80)),
  status: Type.Optional(OneOf(['ON_SALE', 'OFF_SALE'])),
  listPriceFen: Type.Optional(PriceFen),
  floorFen: Type.Optional(PriceFen),
  ceilingFen: Type.Optional(PriceFen),
});

/** A product as one store sells it, with a row per SKU. */
export const StoreListing = Type.Object({
  productId: IdText,
  code: Type.String(),
  name: Type.String(),
  imageUrl: Type.String(),
  isListed: Type.Boolean(),
  listPriceFen: FenInt,
  floorFen: FenInt,
  ceilingFen: FenInt,
  skus: Type.Array(
    Type.Object({
      skuId: IdText,
      code: Type.String(),
      colour: Type.String(),
      size: Type.String(),
      listPriceFen: FenInt,
      storePriceFen: Nullable(FenInt),
      onHand: Type.Integer(),
      reserved: Type.Integer(),
      safety: Type.Integer(),
      setAside: Type.Optional(Type.Integer({ description: 'pieces that only a running seckill may sell' })),
      available: Type.Integer(),
      forPickup: Type.Optional(Type.Boolean()),
      forDelivery: Type.Optional(Type.Boolean()),
    }),
  ),
  rule: Type.Optional(Nullable(OneOf(['ALLOW', 'DENY', 'MUST_LIST', 'OWN_ELSEWHERE']))),
  pendingText: Type.Optional(Nullable(Type.String({ description: 'what waits for headquarters’ approval' }))),
});
export type StoreListing = Static<typeof StoreListing>;
