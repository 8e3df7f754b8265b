import { csvText } from '@shuke/shared/kernel';
import { describe, expect, it } from 'vitest';
import { countText, moneyText, percentText, plainYuan, readPercent, readYuan, shareBp, totalOf } from './money';
import { agoText, exactText, whenText } from './time';

describe('amounts', () => {
  it('shows thousands, two digits and a true minus', () => {
    expect([0, 5, 123_456_789, -1230].map(moneyText)).toEqual(['¥0.00', '¥0.05', '¥1,234,567.89', '−¥12.30']);
  });
  it('exports plain yuan that a spreadsheet can sum', () => {
    expect(plainYuan(-123_450)).toBe('-1234.50');
  });
  it('reads what people type and refuses a third decimal', () => {
    expect([readYuan('¥1,899'), readYuan('12.3'), readYuan('12.345'), readYuan('abc'), readYuan('')]).toEqual([
      189_900,
      1230,
      null,
      null,
      null,
    ]);
  });
  it('refuses a float instead of rounding it', () => {
    expect(() => moneyText(10.5)).toThrow(/fen/);
    expect(() => totalOf([{ fen: 0.1 }], (row) => row.fen)).toThrow(/fen/);
  });
  it('turns basis points into percentages and back without loss', () => {
    for (const bp of [0, 5, 50, 1250, 3000, 9999, 10_000]) expect(readPercent(percentText(bp))).toBe(bp);
    expect([readPercent('100.01'), readPercent('1.234'), readPercent('-1')]).toEqual([null, null, null]);
  });
  it('gives shares of a whole rounded half up, and none of an empty whole', () => {
    expect([shareBp(1, 3), shareBp(2, 3), shareBp(5, 0)]).toEqual([3333, 6667, 0]);
  });
  it('shortens counts above 9,999', () => {
    expect([9999, 12_650, 128_412].map(countText)).toEqual(['9,999', '1.2 万', '12.8 万']);
  });
});

describe('times', () => {
  const now = Date.parse('2026-11-22T06:00:00Z');
  it('are told in Shanghai as people say them', () => {
    expect(whenText('2026-11-22T00:30:00Z', now)).toBe('今天 08:30');
    expect(whenText('2026-11-21T13:10:00Z', now)).toBe('昨天 21:10');
    expect(whenText('2026-11-20T16:30:00Z', now)).toBe('昨天 00:30');
    expect(whenText('2025-11-20T00:30:00Z', now)).toBe('2025-11-20 08:30');
    expect(exactText('2026-11-21T16:00:01Z')).toBe('2026-11-22 00:00:01');
    expect(agoText('2026-11-22T05:52:00Z', now)).toBe('8 分钟前');
  });
});

describe('an exported file', () => {
  it('starts with a byte order mark, quotes commas and disarms formulas', () => {
    expect(csvText(['a'], [['x,"y"'], ['=1+1'], ['-12.30'], [3]])).toBe(
      '\uFEFFa\r\n"x,""y"""\r\n\'=1+1\r\n-12.30\r\n3\r\n',
    );
  });
});
