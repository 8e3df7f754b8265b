import { ApiError } from '@shuke/shared/api';
import type { GuideApi } from '../data/api';
import { longMemory } from '../platform/storage';

interface Report {
  /** Absent in reports that an earlier version has kept: those are of sends. */
  of?: 'SEND' | 'COUPON';
  id: string;
  result: 'SENT' | 'CANCELLED' | 'FAILED';
  detail?: string;
}
const KEY = 'shuke.unsent-reports';
const MAX_KEPT = 50;

const kept = () => longMemory.get<Report[]>(KEY) ?? [];

async function post(api: Pick<GuideApi, 'guide'>, { of, id, result, detail }: Report): Promise<void> {
  if (of === 'COUPON') return void (await api.guide.reportCouponSend({ params: { id }, body: { result } }));
  await api.guide.reportSend({ params: { id }, body: detail ? { result, detail } : { result } });
}

/** Only a lost connection or a broken server may be different later; a refusal will not. */
const isWorthKeeping = (error: unknown) => error instanceof ApiError && (error.status === 0 || error.status >= 500);

/**
 * Tells the server what the client said. The message has left already, so a lost report must not look like a failed send:
 * it is kept and goes out the next time.
 */
export async function reportSend(api: Pick<GuideApi, 'guide'>, report: Report): Promise<void> {
  try {
    await post(api, report);
  } catch (error) {
    if (isWorthKeeping(error)) longMemory.set(KEY, [...kept(), report].slice(-MAX_KEPT));
  }
}

/** Sends reports that were kept; call when the app starts and when the network is back. */
export async function flushReports(api: Pick<GuideApi, 'guide'>): Promise<void> {
  const waiting = kept();
  if (waiting.length === 0) return;
  longMemory.set(KEY, null);
  for (const report of waiting) await reportSend(api, report);
}
