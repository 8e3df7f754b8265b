import { describe, expect, it } from '@jest/globals';
import { fen } from '@shuke/shared/kernel';
import { choosePresents, keptOf, withPresents } from './fallen-presents.js';

const present = (lineId: string, priceFen: number) => ({
  lineId,
  name: '帆布袋',
  spec: '本白 均码',
  imageUrl: null,
  qty: 1,
  priceFen: fen(priceFen),
  promotions: ['满 500 送帆布袋'],
});
const keep = (...lineIds: string[]) => lineIds.map((lineId) => ({ lineId, choice: 'KEEP' as const }));
const room = (refundFen: number, more: { hadLeft?: boolean; hasCompany?: boolean } = {}) => ({
  refundFen: fen(refundFen),
  hadLeft: true,
  hasCompany: true,
  ...more,
});

describe('a present that falls away', () => {
  it('goes back unless its consumer wants to keep it', () => {
    const [one] = choosePresents([present('7', 9_900)], [], room(30_000));
    expect(one).toMatchObject({ choice: 'BACK', canKeep: true, keepFen: 9_900 });
    expect(one?.why).toBe('「满 500 送帆布袋」送的，退货后不满赠送的条件');
    expect(choosePresents([present('7', 9_900)], keep('7'), room(30_000))[0]).toMatchObject({ choice: 'KEEP' });
  });

  it('can be kept only where the refund pays for it with something left over, and says why it cannot', () => {
    const [one] = choosePresents([present('7', 9_900)], keep('7'), room(9_900));
    expect(one).toMatchObject({ choice: 'BACK', canKeep: false });
    expect(one?.keepText).toBe('这次的退款不够付赠品的 ¥99，只能一起退回');
    const both = choosePresents([present('7', 6_000), present('8', 6_000)], keep('7', '8'), room(10_000));
    expect(both.map(({ choice, canKeep }) => [choice, canKeep])).toEqual([
      ['KEEP', true],
      ['BACK', false],
    ]);
    expect(keptOf(both).fen).toBe(6_000);
  });

  it('is not sent alone when nothing else has to be sent any more', () => {
    const [one] = choosePresents([present('7', 900)], keep('7'), room(9_900, { hadLeft: false, hasCompany: false }));
    expect(one).toMatchObject({ choice: 'BACK', canKeep: false, backText: '赠品不再送出，退款金额不变' });
    expect(one?.keepText).toBe('买的商品都退了，赠品不再单独送出');
  });

  it('joins the pieces of the case, with those that were asked for by themselves', () => {
    const presents = choosePresents([present('7', 900), present('8', 900)], keep('8'), room(9_900));
    const lines = [
      { lineId: '1', qty: 2 },
      { lineId: '7', qty: 1 },
    ];
    expect(withPresents(lines, presents)).toEqual([
      { lineId: '1', qty: 2 },
      { lineId: '7', qty: 2 },
    ]);
  });
});
