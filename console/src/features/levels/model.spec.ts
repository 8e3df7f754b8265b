import { describe, expect, it } from 'vitest';
import { discountText, effectsOf, type Level, type Scheme, schemeProblem } from './model';

const level = (at: number, name: string, fromGrowth: number, more: Partial<Level['benefits']> = {}): Level => ({
  level: at,
  name,
  fromGrowth,
  benefits: {
    discountBp: 10_000,
    pointsMultiplierBp: 10_000,
    isFreightFree: false,
    birthdayText: '',
    texts: [],
    ...more,
  },
});
const scheme: Scheme = {
  version: 1,
  levels: [
    level(1, '雪友', 0),
    level(2, '银峰', 2000),
    level(3, '金峰', 8000, { discountBp: 9500, isFreightFree: true }),
  ],
  periodMonths: 12,
  growthMonths: 12,
  publishedAt: null,
  memberCounts: [
    { level: 1, count: 223 },
    { level: 2, count: 41 },
    { level: 3, count: 13 },
  ],
};
const withLevel = (at: number, next: Level): Scheme => ({
  ...scheme,
  levels: scheme.levels.map((one) => (one.level === at ? next : one)),
});

describe('a discount', () => {
  it('is said as people say it', () => {
    expect([10_000, 9500, 8800, 9000, 8550].map(discountText)).toEqual(['不打折', '95 折', '88 折', '9 折', '85.5 折']);
  });
});

describe('a ladder', () => {
  it('rises, begins at nothing and never gives less above', () => {
    expect(schemeProblem(scheme)).toBeNull();
    expect(schemeProblem(withLevel(1, level(1, '雪友', 10)))).toMatch('门槛要是 0');
    expect(schemeProblem(withLevel(2, level(2, '银峰', 0)))).toMatch('要比「雪友」的 0 高');
    expect(schemeProblem(withLevel(2, level(2, '银峰', 2000, { discountBp: 9000 })))).toMatch('「金峰」的折扣');
    expect(schemeProblem(withLevel(2, level(2, '雪友', 2000)))).toBe('有两个等级同名');
  });
});

describe('the effect of a draft', () => {
  it('is nothing when nothing changed', () => {
    expect(effectsOf(scheme, scheme)).toEqual([]);
  });
  it('counts who is touched by a higher threshold and calls it a loss', () => {
    const [effect] = effectsOf(scheme, withLevel(3, level(3, '金峰', 9000, { discountBp: 9500, isFreightFree: true })));
    expect(effect).toMatchObject({ isLoss: true });
    expect(effect?.text).toContain('13 位');
  });
  it('says who may rise when a threshold falls', () => {
    const [effect] = effectsOf(scheme, withLevel(2, level(2, '银峰', 1500)));
    expect(effect).toMatchObject({ isLoss: false });
    expect(effect?.text).toContain('223 位');
  });
  it('names benefits that are taken away and levels that vanish', () => {
    const texts = effectsOf(scheme, {
      ...scheme,
      levels: [scheme.levels[0]!, level(2, '银峰', 2000, { texts: ['护理'] })],
    });
    expect(texts.map((one) => one.text)).toEqual([
      '「银峰」的 41 位会员新增：护理',
      '去掉「金峰」：现在的 13 位归到低一级',
    ]);
    expect(texts.map((one) => one.isLoss)).toEqual([false, true]);
  });
});
