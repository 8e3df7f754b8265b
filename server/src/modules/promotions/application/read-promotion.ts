import type { PromotionInput } from '@shuke/shared/contracts';
import { type BrandId, fen, type Id, type StoreId, WHOLE_BP } from '@shuke/shared/kernel';
import { playOf } from '../domain/plays/all-plays.js';
import type { PromotionId } from '../domain/promotion.js';
import { readTerms } from '../domain/read-terms.js';
import type { PromotionDraft } from '../persistence/promotion.store.js';
import { refusePromotion } from './promotion-errors.js';

const MOST_DAYS = 366;
const orNull = (value: number | null | undefined) => (value === null || value === undefined ? null : fen(value));

/** What is wrong with the parts that every promotion has. */
function problemsOf(input: PromotionInput, isFranchisee: boolean): string[] {
  const problems: string[] = [];
  const [from, until] = [Date.parse(input.startsAt), Date.parse(input.endsAt)];
  if (until <= from) problems.push('结束时间要晚于开始时间');
  if (until - from > MOST_DAYS * 86_400_000) problems.push('活动最长一年');
  const bearers = input.bearers ?? [];
  const whole = bearers.reduce((sum, one) => sum + one.bp, 0);
  if (bearers.length > 0 && whole !== WHOLE_BP) problems.push('各方承担的比例加起来要等于 100%');
  if (new Set(bearers.map((one) => one.party)).size !== bearers.length) problems.push('每一方只能填一行');
  if (isFranchisee && bearers.some((one) => one.party === 'HQ')) problems.push('自己的活动由自己承担优惠');
  if (isFranchisee && !input.budgetFen) problems.push('请填写活动预算');
  if (playOf(input.kind).hasScope && input.scope && input.scope.kind !== 'ALL' && input.scope.ids.length === 0)
    problems.push('请选择参加的商品');
  return problems;
}

/**
 * Turns what the form sends into a draft.
 * @throws AppError PROMOTION_INCOMPLETE whose message is the first problem and whose detail are all
 */
export function readPromotion(
  input: PromotionInput,
  who: { brandId: BrandId; id: PromotionId; franchiseeId: Id<'franchisee'> | null },
): PromotionDraft {
  const play = playOf(input.kind);
  const isFranchisee = who.franchiseeId !== null;
  const read = readTerms(play.fields, input.terms);
  const problems = [
    ...problemsOf(input, isFranchisee),
    ...read.problems,
    // A play's own rules read terms that its form has found sound.
    ...(read.problems.length === 0 ? play.problems(read.terms) : []),
  ];
  if (problems.length > 0) throw refusePromotion('PROMOTION_INCOMPLETE', { problems }, problems[0]);
  return {
    ...who,
    kind: input.kind,
    name: input.name.trim(),
    terms: read.terms,
    scope: input.scope ?? { kind: 'ALL', ids: [] },
    storeIds: input.storeIds && input.storeIds.length > 0 ? (input.storeIds as StoreId[]) : null,
    stacking: input.stacking ?? { mode: 'JOINT', group: 'A', allowsCoupons: true, allowsPoints: true },
    priority: input.priority ?? 0,
    bearers: input.bearers ?? [{ party: isFranchisee ? 'FRANCHISEE' : 'HQ', bp: WHOLE_BP }],
    startsAt: new Date(input.startsAt),
    endsAt: new Date(input.endsAt),
    memberLimit: input.memberLimit ?? null,
    totalLimit: input.totalLimit ?? null,
    budgetFen: orNull(input.budgetFen),
    dayBudgetFen: orNull(input.dayBudgetFen),
    storeBudgetFen: orNull(input.storeBudgetFen),
  };
}
