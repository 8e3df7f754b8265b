import { beforeEach, describe, expect, it } from 'vitest';
import { clock, hearServerTime, setClock } from './clock';

const NOON = Date.UTC(2026, 10, 22, 4, 0, 0);
const DAY = 86_400_000;
let now = NOON;
const http = (ms: number) => new Date(ms).toUTCString();

describe('the time of the shop', () => {
  beforeEach(() => {
    now = NOON;
    setClock({ now: () => now });
  });

  it('is the device’s until the server has said something', () => {
    expect(clock.now()).toBe(NOON);
    hearServerTime(undefined, NOON, NOON);
    hearServerTime('soon', NOON, NOON);
    expect(clock.now()).toBe(NOON);
  });

  it('stays the device’s when it agrees with the second that the server names', () => {
    hearServerTime(http(NOON), NOON - 80, NOON + 40);
    expect(clock.now()).toBe(NOON);
  });

  it('follows a server whose time was moved, also when it is moved again and back', () => {
    for (const moved of [3 * DAY, 5 * DAY, 0]) {
      hearServerTime(http(NOON + moved), NOON - 80, NOON);
      expect(Math.abs(clock.now() - NOON - moved)).toBeLessThanOrEqual(600);
    }
  });

  it('comes closer with every answer, however slow the first one was', () => {
    const wrongBy = -7 * 60_000;
    hearServerTime(http(NOON + wrongBy), NOON - 8_000, NOON);
    now = NOON + 2_000;
    hearServerTime(http(NOON + 2_000 + wrongBy), NOON + 1_990, NOON + 2_000);
    expect(Math.abs(clock.now() - (NOON + 2_000 + wrongBy))).toBeLessThanOrEqual(505);
  });

  it('does not change how long something took', () => {
    const since = clock.elapsed();
    hearServerTime(http(NOON + 9 * DAY), NOON, NOON);
    now += 1_500;
    expect(clock.elapsed() - since).toBe(1_500);
  });
});
