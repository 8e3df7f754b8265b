import type { Cart } from '@shuke/shared/contracts';
import { describe, expect, it } from 'vitest';
import { cart as fixture } from '../../../test/fixtures/buying.mjs';
import { type CartLine, cartView, problemOf, switchChanges } from './model';

const cart = fixture as Cart;
const line = (part: Partial<CartLine>): CartLine => ({ ...(cart.lines[0] as CartLine), ...part });

describe('the cart', () => {
  it('sets apart what this store does not sell', () => {
    const view = cartView(cart);
    expect(view.gone.map((one) => one.problem)).toEqual(['NOT_LISTED']);
    expect(view.chosen).toHaveLength(2);
    expect(view.isAllChosen).toBe(false);
    expect(view.canCheckOut).toBe(true);
  });

  it('blocks the checkout while more is wanted than there is, and says which piece', () => {
    const view = cartView({ ...cart, lines: [line({ qty: 3, available: 2, problem: 'NOT_ENOUGH' })] });
    expect(view.canCheckOut).toBe(false);
    expect(view.blockedText).toBe('「云脊 轻暖鹅绒服」只剩 2 件，请调整数量');
  });

  it('calls out each change in words', () => {
    expect(problemOf(line({ problem: 'PRICE_CHANGED', addedPriceFen: 139_900 }))?.text).toBe(
      '价格有变：¥1,399 → ¥1,299',
    );
    expect(problemOf(line({ problem: 'OUT_OF_STOCK', available: 0 }))).toEqual({ text: '这家店已售罄', tone: 'bad' });
    expect(problemOf(line({ problem: 'NOT_LISTED' }))?.tone).toBe('bad');
    expect(problemOf(line({ addedPriceFen: 133_900 }))?.text).toBe('比加入时便宜了 ¥40');
    expect(problemOf(line({}))).toBeNull();
  });

  it('is empty without lines', () => {
    expect(cartView({ ...cart, lines: [] })).toMatchObject({
      isAllChosen: false,
      canCheckOut: false,
      blockedText: null,
    });
  });
});

describe('another store for the same cart', () => {
  it('pain-02 says for each line what becomes dearer, cheaper, short or gone', () => {
    const before = {
      ...cart,
      lines: [
        line({ skuId: '1', priceFen: 10_000 }),
        line({ skuId: '2', priceFen: 10_000 }),
        line({ skuId: '3' }),
        line({ skuId: '4', qty: 2 }),
        line({ skuId: '5' }),
        line({ skuId: '6', problem: 'NOT_LISTED' }),
      ],
    };
    const after = {
      ...cart,
      storeId: '2',
      lines: [
        line({ skuId: '1', priceFen: 12_000 }),
        line({ skuId: '2', priceFen: 9_000 }),
        line({ skuId: '3', problem: 'NOT_LISTED' }),
        line({ skuId: '4', qty: 2, available: 1 }),
        line({ skuId: '5' }),
        line({ skuId: '6', priceFen: 5_000 }),
      ],
    };
    expect(switchChanges(before, after).map(({ skuId, text }) => [skuId, text])).toEqual([
      ['1', '贵了 ¥20（¥100 → ¥120）'],
      ['2', '便宜了 ¥10（¥100 → ¥90）'],
      ['3', '这家店没有上架'],
      ['4', '只剩 1 件'],
      ['6', '这家店有货，¥50'],
    ]);
    expect(switchChanges(before, before)).toEqual([]);
  });
});
