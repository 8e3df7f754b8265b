import { type Fen, fen, WHOLE_BP } from '@shuke/shared/kernel';
import { worstFen } from './discount.js';
import { shortYuan } from './face.js';
import type { CouponTerms } from './types.js';

export interface TemplateDraft {
  terms: CouponTerms;
  totalCount: number | null;
  budgetFen: number | null;
  take: { from: string | null; until: string | null; perMember: number; perDay: number | null; forGuides: boolean };
  guidePerDay: number | null;
  guidePerMonth: number | null;
}
export interface TemplateVerdict {
  worstEachFen: Fen;
  /** What all coupons together can cost at worst; null when neither count nor budget bounds them. */
  worstTotalFen: Fen | null;
  mayIssue: number | null;
  problems: { field: string; text: string }[];
  hints: string[];
}

function termProblems(terms: CouponTerms, now: Date): { field: string; text: string }[] {
  const found: { field: string; text: string }[] = [];
  const say = (field: string, text: string, isWrong: boolean) => void (isWrong && found.push({ field, text }));
  const { kind, valueFen, payBp, maxFen, thresholdFen, scope, validity, stores, channels, bearers } = terms;
  say('terms.valueFen', '请填写面额', kind === 'AMOUNT' && valueFen <= 0);
  say('terms.payBp', '折扣要在 0.1 折到 9.9 折之间', kind === 'PERCENT' && (payBp < 100 || payBp > 9900));
  say('terms.maxFen', '请填写最高优惠金额，否则无法保证预算', kind !== 'AMOUNT' && maxFen <= 0);
  say('terms.scope', '请选择适用品类', scope.mode === 'CATEGORY' && scope.categoryIds.length === 0);
  say('terms.scope', '请选择适用商品', scope.mode === 'PRODUCT' && scope.productIds.length === 0);
  say(
    'terms.scope',
    '兑换券和 N 元购要限定商品或品类',
    (kind === 'GIFT' || kind === 'FIXED_PRICE') && scope.mode === 'ALL',
  );
  say('terms.channels', '线上和线下至少选一个', !channels.online && !channels.offline);
  say('terms.channels', '运费券只能线上使用', kind === 'FREIGHT' && !channels.online);
  say('terms.stores', '请选择门店', stores.mode === 'LIST' && stores.storeIds.length === 0);
  say('terms.stores', '请选择区域', stores.mode === 'REGION' && stores.regionIds.length === 0);
  say('terms.bearers', '成本分摊合计要等于 100%', bearers.reduce((sum, one) => sum + one.bp, 0) !== WHOLE_BP);
  say('terms.bearers', '同一方只能出现一次', new Set(bearers.map((one) => one.party)).size !== bearers.length);
  say(
    'terms.validity',
    '有效期的结束要晚于开始',
    validity.mode === 'ABSOLUTE' && !(Date.parse(validity.until ?? '') > Date.parse(validity.from ?? '')),
  );
  say(
    'terms.validity',
    '有效期已经结束',
    validity.mode === 'ABSOLUTE' && Date.parse(validity.until ?? '') <= now.getTime(),
  );
  say('terms.validity', '请填写有效天数', validity.mode === 'RELATIVE' && !validity.days);
  say(
    'terms.thresholdFen',
    '满减券的门槛要不低于面额',
    kind === 'AMOUNT' && thresholdFen > 0 && thresholdFen < valueFen,
  );
  return found;
}

/** Contradictions and the worst case of a draft; a template with problems is not published (product.md A6). */
export function checkTemplate(draft: TemplateDraft, now: Date): TemplateVerdict {
  const { terms, totalCount, budgetFen, take } = draft;
  const worst = worstFen(terms);
  const problems = termProblems(terms, now);
  const byBudget = budgetFen === null || worst === 0 ? null : Math.floor(budgetFen / worst);
  const bounds = [totalCount, byBudget].filter((one): one is number => one !== null);
  const mayIssue = bounds.length > 0 ? Math.min(...bounds) : null;
  if (mayIssue === 0) problems.push({ field: 'budgetFen', text: '预算不够发一张券' });
  if (take.perDay !== null && take.perDay > take.perMember)
    problems.push({ field: 'take.perDay', text: '每天限领不能多于每人限领' });
  if (take.from && take.until && take.from >= take.until)
    problems.push({ field: 'take.until', text: '领取结束要晚于开始' });
  const hints: string[] = [];
  if (terms.kind === 'AMOUNT' && terms.thresholdFen === 0) hints.push('这是一张无门槛券');
  if (bounds.length === 0) hints.push('没有限定张数和预算，成本没有上限');
  if (byBudget !== null && totalCount !== null && byBudget < totalCount)
    hints.push(`预算最多够发 ${byBudget} 张，发完后即使张数没到也会停发`);
  if (terms.bearers.some((one) => one.party !== 'HQ' && one.bp > 0) && terms.stores.franchise === 'ALL')
    hints.push('门店或加盟商要分摊成本，建议改为加盟商自愿参加');
  if (take.forGuides && draft.guidePerDay === null && draft.guidePerMonth === null)
    hints.push(`导购可以不限量发放，每张最多花费 ${shortYuan(worst)} 元`);
  const worstTotalFen = mayIssue === null ? null : fen(Number(BigInt(mayIssue) * BigInt(worst)));
  return { worstEachFen: worst, worstTotalFen, mayIssue, problems, hints };
}
