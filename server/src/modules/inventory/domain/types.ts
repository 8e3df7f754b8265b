import type { BrandId, Id, OrderId, StoreId } from '@shuke/shared/kernel';

type SkuId = Id<'sku'>;
type ProductId = Id<'product'>;

/** Pieces of one SKU. */
export interface Pieces {
  skuId: SkuId;
  qty: number;
  /** How many of them come from what is set aside for a promotion; left out: none. */
  fromSlice?: number;
}

/** What a shelf has for sale. */
export interface Shelf {
  /** On hand, not held by orders, above the safety stock. */
  free: number;
  /** How many of those only a promotion's slice may sell. */
  setAside: number;
}

/** How many pieces an order may take that wants so many from a slice. */
export const reachable = ({ free, setAside }: Shelf, fromSlice = 0): number =>
  Math.max(0, Math.min(free, Math.max(0, free - setAside) + Math.min(fromSlice, setAside)));

/** Whether a shelf lacks what an order wants; a slice never helps usual sales out, nor they a slice. */
export const isShort = (shelf: Shelf, { qty, fromSlice = 0 }: Pick<Pieces, 'qty' | 'fromSlice'>): boolean =>
  shelf.setAside < fromSlice || shelf.free - (qty > fromSlice ? shelf.setAside - fromSlice : 0) < qty;

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
  const total = new Map<SkuId, Pieces>();
  for (const { skuId, qty, fromSlice = 0 } of lines) {
    if (!Number.isSafeInteger(qty) || qty <= 0) throw new RangeError(`not a quantity: ${qty}`);
    const had = total.get(skuId);
    const slice = (had?.fromSlice ?? 0) + fromSlice;
    total.set(skuId, { skuId, qty: (had?.qty ?? 0) + qty, ...(slice > 0 ? { fromSlice: slice } : {}) });
  }
  return [...total.values()].sort((a, b) => a.skuId.length - b.skuId.length || (a.skuId < b.skuId ? -1 : 1));
}
