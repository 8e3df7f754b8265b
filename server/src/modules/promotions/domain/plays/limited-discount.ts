import { type Fen, fen, moneyText, mulFen, subFen } from '@shuke/shared/kernel';
import {
  choices,
  cutByRatio,
  field,
  fold,
  fromText,
  offer,
  type Play,
  PROMOTION_STATES,
  plain,
  rowOf,
  rows,
  twice,
} from '../play.js';

interface LimitedDiscountTerms {
  mode: 'PERCENT' | 'CUT' | 'PRICE';
  payBp?: number;
  cutFen?: Fen;
  prices?: { skuId: string; priceFen: Fen }[];
  perOrder?: number;
}

const priceOf = (terms: LimitedDiscountTerms, skuId: string, shelf: Fen): Fen | null => {
  if (terms.mode === 'PERCENT') return subFen(shelf, cutByRatio(shelf, terms.payBp ?? 10_000));
  if (terms.mode === 'CUT') return fen(Math.max(0, shelf - (terms.cutFen ?? 0)));
  const row = rowOf(terms.prices ?? [], skuId);
  return row && row.priceFen < shelf ? row.priceFen : null;
};

/** 限时折扣: a lower price per piece for a time, shown beside the lowest deal price of the seven days before. */
export const limitedDiscount: Play<LimitedDiscountTerms> = {
  kind: 'LIMITED_DISCOUNT',
  label: '限时折扣',
  summary: '一段时间里按折扣、减价或指定价格卖',
  rank: 30,
  stage: 'UNIT',
  hasScope: true,
  fields: [
    plain('mode', '怎么优惠', 'CHOICE', choices({ PERCENT: '打折', CUT: '每件减', PRICE: '指定价格' })),
    plain('payBp', '打', 'BP', { when: { field: 'mode', is: 'PERCENT' } }),
    plain('cutFen', '每件减', 'FEN', { min: 1, when: { field: 'mode', is: 'CUT' } }),
    rows('prices', '指定价格', [field('skuId', '商品规格', 'SKU'), field('priceFen', '活动价', 'FEN', { min: 1 })], {
      max: 500,
      when: { field: 'mode', is: 'PRICE' },
    }),
    plain('perOrder', '每单每款限购', 'COUNT', { required: false }),
  ],
  states: PROMOTION_STATES,
  notes: [
    '划线价以活动前七天内的最低成交价为准；没有成交过，以活动前的售价为准（规范促销行为暂行规定）。',
    '门店自己定过价的，按门店的售价打折；价格低于总部底价时发布前会指出。',
    '超出限购件数的部分按原价。',
  ],
  problems: (terms) => (terms.mode === 'PRICE' ? twice(terms.prices ?? []) : []),
  text(terms) {
    if (terms.mode === 'PERCENT') return `限时 ${fold(terms.payBp ?? 10_000)}`;
    if (terms.mode === 'CUT') return `限时每件减 ${moneyText(terms.cutFen ?? fen(0))}`;
    return `限时 ${fromText((terms.prices ?? []).map((row) => row.priceFen))}`;
  },
  rules: (terms) => (terms.perOrder ? [`每单每款最多 ${terms.perOrder} 件享受活动价`] : []),
  skuIds: (terms) => (terms.mode === 'PRICE' ? (terms.prices ?? []).map((row) => row.skuId) : []),
  skuPriceFen: (terms, skuId, shelf) => priceOf(terms, skuId, shelf),
  sliceQty: () => null,
  price(terms, { lines }) {
    const cuts = lines.flatMap((line) => {
      const price = priceOf(terms, line.skuId, line.unitPriceFen);
      if (price === null || price >= line.unitPriceFen) return [];
      const qty = Math.min(line.freeQty, terms.perOrder ?? line.freeQty);
      return [{ at: line.at, qty, fen: mulFen(subFen(line.unitPriceFen, price), qty) }];
    });
    return offer(this.text(terms), { cuts });
  },
};
