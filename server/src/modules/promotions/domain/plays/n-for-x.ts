import { type Fen, moneyText, ZERO_FEN } from '@shuke/shared/kernel';
import { cutSets, type SetRule } from '@shuke/shared/rules';
import { choices, fold, notYet, offer, type Play, PROMOTION_STATES, plain } from '../play.js';
import { hangsOnSets } from './hangs-on.js';

interface NForXTerms {
  mode: 'PRICE' | 'NTH';
  n: number;
  priceFen?: Fen;
  payBp?: number;
  first: 'CHEAPEST' | 'DEAREST';
  times: number;
}

const ruleOf = ({ mode, n, priceFen, payBp, first, times }: NForXTerms): SetRule =>
  mode === 'PRICE'
    ? { make: 'ANY', n, priceFen: priceFen ?? ZERO_FEN, first, times }
    : { make: 'NTH', n, payBp: payBp ?? 10_000, first, times };

/** N 件 X 元 / 第 N 件 Y 折: pieces are put together in sets of N; pieces beyond the last set cost what they cost. */
export const nForX: Play<NForXTerms> = {
  kind: 'N_FOR_X',
  label: 'N 件优惠',
  summary: '几件一口价，或第几件打折；不同尺码颜色可以混搭',
  rank: 20,
  stage: 'ITEM',
  hasScope: true,
  fields: [
    plain('mode', '玩法', 'CHOICE', choices({ PRICE: 'N 件一口价', NTH: '第 N 件打折' })),
    plain('n', '件数 N', 'COUNT', { min: 2, max: 20 }),
    plain('priceFen', '一口价', 'FEN', { min: 1, when: { field: 'mode', is: 'PRICE' } }),
    plain('payBp', '第 N 件打', 'BP', { min: 0, hint: '填 0 就是免费', when: { field: 'mode', is: 'NTH' } }),
    plain('first', '先凑哪些商品', 'CHOICE', choices({ DEAREST: '贵的优先', CHEAPEST: '便宜的优先' })),
    plain('times', '一单最多几组', 'COUNT', { unit: '组', max: 99 }),
  ],
  states: PROMOTION_STATES,
  notes: [
    '不同尺码、颜色混着买也算；凑不满一组的件数按原价。',
    '优惠按价格比例分到组里的每一件，退其中一件退它自己的实付；凑不满一组时优惠照样保留，在售后规则里可以改成按剩下的重算。',
    '第 N 件打折时，打折的是每组里最便宜的一件。',
  ],
  problems: () => [],
  text: (terms) =>
    terms.mode === 'PRICE'
      ? `${terms.n} 件 ${moneyText(terms.priceFen ?? ZERO_FEN)}`
      : `第 ${terms.n} 件${terms.payBp === 0 ? '免费' : ` ${fold(terms.payBp ?? 10_000)}`}`,
  rules: (terms) => [
    `一单最多 ${terms.times} 组，多出的按原价`,
    terms.first === 'DEAREST' ? '从价格高的商品开始凑' : '从价格低的商品开始凑',
  ],
  skuIds: () => [],
  skuPriceFen: () => null,
  sliceQty: () => null,
  price(terms, { lines }) {
    const pieces = lines.reduce((sum, line) => sum + line.freeQty, 0);
    if (pieces < terms.n) return notYet(`再选 ${terms.n - pieces} 件，享${this.text(terms)}`);
    const rule = ruleOf(terms);
    const { sets, cuts } = cutSets(rule, lines);
    return offer(`${this.text(terms)}，${sets} 组`, { cuts, hangsOn: hangsOnSets(rule, lines) });
  },
};
