import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, allocateWithin } from './allocate.js';
import { type Fen, fen, sumFen } from './fen.js';

const amount = fc.oneof(fc.constantFrom(0, 1, 2, 99, 100, 2 ** 31, 2 ** 51 - 1), fc.nat(10_000_000)).map(fen);
const weights = fc.array(fc.nat(20_000).map(BigInt), { minLength: 1, maxLength: 6 });

describe('allocate', () => {
  it('gives parts that sum to the whole, within one fen of exact, and nothing to a zero weight', () => {
    fc.assert(
      fc.property(amount, weights, (total, parts) => {
        const whole = parts.reduce((a, b) => a + b, 0n);
        fc.pre(whole > 0n);
        const shares = allocate(total, parts);
        expect(sumFen(shares)).toBe(total);
        shares.forEach((share, index) => {
          const exact = BigInt(total) * (parts[index] ?? 0n);
          expect(BigInt(share) * whole - exact < whole && exact - BigInt(share) * whole < whole).toBe(true);
          if (parts[index] === 0n) expect(share).toBe(0);
        });
      }),
    );
  });

  it('gives each party the same amount whatever the order of distinct weights', () => {
    fc.assert(
      fc.property(
        amount,
        fc.uniqueArray(
          fc.nat(9_999).map((n) => BigInt(n + 1)),
          { minLength: 2, maxLength: 5 },
        ),
        (total, parts) => {
          const whole = parts.reduce((a, b) => a + b, 0n);
          const remainders = parts.map((weight) => (BigInt(total) * weight) % whole);
          fc.pre(new Set(remainders).size === remainders.length);
          const forward = allocate(total, parts);
          const backward = allocate(total, [...parts].reverse()).reverse();
          expect(backward).toEqual(forward);
        },
      ),
    );
  });
});

describe('allocateWithin', () => {
  it('never passes a cap and ends at exactly zero for everybody when refunds add up to the whole', () => {
    fc.assert(
      fc.property(amount, weights, fc.array(fc.nat(1_000_000), { maxLength: 20 }), (total, parts, slices) => {
        fc.pre(parts.some((weight) => weight > 0n));
        let left: Fen[] = allocate(total, parts);
        for (const slice of [...slices, Number.MAX_SAFE_INTEGER]) {
          const refund = fen(Math.min(slice, sumFen(left)));
          const taken = allocateWithin(refund, parts, left);
          expect(sumFen(taken)).toBe(refund);
          left = left.map((have, index) => fen(have - (taken[index] ?? 0)));
          expect(left.every((have) => have >= 0)).toBe(true);
        }
        expect(left.every((have) => have === 0)).toBe(true);
      }),
    );
  });
});
