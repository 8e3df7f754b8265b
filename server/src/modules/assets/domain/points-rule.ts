import type { PointsRuleInput } from '@shuke/shared/contracts';
import { type Fen, fen, groupedText, startOfBusinessDay, yuanWords } from '@shuke/shared/kernel';

/** A published version of the brand's points rule; version 0 is what a brand has before it publishes one. */
export type PointsRule = PointsRuleInput & { version: number; publishedAt: Date | null };

const DAY_MS = 86_400_000;
const WHOLE_BP = 10_000;

export const DEFAULT_POINTS_RULE: PointsRule = {
  version: 0,
  publishedAt: null,
  isOn: true,
  earnFenPerPoint: 100,
  birthdayMultiplierBp: 10_000,
  categoryMultipliers: [],
  dailyCap: null,
  isInstantUse: false,
  expiry: 'ROLLING_DAYS',
  expiryDays: 365,
  yearEndGraceYears: 1,
  fenPerPointBp: 100,
  maxShareBp: 5_000,
  multiple: 100,
  bearers: [{ party: 'HQ', bp: 10_000 }],
};

/** A line's cash and the product of its multipliers in basis points. */
export interface EarningLine {
  lineId: string;
  cashFen: Fen;
  multiplierBp: number;
}

/** Points for what was paid in cash: all lines together, a started point does not count. */
export function pointsFor(earnFenPerPoint: number, lines: readonly EarningLine[]): number {
  const weighted = lines.reduce((sum, line) => sum + BigInt(line.cashFen) * BigInt(line.multiplierBp), 0n);
  return weighted <= 0n ? 0 : Number(weighted / (BigInt(earnFenPerPoint) * BigInt(WHOLE_BP)));
}

/** Level, birthday and category multiply; each is in basis points. */
export function multiplierOf(
  rule: PointsRule,
  of: { levelBp: number; isBirthday: boolean; categoryId: string | null },
): number {
  const category = rule.categoryMultipliers.find((one) => one.categoryId === of.categoryId)?.multiplierBp ?? WHOLE_BP;
  const birthday = of.isBirthday ? rule.birthdayMultiplierBp : WHOLE_BP;
  const product = (BigInt(of.levelBp) * BigInt(birthday) * BigInt(category)) / BigInt(WHOLE_BP) ** 2n;
  return Number(product);
}

/** When points that are earned now lapse: days later, at the end of a year in Shanghai, or never. */
export function pointsExpiry(
  rule: Pick<PointsRule, 'expiry' | 'expiryDays' | 'yearEndGraceYears'>,
  at: Date,
): Date | null {
  if (rule.expiry === 'NEVER') return null;
  if (rule.expiry === 'ROLLING_DAYS') return new Date(at.getTime() + rule.expiryDays * DAY_MS);
  const year = new Date(at.getTime() + 8 * 3_600_000).getUTCFullYear();
  return new Date(startOfBusinessDay(`${year + rule.yearEndGraceYears + 1}-01-01`));
}

/** What points are worth when they pay; a started fen does not count. */
export const worthOf = (rule: Pick<PointsRule, 'fenPerPointBp'>, points: number): Fen =>
  fen(points <= 0 ? 0 : Number((BigInt(points) * BigInt(rule.fenPerPointBp)) / 100n));

/** The most points that may pay for goods of an amount: by balance, share and multiple. */
export function usablePoints(rule: PointsRule, available: number, goodsFen: Fen): { points: number; worthFen: Fen } {
  const capFen = (BigInt(goodsFen) * BigInt(rule.maxShareBp)) / BigInt(WHOLE_BP);
  const byShare = Number((capFen * 100n) / BigInt(rule.fenPerPointBp));
  const most = Math.max(0, Math.min(available, byShare));
  const points = most - (most % rule.multiple);
  return { points, worthFen: worthOf(rule, points) };
}

/** The rule in plain sentences, for consumers. */
export function ruleTexts(rule: PointsRule): string[] {
  const texts = [`实付每 ${yuanWords(fen(rule.earnFenPerPoint))} 元得 1 积分，等级越高得得越多`];
  texts.push(rule.isInstantUse ? '收货后积分马上可用' : '收货后积分先待生效，过了售后期就能用');
  if (rule.birthdayMultiplierBp > WHOLE_BP) texts.push(`生日当天积分 ${rule.birthdayMultiplierBp / WHOLE_BP} 倍`);
  if (rule.dailyCap !== null) texts.push(`每天最多得 ${groupedText(rule.dailyCap)} 积分`);
  texts.push(
    `${groupedText(rule.multiple)} 积分可抵 ${yuanWords(worthOf(rule, rule.multiple))} 元，最多抵商品金额的 ${rule.maxShareBp / 100}%`,
  );
  if (rule.expiry === 'NEVER') texts.push('积分长期有效');
  if (rule.expiry === 'ROLLING_DAYS') texts.push(`积分自获得起 ${rule.expiryDays} 天内有效`);
  if (rule.expiry === 'YEAR_END')
    texts.push(
      rule.yearEndGraceYears === 0 ? '积分在当年 12 月 31 日到期' : `积分在第 ${rule.yearEndGraceYears + 1} 个年底到期`,
    );
  texts.push('退货时会扣回这笔订单得到的积分；已经用掉的会记为欠分，之后获得的积分先补上');
  return texts;
}
