import type { BrandId, Id, OrderId, StoreId } from '@shuke/shared/kernel';

type SkuId = Id<'sku'>;
type ProductId = Id<'product'>;

/** Pieces of one SKU. */
export interface Pieces {
  skuId: SkuId;
  qty: number;
}

/** What an order wants to hold in a store. */
export interface Hold {
  brandId: BrandId;
  orderId: OrderId;
  storeId: StoreId;
  lines: readonly (Pieces & { productId: ProductId })[];
}

export type ReservationState = 'HELD' | 'TAKEN' | 'RELEASED';

export interface Reservation extends Pieces {
  storeId: StoreId;
  state: ReservationState;
  returnedQty: number;
}

/**
 * Pieces per SKU, in the order of the SKU ids: rows are locked in this order everywhere, so that two orders of the same
 * goods wait for each other instead of deadlocking.
 * @throws RangeError for a quantity that is not a positive whole number
 */
export function inSkuOrder(lines: readonly Pieces[]): Pieces[] {
  const total = new Map<SkuId, number>();
  for (const { skuId, qty } of lines) {
    if (!Number.isSafeInteger(qty) || qty <= 0) throw new RangeError(`not a quantity: ${qty}`);
    total.set(skuId, (total.get(skuId) ?? 0) + qty);
  }
  return [...total]
    .map(([skuId, qty]) => ({ skuId, qty }))
    .sort((a, b) => a.skuId.length - b.skuId.length || (a.skuId < b.skuId ? -1 : 1));
}
