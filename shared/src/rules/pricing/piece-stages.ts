import { type Fen, fen, minFen, mulFen, ZERO_FEN } from '../../kernel/index.js';
import type { Basket } from './basket.js';
import { byRank, type Facts, offerOf, refusal } from './play-offer.js';
import { isRefusal, type PlayOffer, type PricedPromotion } from './price-types.js';
import { type StageOutcome, shareOf } from './stage-outcome.js';

interface Candidate {
  promotion: PricedPromotion;
  at: number;
  qty: number;
  fen: Fen;
  explain: string;
}

/** Prices of pieces: for each piece the lowest price wins, whatever the order of the promotions. */
export function unitStage(
  basket: Basket,
  promotions: readonly PricedPromotion[],
  facts: Facts,
  out: StageOutcome,
): void {
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
  const chosen = new Map<string, PricedPromotion>();
  const insteadOf = ({ onlyOneOf }: PricedPromotion) => (onlyOneOf === undefined ? undefined : chosen.get(onlyOneOf));
  for (const { promotion, at, qty, fen: cutFen, explain } of candidates) {
    const state = basket.lines[at];
    const pieces = Math.min(qty, state?.freeQty ?? 0);
    if (!state || pieces === 0 || (insteadOf(promotion) ?? promotion) !== promotion) continue;
    if (promotion.onlyOneOf !== undefined) chosen.set(promotion.onlyOneOf, promotion);
    // A cut that another play has left fewer pieces for shrinks with them; the division is exact for a price per piece.
    const wanted = pieces === qty ? cutFen : fen(Number((BigInt(cutFen) * BigInt(pieces)) / BigInt(qty)));
    const got = out.take(basket, promotion, at, minFen(wanted, mulFen(state.line.unitPriceFen, pieces)));
    basket.claim(at, pieces, got, promotion.stacking);
    out.use(promotion, state.line.skuId, pieces, got);
    taken.set(promotion, { fen: fen((taken.get(promotion)?.fen ?? 0) + got), explain });
  }
  for (const promotion of [...promotions].sort(byRank)) {
    const had = taken.get(promotion);
    const other = insteadOf(promotion);
    if (had) out.step(promotion, had.fen, had.explain);
    else if (candidates.some((one) => one.promotion === promotion))
      out.refuse(promotion, refusal(other ? `和「${other.name}」只能选一个` : '这些商品已经有更低的活动价'));
  }
}

/** Pieces together (bundle, N for X, add-on), one play after the other; a piece belongs to one of them at most. */
export function itemStage(
  basket: Basket,
  promotions: readonly PricedPromotion[],
  facts: Facts,
  out: StageOutcome,
): void {
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
