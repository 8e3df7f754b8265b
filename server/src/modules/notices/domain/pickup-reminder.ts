import { addDays, businessDay, startOfBusinessDay } from '@shuke/shared/kernel';

const HOUR_MS = 3_600_000;
/** Ten in the morning in Shanghai: nobody is woken, and the store is open that day. */
const MORNING_MS = 10 * HOUR_MS;
/** Sooner after paying it would be no reminder. */
const NOT_WITHIN_MS = 12 * HOUR_MS;

/**
 * When to remind of goods that wait in a store: in the morning of the day before the last one, and in the morning of the last
 * one where they are kept so shortly that this would come right after paying.
 * @returns an instant (UTC ms); null when there is no time left for a reminder
 */
export function remindOfPickupAt(orderedAtMs: number, holdUntilMs: number): number | null {
  const last = businessDay(holdUntilMs);
  const mornings = [addDays(last, -1), last].map((day) => startOfBusinessDay(day) + MORNING_MS);
  return mornings.find((at) => at >= orderedAtMs + NOT_WITHIN_MS && at < holdUntilMs - HOUR_MS) ?? null;
}
