import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { retryClosedAt } from './retry-closed.js';

const at = (text: string) => Date.parse(`${text}+08:00`);
const NOON = at('2026-11-22T12:00:00');
const DEADLINE = NOON + 20 * DAY_MS;

describe('when receivers that were refused are paid after all', () => {
  it.each([
    ['RECEIVER_REAL_NAME_NOT_VERIFIED', NOON + DAY_MS],
    ['NO_RELATION', NOON + 600_000],
    ['RECEIVER_HIGH_RISK', null],
    ['ACCOUNT_ABNORMAL', null],
    ['RECEIVER_RECEIPT_LIMIT', null],
    [null, null],
  ])('pay-22 %s', (reason, expected) => {
    expect(retryClosedAt([reason], 1, NOON, DEADLINE)).toBe(expected);
  });

  it('pay-22 waits for the next month only when it is near, over the end of a year too', () => {
    const reasons = ['RECEIVER_RECEIPT_LIMIT'];
    const late = at('2026-12-30T09:00:00');
    expect(retryClosedAt(reasons, 1, late, late + 20 * DAY_MS)).toBe(at('2027-01-01T00:00:00'));
    expect(retryClosedAt(reasons, 1, late, late + DAY_MS)).toBeNull();
  });

  it('pay-22 ends after four splits of an order and never passes the channel’s deadline', () => {
    expect(retryClosedAt(['NO_RELATION'], 4, NOON, DEADLINE)).toBeNull();
    expect(retryClosedAt(['RECEIVER_REAL_NAME_NOT_VERIFIED'], 1, NOON, NOON + DAY_MS - 1)).toBeNull();
    expect(retryClosedAt([], 1, NOON, DEADLINE)).toBeNull();
  });
});
