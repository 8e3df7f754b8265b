import { describe, expect, it } from '@jest/globals';
import { DAY_MS, ZERO_FEN } from '@shuke/shared/kernel';
import type { OfflineToken } from './offline-token.js';
import { offlineProblem } from './offline-use.js';

const NOW = Date.parse('2026-11-22T04:00:00Z');
const HOUR = 3_600_000;
const token = {
  kind: 'AMOUNT',
  valueFen: 1000,
  thresholdFen: ZERO_FEN,
  isPlain: true,
  issuedAt: new Date(NOW - 600_000),
  expiresAt: new Date(NOW + DAY_MS),
} as unknown as OfflineToken;
const usedAt = (ms: number) => ({
  clientKey: 'k',
  token: '',
  amountFen: 5000,
  discountFen: 1000,
  redeemedAt: new Date(NOW + ms),
});

describe('a coupon taken in without network', () => {
  it('is believed at a till whose clock is wrong by as much as tills may be, and at a phone only within minutes', () => {
    for (const off of [HOUR, -HOUR]) {
      expect(offlineProblem(token, usedAt(off), NOW, DAY_MS)).toBeNull();
      expect(offlineProblem(token, usedAt(off), NOW)).toContain('请检查设备时间');
    }
    expect(offlineProblem(token, usedAt(60_000), NOW)).toBeNull();
  });

  it('is refused when the code had run out', () => {
    const old = { ...token, expiresAt: new Date(NOW - HOUR) };
    expect(offlineProblem(old, usedAt(0), NOW, DAY_MS)).toBe('核销时券码已过期');
  });
});
