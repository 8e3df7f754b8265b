import { moneyText, percentText, timesText } from '../../lib/money';
import type { Tone } from '../../ui/status';
import type { Exchange, PointsGood, PointsRule } from './api';

export type RuleDraft = Omit<PointsRule, 'version' | 'texts' | 'publishedAt'>;
export const draftOf = ({ version: _v, texts: _t, publishedAt: _p, ...rule }: PointsRule): RuleDraft => rule;

export const EXPIRY: Record<RuleDraft['expiry'], string> = {
  NEVER: '长期有效',
  ROLLING_DAYS: '获得后一段时间内有效',
  YEAR_END: '年底到期',
};
export const PARTY: Record<RuleDraft['bearers'][number]['party'], string> = {
  HQ: '总部',
  STORE: '下单门店',
  FRANCHISEE: '加盟商',
};
export const GOOD_KIND: Record<PointsGood['kind'], string> = { GOODS: '到店领实物', COUPON: '换优惠券' };
export const EXCHANGE_TONE: Record<Exchange['state'], Tone> = { TO_PICKUP: 'warn', DONE: 'good', CANCELLED: 'off' };

const yuan = (fen: number) => moneyText(fen).replace('.00', '');
/** What so many points pay, in fen; parts of a fen are not paid. */
export const worthFen = (points: number, fenPerPointBp: number): number =>
  Number((BigInt(points) * BigInt(fenPerPointBp)) / 100n);

/** The draft in the sentences people will live with; written while somebody is still deciding. */
export function sentencesOf(rule: RuleDraft, categoryName: (id: string) => string): string[] {
  if (!rule.isOn) return ['积分关着：不再得新的积分，已有的也不能用。'];
  const lines = [`顾客每实付 ${yuan(rule.earnFenPerPoint)} 得 1 积分，等级越高得得越多。`];
  for (const one of rule.categoryMultipliers)
    lines.push(
      one.multiplierBp === 0
        ? `买「${categoryName(one.categoryId)}」不得积分。`
        : `买「${categoryName(one.categoryId)}」得 ${timesText(one.multiplierBp)} 倍。`,
    );
  if (rule.birthdayMultiplierBp > 10_000) lines.push(`生日当天 ${timesText(rule.birthdayMultiplierBp)} 倍。`);
  if (rule.dailyCap !== null) lines.push(`一天最多得 ${rule.dailyCap} 积分。`);
  lines.push(rule.isInstantUse ? '收货后马上能用。' : '收货后先待生效，过了售后期才能用。');
  lines.push(
    `用的时候每 ${rule.multiple} 积分抵 ${yuan(worthFen(rule.multiple, rule.fenPerPointBp))}，最多抵商品金额的 ${percentText(rule.maxShareBp)}。`,
  );
  if (rule.expiry === 'NEVER') lines.push('积分长期有效。');
  if (rule.expiry === 'ROLLING_DAYS') lines.push(`积分得到后 ${rule.expiryDays} 天内有效。`);
  if (rule.expiry === 'YEAR_END')
    lines.push(
      rule.yearEndGraceYears === 0
        ? '积分在当年 12 月 31 日到期。'
        : `积分在得到后的第 ${rule.yearEndGraceYears + 1} 个年底到期。`,
    );
  lines.push('退货要收回积分、而积分已经用掉时：记为欠分，之后得的先补上。');
  lines.push(`抵掉的钱：${rule.bearers.map((one) => `${PARTY[one.party]}承担 ${percentText(one.bp)}`).join('，')}。`);
  return lines;
}

/** Example that makes a rule tangible: what a purchase of so much earns and what that is worth. */
export function exampleOf(rule: RuleDraft, paidFen: number): { points: number; backFen: number } {
  const points = (paidFen - (paidFen % rule.earnFenPerPoint)) / rule.earnFenPerPoint;
  return { points, backFen: worthFen(points, rule.fenPerPointBp) };
}

/** The first number that is still to be written; a field that was emptied holds nothing until the next key. */
export function missingNumber(rule: RuleDraft): string | null {
  if (!rule.earnFenPerPoint) return '写上实付多少得 1 积分，要大于 0';
  if (!rule.multiple) return '写上每次用多少积分的整倍数';
  if (rule.expiry === 'ROLLING_DAYS' && !rule.expiryDays) return '写上得到后几天内有效';
  return null;
}

/** What is wrong with a draft; null when it can be published. */
export function ruleProblem(rule: RuleDraft): string | null {
  const missing = missingNumber(rule);
  if (missing) return missing;
  const total = rule.bearers.reduce((sum, one) => sum + one.bp, 0);
  if (total !== 10_000) return `谁承担抵扣：加起来是 ${percentText(total)}，要正好 100%`;
  if (new Set(rule.bearers.map((one) => one.party)).size !== rule.bearers.length) return '承担方写重了';
  const categories = rule.categoryMultipliers.map((one) => one.categoryId);
  if (new Set(categories).size !== categories.length) return '同一个品类写了两次';
  if (worthFen(rule.multiple, rule.fenPerPointBp) === 0) return `${rule.multiple} 积分还抵不到 1 分钱，请调大倍数`;
  return null;
}
