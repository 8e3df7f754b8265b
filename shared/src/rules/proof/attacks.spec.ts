import { describe, expect, it } from '@jest/globals';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils';
import fc from 'fast-check';
import { type Fen, fen } from '../../kernel/index.js';
import { entitle } from '../split/index.js';
import { type EntryBody, verifyProof, verifyProofs, writeProof } from './index.js';
import {
  bend,
  brand,
  DAYS,
  found,
  gentle,
  headOf,
  lineOf,
  link,
  names,
  proofOf,
  refund,
  rule,
  START,
  sale,
} from './testing/bent-proofs.js';

const [dayA, dayB, dayC] = DAYS;
const first = sale('100', dayA);
const second = sale('101', dayA, 50_003);
const back1 = refund(first, '500', dayA, 7_001);
const back2 = refund(first, '501', dayA, 7_001, [back1]);
const good = proofOf(dayA, [first, second, back1, back2]);

describe('a proof that was bent and sealed anew', () => {
  it('is right as it was written', () => expect(found(good)).toEqual([]));

  it.each<[string, string, RegExp]>([
    [
      'two entries change places',
      bend(good, ([h, r, s, a, b, ...rest]) => [h, r, s, b, a, ...rest] as string[]),
      /^4 序号应为 1/,
    ],
    [
      'the last entry is cut off',
      bend(good, (lines) => lines.filter((_, at) => at !== 6)),
      /^3 门店 湖滨店 应有 4 条记录，实有 3 条/,
    ],
    [
      'a header follows the first',
      bend(good, ([h, ...rest]) => [h, h?.replace(dayA, dayB), ...rest] as string[]),
      /^2 这一行不在/,
    ],
    [
      'totals stand in the middle',
      bend(good, (lines) => [...lines.slice(0, 3), lines.at(-1) ?? '', ...lines.slice(3)]),
      /^5 这一行不在/,
    ],
    [
      'a store comes twice',
      bend(good, (lines) => [...lines.slice(0, -1), lines[2] ?? '', ...lines.slice(-1)]),
      /^8 门店 湖滨店 出现了两次/,
    ],
    [
      'the same keys come twice',
      bend(good, (lines) => lines.map((one) => one.replace('"seq":1,', '"seq":2,"seq":1,'))),
      /^4 这一行的写法/,
    ],
    [
      'a number is written as 1e5',
      bend(good, (lines) => lines.map((one) => one.replace('"paidFen":99989', '"paidFen":9.9989e4'))),
      /^4 这一行的写法/,
    ],
    [
      'a zero is written as -0',
      bend(good, (lines) => lines.map((one) => one.replace('"freightFen":0', '"freightFen":-0'))),
      /^4 这一行的写法/,
    ],
    [
      'a letter is written as its escape',
      bend(good, (lines) => lines.map((one) => one.replace('湖滨店', '\\u6e56滨店'))),
      /^3 这一行的写法/,
    ],
    [
      'an amount is beyond what a number holds',
      bend(good, (lines) => lines.map((one) => one.replace('"paidFen":99989', '"paidFen":9007199254740993'))),
      /^4 这一行/,
    ],
    [
      'an amount is infinite',
      bend(good, (lines) => lines.map((one) => one.replace('"paidFen":99989', '"paidFen":1e999'))),
      /^4 这一行读不出来/,
    ],
    [
      'a line carries a field that nobody reads',
      bend(good, ([h, ...rest]) => [h?.replace('"format"', '"agreed":"yes","format"') ?? '', ...rest]),
      /^1 不认识的内容/,
    ],
    [
      'a prototype is slipped in',
      bend(good, ([h, ...rest]) => [h?.replace('{', '{"__proto__":{},') ?? '', ...rest]),
      /^1 不认识的内容/,
    ],
  ])('is found and named when %s', (_, text, where) => {
    expect(found(text)).toContainEqual(expect.stringMatching(where));
  });

  it('is found when the seal itself carries more than it should, or the last byte is gone', () => {
    expect(found(good.replace('"type":"seal"', '"remark":"ok","type":"seal"'))).toContainEqual(
      expect.stringMatching(/^9 不认识的内容/),
    );
    expect(found(good.slice(0, -1))).toEqual(['9 最后一行没有写完']);
  });
});

