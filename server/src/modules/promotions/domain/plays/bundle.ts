import { type Fen, moneyText } from '@shuke/shared/kernel';
import { cutSets, type SetRule } from '@shuke/shared/rules';
import { choices, field, notYet, offer, type Play, PROMOTION_STATES, plain, rows, twice } from '../play.js';
import { hangsOnSets } from './hangs-on.js';

interface BundleTerms {
  mode: 'FIXED' | 'ANY';
  parts: { skuId: string; qty: number }[];
  n?: number;
  priceFen: Fen;
  times: number;
}

const ruleOf = ({ mode, parts, n, priceFen, times }: BundleTerms): SetRule =>
  mode === 'ANY'
    ? { make: 'ANY', n: n ?? 2, priceFen, first: 'DEAREST', times }
    : { make: 'PARTS', parts: parts.map(({ skuId, qty }) => ({ skuId, qty })), priceFen, times };

/** 套装: named parts together, or any N of a list, for one price that is shared out by the parts' prices. */
export const bundle: Play<BundleTerms> = {
  kind: 'BUNDLE',
  label: '套装',
  summary: '几件搭配一起买更便宜',
  rank: 10,
  stage: 'ITEM',
  hasScope: false,
  fields: [
    plain('mode', '怎么搭', 'CHOICE', choices({ FIXED: '固定搭配', ANY: '任选几件' })),
    rows(
      'parts',
      '商品',
      [
        field('skuId', '商品规格', 'SKU'),
        field('qty', '件数', 'COUNT', { max: 99, when: { field: 'mode', is: 'FIXED' } }),
      ],
      {
        min: 1,
        max: 50,
      },
    ),
    plain('n', '任选', 'COUNT', { min: 2, max: 20, when: { field: 'mode', is: 'ANY' } }),
    plain('priceFen', '套装价', 'FEN', { min: 1 }),
    plain('times', '一单最多几套', 'COUNT', { unit: '套', max: 99 }),
  ],
  states: PROMOTION_STATES,
  notes: [
    '套装价按每件的售价比例分好并存进订单，退其中一件退它自己的一份；凑不齐套装时优惠照样保留，在售后规则里可以改成按剩下的重算。',
    '套装没有单独的库存，任何一件没货就买不了整套。',
  ],
  problems(terms) {
    const problems = twice(terms.parts);
    const pieces = terms.parts.reduce((sum, part) => sum + (part.qty ?? 0), 0);
    if (terms.mode === 'FIXED' && pieces < 2) problems.push('套装至少两件');
    if (terms.mode === 'ANY' && terms.parts.length < 2) problems.push('任选至少要有两款商品');
    return problems;
  },
  text: (terms) =>
    terms.mode === 'FIXED' ? `套装价 ${moneyText(terms.priceFen)}` : `任选 ${terms.n} 件 ${moneyText(terms.priceFen)}`,
  rules: (terms) => [`一单最多 ${terms.times} 套`],
  skuIds: (terms) => terms.parts.map((part) => part.skuId),
  skuPriceFen: () => null,
  sliceQty: () => null,
  price(terms, { lines }) {
    const rule = ruleOf(terms);
    const { sets, cuts } = cutSets(rule, lines);
    if (sets === 0) return notYet(terms.mode === 'ANY' ? `${terms.n} 件才成一套` : '配齐整套才有套装价');
    return offer(`${this.text(terms)}，${sets} 套`, { cuts, hangsOn: hangsOnSets(rule, lines) });
  },
};
