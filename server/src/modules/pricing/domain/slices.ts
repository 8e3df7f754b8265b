import type { PricedOrder } from './price-pipeline.js';

/** Pieces of each SKU that come from slices of promotions. */
export function sliceUses(
  promotions: readonly { id: string; promotion: { kind: string } }[],
  { promotionUses }: Pick<PricedOrder, 'promotionUses'>,
): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  if (promotionUses.length === 0) return uses;
  const sliced = new Set(promotions.filter(({ promotion }) => promotion.kind === 'SECKILL').map((one) => one.id));
  for (const { promotionId, skuId, qty } of promotionUses)
    if (skuId !== null && sliced.has(promotionId)) uses.set(skuId, (uses.get(skuId) ?? 0) + qty);
  return uses;
}

/** What a store can sell of a SKU to an order that takes so many pieces from a slice. */
export const withSlice = <T extends { available: number; setAside: number }>(offer: T, fromSlice: number): T =>
  fromSlice === 0 ? offer : { ...offer, available: offer.available + Math.min(fromSlice, offer.setAside) };
