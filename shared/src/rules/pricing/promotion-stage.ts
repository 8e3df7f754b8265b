import type { Basket } from './basket.js';
import { orderStage } from './order-stage.js';
import { itemStage, unitStage } from './piece-stages.js';
import type { Facts } from './play-offer.js';
import type {
  ActivityFacts,
  BuyerFacts,
  Gift,
  PricedPromotion,
  PriceStepText,
  PromotionUse,
  UnusedPromotion,
} from './price-types.js';
import { StageOutcome } from './stage-outcome.js';

export interface PromotionOutcome {
  uses: PromotionUse[];
  gifts: Gift[];
  steps: PriceStepText[];
  unused: UnusedPromotion[];
}

/**
 * Applies promotions in their fixed order: prices of pieces, pieces together, the sum. Pure: the basket given is not
 * changed. An order of a group, bargain or presale takes that promotion alone.
 * @returns the basket with its shares, and what counted, what not and why
 */
export function applyPromotions(
  start: Basket,
  promotions: readonly PricedPromotion[],
  buyer: BuyerFacts,
  activity: ActivityFacts | null = null,
): { basket: Basket; outcome: PromotionOutcome } {
  const facts: Facts = { buyer, activity };
  const out = new StageOutcome();
  const live = activity ? promotions.filter((one) => one.id === activity.promotionId) : promotions;
  const of = (stage: PricedPromotion['stage']) => live.filter((one) => one.stage === stage);
  const basket = start.copy();
  unitStage(basket, of('UNIT'), facts, out);
  itemStage(basket, of('ITEM'), facts, out);
  const done = orderStage(basket, of('ORDER'), facts, out);
  return {
    basket: done,
    outcome: { uses: [...out.uses.values()], gifts: out.gifts, steps: out.steps, unused: [...out.unused.values()] },
  };
}
