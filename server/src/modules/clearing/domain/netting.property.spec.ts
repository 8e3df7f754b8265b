import { describe, expect, it } from '@jest/globals';
import { fen, sumFen } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { bearingLegs, reversedLegs } from './bearing.js';
import { type Debt, debtsOf, type Leg, netDebts, type Party, positions } from './netting.js';

const parties: Party[] = ['HQ', 'STORE:1', 'STORE:2', 'STORE:3', 'FRANCHISEE:7'];
const party = fc.constantFrom(...parties);
const amount = fc.integer({ min: 1, max: 1_000_000 }).map(fen);
const legs: fc.Arbitrary<Leg[]> = fc
  .array(fc.tuple(party, party, amount), { minLength: 1, maxLength: 12 })
  .map((moves) =>
    moves.flatMap(([from, to, value]): Leg[] => [
      { party: from, fen: fen(-value) },
      { party: to, fen: value },
    ]),
  );
const asLegs = (debts: readonly Debt[]): Leg[] =>
  debts.flatMap((debt): Leg[] => [
    { party: debt.from, fen: fen(-debt.fen) },
    { party: debt.to, fen: debt.fen },
  ]);

describe('clearing between parties', () => {
  it('turns legs into debts that leave every party exactly where it was', () => {
    fc.assert(
      fc.property(legs, (entry) => {
        const debts = debtsOf(entry);
        expect(positions(asLegs(debts))).toEqual(positions(entry));
        expect(debts.every((debt) => debt.fen > 0 && debt.from !== debt.to)).toBe(true);
      }),
    );
  });

  it('nets a day to at most one direction for each pair, changing nobody’s position, and sums to zero', () => {
    fc.assert(
      fc.property(fc.array(legs, { maxLength: 8 }), (entries) => {
        const debts = entries.flatMap(debtsOf);
        const nets = netDebts(debts);
        expect(positions(asLegs(nets))).toEqual(positions(entries.flat()));
        const pairs = nets.map((net) => [net.from, net.to].sort().join('|'));
        expect(new Set(pairs).size).toBe(pairs.length);
        expect(sumFen(positions(asLegs(nets)).map((leg) => leg.fen))).toBe(0);
        expect(sumFen(nets.map((net) => net.fen))).toBeLessThanOrEqual(sumFen(debts.map((debt) => debt.fen)));
      }),
    );
  });

  it('refuses legs that do not sum to zero', () => {
    expect(() => debtsOf([{ party: 'HQ', fen: fen(1) }])).toThrow(RangeError);
  });

  it('divides a discount over its bearers to the last fen, the giver getting the whole back', () => {
    const shares = fc
      .integer({ min: 0, max: 10_000 })
      .chain((hq) => fc.tuple(fc.constant(hq), fc.integer({ min: 0, max: 10_000 - hq })));
    fc.assert(
      fc.property(amount, shares, (discount, [hq, store]) => {
        const bearers = [
          { party: 'HQ' as Party, bp: hq },
          { party: 'STORE:1' as Party, bp: store },
          { party: 'FRANCHISEE:7' as Party, bp: 10_000 - hq - store },
        ];
        const made = bearingLegs('STORE:1', discount, bearers);
        expect(sumFen(made.map((leg) => leg.fen))).toBe(0);
        expect(made[0]).toEqual({ party: 'STORE:1', fen: discount });
        for (const leg of made.slice(1))
          expect(
            Math.abs(leg.fen * 10_000 + discount * (bearers.find((one) => one.party === leg.party)?.bp ?? 0)),
          ).toBeLessThan(10_000);
      }),
    );
  });

  it('takes an entry back in any parts, each part balanced, the parts together exactly the entry', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 6 }), (parts) => {
        const whole = fen(parts.reduce((a, b) => a + b, 0));
        const entry = bearingLegs('STORE:1', whole, [
          { party: 'HQ', bp: 3333 },
          { party: 'STORE:1', bp: 6667 },
        ]);
        let before = fen(0);
        const back: Leg[] = [];
        for (const part of parts) {
          const legsBack = reversedLegs(entry, whole, before, fen(part));
          expect(sumFen(legsBack.map((leg) => leg.fen))).toBe(0);
          back.push(...legsBack);
          before = fen(before + part);
        }
        expect(positions([...entry, ...back])).toEqual([]);
      }),
    );
  });
});
