import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import { randomKey } from '@/lib/random-key';
import { readText, writeText } from '@/platform/storage';
import { currentStore } from './current-store';
import { attribution } from './visit';

type EventType = 'VIEW' | 'ADD_CART' | 'SHARE_OPEN' | 'SEARCH';
interface Waiting {
  key: string;
  at: number;
  type: EventType;
  productId?: string;
  storeId?: string;
  guideCode?: string;
  sendId?: string;
  text?: string;
  dwellMs?: number;
}

const BATCH_MAX = 50;
const FLUSH_AFTER_MS = 800;
const waiting: Waiting[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

function anonymousId(): string {
  const known = readText('anonymousId');
  if (known) return known;
  const made = randomKey();
  writeText('anonymousId', made);
  return made;
}

/** Sends what waits; a failed batch waits for the next one, and its keys keep it from counting twice. */
export async function flushEvents(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const batch = waiting.splice(0, BATCH_MAX);
  if (batch.length === 0) return;
  const now = clock.elapsed();
  const events = batch.map(({ at, ...event }) => ({ ...event, agoMs: Math.min(86_400_000, Math.max(0, now - at)) }));
  try {
    await api.mall.track({ body: { anonymousId: anonymousId(), events } });
  } catch {
    waiting.unshift(...batch.slice(-BATCH_MAX));
  }
}

export function track(type: EventType, details: Pick<Waiting, 'productId' | 'text' | 'dwellMs'> = {}): void {
  const storeId = currentStore.get().store?.id;
  waiting.push({
    key: randomKey(),
    at: clock.elapsed(),
    type,
    ...(storeId ? { storeId } : {}),
    ...attribution(),
    ...details,
  });
  timer ??= setTimeout(() => void flushEvents(), FLUSH_AFTER_MS);
}

export const DWELL_MIN_MS = 2_000;
const DWELL_REPORT_MS = 3_000;

/**
 * Counts one look at a product: nothing below two seconds; reported after three, so that the guide sees it while the
 * person is still looking. Returns what to call when the page is left.
 */
export function trackDwell(productId: string): () => void {
  const since = clock.elapsed();
  let isReported = false;
  const report = () => {
    const dwellMs = clock.elapsed() - since;
    if (isReported || dwellMs < DWELL_MIN_MS) return;
    isReported = true;
    track('VIEW', { productId, dwellMs: Math.min(dwellMs, 3_600_000) });
  };
  const later = setTimeout(report, DWELL_REPORT_MS);
  return () => {
    clearTimeout(later);
    report();
  };
}
