import { groupBy } from '../../lib/group';
import type { Invariant } from '../../lib/types';

export interface InvariantSummary {
  holds: number;
  broken: number;
  neverRun: number;
  /** The oldest check of all, because a promise is only as fresh as its last look. */
  oldestAt: string | null;
  title: string;
}

export function summarize(invariants: readonly Invariant[]): InvariantSummary {
  const count = (state: Invariant['state']) => invariants.filter((one) => one.state === state).length;
  const times = invariants.flatMap((one) => (one.checkedAt ? [one.checkedAt] : [])).sort();
  const broken = count('BROKEN');
  const neverRun = count('NEVER_RUN');
  const title =
    broken > 0
      ? `${broken} 条承诺没有守住`
      : neverRun > 0
        ? `${neverRun} 条还没有检查过`
        : `账是平的：${invariants.length} 条承诺全部守住`;
  return { holds: count('HOLDS'), broken, neverRun, oldestAt: times[0] ?? null, title };
}

const RANK: Record<Invariant['state'], number> = { BROKEN: 0, NEVER_RUN: 1, HOLDS: 2 };

/** By area, with what is broken first. */
export const arrange = (invariants: readonly Invariant[]): [string, Invariant[]][] =>
  groupBy(
    [...invariants].sort((a, b) => RANK[a.state] - RANK[b.state]),
    (one) => one.area,
  );
