import { type Basket, byId, type LineState } from './basket.js';
import {
  type ActivityFacts,
  type BuyerFacts,
  inScope,
  isRefusal,
  type PlayLine,
  type PlayOffer,
  type PlayRefusal,
  type PlayView,
  type PricedPromotion,
} from './price-types.js';

/** Who buys, and whether the order is one of a group, bargain or presale. */
export interface Facts {
  buyer: BuyerFacts;
  activity: ActivityFacts | null;
}

export const refusal = (failing: string, isNear = true): PlayRefusal => ({ failing, lackFen: null, isNear });

/** In which promotions of a stage are asked. */
export const byRank = (a: PricedPromotion, b: PricedPromotion): number =>
  a.rank - b.rank || b.priority - a.priority || byId(a.id, b.id);

/** The lines that a promotion may look at. Built field by field: this is the innermost loop of every price. */
export function linesFor(basket: Basket, promotion: PricedPromotion): PlayLine[] {
  const { stage, scope } = promotion;
  const found: PlayLine[] = [];
  for (let at = 0; at < basket.lines.length; at += 1) {
    const state = basket.lines[at] as LineState;
    const { line, freeQty } = state;
    if (!inScope(scope, line)) continue;
    const openFen = stage === 'ORDER' ? basket.openFen(at, 'ORDER') : state.leftFen;
    // Plays that combine pieces also look at pieces that others have claimed: an add-on counts them for its threshold.
    if (stage === 'ITEM' || (stage === 'UNIT' ? freeQty > 0 : openFen > 0))
      found.push({
        skuId: line.skuId,
        productId: line.productId,
        categoryId: line.categoryId,
        qty: line.qty,
        unitPriceFen: line.unitPriceFen,
        listPriceFen: line.listPriceFen,
        at,
        freeQty,
        openFen,
      });
  }
  return found;
}

/** What a promotion offers for a basket as it is now, or why it offers nothing. */
export function offerOf(basket: Basket, promotion: PricedPromotion, facts: Facts): PlayOffer | PlayRefusal {
  const view: PlayView = { lines: linesFor(basket, promotion), ...facts };
  if (view.lines.length === 0) return refusal('订单里没有参加这个活动的商品', false);
  const used = facts.buyer.usedCounts?.get(promotion.id) ?? 0;
  if (promotion.memberLimit !== null && used >= promotion.memberLimit)
    return refusal(`每人限用 ${promotion.memberLimit} 次，你已经用过了`);
  const offer = promotion.price(view);
  if (isRefusal(offer)) return offer;
  const worth = offer.cuts.reduce((sum, cut) => sum + cut.fen, 0) + offer.spreadFen;
  if (promotion.budgetLeftFen !== null && worth > promotion.budgetLeftFen) return refusal('活动的名额已经用完了');
  return worth === 0 && offer.gifts.length === 0 ? refusal('这笔订单用它不会更便宜', false) : offer;
}