describe('a chain that its owner computed anew, with right hashes everywhere', () => {
  const forged = (bodies: readonly EntryBody[], rules = [lineOf(rule)]) => found(proofOf(dayA, bodies, START, rules));

  it.each<[string, () => string[], RegExp]>([
    ['an order counts twice', () => forged([first, first]), /^5 这笔订单入账了两次/],
    ['a refund counts twice', () => forged([first, back1, { ...back2, refundId: '500' }]), /^6 这笔退款冲回了两次/],
    ['a refund has no sale', () => forged([second, back1]), /^5 找不到这笔退款的入账记录/],
    [
      'a refund forgets an earlier one',
      () => forged([first, back1, refund(first, '501', dayA, 7_001)]),
      /^6 退款记录里“此前已退”/,
    ],
    [
      'a refund tells of another sale',
      () => forged([first, refund(sale('100', dayA, 88_888), '500', dayA, 100)]),
      /^5 退款记录引用的原始分配/,
    ],
    [
      'a refund says another amount',
      () => forged([first, { ...back1, refundFen: fen(7_002) }]),
      /^5 各方金额之和不等于/,
    ],
    [
      'a rule is named by another version',
      () => forged([{ ...first, rule: { ...first.rule, version: 4 } }]),
      /^4 记录写的规则版本/,
    ],
    [
      'one version has two contents',
      () => forged([first, sale('101', dayA, 5, gentle)], [lineOf(rule), lineOf(gentle)]),
      /^3 规则第 3 版出现了两种/,
    ],
    [
      'a gift of the rule is more than the whole',
      () => forged([first], [lineOf({ ...rule, legs: [{ party: 'BRAND', ratioBp: 10_001 }] })]),
      /^2 不认识/,
    ],
    [
      'the hour lies in another day',
      () => forged([{ ...first, at: '2026-11-20T17:00:00.000Z' }]),
      /^4 记录的时间与营业日不一致/,
    ],
    ['it is another day’s', () => found(proofOf(dayB, [first])), /^4 记录不属于这一天/],
    ['it is another brand’s', () => forged([{ ...first, ...entitleFor('8') }]), /^4 记录属于另一个品牌/],
    [
      'a share goes to somebody else',
      () => forged([{ ...first, shares: first.shares.map((one) => ({ ...one, partyId: '7' })) }]),
      /^4 按规则重算/,
    ],
    [
      'a body is of no kind',
      () => found(bend(good, (lines) => lines.map((one) => one.replace('"ACCRUAL"', '"GIFT"')))),
      /^4 不认识的内容/,
    ],
    ['a body is of a later form', () => forged([{ ...first, v: 2 as 1 }]), /^4 不认识的内容/],
    [
      'an amount is below zero',
      () => forged([{ ...first, input: { ...first.input, freightFen: -1 as Fen } }]),
      /^4 无法重算/,
    ],
  ])('is found and named when %s', (_, attack, where) => {
    expect(attack()).toContainEqual(expect.stringMatching(where));
  });

  function entitleFor(brandId: string) {
    const input = { ...first.input, brand: { ...brand, partyId: brandId } };
    return { input, ...entitle(rule, input) };
  }
});

