import { describe, expect, it } from 'vitest';
import { order } from '../../../test/fixtures/goods.mjs';
import { orderSplit } from '../../../test/fixtures/money.mjs';
import { lineRefund, previewParties, previewRefund, wantedLines } from './model';

describe('the refund preview', () => {
  it('gives everything that is left for a whole refund, and sends no lines', () => {
    expect(previewRefund(order, 'ALL')).toMatchObject({ amount: 266_310, freight: 0 });
    expect(wantedLines('ALL')).toBeUndefined();
  });
  it('gives the stored share of the chosen pieces only', () => {
    expect(previewRefund(order, { '812': 1 })).toMatchObject({
      amount: 39_940,
      rows: [{ id: '812', qty: 1, fen: 39_940 }],
    });
    expect(wantedLines({ '811': 0, '812': 1 })).toEqual([{ lineId: '812', qty: 1 }]);
  });
  it('never gives back more than is left, one piece after another', () => {
    const line = { ...order.lines[0]!, qty: 3, payableFen: 100, refundedFen: 0, refundedQty: 0 };
    const one = lineRefund(line, 1);
    const then = lineRefund({ ...line, refundedFen: one, refundedQty: 1 }, 2);
    expect(one + then).toBe(100);
    expect(lineRefund(line, 9)).toBe(100);
  });
  it('shares the refund over the parties without losing a fen', () => {
    const parties = previewParties(previewRefund(order, { '812': 1 }).amount, orderSplit.legs);
    expect(parties?.reduce((sum, part) => sum + part.fen, 0)).toBe(39_940);
    expect(previewParties(previewRefund(order, 'ALL').amount, orderSplit.legs)).toBeNull();
  });
});
