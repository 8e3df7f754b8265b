import { businessDay, startOfBusinessDay } from '@shuke/shared/kernel';
import { type Clock, OffsetClock, SystemClock } from '../src/platform/clock/clock.js';

const MINUTE_MS = 60_000;
/** Minutes of the day in Shanghai between which every store of the demo is open for a while yet. */
const SHOP_HOURS = { from: 10 * 60 + 30, to: 20 * 60 };
const LATE_MORNING = '11:00';

function minutesOf(timeOfDay: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(timeOfDay) ?? [];
  if (!hours || !minutes) throw new Error(`DEMO_TIME has to be HH:MM or "now", not "${timeOfDay}"`);
  return Number(hours) * 60 + Number(minutes);
}

/**
 * The time at which the demo's history ends and people take over. While Shanghai's shops are open it is this machine's
 * time; at other hours it is late in the morning of Shanghai's day, because a closed shop shows little and a test has to
 * meet the same shop at noon and after midnight.
 * @param timeOfDay HH:MM in Shanghai, or "now" for the machine's own time whatever it is
 * @throws Error that names the setting when it is no time of day
 */
export function wallClock(timeOfDay = '', system: Clock = new SystemClock()): Clock {
  if (timeOfDay === 'now') return system;
  const now = system.now();
  const midnight = startOfBusinessDay(businessDay(now));
  const minute = (now - midnight) / MINUTE_MS;
  if (timeOfDay === '' && minute >= SHOP_HOURS.from && minute < SHOP_HOURS.to) return system;
  const clock = new OffsetClock();
  clock.follow(midnight + minutesOf(timeOfDay || LATE_MORNING) * MINUTE_MS);
  return clock;
}
