import { businessDay } from '@shuke/shared/kernel';
import type { CouponTerms } from './types.js';

export interface TakeRule {
  from: string | null;
  until: string | null;
  perMember: number;
  perDay: number | null;
  levels: readonly number[];
  tagIds: readonly string[];
  newMembersOnly: boolean;
}
export interface TakerFacts {
  level: number;
  birthday: string | null;
  hasPaid: boolean;
  tagIds: readonly string[];
}

/** True when a template looks at who the member is, so that others need not be asked for. */
export const asksWho = (rule: TakeRule, terms: Pick<CouponTerms, 'birthMonthOnly'>): boolean =>
  rule.levels.length > 0 || rule.tagIds.length > 0 || rule.newMembersOnly || terms.birthMonthOnly;

/** When a template may be taken: before, now or no longer. */
export function takePhase(rule: Pick<TakeRule, 'from' | 'until'>, at: Date): 'NOT_YET' | 'OPEN' | 'OVER' {
  if (rule.from && Date.parse(rule.from) > at.getTime()) return 'NOT_YET';
  return rule.until && Date.parse(rule.until) <= at.getTime() ? 'OVER' : 'OPEN';
}

/** Why a member may not have a coupon, in plain words; null when nothing speaks against it. */
export function refusalFor(
  rule: TakeRule,
  terms: Pick<CouponTerms, 'birthMonthOnly'>,
  facts: TakerFacts | null,
  at: Date,
): string | null {
  if (!asksWho(rule, terms)) return null;
  if (!facts) return '登录后看看你能不能领';
  if (rule.newMembersOnly && facts.hasPaid) return '仅限还没有下过单的新会员';
  if (rule.levels.length > 0 && !rule.levels.includes(facts.level)) return '你的会员等级暂时不能领';
  if (rule.tagIds.length > 0 && !rule.tagIds.some((id) => facts.tagIds.includes(id))) return '这张券只发给部分会员';
  if (terms.birthMonthOnly) {
    if (!facts.birthday) return '填写生日后，生日当月可领';
    if (facts.birthday.slice(5, 7) !== businessDay(at.getTime()).slice(5, 7)) return '生日当月可领';
  }
  return null;
}
