import { businessDay, DAY_MS, startOfBusinessDay } from '@shuke/shared/kernel';

/** The collector's own money stays frozen while a receiver is tried again, so nobody waits longer than this. */
const PATIENCE_MS = 3 * DAY_MS;
const TRIES_MAX = 4;
const RELATION_MS = 10 * 60_000;

/**
 * When receivers that ended CLOSED may be paid after all (reference: wechat-pay 9, rows 20 to 22). Reasons that pass:
 * the relation was removed (added again at once), the person is not verified (a day to do it), the month's limit is
 * reached (when the next month is near). For any other reason the amount stays owed and is paid otherwise.
 *
 * @param tries how often the order was split already
 * @param deadlineMs the instant from which the channel frees the money by itself
 * @returns the instant (ms) of the next try, or null when nothing is to be waited for
 */
export function retryClosedAt(
  reasons: readonly (string | null)[],
  tries: number,
  nowMs: number,
  deadlineMs: number,
): number | null {
  if (tries >= TRIES_MAX) return null;
  const instants = reasons.flatMap((reason) => {
    if (reason === 'NO_RELATION') return [nowMs + RELATION_MS];
    if (reason === 'RECEIVER_REAL_NAME_NOT_VERIFIED') return [nowMs + DAY_MS];
    return reason === 'RECEIVER_RECEIPT_LIMIT' ? [startOfNextMonth(nowMs)] : [];
  });
  const soonest = Math.min(...instants);
  return Number.isFinite(soonest) && soonest <= Math.min(nowMs + PATIENCE_MS, deadlineMs) ? soonest : null;
}

/** The first instant of the next month in Shanghai, where the channel counts months. */
function startOfNextMonth(nowMs: number): number {
  const [year = 0, month = 1] = businessDay(nowMs).split('-').map(Number);
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return startOfBusinessDay(next);
}
