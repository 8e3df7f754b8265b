/** What packing needs to know of a candidate. */
export interface Packable {
  externalUserId: string;
  score: number;
  isDormant: boolean;
}
/** Why a candidate is not in today's pack. */
export type LeftOutReason = 'CONTACTED' | 'TASK_DONE' | 'TIME' | 'WEAK' | 'TWICE';

export interface PackPlan<C extends Packable> {
  items: C[];
  seconds: number;
  leftOut: { candidate: C; reason: LeftOutReason }[];
}
export interface PackRules {
  /** The guide's own measured pace. */
  secondsPerItem: number;
  /** Up to here any reason will do. */
  minSeconds: number;
  /** From there to here only strong ones. */
  maxSeconds: number;
  strongScore: number;
  /** At least this share of the items is for dormant customers, when there are some; basis points. */
  dormantBp: number;
  maxItems: number;
}

export const PACK_RULES: Omit<PackRules, 'secondsPerItem'> = {
  minSeconds: 15 * 60,
  maxSeconds: 30 * 60,
  strongScore: 60,
  dormantBp: 1000,
  maxItems: 60,
};
const FULL_BP = 10_000;

/**
 * Packs a guide's morning: the strongest first, within the minutes that the guide's pace allows, dormant customers not
 * forgotten, nobody twice. Every candidate is either an item or left out with a reason, and the same candidates in any
 * order give the same pack.
 *
 * @param blocked who must not be written to today, by external user id
 */
export function packMorning<C extends Packable>(
  candidates: readonly C[],
  rules: PackRules,
  blocked: ReadonlyMap<string, 'CONTACTED' | 'TASK_DONE'> = new Map(),
): PackPlan<C> {
  const leftOut: PackPlan<C>['leftOut'] = [];
  const open: C[] = [];
  const seen = new Set<string>();
  for (const candidate of [...candidates].sort(strongerFirst)) {
    const block = blocked.get(candidate.externalUserId);
    if (seen.has(candidate.externalUserId)) leftOut.push({ candidate, reason: 'TWICE' });
    else if (block) leftOut.push({ candidate, reason: block });
    else open.push(candidate);
    seen.add(candidate.externalUserId);
  }
  const fits = (seconds: number) => Math.min(rules.maxItems, Math.floor(seconds / rules.secondsPerItem));
  const [least, most] = [fits(rules.minSeconds), fits(rules.maxSeconds)];
  const strong = open.filter((candidate) => candidate.score >= rules.strongScore).length;
  const size = Math.min(open.length, most, Math.max(least, strong));
  const chosen = withDormant(open, size, rules.dormantBp);
  for (const candidate of open)
    if (!chosen.has(candidate))
      leftOut.push({ candidate, reason: size < most && candidate.score < rules.strongScore ? 'WEAK' : 'TIME' });
  const items = open.filter((candidate) => chosen.has(candidate));
  return { items, seconds: items.length * rules.secondsPerItem, leftOut };
}

const strongerFirst = (a: Packable, b: Packable): number =>
  b.score - a.score || (a.externalUserId < b.externalUserId ? -1 : a.externalUserId > b.externalUserId ? 1 : 0);

/** The first so many; when too few of them are dormant, the weakest others give way to the strongest dormant ones. */
function withDormant<C extends Packable>(open: readonly C[], size: number, dormantBp: number): Set<C> {
  const chosen = open.slice(0, size);
  const wanted = Math.ceil((size * dormantBp) / FULL_BP);
  const missing = wanted - chosen.filter((candidate) => candidate.isDormant).length;
  const waiting = open.slice(size).filter((candidate) => candidate.isDormant);
  for (const candidate of waiting.slice(0, Math.max(0, missing))) {
    const at = chosen.findLastIndex((one) => !one.isDormant);
    if (at < 0) break;
    chosen.splice(at, 1);
    chosen.push(candidate);
  }
  return new Set(chosen);
}

/** What was left out and why, in one sentence; null when nothing was. */
export function leftOutText(counts: Readonly<Partial<Record<LeftOutReason, number>>>): string | null {
  const parts = [
    counts.TIME ? `${counts.TIME} 位今天排不下` : '',
    counts.WEAK ? `${counts.WEAK} 位今天不急` : '',
    counts.CONTACTED ? `${counts.CONTACTED} 位两天内刚联系过` : '',
    counts.TASK_DONE ? `${counts.TASK_DONE} 位这个任务已经做过` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : `没排进来的顾客：${parts.join('，')}`;
}
