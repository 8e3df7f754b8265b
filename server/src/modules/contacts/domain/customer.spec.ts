import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { agoText, type BoughtLine, dayText, favouriteSizes } from './customer-facts.js';
import { nextActions, type Situation } from './next-actions.js';

const NOW = Date.parse('2026-11-22T02:00:00.000Z');
const line = (over: Partial<BoughtLine> = {}): BoughtLine => ({
  name: '冰川',
  productId: '1',
  categoryName: '长款羽绒',
  size: 'L',
  qty: 1,
  atMs: NOW,
  ...over,
});
const situation = (over: Partial<Situation> = {}): Situation => ({
  nowMs: NOW,
  isFriend: true,
  isMember: true,
  addedAtMs: NOW - 40 * DAY_MS,
  tasks: [],
  viewed: [],
  bought: [],
  ...over,
});
const kinds = (over: Partial<Situation>) => nextActions(situation(over)).map((one) => one.kind);

describe('what is known of a customer', () => {
  it('says a day without its year, the next year as people say it, and others in digits', () => {
    const days = ['2026-11-29T02:00:00Z', '2027-01-08T02:00:00Z', '2025-12-31T02:00:00Z', '2028-02-01T02:00:00Z'];
    expect(days.map((day) => dayText(Date.parse(day), NOW))).toEqual([
      '11 月 29 日',
      '明年 1 月 8 日',
      '2025 年 12 月 31 日',
      '2028 年 2 月 1 日',
    ]);
  });
  it('names the size bought most per category and leaves out what was given back', () => {
    const lines = [line(), line({ qty: 2 }), line({ size: 'XL', qty: 0 }), line({ categoryName: null, size: 'M' })];
    expect(favouriteSizes(lines)).toEqual([
      { label: '长款羽绒', value: 'L（3 件）' },
      { label: '其他', value: 'M（1 件）' },
    ]);
    expect(favouriteSizes([line({ size: null })])).toEqual([]);
  });

  it.each([
    [0, '今天'],
    [1, '昨天'],
    [59, '59 天前'],
    [365, '12 个月前'],
    [800, '2 年前'],
  ])('says %i days as %s', (days, text) => {
    expect(agoText(NOW - days * DAY_MS, NOW)).toBe(text);
  });
});

describe('the next best actions', () => {
  const view = (count: number) => [{ productId: '1', name: '冰川', count }];

  it('put today’s task first', () => {
    const tasks = [{ id: '9', title: '新品到店', reason: '喜欢长款', productId: null }];
    expect(kinds({ tasks, isMember: false, viewed: view(3) })).toEqual(['TASK', 'VIEWED_NOT_BOUGHT', 'INVITE']);
  });

  it('speak up at the third view and not at the second, and not after an order', () => {
    expect(kinds({ viewed: view(2) })).toEqual([]);
    expect(kinds({ viewed: view(3) })).toEqual(['VIEWED_NOT_BOUGHT']);
    expect(kinds({ viewed: view(5), bought: [{ productId: '1', name: '冰川', atMs: NOW - DAY_MS }] })).toEqual([]);
  });

  it.each([
    [2.9, []],
    [3, ['AFTER_CARE']],
    [15, ['AFTER_CARE']],
    [15.1, []],
  ])('ask how it wears %d days after the purchase: %j', (days, expected) => {
    expect(kinds({ bought: [{ productId: '1', name: '冰川', atMs: NOW - days * DAY_MS }] })).toEqual(expected);
  });

  it('greet a friend of today only', () => {
    expect(kinds({ addedAtMs: NOW - DAY_MS + 1 })).toEqual(['WELCOME']);
    expect(kinds({ addedAtMs: NOW - DAY_MS })).toEqual([]);
  });
});
