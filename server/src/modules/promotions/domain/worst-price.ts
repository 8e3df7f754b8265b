import { type Fen, fen } from '@shuke/shared/kernel';
import {
  type ActivityFacts,
  type AppliedShare,
  applyPromotions,
  Basket,
  type BasketLine,
  inScope,
} from '@shuke/shared/rules';
import { ACTIVITY_KINDS, playOf } from './plays/all-plays.js';
import { type LivePromotion, reaches, type StoreFacts } from './promotion.js';

/** A SKU at one price of the shelf, standing for every store that asks the same. */
export interface ShelfPrice extends BasketLine {
  floorFen: Fen;
}

export interface Worst {
  fen: Fen;
  by: string[];
}

/** Quantities at which plays of a few pieces bite; a threshold in money adds the quantity that just reaches it. */
const QUANTITIES = [1, 2, 3, 4, 5, 6, 8, 10];
const MOST_PIECES = 99;

function quantities(goods: ShelfPrice, live: readonly LivePromotion[]): number[] {
  const list = new Set(QUANTITIES);
  for (const { promotion } of live) {
    const tiers = promotion.terms['tiers'];
    if (!Array.isArray(tiers) || goods.unitPriceFen <= 0) continue;
    for (const tier of tiers as { atFen?: number; atQty?: number }[]) {
      const need = tier.atQty ?? Math.ceil((tier.atFen ?? 0) / goods.unitPriceFen);
      if (need > 0 && need <= MOST_PIECES) list.add(need);
    }
  }
  return [...list];
}

function activityOf({ promotion }: LivePromotion, goods: ShelfPrice): ActivityFacts | null {
  if (!ACTIVITY_KINDS.has(promotion.kind)) return null;
  const price = playOf(promotion.kind).skuPriceFen(promotion.terms, goods.skuId, goods.unitPriceFen);
  return price === null
    ? null
    : { promotionId: promotion.id, sessionId: null, skuId: goods.skuId, unitPriceFen: price };
}

/** Instants at which the set of live promotions changes while the draft runs; at most ten are looked at. */
function instants(draft: LivePromotion, others: readonly LivePromotion[]): Date[] {
  const { startsAt, endsAt } = draft.promotion;
  const starts = others
    .map(({ promotion }) => promotion.startsAt)
    .filter((at) => at > startsAt && at < endsAt)
    .sort((a, b) => a.getTime() - b.getTime());
  return [startsAt, ...starts.slice(0, 9)];
}

/** What took something off; what a line only counted towards lowers no price. */
const namesOf = (applied: readonly AppliedShare[]): string[] => [
  ...new Set(applied.filter((one) => one.fen > 0).map((one) => one.name)),
];

/**
 * The lowest price per piece that a SKU can reach while a draft runs, bought alone in the quantity that hurts most by a
 * new member, with every promotion that may count together; null when nothing lowers it.
 */
export function worstPrice(
  draft: LivePromotion,
  others: readonly LivePromotion[],
  goods: ShelfPrice,
  store: StoreFacts,
): Worst | null {
  const near = others.filter((other) => inScope(other.scope, goods) && reaches(other.promotion, store));
  let worst: Worst | null = null;
  for (const at of instants(draft, near)) {
    const live = [draft, ...near.filter(({ promotion }) => promotion.startsAt <= at && at < promotion.endsAt)];
    for (const qty of quantities(goods, live)) {
      const activity = activityOf(draft, goods);
      const start = Basket.of([{ ...goods, qty }]);
      const { basket, outcome } = applyPromotions(start, live, { isNewMember: true, isPickup: true }, activity);
      const piece = fen(Math.trunc(basket.leftFen() / qty));
      if (outcome.uses.length > 0 && (worst === null || piece < worst.fen))
        worst = { fen: piece, by: namesOf(basket.lines[0]?.applied ?? []) };
    }
  }
  return worst;
}
