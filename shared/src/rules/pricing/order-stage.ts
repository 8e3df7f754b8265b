import { type Fen, moneyText, mulFen, sumFen } from '../../kernel/index.js';
import type { Basket } from './basket.js';
import { byRank, type Facts, linesFor, offerOf, refusal } from './play-offer.js';
import {
  type DiscountCondition,
  isRefusal,
  type OfferCondition,
  type PlayLine,
  type PlayOffer,
  type PricedPromotion,
} from './price-types.js';
import { type StageOutcome, shareOf } from './stage-outcome.js';

/** The condition of an offer with what one line counts towards it. */
function conditionOf({ basis, ...condition }: OfferCondition, line: PlayLine): DiscountCondition {
  const money = basis === 'PAID' ? line.openFen : mulFen(line.unitPriceFen, line.qty);
  const counted = condition.by === 'PIECES' ? line.qty : money;
  return { ...condition, ...(basis === 'LIST' ? { basis } : {}), counted };
}

interface OrderPick {
  promotion: PricedPromotion;
  offer: PlayOffer;
  ats: number[];
  fen: Fen;
}

function applyOrder(basket: Basket, promotion: PricedPromotion, offer: PlayOffer): OrderPick {
  const lines = linesFor(basket, promotion);
  const ats = lines.map((line) => line.at);
  const conditions = offer.condition && lines.map((line) => conditionOf(offer.condition as OfferCondition, line));
  const share = shareOf(promotion);
  const total = basket.spread(ats, offer.spreadFen, 'ORDER', share, conditions);
  // A present takes nothing off the goods; what they counted towards it is kept all the same.
  if (offer.gifts.length > 0)
    for (const [place, condition] of (conditions ?? []).entries()) basket.note(ats[place] ?? 0, share, condition);
  basket.closeLines(ats, promotion.stacking);
  return { promotion, offer, ats, fen: total };
}

/** Applies the best of each joint group, groups by the rank of their first promotion. */
function applyJoint(basket: Basket, joint: readonly PricedPromotion[], facts: Facts): OrderPick[] {
  const groups = new Map<string, PricedPromotion[]>();
  for (const promotion of joint) {
    const group = groups.get(promotion.stacking.group);
    if (group) group.push(promotion);
    else groups.set(promotion.stacking.group, [promotion]);
  }
  const picks: OrderPick[] = [];
  for (const group of groups.values()) {
    let best: { promotion: PricedPromotion; offer: PlayOffer } | null = null;
    for (const promotion of group) {
      const offer = offerOf(basket, promotion, facts);
      if (isRefusal(offer)) continue;
      const isBetter =
        !best ||
        offer.spreadFen > best.offer.spreadFen ||
        (offer.spreadFen === best.offer.spreadFen && offer.gifts.length > best.offer.gifts.length);
      if (isBetter) best = { promotion, offer };
    }
    if (best) picks.push(applyOrder(basket, best.promotion, best.offer));
  }
  return picks;
}

interface OrderPlan {
  basket: Basket;
  picks: OrderPick[];
  fen: Fen;
  gifts: number;
}

function planWith(
  start: Basket,
  first: OrderPick['promotion'] | null,
  joint: readonly PricedPromotion[],
  facts: Facts,
) {
  const basket = start.copy();
  const picks: OrderPick[] = [];
  if (first) {
    const offer = offerOf(basket, first, facts);
    if (isRefusal(offer)) return null;
    picks.push(applyOrder(basket, first, offer));
  }
  picks.push(...applyJoint(basket, joint, facts));
  const gifts = picks.reduce((sum, pick) => sum + pick.offer.gifts.length, 0);
  return { basket, picks, fen: sumFen(picks.map((pick) => pick.fen)), gifts } satisfies OrderPlan;
}

/** Promotions on the sum: either the joint ones alone, or one exclusive with the joint ones on the other goods. */
export function orderStage(
  basket: Basket,
  promotions: readonly PricedPromotion[],
  facts: Facts,
  out: StageOutcome,
): Basket {
  const sorted = [...promotions].sort(byRank);
  const usable: PricedPromotion[] = [];
  for (const promotion of sorted) {
    const offer = offerOf(basket, promotion, facts);
    if (isRefusal(offer)) out.refuse(promotion, offer);
    else usable.push(promotion);
  }
  if (usable.length === 0) return basket;
  const joint = usable.filter((one) => one.stacking.mode === 'JOINT');
  let best = planWith(basket, null, joint, facts) as OrderPlan;
  for (const exclusive of usable.filter((one) => one.stacking.mode === 'EXCLUSIVE')) {
    const plan = planWith(basket, exclusive, joint, facts);
    if (plan && (plan.fen > best.fen || (plan.fen === best.fen && plan.gifts > best.gifts))) best = plan;
  }
  for (const pick of best.picks) {
    out.use(pick.promotion, null, 1, pick.fen);
    out.give(pick.promotion, pick.offer);
    out.step(pick.promotion, pick.fen, pick.offer.explain);
  }
  const chosen = new Set(best.picks.map((pick) => pick.promotion));
  const instead = best.picks[0]?.promotion.name ?? '';
  for (const promotion of usable)
    if (!chosen.has(promotion))
      out.refuse(promotion, refusal(`不能和「${instead}」一起用，已为你选了省 ${moneyText(best.fen)} 的优惠`));
  return best.basket;
}
