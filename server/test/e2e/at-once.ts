import { expect } from '@jest/globals';
import type { E2e } from '../harness/e2e.js';
import { headquarters } from './sale-steps.js';

/** What was made, and the codes of what was refused, each once. */
export interface Ends<T> {
  made: T[];
  codes: string[];
}

/** Lets all act at the same moment; whoever is turned away has to be told why. */
export async function atOnce<T>(acts: readonly (() => Promise<T>)[]): Promise<Ends<T>> {
  const ends = await Promise.allSettled(acts.map((act) => act()));
  const made = ends.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const codes = ends.flatMap((one) =>
    one.status === 'rejected' ? [String((one.reason as { code?: string }).code)] : [],
  );
  expect(codes.filter((code) => code === 'undefined' || code === 'INTERNAL')).toEqual([]);
  return { made, codes: [...new Set(codes)].sort() };
}
export const times = <T>(n: number, act: () => Promise<T>): (() => Promise<T>)[] =>
  Array.from({ length: n }, () => act);

/** Publishes a promotion that runs for some days; it counts when this returns. */
export async function publishNow(e2e: E2e, kind: string, terms: Record<string, unknown>): Promise<string> {
  const { console: desk } = await headquarters(e2e);
  const [startsAt, endsAt] = [-1, 200].map((hours) => new Date(e2e.sims.clock.now() + hours * 3_600_000).toISOString());
  const body = { kind, name: `${kind} ${e2e.bench.ids.next()}`, startsAt, endsAt, terms };
  const { id } = await desk.createPromotion({ body: body as never });
  await desk.runPromotion({ params: { id }, body: { days: 30 } });
  await desk.publishPromotion({ params: { id }, body: { acceptsBelowFloor: true, reason: '活动' } });
  await e2e.sims.clock.advance(6000);
  return id;
}
