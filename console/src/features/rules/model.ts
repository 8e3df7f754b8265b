import { percentText, readPercent } from '../../lib/money';
import type { RuleCheck, RuleLeg, SplitRule } from '../../lib/types';
import { PARTY, STORE_KIND } from '../../lib/words';

/** A leg while somebody edits it: the percentage is still text. */
export interface LegDraft {
  key: number;
  party: RuleLeg['party'];
  percent: string;
  storeKinds: ('SELF' | 'FRANCHISE')[];
  categoryIds: string[];
  note: string;
}

let nextKey = 1;
export const newLeg = (party: RuleLeg['party'] = 'BRAND'): LegDraft => ({
  key: nextKey++,
  party,
  percent: '',
  storeKinds: [],
  categoryIds: [],
  note: '',
});

export const draftOf = (leg: RuleLeg): LegDraft => ({
  key: nextKey++,
  party: leg.party,
  percent: percentText(leg.ratioBp).replace('%', ''),
  storeKinds: leg.storeKinds ?? [],
  categoryIds: leg.categoryIds ?? [],
  note: leg.note ?? '',
});

/** What is wrong with a leg as typed; null when it can be sent. */
export function legProblem(draft: LegDraft): string | null {
  if (draft.percent.trim() === '') return '请填写比例';
  const bp = readPercent(draft.percent);
  if (bp === null) return '比例是 0–100 之间的数，最多两位小数';
  return null;
}

/** The request of a draft, or null while something cannot be sent yet. No condition means everywhere. */
export function inputOf(name: string, drafts: readonly LegDraft[]): { name: string; legs: RuleLeg[] } | null {
  if (name.trim().length < 2 || drafts.length === 0 || drafts.some((draft) => legProblem(draft))) return null;
  const legs = drafts.map((draft) => ({
    party: draft.party,
    ratioBp: readPercent(draft.percent) ?? 0,
    ...(draft.storeKinds.length > 0 ? { storeKinds: draft.storeKinds } : {}),
    ...(draft.categoryIds.length > 0 ? { categoryIds: draft.categoryIds } : {}),
    ...(draft.note.trim() ? { note: draft.note.trim() } : {}),
  }));
  return { name: name.trim(), legs };
}

export interface CheckView {
  tone: 'good' | 'bad';
  title: string;
  problems: string[];
  /** Length of the worst case and place of the cap on a bar that ends at a round number, in basis points. */
  scaleBp: number;
}

/** The server's check in words. */
export function checkView(check: RuleCheck): CheckView {
  const scaleBp = Math.max(check.capBp * 2, Math.ceil(check.worstCaseBp / 1000) * 1000, 1000);
  const over = check.worstCaseBp - check.capBp;
  const title = check.isAcceptable
    ? `最坏情况分出 ${percentText(check.worstCaseBp)}，在上限 ${percentText(check.capBp)} 之内`
    : over > 0
      ? `最坏情况分出 ${percentText(check.worstCaseBp)}，超过上限 ${percentText(check.capBp)}，不能发布`
      : '这版规则不能发布';
  return { tone: check.isAcceptable ? 'good' : 'bad', title, problems: check.problems, scaleBp };
}

/** A leg in one sentence. */
export function legText(leg: RuleLeg, categoryName: (id: string) => string): string {
  const where = leg.storeKinds?.length === 1 ? `${STORE_KIND[leg.storeKinds[0] ?? 'SELF']}店` : '所有门店';
  const what = leg.categoryIds?.length ? leg.categoryIds.map(categoryName).join('、') : '全部品类';
  return `${where}的${what}，${PARTY[leg.party].word}得 ${percentText(leg.ratioBp)}`;
}

/** The version in force, then drafts and history, newest first. */
export const sortRules = (rules: readonly SplitRule[]): SplitRule[] => [...rules].sort((a, b) => b.version - a.version);
