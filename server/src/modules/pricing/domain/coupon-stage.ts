import type { CouponTerms } from '@shuke/shared/contracts';
import { type Fen, fen, minFen, moneyText, negFen, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import { type Basket, byId, type DiscountCondition, type PriceStepText } from '@shuke/shared/rules';

/** A coupon that the buyer holds, as far as pricing looks at it. */
export interface CouponToPrice {
  couponId: string;
  name: string;
  terms: Pick<CouponTerms, 'kind' | 'valueFen' | 'payBp' | 'maxFen' | 'thresholdFen' | 'scope' | 'stack' | 'bearers'>;
  /** ISO instant or null; of two equal coupons the one that ends sooner is used. */
  endsAt: string | null;
  /** What other rules have against it here and now (store, hours, birthday, lock); null: nothing. */
  problem: string | null;
}

export interface UsedCoupon {
  couponId: string;
  name: string;
  fen: Fen;
  /** The part of `fen` that pays freight; the rest lowers goods. */
  freightFen: Fen;
}

export interface UnusedCoupon {
  couponId: string;
  name: string;
  failing: string;
  /** How much more goods would be enough; null when no amount would. */
  lackFen: Fen | null;
}

export interface CouponOutcome {
  used: UsedCoupon[];
  unused: UnusedCoupon[];
  steps: PriceStepText[];
  /** Freight coupons that wait until the freight is known. */
  freight: CouponToPrice[];
}

const KIND_RANK = { GIFT: 1, FIXED_PRICE: 2, PERCENT: 3, AMOUNT: 4, FREIGHT: 5 } as const;

/** The order in which coupons count, whatever the order of the wish. */
export const couponOrder = (a: CouponToPrice, b: CouponToPrice): number =>
  KIND_RANK[a.terms.kind] - KIND_RANK[b.terms.kind] ||
  b.terms.thresholdFen - a.terms.thresholdFen ||
  byId(a.couponId, b.couponId);

const refused = (coupon: CouponToPrice, failing: string, lackFen: Fen | null = null): UnusedCoupon => ({
  couponId: coupon.couponId,
  name: coupon.name,
  failing,
  lackFen,
});

/** The lines that a coupon may lower. */
export function couponLines(basket: Basket, { terms }: CouponToPrice): number[] {
  const { mode, categoryIds, productIds, excludedProductIds, withPromotion } = terms.scope;
  return basket.lines.flatMap((state, at) => {
    const { line } = state;
    if (excludedProductIds.includes(line.productId)) return [];
    if (mode === 'CATEGORY' && !categoryIds.includes(line.categoryId)) return [];
    if (mode === 'PRODUCT' && !productIds.includes(line.productId)) return [];
    if (!withPromotion && state.applied.some((one) => one.kind === 'PROMOTION' && one.fen > 0)) return [];
    return basket.openFen(at, 'COUPON') > 0 ? [at] : [];
  });
}

/**
 * Why a coupon cannot be used for these goods before any coupon has counted, with the failing condition named
 * (pain-04); null when it can.
 */
export function couponProblem(basket: Basket, coupon: CouponToPrice): UnusedCoupon | null {
  if (coupon.problem !== null) return refused(coupon, coupon.problem);
  const ats = couponLines(basket, coupon);
  if (ats.length === 0) {
    const isBare = couponLines(basket, {
      ...coupon,
      terms: { ...coupon.terms, scope: { ...coupon.terms.scope, withPromotion: true } },
    }).length;
    return refused(coupon, isBare > 0 ? '活动商品不能再用这张券' : '订单里没有这张券适用的商品');
  }
  const base = sumFen(ats.map((at) => basket.openFen(at, 'COUPON')));
  const { thresholdFen } = coupon.terms;
  if (base < thresholdFen) {
    const lack = subFen(fen(thresholdFen), base);
    return refused(coupon, `还差 ${moneyText(lack)} 才满 ${moneyText(fen(thresholdFen))}`, lack);
  }
  return null;
}

/** One piece of the line whose price the coupon lowers most. */
function bestPiece(basket: Basket, ats: readonly number[], cutOf: (pieceFen: Fen) => number) {
  let best: { at: number; cut: Fen } | null = null;
  for (const at of ats) {
    const qty = basket.lines[at]?.line.qty ?? 1;
    const piece = fen(Math.trunc(basket.openFen(at, 'COUPON') / qty));
    const cut = fen(Math.max(0, cutOf(piece)));
    if (!best || cut > best.cut) best = { at, cut };
  }
  return best;
}

/** What each line counts towards a coupon's threshold before any coupon; nothing for a coupon without one. */
function countedFor(basket: Basket, coupon: CouponToPrice): Map<number, DiscountCondition> {
  const at = coupon.terms.thresholdFen;
  if (at <= 0) return new Map();
  return new Map(
    couponLines(basket, coupon).map((line) => [
      line,
      { by: 'FEN', tiers: [{ at }], counted: basket.openFen(line, 'COUPON') },
    ]),
  );
}

const shareOf = ({ couponId, name, terms }: CouponToPrice) => ({
  kind: 'COUPON' as const,
  id: couponId,
  name,
  bearers: terms.bearers,
});

/** Takes a coupon's discount off the goods; never more than its cap, never more than the lines. */
function applyCoupon(
  basket: Basket,
  coupon: CouponToPrice,
  counted: ReadonlyMap<number, DiscountCondition>,
): { fen: Fen; explain: string } {
  const { terms } = coupon;
  const ats = couponLines(basket, coupon);
  const conditions = ats.flatMap((at) => counted.get(at) ?? []);
  const share = shareOf(coupon);
  const cap = terms.maxFen > 0 ? fen(terms.maxFen) : null;
  const capped = (wanted: Fen) => (cap === null ? wanted : minFen(wanted, cap));
  if (terms.kind === 'AMOUNT') {
    const explain = terms.thresholdFen > 0 ? `满 ${moneyText(fen(terms.thresholdFen))} 可用` : '无门槛';
    return { fen: basket.spread(ats, capped(fen(terms.valueFen)), 'COUPON', share, conditions), explain };
  }
  if (terms.kind === 'PERCENT') {
    const base = sumFen(ats.map((at) => basket.openFen(at, 'COUPON')));
    // What remains to pay is rounded up and so the discount down: a share never passes what the terms say.
    const cut = fen(Number((BigInt(base) * BigInt(10_000 - terms.payBp)) / 10_000n));
    const explain = `${foldText(terms.payBp)}${cap !== null && cut > cap ? `，最多省 ${moneyText(cap)}` : ''}`;
    return { fen: basket.spread(ats, capped(cut), 'COUPON', share, conditions), explain };
  }
  const isGift = terms.kind === 'GIFT';
  const best = bestPiece(basket, ats, (piece) => (isGift ? piece : piece - terms.valueFen));
  const explain = isGift ? '兑换一件' : `一件只要 ${moneyText(fen(terms.valueFen))}`;
  if (!best || best.cut === 0) return { fen: ZERO_FEN, explain };
  const amount = capped(best.cut);
  // The other lines got nothing off and helped to reach the threshold: without them the piece has its price again.
  for (const at of ats) {
    const condition = counted.get(at);
    basket.take(at, at === best.at ? amount : ZERO_FEN, condition ? { ...share, condition } : share);
  }
  return { fen: amount, explain };
}

/** 8800 → 「8.8 折」 */
export function foldText(payBp: number): string {
  const tenths = String(payBp / 1000).slice(0, 5);
  return `${tenths} 折`;
}

/**
 * Applies the chosen coupons in their fixed order and changes the basket given. A coupon that does not stack with the
 * ones before it is left out with its reason.
 */
export function applyCoupons(basket: Basket, chosen: readonly CouponToPrice[]): CouponOutcome {
  const outcome: CouponOutcome = { used: [], unused: [], steps: [], freight: [] };
  const sorted = [...chosen].sort(couponOrder);
  const problems = new Map(sorted.map((coupon) => [coupon, couponProblem(basket, coupon)]));
  const counted = new Map(sorted.map((coupon) => [coupon, countedFor(basket, coupon)]));
  const taken: CouponToPrice[] = [];
  for (const coupon of sorted) {
    const problem = problems.get(coupon) ?? stackProblem(taken, coupon);
    if (problem) {
      outcome.unused.push(problem);
      continue;
    }
    if (coupon.terms.kind === 'FREIGHT') {
      outcome.freight.push(coupon);
      taken.push(coupon);
      continue;
    }
    const conditions: ReadonlyMap<number, DiscountCondition> = counted.get(coupon) ?? new Map();
    const { fen: amount, explain } = applyCoupon(basket, coupon, conditions);
    if (amount === 0) {
      outcome.unused.push(refused(coupon, '没有可以再减的金额了'));
      continue;
    }
    // Goods that a coupon before this one has taken whole have no part of it, and helped to reach its threshold.
    for (const [at, condition] of conditions) basket.note(at, shareOf(coupon), condition);
    taken.push(coupon);
    outcome.used.push({ couponId: coupon.couponId, name: coupon.name, fen: amount, freightFen: ZERO_FEN });
    outcome.steps.push({ label: '优惠券', amountFen: negFen(amount), explain: `${coupon.name}：${explain}` });
  }
  return outcome;
}

/** An exclusive coupon stands alone; joint ones stand together up to the number that their category allows. */
export function stackProblem(taken: readonly CouponToPrice[], coupon: CouponToPrice): UnusedCoupon | null {
  if (taken.length === 0) return null;
  const { stack } = coupon.terms;
  const other = taken.find((one) => one.terms.stack.mode === 'EXCLUSIVE') ?? taken[0];
  if (stack.mode === 'EXCLUSIVE' || other?.terms.stack.mode === 'EXCLUSIVE')
    return refused(coupon, `不能和「${other?.name ?? ''}」一起用`);
  const same = taken.filter((one) => one.terms.stack.category === stack.category);
  const most = Math.min(stack.perOrder, ...same.map((one) => one.terms.stack.perOrder));
  return same.length >= most ? refused(coupon, `同类券一单最多用 ${most} 张`) : null;
}
