import type { AfterSaleOptions } from '@shuke/shared/contracts';
import { describe, expect, it } from 'vitest';
import { byTone, draftOf, wishOf } from './model';

const options = {
  orderId: '1',
  orderNo: '20261122',
  lines: [{ lineId: '7', leftQty: 2 }],
  kinds: [
    { value: 'REFUND_ONLY', text: '只退款', isAllowed: false, hint: '' },
    { value: 'RETURN_REFUND', text: '退货退款', isAllowed: true, hint: '' },
  ],
  reasons: [],
  returnWays: [],
  until: null,
  ruleText: '',
} as unknown as AfterSaleOptions;

describe('asking for an after-sale case', () => {
  it('decides nothing for the person but the only thing that is possible', () => {
    const draft = draftOf(options);
    expect(draft).toMatchObject({ kind: 'RETURN_REFUND', reason: null, returnWay: null, pieces: { 7: 2 } });
  });

  it('says what is missing, one thing at a time', () => {
    const draft = draftOf(options);
    expect(wishOf({ ...draft, pieces: { 7: 0 } })).toBe('请选择商品');
    expect(wishOf(draft)).toBe('请选择原因');
    expect(wishOf({ ...draft, reason: 'DAMAGED' })).toBe('请选择怎么退回');
    expect(wishOf({ ...draft, reason: 'DAMAGED', returnWay: 'STORE' })).toBe('请选择门店');
    expect(wishOf({ ...draft, kind: 'EXCHANGE', reason: 'DAMAGED', returnWay: 'CARRIER' })).toBe('请选择换成什么');
  });

  it('sends only what belongs to the chosen way', () => {
    const draft = { ...draftOf(options), reason: 'DAMAGED' as const, returnStoreId: '9', exchangeSkuId: '8' };
    expect(wishOf({ ...draft, returnWay: 'CARRIER' })).toEqual({
      kind: 'RETURN_REFUND',
      reason: 'DAMAGED',
      lines: [{ lineId: '7', qty: 2 }],
      returnWay: 'CARRIER',
    });
    expect(wishOf({ ...draft, kind: 'REFUND_ONLY', returnWay: 'STORE' })).not.toHaveProperty('returnStoreId');
  });

  it('lets presents follow the goods, with what was chosen for those that fall away', () => {
    const gift = { lineId: '8', leftQty: 1, isGift: true };
    const draft = draftOf({ ...options, lines: [...options.lines, gift] } as AfterSaleOptions);
    expect(draft.pieces).toEqual({ 7: 2, 8: 0 });
    const whole = { ...draft, reason: 'CHANGED_MIND' as const, returnWay: 'CARRIER' as const };
    expect(wishOf(whole)).not.toHaveProperty('presents');
    expect(wishOf({ ...whole, presents: { 8: 'KEEP' } })).toMatchObject({
      lines: [{ lineId: '7', qty: 2 }],
      presents: [{ lineId: '8', choice: 'KEEP' }],
    });
  });

  it('tells gains before losses', () => {
    const one = (tone: 'GAIN' | 'LOSS' | 'NEUTRAL') =>
      ({ kind: 'CASH', title: tone, text: '', tone, fen: null, points: null }) as const;
    expect(byTone([one('NEUTRAL'), one('LOSS'), one('GAIN')]).map(({ tone }) => tone)).toEqual([
      'GAIN',
      'LOSS',
      'NEUTRAL',
    ]);
  });
});
