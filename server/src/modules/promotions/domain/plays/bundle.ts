import { addFen, type Fen, yuanText, ZERO_FEN } from '@shuke/shared/kernel';
import { choices, field, notYet, offer, type Play, PROMOTION_STATES, plain, rows, twice } from '../play.js';
import { cutList, type Piece, piecesOf, savedOn, spreadOver } from './pieces.js';

interface BundleTerms {
  mode: 'FIXED' | 'ANY';
  parts: { skuId: string; qty: number }[];
  n?: number;
  priceFen: Fen;
  times: number;
}

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
    '套装价按每件的售价比例分好并存进订单，退其中一件退它自己的一份。',
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
    terms.mode === 'FIXED' ? `套装价 ¥${yuanText(terms.priceFen)}` : `任选 ${terms.n} 件 ¥${yuanText(terms.priceFen)}`,
  rules: (terms) => [`一单最多 ${terms.times} 套`],
  skuIds: (terms) => terms.parts.map((part) => part.skuId),
  skuPriceFen: () => null,
  sliceQty: () => null,
  price(terms, { lines }) {
    const cuts = new Map<number, { qty: number; fen: Fen }>();
    const left = new Map(lines.map((line) => [line.skuId, line.freeQty]));
    const pieces = piecesOf(lines);
    let sets = 0;
    let saved = ZERO_FEN;
    for (; sets < terms.times; sets += 1) {
      let set: Piece[];
      if (terms.mode === 'ANY') set = pieces.slice(sets * (terms.n ?? 2), (sets + 1) * (terms.n ?? 2));
      else if (terms.parts.some((part) => (left.get(part.skuId) ?? 0) < part.qty)) set = [];
      else
        set = terms.parts.flatMap((part) => {
          const line = lines.find((one) => one.skuId === part.skuId);
          left.set(part.skuId, (left.get(part.skuId) ?? 0) - part.qty);
          return line ? Array.from({ length: part.qty }, () => ({ at: line.at, priceFen: line.unitPriceFen })) : [];
        });
      if (set.length < (terms.mode === 'ANY' ? (terms.n ?? 2) : 1)) break;
      const cut = savedOn(set, terms.priceFen);
      if (cut === 0) break;
      spreadOver(cuts, set, cut);
      saved = addFen(saved, cut);
    }
    if (sets === 0) return notYet(terms.mode === 'ANY' ? `${terms.n} 件才成一套` : '配齐整套才有套装价');
    return offer(`${this.text(terms)}，${sets} 套`, { cuts: saved > 0 ? cutList(cuts) : [] });
  },
};
