import { addFen, type Fen, moneyText, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import { applyPromotions, Basket, byId } from '@shuke/shared/rules';
import { applyCoupons, type CouponToPrice, couponProblem, type UnusedCoupon } from './coupon-stage.js';
import { applyFreightCoupons, freightStep } from './freight.js';
import { applyLevel } from './level-step.js';
import type { PipelineInput } from './price-pipeline.js';

export interface BestCoupons {
  couponIds: string[];
  fen: Fen;
  /** Why this choice: 「选「满300减50」省 ¥50，比只用「…」多省 ¥20」 */
  reason: string;
  usable: { couponId: string; name: string; aloneFen: Fen }[];
  unusable: UnusedCoupon[];
}

/** Joint coupons are tried in every combination up to this many; further ones would save less than those tried. */
const TRIED_MAX = 8;

interface Trial {
  coupons: readonly CouponToPrice[];
  fen: Fen;
}

/** Of two equal savings the one with fewer coupons, then the one whose coupons end sooner, so that none is wasted. */
function isBetter(a: Trial, b: Trial): boolean {
  if (a.fen !== b.fen) return a.fen > b.fen;
  if (a.coupons.length !== b.coupons.length) return a.coupons.length < b.coupons.length;
  const ends = (trial: Trial) =>
    trial.coupons
      .map((one) => one.endsAt ?? '9')
      .sort()
      .join();
  if (ends(a) !== ends(b)) return ends(a) < ends(b);
  const ids = (trial: Trial) =>
    trial.coupons
      .map((one) => one.couponId)
      .sort(byId)
      .join();
  return ids(a) < ids(b);
}

/**
 * The combination of held coupons that saves most, with the reason shown to the consumer, who may choose otherwise. Held
 * coupons that cannot be used come with the failing condition (pain-04). Takes the pipeline's input with all held coupons
 * in `coupons`.
 */
export function bestCoupons(input: PipelineInput): BestCoupons {
  const { basket } = applyPromotions(Basket.of(input.lines), input.promotions, input.buyer, input.activity);
  applyLevel(basket, input.activity ? null : input.level);
  const unusable: UnusedCoupon[] = [];
  const fine: CouponToPrice[] = [];
  for (const coupon of input.coupons) {
    const problem = couponProblem(basket, coupon);
    if (problem) unusable.push(problem);
    else fine.push(coupon);
  }
  const without = addFen(basket.leftFen(), freightStep(basket.leftFen(), input.fulfil, input.freight).amountFen);
  const saved = (coupons: readonly CouponToPrice[]): Fen => {
    const trial = basket.copy();
    const outcome = applyCoupons(trial, coupons);
    // A combination that leaves one of its coupons out is another combination's answer.
    if (outcome.unused.length > 0) return ZERO_FEN;
    const freight = freightStep(trial.leftFen(), input.fulfil, input.freight);
    const paid = applyFreightCoupons(freight.amountFen, outcome.freight);
    if (paid.unused.length > 0) return ZERO_FEN;
    // A discount that takes the order below free delivery may save nothing at all.
    const difference = subFen(without, addFen(trial.leftFen(), paid.freightFen));
    return difference > 0 ? difference : ZERO_FEN;
  };
  const alone = fine
    .map((coupon): Trial => ({ coupons: [coupon], fen: saved([coupon]) }))
    .sort((a, b) => (isBetter(a, b) ? -1 : 1));
  const joint = alone
    .filter((trial) => trial.fen > 0 && trial.coupons[0]?.terms.stack.mode === 'JOINT')
    .slice(0, TRIED_MAX)
    .flatMap((trial) => trial.coupons);
  let best: Trial = { coupons: [], fen: ZERO_FEN };
  for (const trial of alone) if (isBetter(trial, best)) best = trial;
  for (let mask = 1; mask < 1 << joint.length; mask += 1) {
    const coupons = joint.filter((_, at) => mask & (1 << at));
    if (coupons.length < 2) continue;
    const trial = { coupons, fen: saved(coupons) };
    if (isBetter(trial, best)) best = trial;
  }
  return {
    couponIds: best.coupons.map((one) => one.couponId).sort(byId),
    fen: best.fen,
    reason: reasonOf(best, alone),
    usable: alone.flatMap((trial) =>
      trial.coupons.map(({ couponId, name }) => ({ couponId, name, aloneFen: trial.fen })),
    ),
    unusable,
  };
}

function reasonOf(best: Trial, alone: readonly Trial[]): string {
  if (best.coupons.length === 0) return alone.length === 0 ? '没有可用的优惠券' : '用券不会更便宜';
  const names = best.coupons.map((one) => `「${one.name}」`).join('和');
  const text = `${names}省 ${moneyText(best.fen)}`;
  const next = alone.find(
    (trial) => trial.fen > 0 && !(best.coupons.length === 1 && trial.coupons[0] === best.coupons[0]),
  );
  if (!next) return text;
  if (next.fen === best.fen) return `${text}，先用快到期的`;
  return `${text}，比只用「${next.coupons[0]?.name ?? ''}」多省 ${moneyText(subFen(best.fen, next.fen))}`;
}
