import type { StoreId } from '@shuke/shared/kernel';
import { playOf } from './plays/all-plays.js';
import type { LivePromotion, Promotion } from './promotion.js';

/** Pieces taken of one slice. */
export interface TakenSlice {
  promotionId: string;
  storeId: string;
  skuId: string;
  count: number;
}

const sliceKey = (promotionId: string, storeId: string, skuId: string): string => `${promotionId}:${storeId}:${skuId}`;

/** The slices that have nothing left. */
export function soldOutSlices(
  seckills: readonly Pick<Promotion, 'id' | 'kind' | 'terms'>[],
  taken: readonly TakenSlice[],
): ReadonlySet<string> {
  const byId = new Map<string, (typeof seckills)[number]>(seckills.map((one) => [one.id, one]));
  return new Set(
    taken.flatMap(({ promotionId, storeId, skuId, count }) => {
      const promotion = byId.get(promotionId);
      const sliceQty = promotion ? playOf(promotion.kind).sliceQty(promotion.terms, skuId) : null;
      return sliceQty !== null && count >= sliceQty ? [sliceKey(promotionId, storeId, skuId)] : [];
    }),
  );
}

/** A promotion as a store prices by it: goods whose slice is sold out cost what they always cost. */
export function withoutSoldOut(live: LivePromotion, storeId: StoreId, soldOut: ReadonlySet<string>): LivePromotion {
  if (live.promotion.kind !== 'SECKILL' || soldOut.size === 0) return live;
  return {
    ...live,
    price: (view) =>
      live.price({ ...view, lines: view.lines.filter((line) => !soldOut.has(sliceKey(live.id, storeId, line.skuId))) }),
  };
}