describe('proofs of several days', () => {
  const later = proofOf(dayB, [sale('102', dayB), refund(second, '502', dayB, 3)], headOf(good));
  const last = proofOf(dayC, [sale('103', dayC)], headOf(later));
  const across = (...texts: string[]) =>
    verifyProofs(texts.map((proof, at) => ({ name: `${at + 1}`, proof }))).flatMap((file) =>
      file.findings.map((one) => `${file.name}: ${one.line} ${one.text}`),
    );

  it('go on from each other, in whatever order they are given, and the same file twice counts once', () => {
    expect(across(last, good, later, good)).toEqual([]);
  });

  it('show a day that was rewritten, although that day alone is right', () => {
    const rewritten = proofOf(dayA, [first, sale('101', dayA, 40_000), back1, back2]);
    expect(found(rewritten)).toEqual([]);
    expect(across(rewritten, later)).toContainEqual(
      expect.stringMatching(/^2: 3 与 1（2026-11-20）里的第 4 条不是同一条/),
    );
    expect(across(good, rewritten).join()).toMatch(/里的第 2 条不是同一条/);
  });

  it('show a day whose tail was cut off, and a day that begins too early', () => {
    const cut = proofOf(dayA, [first, second, back1]);
    expect(found(cut)).toEqual([]);
    expect(across(cut, later)).toContainEqual(expect.stringMatching(/^2: 3 门店 湖滨店 缺少第 4 到 4 条/));
    const early = proofOf(dayB, [sale('102', dayB)], headOf(cut));
    expect(across(good, early)).toContainEqual(expect.stringMatching(/^2: 3 门店 湖滨店 从第 3 条接起/));
  });

  it('show a store that is gone the next day, an old sale that counts again, and a rule that changed its content', () => {
    const gone = writeProof({ ...names, businessDay: dayB, state: 'PUBLISHED' }, [lineOf(rule)], []);
    expect(across(good, gone)).toContainEqual(expect.stringMatching(/^2: 1 2026-11-20 有门店 湖滨店，这一份里没有/));
    const again = proofOf(dayB, [sale('100', dayB)], headOf(good));
    expect(across(good, again)).toContainEqual(expect.stringMatching(/^2: 4 这笔订单入账了两次/));
    const eased = proofOf(dayB, [sale('102', dayB, 7, gentle)], headOf(good), [lineOf(gentle)]);
    expect(across(good, eased)).toContainEqual(expect.stringMatching(/^2: 2 规则第 3 版出现了两种/));
    const wrongPast = proofOf(dayB, [refund(sale('101', dayA, 60_000), '502', dayB, 3)], headOf(good));
    expect(across(good, wrongPast)).toContainEqual(expect.stringMatching(/^2: 4 退款记录引用的原始分配/));
  });

  it('let an unfinished day be followed by the whole one, and not by another', () => {
    const store = { storeId: '9', storeName: '湖滨店', ...START };
    const draft = (bodies: EntryBody[]) =>
      writeProof(
        { ...names, businessDay: dayA, state: 'DRAFT' },
        [lineOf(rule)],
        [{ ...store, entries: link(bodies, START) }],
      );
    expect(across(draft([first, second]), good)).toEqual([]);
    expect(across(draft([second]), good).join()).toMatch(/里的第 1 条不是同一条/);
  });
});

describe('bytes', () => {
  const bytes = utf8ToBytes(good);

  it('any one changed byte is found, and its line is named', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = bytes.slice();
        changed[at] = ((changed[at] ?? 0) + by) % 256;
        const line = bytes.slice(0, at).filter((one) => one === 10).length + 1;
        const { isRight, findings } = verifyProof(changed);
        expect(isRight).toBe(false);
        // A line break that is gone joins two lines, so the line after may be meant as well.
        expect(findings.some((one) => one.line === line || one.line === line + 1)).toBe(true);
      }),
      { numRuns: 250 },
    );
  });

  it('any one removed or added byte is found, a mark before the first line too', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, byte, adds) => {
        const parts = [
          bytes.slice(0, at),
          adds ? Uint8Array.of(byte) : new Uint8Array(),
          bytes.slice(adds ? at : at + 1),
        ];
        expect(verifyProof(concatBytes(...parts)).isRight).toBe(false);
      }),
      { numRuns: 250 },
    );
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]);
    expect(verifyProof(marked).findings[0]?.line).toBe(1);
  });
});
