import { DAY_MS } from '@shuke/shared/kernel';

/** A till that is set to the wrong day is a day off, and what it has drifted on top. */
export const TILL_SLACK_MS = DAY_MS + 600_000;
/** Earlier than this is a till whose clock was never set. */
const EARLIEST_MS = Date.parse('2000-01-01T00:00:00Z');

/**
 * When an act of a till happened. Nothing happened later than it was told of: a till whose clock is fast did it now, as
 * far as we can know.
 *
 * @returns the instant, or what is wrong with the till's clock
 */
export function tillInstant(told: string, now: Date): Date | { problem: string } {
  const at = Date.parse(told);
  if (at < EARLIEST_MS) return { problem: '成交时间太早' };
  if (at > now.getTime() + TILL_SLACK_MS) return { problem: '成交时间在将来' };
  return new Date(Math.min(at, now.getTime()));
}

/** The till's own time, kept to be looked at; of a clock that was never set, when it was told. */
export function keptInstant(told: string, now: Date): Date {
  const at = Date.parse(told);
  return at >= EARLIEST_MS ? new Date(at) : now;
}
