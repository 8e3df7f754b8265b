import { describe, expect, it } from '@jest/globals';
import { fen, ZERO_FEN } from '@shuke/shared/kernel';
import { type BillFact, compareLine, gapOf, nextStepOf } from './bill-differences.js';

const fact = (over: Partial<BillFact> = {}): BillFact => ({
  kind: 'REFUND',
  ref: 'R1',
  amountFen: fen(500),
  feeFen: fen(-3),
  isDone: true,
  ...over,
});
const underWay = (over: Partial<BillFact> = {}) => ({ ...fact({ isDone: false, ...over }), isUnderWay: true });
const classOf = (theirs: BillFact & { isUnderWay?: boolean }, ours: BillFact | null) =>
  compareLine(theirs, ours)?.class ?? null;

describe('a line of a bill and our books', () => {
  it.each([
    ['the same', fact(), fact(), null],
    ['unknown to us and done', fact(), null, 'LONG'],
    ['unknown to us and closed', fact({ isDone: false }), null, null],
    ['unknown to us and under way', underWay(), null, 'LONG'],
    ['done there and not here', fact(), fact({ isDone: false }), 'STATE'],
    ['closed there and not done here', fact({ isDone: false }), fact({ isDone: false }), null],
    ['closed there and done here under another number', fact({ isDone: false }), fact({ amountFen: fen(1) }), null],
    ['under way there and not done here', underWay(), fact({ isDone: false }), null],
    ['under way there and done here', underWay(), fact(), null],
    ['under way there, done here with another amount', underWay({ amountFen: fen(501) }), fact(), 'AMOUNT'],
    ['under way there, done here with a fee that is not final', underWay({ feeFen: ZERO_FEN }), fact(), null],
    ['another amount', fact({ amountFen: fen(501) }), fact(), 'AMOUNT'],
    ['another fee', fact({ feeFen: fen(-4) }), fact(), 'FEE'],
  ] as const)('%s', (_, theirs, ours, expected) => {
    expect(classOf(theirs, ours)).toBe(expected);
  });

  it('tells how much more the channel says, of a refund under way as well', () => {
    const gap = (theirs: BillFact, ours: BillFact | null) => {
      const found = compareLine(theirs, ours);
      return found && gapOf(found);
    };
    expect(gap(underWay(), null)).toBe(500);
    expect(gap(underWay({ amountFen: fen(520) }), fact())).toBe(20);
    expect(gap(fact(), fact({ isDone: false }))).toBe(500);
    expect(gap(fact({ feeFen: fen(-4) }), fact())).toBe(-1);
    expect(gapOf({ class: 'SHORT', ref: 'R1', ours: fact(), theirs: null })).toBe(-500);
  });

  it('says of unknown money what was really done with it', () => {
    expect(nextStepOf({ class: 'LONG', theirs: fact({ kind: 'PAY' }) })).toContain('记入待查');
    expect(nextStepOf({ class: 'LONG', theirs: fact() })).not.toContain('记入待查');
  });
});
