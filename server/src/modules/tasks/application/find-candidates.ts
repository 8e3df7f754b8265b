import {
  addDays,
  type BrandId,
  businessDay,
  type GuideId,
  type StoreId,
  startOfBusinessDay,
} from '@shuke/shared/kernel';
import type { Database } from '../../../platform/database/database.js';
import type { Guide } from '../../organization/index.js';
import { type Candidate, type Finding, mergeFindings } from '../domain/candidate.js';
import { ALERTS, CandidatesStore, daysBefore, type Handled } from '../persistence/candidates.store.js';
import type { Task } from '../persistence/tasks.store.js';

const FATIGUE_DAYS = 2;
const ALERT_REST_DAYS = 14;

export interface Morning {
  /** Candidates by guide; a guide without any is missing. */
  candidates: Map<GuideId, Candidate[]>;
  /** Whom each guide must not write to today. */
  blocked: Map<GuideId, Map<string, 'CONTACTED' | 'TASK_DONE'>>;
  friends: Map<GuideId, number>;
}
const rows = new CandidatesStore();

/**
 * Gathers everything about a range of guides with a fixed number of statements: one for each running task and alert,
 * three about what was done before. Nothing is asked per guide or per customer.
 */
export async function findCandidates(
  on: Database,
  brandId: BrandId,
  guides: readonly Guide[],
  tasks: readonly Task[],
  now: Date,
): Promise<Morning> {
  const ids = guides.map((guide) => guide.id);
  const storeOf = new Map(guides.map((guide) => [guide.id, guide.storeId]));
  const day = businessDay(now.getTime());
  const findings: Finding[] = [];
  for (const task of tasks) {
    const asked = ids.filter((id) => isFor(task, storeOf.get(id)));
    if (asked.length === 0) continue;
    for (const found of await rows.audience(on, brandId, asked, task.audience, now))
      findings.push({ ...found, taskId: task.id, productId: task.productId ?? found.productId });
  }
  for (const kind of Object.keys(ALERTS) as (keyof typeof ALERTS)[])
    findings.push(...(await rows.alert(on, brandId, ids, kind, now, new Date(startOfBusinessDay(day)))));
  const contacted = await rows.contacted(on, brandId, ids, daysBefore(now, FATIGUE_DAYS));
  const handled = await rows.handled(
    on,
    brandId,
    ids,
    tasks.map((task) => task.id),
    addDays(day, -ALERT_REST_DAYS),
  );
  return { ...settle(findings, contacted, handled, now), friends: await rows.friendCounts(on, brandId, ids) };
}

const isFor = (task: Task, storeId: StoreId | undefined): boolean =>
  task.storeIds === null || task.storeIds.length === 0 || (storeId !== undefined && task.storeIds.includes(storeId));

/** A finding that was acted on before is dropped; a customer who has nothing else is blocked, so that the pack can say why. */
function settle(
  findings: readonly Finding[],
  contacted: readonly { guideId: GuideId; externalUserId: string }[],
  handled: readonly Handled[],
  now: Date,
): Pick<Morning, 'candidates' | 'blocked'> {
  const keyOf = (one: Pick<Handled, 'guideId' | 'externalUserId' | 'taskId' | 'kind' | 'productId'>) =>
    `${one.guideId}/${one.externalUserId}/${one.taskId ?? `${one.kind}/${one.productId ?? ''}`}`;
  const done = new Set(handled.map(keyOf));
  const fresh = findings.filter((finding) => !done.has(keyOf(finding)));
  const withFresh = new Set(fresh.map((finding) => `${finding.guideId}/${finding.externalUserId}`));
  const stale = findings.filter((finding) => !withFresh.has(`${finding.guideId}/${finding.externalUserId}`));
  const blocked: Morning['blocked'] = new Map();
  const block = (guideId: GuideId, customer: string, why: 'CONTACTED' | 'TASK_DONE') => {
    const ofGuide = blocked.get(guideId) ?? new Map<string, 'CONTACTED' | 'TASK_DONE'>();
    blocked.set(guideId, ofGuide.set(customer, why));
  };
  for (const { guideId, externalUserId } of stale) block(guideId, externalUserId, 'TASK_DONE');
  for (const { guideId, externalUserId } of contacted) block(guideId, externalUserId, 'CONTACTED');
  const candidates: Morning['candidates'] = new Map();
  for (const candidate of mergeFindings([...fresh, ...stale], now.getTime())) {
    const list = candidates.get(candidate.guideId);
    if (list) list.push(candidate);
    else candidates.set(candidate.guideId, [candidate]);
  }
  return { candidates, blocked };
}
