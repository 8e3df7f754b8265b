import { addFen, allocate, type Fen, fen, minFen, moneyText, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import {
  type ActivityFacts,
  type AppliedShare,
  applyPromotions,
  Basket,
  type BasketLine,
  type BuyerFacts,
  byId,
  type Gift,
  type PricedPromotion,
  type PriceStepText,
  type PromotionUse,
  type UnusedPromotion,
} from '@shuke/shared/rules';
import { applyCoupons, type CouponToPrice, type UnusedCoupon, type UsedCoupon } from './coupon-stage.js';
import { applyFreightCoupons, type FreightTerms, freightStep } from './freight.js';
import { applyLevel, type LevelTerms } from './level-step.js';
import { applyPoints, type PointsTerms, type PointsWish } from './points-step.js';
import type { Fulfil } from './price-line.js';

/** Everything that decides a price; the same input gives the same price, wherever and in whatever order. */
export interface PipelineInput {
  storeName: string;
  fulfil: Fulfil;
  lines: readonly BasketLine[];
  promotions: readonly PricedPromotion[];
  buyer: BuyerFacts;
  /** The price of the buyer's level; not on top of the agreed price of an activity. */
  level: LevelTerms | null;
  activity: ActivityFacts | null;
  /** The coupons that the consumer chose; none: no coupon. */
  coupons: readonly CouponToPrice[];
  points: (PointsWish & { terms: PointsTerms }) | null;
  freight: FreightTerms;
  /** What the wallet may pay of the total: the wish, at most the balance. It is a payment and no discount. */
  walletWishFen: Fen | 'MAX';
  walletBalanceFen: Fen;
}

/** A line as the order stores it. */
export interface PricedOrderLine {
  skuId: string;
  amountFen: Fen;
  /** The line's share of the goods to pay. */
  payableFen: Fen;
  /** The part of `payableFen` that the wallet pays; what it pays beyond all lines, it pays of the freight. */
  walletFen: Fen;
  applied: AppliedShare[];
}

export interface PricedOrder {
  /** In the order of the input. */
  lines: PricedOrderLine[];
  gifts: Gift[];
  goodsFen: Fen;
  /** What promotions and the member's level take off. */
  promotionFen: Fen;
  /** What coupons take off the goods; freight coupons lower `freightFen`. */
  couponFen: Fen;
  pointsFen: Fen;
  pointsUsed: number;
  /** Most points that could be used, and their worth, for the slider at checkout. */
  pointsUsable: number;
  pointsUsableFen: Fen;
  freightFen: Fen;
  /** What the consumer owes. */
  totalFen: Fen;
  walletFen: Fen;
  /** What goes through WeChat Pay. */
  cashFen: Fen;
  /** The steps sum to the total. */
  steps: PriceStepText[];
  promotionUses: PromotionUse[];
  usedCoupons: UsedCoupon[];
  unusedPromotions: UnusedPromotion[];
  unusedCoupons: UnusedCoupon[];
}

/**
 * Prices an order in fixed steps: prices of pieces, pieces together, full reductions, coupons, points, freight, and the
 * wallet as a payment. Every discount is shared out over lines by largest remainder in the order of SKU ids and keeps who
 * bears it (reference/features.md B10 rule 5, B11). Pure.
 *
 * @throws MoneyError for a line that comes twice or has no positive quantity
 */
export function pricePipeline(input: PipelineInput): PricedOrder {
  const { basket, outcome } = applyPromotions(Basket.of(input.lines), input.promotions, input.buyer, input.activity);
  const goodsFen = sumFen(basket.lines.map((state) => state.amountFen));
  const levelStep = applyLevel(basket, input.activity ? null : input.level);
  const afterPromotions = basket.leftFen();
  const coupons = applyCoupons(basket, input.coupons);
  const afterCoupons = basket.leftFen();
  const points = input.points ? applyPoints(basket, input.points, input.points.terms) : null;
  const goodsToPay = basket.leftFen();
  const freight = freightStep(goodsToPay, input.fulfil, input.freight);
  const paidFreight = applyFreightCoupons(freight.amountFen, coupons.freight);
  const totalFen = addFen(goodsToPay, paidFreight.freightFen);
  const walletWish = input.walletWishFen === 'MAX' ? totalFen : input.walletWishFen;
  const walletFen = minFen(minFen(walletWish, input.walletBalanceFen), totalFen);
  const pieces = input.lines.reduce((sum, line) => sum + line.qty, 0);
  const goodsStep: PriceStepText = {
    label: '商品金额',
    amountFen: goodsFen,
    explain: `${pieces} 件商品，按 ${input.storeName} 的售价`,
  };
  return {
    lines: linesOf(basket, input.lines, walletFen),
    gifts: outcome.gifts,
    goodsFen,
    promotionFen: subFen(goodsFen, afterPromotions),
    couponFen: subFen(afterPromotions, afterCoupons),
    pointsFen: subFen(afterCoupons, goodsToPay),
    pointsUsed: points?.used ?? 0,
    pointsUsable: points?.usable ?? 0,
    pointsUsableFen: points?.usableFen ?? ZERO_FEN,
    freightFen: paidFreight.freightFen,
    totalFen,
    walletFen,
    cashFen: subFen(totalFen, walletFen),
    steps: [
      goodsStep,
      ...outcome.steps,
      ...(levelStep ? [levelStep] : []),
      ...coupons.steps,
      ...(points?.step ? [points.step] : []),
      freight,
      ...paidFreight.steps,
    ],
    promotionUses: outcome.uses,
    usedCoupons: [...coupons.used, ...paidFreight.used],
    unusedPromotions: outcome.unused,
    unusedCoupons: [...coupons.unused, ...paidFreight.unused],
  };
}

/** The wallet pays goods first, then freight; its shares go by what each line has to pay. */
function linesOf(basket: Basket, asked: readonly BasketLine[], walletFen: Fen): PricedOrderLine[] {
  const goods = basket.leftFen();
  const shares = allocate(
    minFen(walletFen, goods),
    basket.lines.map((state) => BigInt(state.leftFen)),
  );
  const bySku = new Map(
    basket.lines.map((state, at) => [state.line.skuId, { state, walletFen: shares[at] ?? fen(0) }]),
  );
  return asked.map(({ skuId }) => {
    const found = bySku.get(skuId);
    if (!found) throw new Error(`SKU ${skuId} was lost while pricing`);
    const { amountFen, leftFen, applied } = found.state;
    return { skuId, amountFen, payableFen: leftFen, walletFen: found.walletFen, applied: merged(applied) };
  });
}

/** One share for each discount of a line, by kind and id, so that what is stored does not depend on how it came about. */
function merged(applied: readonly AppliedShare[]): AppliedShare[] {
  const shares = new Map<string, AppliedShare>();
  for (const one of applied) {
    const key = `${one.kind}:${one.id}`;
    const had = shares.get(key);
    shares.set(key, { ...one, fen: addFen(one.fen, had?.fen ?? ZERO_FEN) });
  }
  const rank = { PROMOTION: 1, LEVEL: 2, COUPON: 3, POINTS: 4 } as const;
  return [...shares.values()].sort((a, b) => rank[a.kind] - rank[b.kind] || byId(a.id, b.id));
}

/** 「已省 ¥88」, or null when nothing was saved. */
export const savedText = (order: Pick<PricedOrder, 'promotionFen' | 'couponFen' | 'pointsFen'>): string | null => {
  const saved = sumFen([order.promotionFen, order.couponFen, order.pointsFen]);
  return saved > 0 ? `已省 ${moneyText(saved)}` : null;
};
