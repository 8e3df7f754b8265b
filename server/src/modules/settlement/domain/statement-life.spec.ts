import { describe, expect, it } from '@jest/globals';
import { afterAct, type StatementAct, type StatementState } from './statement-life.js';

const STATES: StatementState[] = ['DRAFT', 'PUBLISHED', 'CONFIRMED', 'DISPUTED', 'LOCKED', 'PAID'];
const allowed = (act: StatementAct) =>
  STATES.flatMap((state) => {
    const next = afterAct(state, act);
    return next ? [`${state} → ${next}`] : [];
  });

describe('a published statement', () => {
  it('is confirmed at once or after a dispute, and disputed only while nobody has agreed', () => {
    expect(allowed('CONFIRM')).toEqual(['PUBLISHED → CONFIRMED', 'DISPUTED → CONFIRMED']);
    expect(allowed('DISPUTE')).toEqual(['PUBLISHED → DISPUTED']);
  });
  it('stays disputed when headquarters answers', () => {
    expect(allowed('ANSWER')).toEqual(['DISPUTED → DISPUTED']);
  });
  it('takes no act before it is there', () => {
    expect((['CONFIRM', 'DISPUTE', 'ANSWER'] as const).map((act) => afterAct(null, act))).toEqual([null, null, null]);
  });
});
