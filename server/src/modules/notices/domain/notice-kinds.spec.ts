import { describe, expect, it } from '@jest/globals';
import { NOTICE_KINDS, NOTICE_MOMENTS } from '@shuke/shared/contracts';
import { fen } from '@shuke/shared/kernel';
import { fitSubscribeField } from '../../../gateways/wechat-miniapp/index.js';
import { amountText, NOTICE_FIELDS, timeText } from './notice-fields.js';
import { ASKED_AT, ASKS_MAX, mappingProblem, NOTICE_RULES } from './notice-kinds.js';

describe('what is asked for', () => {
  it.each(NOTICE_MOMENTS)('at %s is at most three kinds, each once', (moment) => {
    const kinds = ASKED_AT[moment];
    expect(kinds.length).toBeGreaterThan(0);
    expect(kinds.length).toBeLessThanOrEqual(ASKS_MAX);
    expect(new Set(kinds).size).toBe(kinds.length);
  });

  it('has a moment for every kind', () => {
    expect(new Set(Object.values(ASKED_AT).flat())).toEqual(new Set(NOTICE_KINDS));
  });
});

describe('the fields of a message', () => {
  it.each(Object.entries(NOTICE_FIELDS))('%s: its sample is not cut in any keyword that may hold it', (_, field) => {
    for (const type of field.types) expect(fitSubscribeField(`${type}1`, field.sample)).toBe(field.sample);
  });

  it('are written as the platform takes them', () => {
    expect(timeText(new Date('2026-11-22T16:05:00.000Z'))).toBe('2026年11月23日 00:05');
    expect([amountText(fen(123456)), amountText(fen(5))]).toEqual(['¥1234.56', '¥0.05']);
  });
});

describe('mapping a template', () => {
  const keywords = [
    { key: 'character_string1', label: '订单编号' },
    { key: 'amount2', label: '金额' },
  ];
  const problem = (pairs: [string, string][]) => mappingProblem('ORDER_PAID', keywords, new Map(pairs));

  it('is right when every keyword gets something that fits it', () => {
    expect(
      problem([
        ['character_string1', 'orderNo'],
        ['amount2', 'amount'],
      ]),
    ).toBeNull();
  });

  it.each([
    ['a keyword is left out', [['character_string1', 'orderNo']], /「金额」还没有选/],
    [
      'it cannot hold the text',
      [
        ['character_string1', 'goods'],
        ['amount2', 'amount'],
      ],
      /「订单编号」放不下商品/,
    ],
    [
      'the kind cannot say it',
      [
        ['character_string1', 'trackingNo'],
        ['amount2', 'amount'],
      ],
      /不属于这类通知/,
    ],
    [
      'the template has no such keyword',
      [
        ['character_string1', 'orderNo'],
        ['amount2', 'amount'],
        ['thing9', 'goods'],
      ],
      /没有关键词 thing9/,
    ],
  ] as [string, [string, string][], RegExp][])('is refused when %s', (_, pairs, words) => {
    expect(problem(pairs)).toMatch(words);
  });

  it('can be made for every kind with one keyword of each field', () => {
    for (const kind of NOTICE_KINDS) {
      const all = NOTICE_RULES[kind].fields.map((field, at) => ({
        key: `${NOTICE_FIELDS[field].types[0]}${at}`,
        label: field,
        field,
      }));
      expect(mappingProblem(kind, all, new Map(all.map(({ key, field }) => [key, field])))).toBeNull();
    }
  });
});
