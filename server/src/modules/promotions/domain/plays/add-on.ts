import { type Fen, fen, moneyText, mulFen, subFen, sumFen } from '@shuke/shared/kernel';
import { inScope } from '@shuke/shared/rules';
import {
  field,
  fromText,
  notHere,
  notYet,
  offer,
  type Play,
  PROMOTION_STATES,
  plain,
  rowOf,
  rows,
  twice,
} from '../play.js';

interface AddOnTerms {
  atFen: Fen;
  items: { skuId: string; priceFen: Fen; most: number }[];
  kinds: number;
}

/** 换购: who buys enough may add listed goods at a low price. */
export const addOn: Play<AddOnTerms> = {
  kind: 'ADD_ON',
  label: '换购',
  summary: '买满一定金额，可以加一点钱换购指定商品',
  rank: 30,
  stage: 'ITEM',
  hasScope: true,
  fields: [
    plain('atFen', '买满', 'FEN', { min: 1 }),
    rows(
      'items',
      '换购商品',
      [
        field('skuId', '商品规格', 'SKU'),
        field('priceFen', '换购价', 'FEN'),
        field('most', '每单最多', 'COUNT', { max: 99 }),
      ],
      { max: 50 },
    ),
    plain('kinds', '每单最多换购几款', 'COUNT', { unit: '款', max: 50 }),
  ],
  states: PROMOTION_STATES,
  notes: [
    '换购的商品自己不算进门槛。',
    '移除商品后不满门槛，换购的商品恢复原价，结算页会说明。',
    '部分退款后不满门槛，换购价照样保留；在售后规则里可以改成按剩下的重算。',
  ],
  problems: (terms) => twice(terms.items),
  text: (terms) => `满 ${moneyText(terms.atFen)} 加 ${fromText(terms.items.map((row) => row.priceFen))} 换购`,
  rules: (terms) => [`每单最多换购 ${terms.kinds} 款`, '换购商品不算进门槛'],
  skuIds: (terms) => terms.items.map((row) => row.skuId),
  skuPriceFen: (terms, skuId) => rowOf(terms.items, skuId)?.priceFen ?? null,
  sliceQty: () => null,
  price(terms, { lines }, scope) {
    const added = lines.filter((line) => rowOf(terms.items, line.skuId));
    const bought = lines.filter((line) => !rowOf(terms.items, line.skuId) && inScope(scope, line));
    if (bought.length === 0) return notHere('没有参加换购的商品');
    const lack = terms.atFen - sumFen(bought.map((line) => line.openFen));
    if (lack > 0) return notYet(`再买 ${moneyText(fen(lack))}，可以换购`, fen(lack));
    if (added.length === 0) return notYet('已经可以换购，去选一件吧');
    const cuts = added
      .flatMap((line) => {
        const row = rowOf(terms.items, line.skuId);
        if (!row || row.priceFen >= line.unitPriceFen || line.freeQty === 0) return [];
        const qty = Math.min(line.freeQty, row.most);
        return [{ at: line.at, qty, fen: mulFen(subFen(line.unitPriceFen, row.priceFen), qty) }];
      })
      .sort((a, b) => b.fen - a.fen || a.at - b.at)
      .slice(0, terms.kinds);
    const threshold = { by: 'ADD_ON' as const, tiers: [{ at: terms.atFen }] };
    return offer('换购价', {
      cuts,
      hangsOn: [
        ...bought.map(({ at, openFen }) => ({ at, condition: { ...threshold, counted: openFen } })),
        ...cuts.map(({ at }) => ({ at, condition: { ...threshold, counted: 0 } })),
      ],
    });
  },
};
