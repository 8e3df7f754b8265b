import type { Fen, Id } from '@shuke/shared/kernel';

export type ProductId = Id<'product'>;
export type SkuId = Id<'sku'>;
export type CategoryId = Id<'category'>;

/** What one store asks for one SKU at this moment, and whether it sells it. */
export interface Offer {
  skuId: SkuId;
  skuCode: string;
  productId: ProductId;
  categoryId: CategoryId;
  name: string;
  colour: string;
  size: string;
  imageUrl: string;
  /** The store's own price, else the list price. */
  priceFen: Fen;
  listPriceFen: Fen;
  /** The store lists the product. */
  isListed: boolean;
  /** Headquarters has the product on sale. */
  isOnSale: boolean;
  /** Pieces that may be sold now at the usual price: on hand − reserved − safety − set aside, never negative. */
  available: number;
  /** Pieces beside those that only a promotion's slice may sell. */
  setAside: number;
  /** The store's stock of it may be fetched there. */
  forPickup: boolean;
  /** The store's stock of it may be sent out, by parcel or local delivery. */
  forDelivery: boolean;
}

export interface ProductName {
  id: ProductId;
  code: string;
  name: string;
  imageUrl: string;
}

export interface Colour {
  name: string;
  hex: string;
  imageUrl: string;
}

/** The long part of a product, kept as JSON. */
export interface ProductContent {
  images: string[];
  sellingPoints: string[];
  attributes: { name: string; value: string }[];
  care: string;
  /** First row is the head. */
  sizeTable: string[][];
  /** Codes of the products that it is worn with, best first. */
  goesWith?: string[];
}
