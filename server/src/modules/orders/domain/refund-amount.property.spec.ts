import { describe, expect, it } from '@jest/globals';
import { addFen, fen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { type RefundableLine, refundAmount } from './refund-amount.js';

const lineArb = fc.record({ qty: fc.integer({ min: 1, max: 9 }), payable: fc.nat(300_000) });

describe('refundAmount', () => {
  it('gives back exactly what was paid over any sequence of partial refunds (pain-05)', () => {
    fc.assert(
      fc.property(
        fc.array(lineArb, { minLength: 1, maxLength: 4 }),
        fc.nat(2_000),
        fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 3 })), { maxLength: 20 }),
        (drafts, freight, wishes) => {
          let lines: RefundableLine[] = drafts.map((draft, index) => ({
            lineId: String(index),
            qty: draft.qty,
            payableFen: fen(draft.payable),
            refundedQty: 0,
            refundedFen: ZERO_FEN,
          }));
          let freightBack = ZERO_FEN;
          let total = ZERO_FEN;
          const apply = (wanted: { lineId: string; qty: number }[] | null) => {
            const amount = refundAmount(lines, wanted, { paidFen: fen(freight), refundedFen: freightBack }, 'TO_SHIP');
            if (amount === null) return;
            expect(amount.lines.every((part) => part.amountFen >= 0)).toBe(true);
            total = addFen(total, amount.totalFen);
            freightBack = addFen(freightBack, amount.freightFen);
            lines = lines.map((line) => {
              const part = amount.lines.find((one) => one.lineId === line.lineId);
              return part
                ? {
                    ...line,
                    refundedQty: line.refundedQty + part.qty,
                    refundedFen: addFen(line.refundedFen, part.amountFen),
                  }
                : line;
            });
            for (const line of lines) expect(line.refundedFen).toBeLessThanOrEqual(line.payableFen);
          };
          for (const [index, qty] of wishes) apply([{ lineId: String(index % drafts.length), qty }]);
          apply(null);
          expect(total).toBe(addFen(sumFen(lines.map((line) => line.payableFen)), fen(freight)));
        },
      ),
    );
  });

  it('refuses unknown lines, too many pieces and the same line twice', () => {
    const lines: RefundableLine[] = [
      { lineId: 'a', qty: 2, payableFen: fen(101), refundedQty: 1, refundedFen: fen(50) },
    ];
    const none = { paidFen: ZERO_FEN, refundedFen: ZERO_FEN };
    expect(refundAmount(lines, [{ lineId: 'b', qty: 1 }], none, 'RECEIVED')).toBeNull();
    expect(refundAmount(lines, [{ lineId: 'a', qty: 2 }], none, 'RECEIVED')).toBeNull();
    expect(
      refundAmount(
        lines,
        [
          { lineId: 'a', qty: 1 },
          { lineId: 'a', qty: 1 },
        ],
        none,
        'RECEIVED',
      ),
    ).toBeNull();
    expect(refundAmount(lines, null, none, 'RECEIVED')?.totalFen).toBe(51);
  });
});
