import { describe, expect, it } from '@jest/globals';
import { DAY_MS, fen } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { type MemberValue, valueTags } from './value-tags.js';

const NOW = Date.parse('2026-11-22T02:00:00.000Z');
const value = (daysAgo: number, more: Partial<MemberValue> = {}): MemberValue => {
  const lastAt = new Date(NOW - daysAgo * DAY_MS);
  const gap = more.medianGapDays ?? null;
  const expectedNextAt = gap === null ? null : new Date(lastAt.getTime() + gap * DAY_MS);
  return {
    orderCount: 3,
    totalFen: fen(123_400),
    firstAt: lastAt,
    lastAt,
    r: 3,
    f: 3,
    m: 3,
    medianGapDays: gap,
    expectedNextAt,
    ...more,
  };
};
const names = (one: MemberValue) => valueTags(one, NOW).map((tag) => tag.name);

describe('tags of a member’s value', () => {
  it('measures silence by the member’s own rhythm', () => {
    expect(names(value(100, { medianGapDays: 30 }))).toEqual(['流失预警']);
    expect(names(value(200, { medianGapDays: 30 }))).toEqual(['沉睡']);
    expect(names(value(195, { medianGapDays: 190 }))).toEqual(['复购临近']);
    expect(names(value(200))).toEqual([]);
  });

  it('says why in figures', () => {
    expect(valueTags(value(25, { medianGapDays: 30, m: 5, f: 5, orderCount: 12 }), NOW)).toEqual([
      { name: '高价值', reason: '累计买了 12 次、¥1,234，金额在全部会员的前 20%' },
      {
        name: '复购临近',
        reason: '平时约 30 天买一次，上次是 2026 年 10 月 28 日，按习惯 2026 年 11 月 27 日前后会再来',
      },
    ]);
    expect(valueTags(value(3, { orderCount: 1 }), NOW)).toEqual([
      { name: '新客', reason: '2026 年 11 月 19 日第一次购买，还没有第二次' },
    ]);
  });

  it('never calls anyone both dormant and about to be lost, gives no tag twice and always a reason', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4000 }),
        fc.option(fc.integer({ min: 1, max: 900 })),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 5 }),
        (daysAgo, medianGapDays, orderCount, score) => {
          const tags = valueTags(value(daysAgo, { medianGapDays, orderCount, m: score, f: score }), NOW);
          const list = tags.map((tag) => tag.name);
          expect(new Set(list).size).toBe(list.length);
          expect(list.includes('沉睡') && list.includes('流失预警')).toBe(false);
          expect(tags.every((tag) => tag.reason.length > 5 && tag.reason.length <= 200)).toBe(true);
        },
      ),
    );
  });
});
