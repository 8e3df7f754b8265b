import { type Fen, fen, minFen, mulFen, negFen, sumFen, yuanText, ZERO_FEN } from '../../kernel/index.js';
import { type Basket, byId, type LineState } from './basket.js';
import {
  type ActivityFacts,
  type BuyerFacts,
  type DiscountCondition,
  type Gift,
  inScope,
  isRefusal,
  type OfferCondition,
  type PlayLine,
  type PlayOffer,
  type PlayRefusal,
  type PlayView,
  type PricedPromotion,
  type PriceStepText,
  type PromotionUse,
  type UnusedPromotion,
} from './price-types.js';

export interface PromotionOutcome {
  uses: PromotionUse[];
  gifts: Gift[];
  steps: PriceStepText[];
  unused: UnusedPromotion[];
}

interface Candidate {
  promotion: PricedPromotion;
  at: number;
  qty: number;
  fen: Fen;
  explain: string;
}

interface Facts {
  buyer: BuyerFacts;
  activity: ActivityFacts | null;
}

const refusal = (failing: string, isNear = true): PlayRefusal => ({ failing, lackFen: null, isNear });

const byRank = (a: PricedPromotion, b: PricedPromotion): number =>
  a.rank - b.rank || b.priority - a.priority || byId(a.id, b.id);

/** The lines that a promotion may look at. Built field by field: this is the innermost loop of every price. */
function linesFor(basket: Basket, promotion: PricedPromotion): PlayLine[] {
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

function offerOf(basket: Basket, promotion: PricedPromotion, facts: Facts): PlayOffer | PlayRefusal {
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

/** Collects what the stage does, so that the stages below read as rules. */
class Outcome {
  readonly uses = new Map<string, PromotionUse>();
  readonly gifts: Gift[] = [];
  readonly steps: PriceStepText[] = [];
  readonly unused = new Map<string, UnusedPromotion>();

  take(basket: Basket, promotion: PricedPromotion, at: number, wanted: Fen): Fen {
    return basket.take(at, wanted, shareOf(promotion));
  }

  use(promotion: PricedPromotion, skuId: string | null, qty: number, amount: Fen): void {
    const key = `${promotion.id}:${skuId ?? ''}`;
    const had = this.uses.get(key);
    this.uses.set(key, {
      promotionId: promotion.id,
      skuId,
      qty: (had?.qty ?? 0) + qty,
      fen: fen((had?.fen ?? 0) + amount),
    });
  }

  step(promotion: PricedPromotion, amount: Fen, explain: string): void {
    this.steps.push({ label: promotion.label, amountFen: negFen(amount), explain: `${promotion.name}：${explain}` });
  }

  give(promotion: PricedPromotion, offer: PlayOffer): void {
    for (const gift of offer.gifts) this.gifts.push({ ...gift, promotionId: promotion.id });
  }

  refuse(promotion: PricedPromotion, why: PlayRefusal): void {
    if (!why.isNear) return;
    const { id, label, name } = promotion;
    this.unused.set(id, { promotionId: id, label, name, failing: why.failing, lackFen: why.lackFen });
  }
}

const shareOf = (promotion: PricedPromotion) => ({
  kind: 'PROMOTION' as const,
  id: promotion.id,
  name: promotion.name,
  bearers: promotion.bearers,
});

/** Prices of pieces: for each piece the lowest price wins, whatever the order of the promotions. */
function unitStage(basket: Basket, promotions: readonly PricedPromotion[], facts: Facts, out: Outcome): void {
  const candidates: Candidate[] = [];
  for (const promotion of promotions) {
    const offer = offerOf(basket, promotion, facts);
    if (isRefusal(offer)) {
      out.refuse(promotion, offer);
      continue;
    }
    for (const cut of offer.cuts)
      if (cut.qty > 0)
        candidates.push({
          promotion,
          at: cut.at,
          qty: cut.qty,
          fen: cut.fen,
          explain: offer.explain,
        });
  }
  // Cut per piece, compared without a division.
  candidates.sort((a, b) => b.fen * a.qty - a.fen * b.qty || byRank(a.promotion, b.promotion) || a.at - b.at);
  const taken = new Map<PricedPromotion, { fen: Fen; explain: string }>();
  for (const { promotion, at, qty, fen: cutFen, explain } of candidates) {
    const state = basket.lines[at];
    const pieces = Math.min(qty, state?.freeQty ?? 0);
    if (!state || pieces === 0) continue;
    // A cut that another play has left fewer pieces for shrinks with them; the division is exact for a price per piece.
    const wanted = pieces === qty ? cutFen : fen(Number((BigInt(cutFen) * BigInt(pieces)) / BigInt(qty)));
    const got = out.take(basket, promotion, at, minFen(wanted, mulFen(state.line.unitPriceFen, pieces)));
    basket.claim(at, pieces, got, promotion.stacking);
    out.use(promotion, state.line.skuId, pieces, got);
    taken.set(promotion, { fen: fen((taken.get(promotion)?.fen ?? 0) + got), explain });
  }
  for (const promotion of [...promotions].sort(byRank)) {
    const had = taken.get(promotion);
    if (had) out.step(promotion, had.fen, had.explain);
    else if (candidates.some((one) => one.promotion === promotion))
      out.refuse(promotion, refusal('这些商品已经有更低的活动价'));
  }
}

/** Pieces together (bundle, N for X, add-on), one play after the other; a piece belongs to one of them at most. */
function itemStage(basket: Basket, promotions: readonly PricedPromotion[], facts: Facts, out: Outcome): void {
  const given: { promotion: PricedPromotion; offer: PlayOffer }[] = [];
  for (const promotion of [...promotions].sort(byRank)) {
    const offer = offerOf(basket, promotion, facts);
    if (isRefusal(offer)) {
      out.refuse(promotion, offer);
      continue;
    }
    let total = ZERO_FEN;
    for (const cut of offer.cuts) {
      const got = out.take(basket, promotion, cut.at, cut.fen);
      basket.claim(cut.at, cut.qty, got, promotion.stacking);
      total = fen(total + got);
    }
    out.use(promotion, null, 1, total);
    out.give(promotion, offer);
    out.step(promotion, total, offer.explain);
    given.push({ promotion, offer });
  }
  for (const { promotion, offer } of given) noteConditions(basket, promotion, offer);
}

/** What plays on pieces hang on; known when all have claimed theirs, for a set may take in what no play has claimed. */
function noteConditions(basket: Basket, promotion: PricedPromotion, offer: PlayOffer): void {
  for (const { at, condition } of offer.hangsOn ?? []) {
    const claimed = offer.cuts.find((cut) => cut.at === at)?.qty ?? 0;
    const counted = condition.by === 'SETS' ? claimed + (basket.lines[at]?.freeQty ?? 0) : condition.counted;
    if (counted > 0 || claimed > 0) basket.note(at, shareOf(promotion), { ...condition, counted });
  }
}

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
  const total = basket.spread(ats, offer.spreadFen, 'ORDER', shareOf(promotion), conditions);
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
function orderStage(basket: Basket, promotions: readonly PricedPromotion[], facts: Facts, out: Outcome): Basket {
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
      out.refuse(promotion, refusal(`不能和「${instead}」一起用，已为你选了省 ¥${yuanText(best.fen)} 的优惠`));
  return best.basket;
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
  const out = new Outcome();
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
