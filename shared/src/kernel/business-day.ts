/** China has had one zone without summer time since 1991, so a fixed offset is exact for every instant we handle. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;

declare const dayBrand: unique symbol;
/** A calendar day in Asia/Shanghai, "2026-11-22". */
export type BusinessDay = string & { readonly [dayBrand]: true };

/** The business day that holds a UTC instant given in milliseconds. */
export function businessDay(instantMs: number): BusinessDay {
  return new Date(instantMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as BusinessDay;
}

/** First instant (ms, UTC) of a business day. */
export function startOfBusinessDay(day: string): number {
  const ms = Date.parse(`${day}T00:00:00.000Z`);
  if (Number.isNaN(ms) || !/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(`not a day: ${day}`);
  return ms - SHANGHAI_OFFSET_MS;
}

/** The day n days later (or earlier for a negative n). */
export const addDays = (day: string, days: number): BusinessDay => businessDay(startOfBusinessDay(day) + days * DAY_MS);

/** Minutes since midnight in Asia/Shanghai of an instant, and its weekday (0 is Sunday). */
export function shanghaiClock(instantMs: number): { minutes: number; weekday: number } {
  const local = new Date(instantMs + SHANGHAI_OFFSET_MS);
  return { minutes: local.getUTCHours() * 60 + local.getUTCMinutes(), weekday: local.getUTCDay() };
}
