import { type Fen, fen, minFen, moneyText, negFen, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { PriceStepText } from '@shuke/shared/rules';
import type { CouponToPrice, UnusedCoupon, UsedCoupon } from './coupon-stage.js';
import type { Fulfil } from './price-line.js';

export interface FreightTerms {
  deliveryFeeFen: Fen;
  /** Goods of at least this amount travel free; null: never. */
  freeFromFen: Fen | null;
  /** The buyer's level ships free; its name is shown. */
  freeForLevel: string | null;
}

const LABEL = '运费';

/** Freight of goods that cost so much after all discounts. */
export function freightStep(goodsToPay: Fen, fulfil: Fulfil, terms: FreightTerms): PriceStepText {
  const free = (explain: string): PriceStepText => ({ label: LABEL, amountFen: ZERO_FEN, explain });
  const { deliveryFeeFen, freeFromFen, freeForLevel } = terms;
  if (fulfil === 'PICKUP') return free('到店自提，不收运费');
  if (fulfil === 'SCAN_AND_GO') return free('在店里自己拿，不收运费');
  const isLocal = fulfil === 'DELIVERY';
  if (deliveryFeeFen === 0) return free(isLocal ? '这段路免配送费' : '这家店包邮');
  if (freeForLevel !== null) return free(`${freeForLevel}包邮`);
  if (freeFromFen !== null && goodsToPay >= freeFromFen) return free(`商品满 ${moneyText(freeFromFen)}，免运费`);
  const what = isLocal ? '同城配送费' : '这家店的送货费';
  const explain = freeFromFen === null ? what : `${what}，商品满 ${moneyText(freeFromFen)} 免运费`;
  return { label: LABEL, amountFen: deliveryFeeFen, explain };
}

/** Freight coupons pay freight up to their cap; one that finds nothing left to pay is kept for another order. */
export function applyFreightCoupons(freight: Fen, coupons: readonly CouponToPrice[]) {
  const used: UsedCoupon[] = [];
  const unused: UnusedCoupon[] = [];
  const steps: PriceStepText[] = [];
  let left = freight;
  for (const { couponId, name, terms } of coupons) {
    const cut = terms.maxFen > 0 ? minFen(left, fen(terms.maxFen)) : left;
    if (cut === 0) {
      unused.push({ couponId, name, failing: '这笔订单不收运费，券给你留着', lackFen: null });
      continue;
    }
    left = subFen(left, cut);
    used.push({ couponId, name, fen: cut, freightFen: cut });
    steps.push({ label: '优惠券', amountFen: negFen(cut), explain: `${name}：抵运费` });
  }
  return { freightFen: left, used, unused, steps };
}
