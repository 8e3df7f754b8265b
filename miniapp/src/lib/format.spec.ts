import { describe, expect, it } from 'vitest';
import { countText, distanceText, goodsName, leftText, momentText, priceParts, priceText, timeText } from './format';

const NOW = Date.parse('2026-11-22T02:30:00.000Z'); // 10:30 in Shanghai

describe('prices', () => {
  it('splits fen into yuan and cents without float tails', () => {
    expect(priceParts(129_900)).toEqual({ sign: '', yuan: '1,299', cents: '' });
    expect(priceParts(45_950)).toEqual({ sign: '', yuan: '459', cents: '50' });
    expect(priceParts(-1)).toEqual({ sign: '-', yuan: '0', cents: '01' });
    expect(priceParts(0)).toEqual({ sign: '', yuan: '0', cents: '' });
  });

  it('writes a price for a sentence', () => {
    expect([priceText(100_000_000), priceText(29), priceText(-4_000)]).toEqual(['¥1,000,000', '¥0.29', '-¥40']);
  });
});

describe('counts and distances', () => {
  it('shortens counts above 9,999', () => {
    expect([countText(9_999), countText(12_345), countText(100_000)]).toEqual(['9,999', '1.2 万', '10.0 万']);
  });
  it('says distances in metres below a kilometre', () => {
    expect([
      distanceText(3),
      distanceText(868),
      distanceText(2_340),
      distanceText(123_456),
      distanceText(null),
    ]).toEqual(['10 米', '860 米', '2.3 公里', '123 公里', '']);
  });
});

describe('times', () => {
  it('says times as people do, by the Shanghai day', () => {
    const at = (text: string) => timeText(text, NOW);
    expect(at('2026-11-22T02:29:30.000Z')).toBe('刚刚');
    expect(at('2026-11-22T02:05:00.000Z')).toBe('25 分钟前');
    expect(at('2026-11-22T00:30:00.000Z')).toBe('今天 08:30');
    expect(at('2026-11-21T15:59:00.000Z')).toBe('昨天 23:59');
    expect(at('2026-11-19T02:00:00.000Z')).toBe('3 天前');
    expect(at('2026-10-02T06:00:00.000Z')).toBe('10月2日');
    expect(at('2025-03-01T06:00:00.000Z')).toBe('2025年3月1日');
    expect(at('2026-11-23T02:00:00.000Z')).toBe('明天 10:00');
  });

  it('counts down and stops at the deadline', () => {
    expect(leftText('2026-11-22T02:52:12.000Z', NOW)).toBe('22:12');
    expect(leftText('2026-11-22T04:35:00.000Z', NOW)).toBe('2 小时 05 分');
    expect(leftText('2026-12-05T10:35:00.000Z', NOW)).toBe('13 天 8 小时');
    expect(leftText('2026-11-22T02:30:00.000Z', NOW)).toBeNull();
  });

  it('says a moment to the minute, with the year only when it is another one', () => {
    expect(momentText('2026-12-02T10:21:00.000Z', NOW)).toBe('12月2日 18:21');
    expect(momentText('2027-01-02T01:05:00.000Z', NOW)).toBe('2027年1月2日 09:05');
  });
});

describe('names of goods', () => {
  it('are read, not shouted, where an old till wrote capitals', () => {
    expect(goodsName('ENCHANTED BIRD  COATHANGER 5 HOOK ')).toBe('Enchanted bird coathanger 5 hook');
  });

  it.each(['归山 牛角扣长款羽绒服', 'GORE-TEX 冲锋衣', 'Lunch bag Alphabet design', 'XL1001', 'T1'])(
    '%s stays',
    (name) => {
      expect(goodsName(name)).toBe(name);
    },
  );
});
