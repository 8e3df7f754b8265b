import type { StoreId } from '@shuke/shared/kernel';
import type { LivePromotion } from './promotion.js';

/** One store's slice of a SKU: pieces that it was given and pieces that orders have taken of them. */
export interface Slice {
  promotionId: string;
  storeId: string;
  skuId: string;
  used: number;
  held: number | null;
}

const sliceKey = (promotionId: string, storeId: string, skuId: string): string => `${promotionId}:${storeId}:${skuId}`;

/** Pieces that a slice can still sell. */
export const leftOf = ({ used, held }: Pick<Slice, 'used' | 'held'>): number => Math.max(0, (held ?? 0) - used);

/** The slices that have something left. */
export const openSlices = (slices: readonly Slice[]): ReadonlySet<string> =>
  new Set(slices.filter((one) => leftOf(one) > 0).map((one) => sliceKey(one.promotionId, one.storeId, one.skuId)));

export const isOpen = (open: ReadonlySet<string>, promotionId: string, storeId: StoreId, skuId: string): boolean =>
  open.has(sliceKey(promotionId, storeId, skuId));

/** A promotion as a store prices by it: goods whose slice has nothing left cost what they always cost. */
export function onlyOpen(live: LivePromotion, storeId: StoreId, open: ReadonlySet<string>): LivePromotion {
  if (live.promotion.kind !== 'SECKILL') return live;
  return {
    ...live,
    price: (view) =>
      live.price({ ...view, lines: view.lines.filter((line) => isOpen(open, live.id, storeId, line.skuId)) }),
  };
}
