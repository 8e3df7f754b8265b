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
  /** How the goods are wanted: stock that is not for it does not count. Left out: any stock does. */
  fulfil?: 'SHIP' | 'DELIVERY' | 'PICKUP';
  /** Other stores that may send what this one lacks, and who bears the cost; the first that has enough is asked. */
  fallback?: Fallback | null;
}

export interface Fallback {
  storeIds: readonly StoreId[];
  costBearer: 'SELLING' | 'SHIPPING' | 'HQ';
  costFen: number;
}

/** Pieces by the store that holds them, stores in the order of their ids. */
export function byStore<T extends { storeId: StoreId }>(pieces: readonly T[]): [StoreId, T[]][] {
  const groups = new Map<StoreId, T[]>();
  for (const piece of pieces) groups.set(piece.storeId, [...(groups.get(piece.storeId) ?? []), piece]);
  return [...groups].sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1));
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
