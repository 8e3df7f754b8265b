import { describe, expect, it } from 'vitest';
import { caseStateText, nextStepText } from './model';

describe('a case at the desk', () => {
  it('speaks to the desk, not to the customer', () => {
    expect(caseStateText({ state: 'APPROVED', kind: 'RETURN_REFUND' })).toBe('待寄回');
    expect(nextStepText({ state: 'APPROVED', kind: 'RETURN_REFUND', dueAt: null })).toBe('等顾客寄回或到店退。');
  });

  it('tells an exchange that has to be sent out from goods that only have to be paid back', () => {
    expect(caseStateText({ state: 'RECEIVED', kind: 'EXCHANGE' })).toBe('待寄出换货');
    expect(caseStateText({ state: 'RECEIVED', kind: 'RETURN_REFUND' })).toBe('已收到退货');
  });

  it('names the deadline and what happens then', () => {
    expect(nextStepText({ state: 'REQUESTED', kind: 'REFUND_ONLY', dueAt: '2026-11-24T10:22:00.000Z' })).toBe(
      '请在 11-24 18:22 前答复顾客，到点自动同意。',
    );
  });

  it('waits for the customer while evidence is asked for', () => {
    const one = { state: 'REQUESTED', kind: 'REFUND_ONLY', isEvidenceAsked: true } as const;
    expect(caseStateText(one)).toBe('待顾客补充');
    expect(nextStepText({ ...one, dueAt: '2026-11-24T10:22:00.000Z' })).toContain('11-24 18:22 还没有回复，会自动撤销');
  });

  it('has no next step when a case is over', () => {
    expect(nextStepText({ state: 'CANCELLED', kind: 'REFUND_ONLY', dueAt: null })).toBeNull();
  });
});
