import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { afterAct, lockingBefore, locksAt, type StatementAct, type StatementState } from './statement-life.js';

const STATES: StatementState[] = ['DRAFT', 'PUBLISHED', 'CONFIRMED', 'DISPUTED', 'LOCKED', 'PAID'];
const ACTS: StatementAct[] = ['CONFIRM', 'WITHDRAW', 'DISPUTE', 'ANSWER', 'LOCK', 'PAY', 'UNPAY'];
const allowed = (act: StatementAct) =>
  STATES.flatMap((state) => {
    const next = afterAct(state, act);
    return next ? [`${state} → ${next}`] : [];
  });
const at = new Date('2026-11-22T03:00:00.000Z');

describe('a published statement', () => {
  it('is confirmed at once or after a dispute, and disputed only while nobody has agreed', () => {
    expect(allowed('CONFIRM')).toEqual(['PUBLISHED → CONFIRMED', 'DISPUTED → CONFIRMED']);
    expect(allowed('DISPUTE')).toEqual(['PUBLISHED → DISPUTED', 'DISPUTED → DISPUTED']);
  });
  it('stays disputed when headquarters answers, and never locks before its franchisee confirms', () => {
    expect(allowed('ANSWER')).toEqual(['DISPUTED → DISPUTED']);
    expect(locksAt('DISPUTED', at)).toBeNull();
  });
  it('may be thought over until it locks, and takes no word after that', () => {
    expect(allowed('WITHDRAW')).toEqual(['CONFIRMED → PUBLISHED']);
    expect(allowed('LOCK')).toEqual(['PUBLISHED → LOCKED', 'CONFIRMED → LOCKED']);
    const spoken: StatementAct[] = ['CONFIRM', 'WITHDRAW', 'DISPUTE', 'ANSWER'];
    expect(spoken.flatMap((act) => [afterAct('LOCKED', act), afterAct('PAID', act)])).toEqual(Array(8).fill(null));
  });
  it('locks a day after it was confirmed, and after a week of silence', () => {
    expect(locksAt('CONFIRMED', at)?.getTime()).toBe(at.getTime() + DAY_MS);
    expect(locksAt('PUBLISHED', at)?.getTime()).toBe(at.getTime() + 7 * DAY_MS);
    for (const { state, since } of lockingBefore(at)) expect(locksAt(state, since)).toEqual(at);
  });
  it('is paid when it is locked, and takes no act before it is there', () => {
    expect([allowed('PAY'), allowed('UNPAY')]).toEqual([['LOCKED → PAID'], ['PAID → LOCKED']]);
    expect(ACTS.map((act) => afterAct(null, act))).toEqual(Array(7).fill(null));
  });
});
