import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../src/platform/clock/clock.js';
import { wallClock } from './wall-clock.js';

const at = (time: string) => new ManualClock(Date.parse(`2026-11-23T${time}:00+08:00`));
const shown = (time: string, wanted?: string) =>
  new Date(wallClock(wanted, at(time)).now() + 8 * 3_600_000).toISOString().slice(0, 16);

describe('the time at which the demo begins', () => {
  it('is the present while shops are open', () => {
    expect(shown('10:30')).toBe('2026-11-23T10:30');
    expect(shown('19:59')).toBe('2026-11-23T19:59');
  });

  it('is late in the morning of the same day while they are closed', () => {
    for (const time of ['00:05', '10:29', '20:00', '23:59']) expect(shown(time)).toBe('2026-11-23T11:00');
  });

  it('is what was asked for, also the middle of the night', () => {
    expect(shown('15:00', '09:15')).toBe('2026-11-23T09:15');
    expect(shown('03:00', 'now')).toBe('2026-11-23T03:00');
    expect(() => shown('03:00', '25:00')).toThrow('DEMO_TIME');
  });
});
