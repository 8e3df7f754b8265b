import { type Fen, ZERO_FEN } from '@shuke/shared/kernel';
import type { Guide } from '../../organization/index.js';
import type { Candidate, Finding } from '../domain/candidate.js';
import { type LeftOutReason, leftOutText, PACK_RULES, packMorning } from '../domain/pack.js';
import { itemText, type TaskText } from '../domain/words.js';
import type { NewItem, Pack } from '../persistence/item-rows.js';
import type { Task } from '../persistence/tasks.store.js';
import { inStore } from './earning-estimate.js';
import type { Morning } from './find-candidates.js';
import { itemIdOf } from './item-id.js';

/** What the words of a morning name, read once for a range of guides. */
export interface PackNames {
  products: ReadonlyMap<string, string>;
  tasks: ReadonlyMap<string, Task>;
  earnings: ReadonlyMap<string, Fen>;
}

/** What a pack holds already when it is extended. */
export interface Filled {
  seconds: number;
  itemCount: number;
}

/** What a guide is asked to do in a morning, as rows: the day's seconds filled with the customers who matter most. */
export function packOf(
  guide: Guide,
  day: string,
  morning: Morning,
  names: PackNames,
  nowMs: number,
  filled: Filled = { seconds: 0, itemCount: 0 },
): { pack: Pack; items: NewItem[] } {
  const left = (seconds: number) => Math.max(0, seconds - filled.seconds);
  const rules = {
    ...PACK_RULES,
    secondsPerItem: Math.max(1, guide.secondsPerItem),
    minSeconds: left(PACK_RULES.minSeconds),
    maxSeconds: left(PACK_RULES.maxSeconds),
  };
  const plan = packMorning(morning.candidates.get(guide.id) ?? [], rules, morning.blocked.get(guide.id));
  const counts: Partial<Record<LeftOutReason, number>> = {};
  for (const { reason } of plan.leftOut) counts[reason] = (counts[reason] ?? 0) + 1;
  const pack = {
    guideId: guide.id,
    day,
    budgetMinutes: PACK_RULES.maxSeconds / 60,
    seconds: plan.seconds,
    itemCount: plan.items.length,
    leftOut: plan.leftOut.length,
    leftOutText: hintOf(plan.items.length, morning.friends.get(guide.id) ?? 0, leftOutText(counts)),
  };
  return {
    pack,
    items: plan.items.map((candidate, index) =>
      itemOf(guide, day, filled.itemCount + index + 1, candidate, names, nowMs),
    ),
  };
}

function hintOf(items: number, friends: number, leftOut: string | null): string | null {
  if (friends === 0) return '你还没有微信好友。请到店的顾客扫一扫你的名片码，明天早上这里就会有任务';
  return items === 0 ? (leftOut ?? '今天没有特别需要联系的顾客，去「我的顾客」里看看老朋友吧') : leftOut;
}

function itemOf(
  guide: Guide,
  day: string,
  position: number,
  candidate: Candidate,
  names: PackNames,
  nowMs: number,
): NewItem {
  const [first] = candidate.findings;
  const taskOf = (finding: Finding): TaskText | null =>
    finding.taskId ? (names.tasks.get(finding.taskId) ?? null) : null;
  const productName = (finding: Finding) =>
    finding.productId ? (names.products.get(finding.productId) ?? null) : null;
  const text = itemText(
    candidate,
    { guide: guide.name, store: guide.storeName, product: productName, task: taskOf },
    nowMs,
  );
  const productId = candidate.findings.find((finding) => finding.productId !== null)?.productId ?? null;
  return {
    guideId: guide.id,
    day,
    position,
    id: itemIdOf(guide.id, day, candidate.externalUserId),
    // A customer on an alert's and a task's list gets one item, and the task has its effect counted all the same.
    taskId: candidate.findings.find((finding) => finding.taskId !== null)?.taskId ?? null,
    kind: first.kind,
    memberId: candidate.memberId,
    externalUserId: candidate.externalUserId,
    ...text,
    productId,
    seconds: guide.secondsPerItem,
    score: candidate.score,
    mayEarnFen: (productId && names.earnings.get(inStore(guide.storeId, productId))) || ZERO_FEN,
  };
}
