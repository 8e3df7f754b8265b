import { businessDay, startOfBusinessDay } from '@shuke/shared/kernel';
import { type Clock, OffsetClock, SystemClock } from '../src/platform/clock/clock.js';

const MINUTE_MS = 60_000;

/**
 * The time at which the demo's history ends and people take over: this machine's time, or a chosen time of today's day in
 * Shanghai, so that a test meets the same shop whether it runs at noon or after midnight.
 * @param timeOfDay HH:MM in Shanghai; empty for the machine's own time.
 * @throws Error that names the setting when it is no time of day.
 */
export function wallClock(timeOfDay = ''): Clock {
  const system = new SystemClock();
  if (timeOfDay === '') return system;
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(timeOfDay) ?? [];
  if (!hours || !minutes) throw new Error(`DEMO_TIME has to be HH:MM, not "${timeOfDay}"`);
  const clock = new OffsetClock();
  clock.follow(startOfBusinessDay(businessDay(system.now())) + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS);
  return clock;
}
