import type { GroupMessage, WecomKnobs } from './model.js';

/** Beijing time: quotas of mass messages follow the calendar there. */
const OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

function windowOf(policy: WecomKnobs['massSendPolicy'], nowMs: number): { from: number; max: number } {
  const local = new Date(nowMs + OFFSET_MS);
  const year = local.getUTCFullYear();
  const month = local.getUTCMonth();
  if (policy === 'monthly-days') {
    const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return { from: Date.UTC(year, month, 1) - OFFSET_MS, max: days };
  }
  const midnight = Date.UTC(year, month, local.getUTCDate()) - OFFSET_MS;
  if (policy === 'daily1') return { from: midnight, max: 1 };
  const weekday = (local.getUTCDay() + 6) % 7;
  return { from: midnight - weekday * DAY_MS, max: 7 };
}

/**
 * Whether a contact may still receive a mass message: as many a month as the month has days, or the stricter
 * settings 7 a week and 1 a day (document 92135).
 */
export function mayReceive(
  messages: GroupMessage[],
  externalUserid: string,
  policy: WecomKnobs['massSendPolicy'],
  nowMs: number,
): boolean {
  const { from, max } = windowOf(policy, nowMs);
  let count = 0;
  for (const message of messages) {
    for (const row of message.rows) {
      if (row.externalUserid === externalUserid && row.status === 1 && (row.sendTime ?? 0) * 1000 >= from) count += 1;
    }
  }
  return count < max;
}
