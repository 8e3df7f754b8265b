import { describe, expect, it } from '@jest/globals';
import { AFTER_SALE_STATES } from '@shuke/shared/contracts';
import { CASE_MOVES, type CaseAct, isMerchantFault, isOpenCase, nextCaseState } from './case-state.js';

const ACTS: CaseAct[] = [
  'APPROVE',
  'REFUSE',
  'CANCEL',
  'SEND_BACK',
  'RECEIVE',
  'REFUND',
  'RESEND',
  'FINISH',
  'GIVE_UP',
];

describe('states of a case', () => {
  it('form a table in which every state can be reached and every open one leads to an end', () => {
    const reached = new Set(['REQUESTED', ...AFTER_SALE_STATES.flatMap((state) => Object.values(CASE_MOVES[state]))]);
    expect([...reached].sort()).toEqual([...AFTER_SALE_STATES].sort());
    const ends = (from: (typeof AFTER_SALE_STATES)[number], seen: string[] = []): boolean =>
      !isOpenCase(from) ||
      Object.values(CASE_MOVES[from]).some((to) => !seen.includes(to) && ends(to, [...seen, from]));
    expect(AFTER_SALE_STATES.every((state) => ends(state))).toBe(true);
  });

  it('never lead back once money is on its way, except to an end', () => {
    expect(ACTS.map((act) => nextCaseState('REFUNDING', act)).filter((state) => state !== null)).toEqual([
      'DONE',
      'CANCELLED',
    ]);
    expect(ACTS.every((act) => nextCaseState('DONE', act) === null)).toBe(true);
  });

  it('name whose fault a reason speaks of', () => {
    expect([isMerchantFault('DAMAGED'), isMerchantFault('CHANGED_MIND')]).toEqual([true, false]);
  });
});
