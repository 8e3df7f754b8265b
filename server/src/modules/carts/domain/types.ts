import type { Fen, Id } from '@shuke/shared/kernel';

export type AddressId = Id<'address'>;

export interface CartRow {
  skuId: Id<'sku'>;
  qty: number;
  isSelected: boolean;
  /** The price when the pieces were put in or last counted; a difference is shown. */
  addedPriceFen: Fen;
}

export interface AddressFields {
  name: string;
  phone: string;
  province: string;
  city: string;
  district: string;
  detail: string;
}

export interface SavedAddress extends AddressFields {
  id: AddressId;
  isDefault: boolean;
}

/** More lines than anybody fills by hand; it keeps a cart one small read. */
export const CART_LINES_MAX = 100;
export const LINE_QTY_MAX = 999;
export const ADDRESSES_MAX = 30;
