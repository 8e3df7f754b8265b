import { describe, expect, it } from 'vitest';
import { orderSplit, splits } from '../../../test/fixtures/money.mjs';
import { chainOf, sharesOf, sumSplit } from './model';

describe('the sum of a split', () => {
  it('is computed again from its legs and equals paid minus refunded', () => {
    for (const split of splits) expect(sumSplit(split)).toMatchObject({ isWhole: true, differenceFen: 0 });
  });
  it('names the difference when one fen is missing', () => {
    const [first, ...rest] = orderSplit.legs;
    if (!first) throw new Error('the fixture has legs');
    const broken = { ...orderSplit, legs: [{ ...first, fen: first.fen - 1 }, ...rest] };
    expect(sumSplit(broken)).toMatchObject({ isWhole: false, differenceFen: -1 });
  });
  it('finds an entry whose parts do not sum to its amount', () => {
    const [entry] = orderSplit.entries;
    if (!entry) throw new Error('the fixture has entries');
    expect(chainOf([entry, { ...entry, amountFen: entry.amountFen + 1 }]).map((link) => link.isWhole)).toEqual([
      true,
      false,
    ]);
  });
  it('lists the parties in a fixed order, franchisee first and the channel last', () => {
    expect(sharesOf([...orderSplit.legs].reverse()).map((share) => share.name)).toEqual([
      '加盟商 浙江云裳服饰贸易有限公司',
      '品牌',
      '导购 周晓雯',
      '支付手续费 微信支付',
    ]);
  });
});
