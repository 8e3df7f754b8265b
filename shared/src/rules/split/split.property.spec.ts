import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addFen, type Fen, fen, sumFen, ZERO_FEN } from '../../kernel/index.js';
import {
  checkRule,
  entitle,
  NOTHING_REVERSED,
  type PartyRef,
  percent,
  type ReversedBefore,
  reverse,
  type SplitInput,
  type SplitRule,
  shareOf,
} from './index.js';

const brand: PartyRef = { party: 'BRAND', partyId: '1', partyName: '品牌' };
const franchisee: PartyRef = { party: 'FRANCHISEE', partyId: '2', partyName: '加盟商' };
const guide: PartyRef = { party: 'GUIDE', partyId: '3', partyName: '导购' };

const ruleArb: fc.Arbitrary<SplitRule> = fc
  .array(
    fc.record({
      party: fc.constantFrom('BRAND' as const, 'GUIDE' as const),
      ratioBp: fc.integer({ min: 0, max: 1490 }),
      categoryIds: fc.option(fc.constantFrom<string[]>(['a'], ['b'], ['a', 'b']), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((legs) => ({ version: 1, name: 'r', legs }));

const inputArb: fc.Arbitrary<SplitInput> = fc
  .record({
    amounts: fc.array(fc.oneof(fc.constantFrom(0, 1, 2, 33), fc.nat(500_000)), { minLength: 1, maxLength: 6 }),
    freight: fc.constantFrom(0, 1, 1000),
    isSelf: fc.boolean(),
    hasGuide: fc.boolean(),
    feeBp: fc.constantFrom(0, 60, 100),
  })
  .filter((one) => one.amounts.reduce((a, b) => a + b, 0) > 0)
  .map(({ amounts, freight, isSelf, hasGuide, feeBp }) => ({
    paidFen: fen(amounts.reduce((a, b) => a + b, 0) + freight),
    freightFen: fen(freight),
    feeBp,
    storeKind: isSelf ? 'SELF' : 'FRANCHISE',
    collectMode: isSelf ? 'BRAND' : 'STORE',
    owner: isSelf ? brand : franchisee,
    brand,
    guide: hasGuide ? guide : null,
    lines: amounts.map((amount, index) => ({
      lineId: String(index),
      categoryId: ['a', 'b', 'c'][index % 3] ?? 'c',
      name: 'x',
      qty: 1,
      payableFen: fen(amount),
    })),
  }));

/** The same orders, some of them paid by a deposit and a tail. */
const inPartsArb = fc.tuple(inputArb, fc.option(fc.integer({ min: 1, max: 999 }))).map(([input, share]) => {
  const depositFen = share === null ? 0 : Math.floor((input.paidFen * share) / 1000);
  return depositFen === 0 ? input : { ...input, depositFen: fen(depositFen) };
});

describe('entitle', () => {
  it('gives shares that sum to what was paid, none negative, each party within one fen of its exact claim', () => {
    fc.assert(
      fc.property(ruleArb, inputArb, (rule, input) => {
        const { shares } = entitle(rule, input);
        expect(sumFen(shares.map((share) => share.fen))).toBe(input.paidFen);
        expect(shares.every((share) => share.fen >= 0)).toBe(true);
      }),
    );
  });

  it('gives the same result whatever the order of the lines', () => {
    fc.assert(
      fc.property(ruleArb, inputArb, (rule, input) => {
        const turned = entitle(rule, { ...input, lines: [...input.lines].reverse() });
        expect(turned.shares).toEqual(entitle(rule, input).shares);
      }),
    );
  });

  it('stays below the channel’s cap for every order when the rule check accepts the rule', () => {
    fc.assert(
      fc.property(ruleArb, inputArb, (rule, input) => {
        fc.pre(checkRule(rule, 3000, input.feeBp).isAcceptable && input.owner.party === 'FRANCHISEE');
        const { shares } = entitle(rule, input);
        const given = shareOf(shares, 'BRAND', '1') + shareOf(shares, 'GUIDE', '3');
        // Rounding to the nearest fen may add less than one fen per receiver.
        expect(given * 10_000).toBeLessThan(input.paidFen * 3000 + 2 * 10_000);
      }),
    );
  });
});

describe('an order that was paid by a deposit and a tail', () => {
  it('costs the fee of each payment by itself, and gives each back by itself, the tail first', () => {
    const line = { lineId: '0', categoryId: 'a', name: 'x', qty: 1, payableFen: fen(57_634) };
    const input: SplitInput = {
      ...{ paidFen: fen(57_634), depositFen: fen(19_567), freightFen: ZERO_FEN, feeBp: 60 },
      ...{ storeKind: 'FRANCHISE', collectMode: 'STORE', owner: franchisee, brand, guide: null, lines: [line] },
    };
    const rule: SplitRule = { version: 1, name: 'r', legs: [{ party: 'BRAND', ratioBp: 1800 }] };
    // 38,067 fen cost 228.4 and 19,567 cost 117.4; together they would cost 345.8.
    const { shares } = entitle(rule, input);
    expect(shareOf(shares, 'CHANNEL', 'wechat-pay')).toBe(345);
    const half = { freightFen: ZERO_FEN, lines: [{ lineId: '0', amountFen: fen(38_067) }] };
    const tail = reverse(rule, input, shares, half, NOTHING_REVERSED);
    expect(shareOf(tail.shares, 'CHANNEL', 'wechat-pay')).toBe(228);
    const rest = { freightFen: ZERO_FEN, lines: [{ lineId: '0', amountFen: fen(19_567) }] };
    const deposit = reverse(rule, input, shares, rest, { ...half, shares: tail.shares });
    expect(shareOf(deposit.shares, 'CHANNEL', 'wechat-pay')).toBe(117);
  });

  it('is refused when the deposit is all of it, or more', () => {
    const [input] = fc.sample(inputArb, 1);
    const rule: SplitRule = { version: 1, name: 'r', legs: [] };
    if (!input) throw new Error('no sample');
    for (const depositFen of [input.paidFen, addFen(input.paidFen, fen(1)), fen(-1)])
      expect(() => entitle(rule, { ...input, depositFen })).toThrow('positive');
  });
});

describe('reverse', () => {
  it('takes back every refund to the fen, never more than a party has, and ends at zero for all', () => {
    fc.assert(
      fc.property(
        ruleArb,
        inPartsArb,
        fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 400_000 })), { maxLength: 12 }),
        (rule, input, wishes) => {
          const { shares: original } = entitle(rule, input);
          let before: ReversedBefore = NOTHING_REVERSED;
          const left = new Map<string, Fen>(input.lines.map((line) => [line.lineId, line.payableFen]));
          const give = (lines: { lineId: string; amountFen: Fen }[], freightFen: Fen) => {
            const amount = addFen(sumFen(lines.map((line) => line.amountFen)), freightFen);
            if (amount === 0) return;
            const { shares } = reverse(rule, input, original, { lines, freightFen }, before);
            expect(sumFen(shares.map((share) => share.fen))).toBe(amount);
            before = {
              freightFen: addFen(before.freightFen, freightFen),
              lines: [...before.lines, ...lines],
              shares: [...before.shares, ...shares],
            };
            for (const { lineId, amountFen } of lines) left.set(lineId, fen((left.get(lineId) ?? 0) - amountFen));
            for (const share of original)
              expect(shareOf(before.shares, share.party, share.partyId)).toBeLessThanOrEqual(share.fen);
          };
          for (const [index, wish] of wishes) {
            const lineId = String(index % input.lines.length);
            give([{ lineId, amountFen: fen(Math.min(wish, left.get(lineId) ?? 0)) }], ZERO_FEN);
          }
          give(
            [...left].filter(([, amount]) => amount > 0).map(([lineId, amountFen]) => ({ lineId, amountFen })),
            input.freightFen,
          );
          for (const share of original) expect(shareOf(before.shares, share.party, share.partyId)).toBe(share.fen);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('checkRule', () => {
  it('refuses a rule whose worst case breaks the cap and says by how much', () => {
    const rule: SplitRule = {
      version: 1,
      name: 'r',
      legs: [
        { party: 'BRAND', ratioBp: 2500 },
        { party: 'GUIDE', ratioBp: 500, categoryIds: ['a'] },
      ],
    };
    expect(checkRule(rule, 3000, 60)).toMatchObject({ isAcceptable: false, worstCaseBp: 3000, capBp: 2982 });
    expect(
      checkRule(
        {
          ...rule,
          legs: [
            { party: 'BRAND', ratioBp: 2482 },
            { party: 'GUIDE', ratioBp: 500 },
          ],
        },
        3000,
        60,
      ).isAcceptable,
    ).toBe(true);
  });

  it('writes ratios without floating point', () => {
    expect([percent(3000), percent(2982), percent(5), percent(1250)]).toEqual(['30%', '29.82%', '0.05%', '12.5%']);
  });
});
