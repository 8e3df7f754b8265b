import { describe, expect, it } from '@jest/globals';
import { fen, ZERO_FEN } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { balanceRefund, giftPointsTaken } from './balance-refund.js';

const remains = (paid: number, bonus: number, principalLeft: number, bonusLeft: number) => ({
  paidFen: fen(paid),
  bonusFen: fen(bonus),
  principalLeftFen: fen(principalLeft),
  bonusLeftFen: fen(bonusLeft),
  refundedFen: ZERO_FEN,
});

describe('giving up a balance', () => {
  it('counts a bonus by its ratio: of 3,000 + 1,000 it pays 75 % of what is left', () => {
    expect(balanceRefund(remains(300_000, 100_000, 150_000, 50_000))).toEqual({
      refundFen: 150_000,
      bonusTakenFen: 50_000,
    });
    expect(balanceRefund(remains(300_000, 100_000, 300_000, 100_000)).refundFen).toBe(300_000);
  });

  it('favours the consumer whichever of principal and bonus was spent first', () => {
    expect(balanceRefund(remains(300_000, 100_000, 0, 100_000)).refundFen).toBe(75_000);
    expect(balanceRefund(remains(300_000, 100_000, 300_000, 0)).refundFen).toBe(300_000);
  });

  it('pain-25: never pays more than was paid nor less than the principal that is left', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        (paid, bonus, p, b) => {
          const principalLeft = Math.floor((paid * p) / 100);
          const one = remains(paid, bonus, principalLeft, Math.floor((bonus * b) / 100));
          const { refundFen } = balanceRefund(one);
          expect(refundFen).toBeGreaterThanOrEqual(principalLeft);
          expect(refundFen).toBeLessThanOrEqual(paid);
        },
      ),
    );
  });

  it('takes the points that came with a top-up along: never more than came, and with the last fen all of them', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        parts,
        (paid, points, cuts) => {
          let refunded = 0;
          let taken = 0;
          const giveBack = (part: number) => {
            taken += giftPointsTaken({ points, paidFen: fen(paid), refundedFen: fen(refunded) }, fen(part));
            refunded += part;
          };
          for (const cut of cuts) giveBack(Math.min(paid - refunded, Math.floor((paid * cut) / 100)));
          expect(taken * paid).toBeLessThanOrEqual(points * refunded);
          giveBack(paid - refunded);
          expect(taken).toBe(points);
        },
      ),
    );
  });
});
