import { beforeEach, describe, expect, it } from '@jest/globals';
import { createShopClock, type ShopClock, timed } from './shop-clock.js';

const NOON = Date.UTC(2026, 10, 22, 4, 0, 0);
const DAY = 86_400_000;
const http = (ms: number) => new Date(ms).toUTCString();
let now = NOON;
let clock: ShopClock;

describe('the time of the shop', () => {
  beforeEach(() => {
    now = NOON;
    clock = createShopClock({ now: () => now });
  });

  it('is the device’s until the server has said something', () => {
    expect(clock.now()).toBe(NOON);
    clock.hear(undefined, NOON, NOON);
    clock.hear('soon', NOON, NOON);
    expect(clock.now()).toBe(NOON);
  });

  it('stays the device’s when it agrees with the second that the server names', () => {
    clock.hear(http(NOON), NOON - 80, NOON + 40);
    expect(clock.now()).toBe(NOON);
  });

  it('follows a server whose time was moved, also when it is moved again and back', () => {
    for (const moved of [3 * DAY, 5 * DAY, 0]) {
      clock.hear(http(NOON + moved), NOON - 80, NOON);
      expect(Math.abs(clock.now() - NOON - moved)).toBeLessThanOrEqual(600);
    }
  });

  it('comes closer with every answer, however slow the first one was', () => {
    const wrongBy = -7 * 60_000;
    clock.hear(http(NOON + wrongBy), NOON - 8_000, NOON);
    now = NOON + 2_000;
    clock.hear(http(NOON + 2_000 + wrongBy), NOON + 1_990, NOON + 2_000);
    expect(Math.abs(clock.now() - (NOON + 2_000 + wrongBy))).toBeLessThanOrEqual(505);
  });

  it('does not change how long something took', () => {
    const since = clock.elapsed();
    clock.hear(http(NOON + 9 * DAY), NOON, NOON);
    now += 1_500;
    expect(clock.elapsed() - since).toBe(1_500);
  });

  it('is told by every answer that a timed transport brings, and not by a lost one', async () => {
    const answer = { status: 200, headers: { date: http(NOON + DAY) }, text: '' };
    const request = { method: 'GET', url: '/', headers: {} };
    await expect(timed(async () => Promise.reject(new Error('lost')), clock)(request)).rejects.toThrow('lost');
    expect(clock.now()).toBe(NOON);
    expect(await timed(async () => answer, clock)(request)).toBe(answer);
    expect(Math.abs(clock.now() - NOON - DAY)).toBeLessThanOrEqual(500);
  });
});
