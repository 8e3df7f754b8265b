import dayjs from 'dayjs';
import { afterEach, expect, it, vi } from 'vitest';
import { clock } from './clock';
import './shop-days';

const FORMAT = 'YYYY-MM-DD HH:mm';

afterEach(() => vi.restoreAllMocks());

it('reads now off the wall of the shop, whatever the browser’s zone and clock', () => {
  vi.spyOn(clock, 'now').mockReturnValue(Date.UTC(2026, 11, 31, 17, 30));
  expect(dayjs().format(FORMAT)).toBe('2027-01-01 01:30');
  expect(dayjs(undefined).format(FORMAT)).toBe('2027-01-01 01:30');
});

it('leaves every other moment as it was given', () => {
  expect(dayjs('2026-11-20 08:30').format(FORMAT)).toBe('2026-11-20 08:30');
  expect(dayjs(0).valueOf()).toBe(0);
  expect(dayjs('2026-11-20').endOf('month').format(FORMAT)).toBe('2026-11-30 23:59');
  expect(dayjs(null).isValid()).toBe(false);
});
