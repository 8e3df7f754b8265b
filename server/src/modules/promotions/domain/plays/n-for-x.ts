import { addFen, type Fen, yuanText, ZERO_FEN } from '@shuke/shared/kernel';
import { choices, cutByRatio, fold, notYet, offer, type Play, PROMOTION_STATES, plain } from '../play.js';
import { addCut, cutList, piecesOf, savedOn, spreadOver } from './pieces.js';

interface NForXTerms {
  mode: 'PRICE' | 'NTH';
  n: number;
  priceFen?: Fen;
  payBp?: number;
  first: 'CHEAPEST' | 'DEAREST';
  times: number;
}

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
    '优惠按价格比例分到组里的每一件，退其中一件退它自己的实付。',
    '第 N 件打折时，打折的是每组里最便宜的一件。',
  ],
  problems: () => [],
  text: (terms) =>
    terms.mode === 'PRICE'
      ? `${terms.n} 件 ¥${yuanText(terms.priceFen ?? ZERO_FEN)}`
      : `第 ${terms.n} 件${terms.payBp === 0 ? '免费' : ` ${fold(terms.payBp ?? 10_000)}`}`,
  rules: (terms) => [
    `一单最多 ${terms.times} 组，多出的按原价`,
    terms.first === 'DEAREST' ? '从价格高的商品开始凑' : '从价格低的商品开始凑',
  ],
  skuIds: () => [],
  skuPriceFen: () => null,
  sliceQty: () => null,
  price(terms, { lines }) {
    const pieces = piecesOf(lines, terms.n * terms.times);
    if (terms.first === 'CHEAPEST') pieces.reverse();
    if (pieces.length < terms.n) return notYet(`再选 ${terms.n - pieces.length} 件，享${this.text(terms)}`);
    const cuts = new Map<number, { qty: number; fen: Fen }>();
    let sets = 0;
    let saved = ZERO_FEN;
    for (let from = 0; from + terms.n <= pieces.length && sets < terms.times; from += terms.n) {
      const set = pieces.slice(from, from + terms.n).sort((a, b) => b.priceFen - a.priceFen || a.at - b.at);
      const last = set.at(-1);
      if (terms.mode === 'NTH' && last) {
        const cut = cutByRatio(last.priceFen, terms.payBp ?? 10_000);
        for (const piece of set.slice(0, -1)) addCut(cuts, piece.at, ZERO_FEN);
        addCut(cuts, last.at, cut);
        saved = addFen(saved, cut);
      } else {
        const cut = savedOn(set, terms.priceFen ?? ZERO_FEN);
        // A set that costs less by itself is left alone, and so is every cheaper one.
        if (cut === 0) continue;
        spreadOver(cuts, set, cut);
        saved = addFen(saved, cut);
      }
      sets += 1;
    }
    return offer(`${this.text(terms)}，${sets} 组`, { cuts: saved > 0 ? cutList(cuts) : [] });
  },
};
