import { businessDay, DAY_MS, shanghaiClock, startOfBusinessDay } from '@shuke/shared/kernel';
import type { CouponTerms, CouponWindow } from './types.js';

export interface Validity {
  from: Date;
  until: Date;
}

/**
 * When a coupon issued at an instant may be used. Relative days are whole business days in Shanghai: "3 days" ends with
 * the third day, not 72 hours later, as people read it.
 */
export function validityOf(terms: Pick<CouponTerms, 'validity'>, issuedAt: Date): Validity {
  const { mode, from, until, afterDays = 0, days = 1 } = terms.validity;
  if (mode === 'ABSOLUTE') {
    const start = new Date(from ?? issuedAt);
    return { from: start, until: new Date(until ?? start) };
  }
  const today = startOfBusinessDay(businessDay(issuedAt.getTime()));
  const start = afterDays === 0 ? issuedAt.getTime() : today + afterDays * DAY_MS;
  return { from: new Date(start), until: new Date(today + (afterDays + days) * DAY_MS - 1) };
}

/** True when a weekday-and-hour window is open; no windows at all means always. A window may reach past midnight. */
export function isWindowOpen(windows: readonly CouponWindow[], at: Date): boolean {
  if (windows.length === 0) return true;
  const { minutes, weekday } = shanghaiClock(at.getTime());
  return windows.some(({ weekdays, fromMinute, untilMinute }) => {
    const on = (day: number) => weekdays.length === 0 || weekdays.includes(day);
    if (fromMinute < untilMinute) return on(weekday) && minutes >= fromMinute && minutes < untilMinute;
    return (on(weekday) && minutes >= fromMinute) || (on((weekday + 6) % 7) && minutes < untilMinute);
  });
}

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];

export const windowText = ({ weekdays, fromMinute, untilMinute }: CouponWindow): string =>
  `${weekdays.length === 0 ? '每天' : weekdays.map((day) => WEEKDAYS[day]).join('、')} ${clock(fromMinute)}–${clock(untilMinute)}`;

/** "2026年11月22日 10:00" in Shanghai, as dates are written everywhere in the mini-program. */
export function shanghaiText(at: Date): string {
  const [year, month, day] = businessDay(at.getTime()).split('-').map(Number);
  return `${year}年${month}月${day}日 ${clock(shanghaiClock(at.getTime()).minutes)}`;
}

/** How long a coupon of these terms lasts, before anybody holds one. */
export function validityText({ validity }: Pick<CouponTerms, 'validity'>): string {
  if (validity.mode === 'RELATIVE') {
    const days = validity.days ?? 1;
    return validity.afterDays ? `领取 ${validity.afterDays} 天后生效，有效 ${days} 天` : `领取后 ${days} 天内有效`;
  }
  return `${shanghaiText(new Date(validity.from ?? 0))} – ${shanghaiText(new Date(validity.until ?? 0))}`;
}
