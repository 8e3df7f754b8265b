import { businessDay, DAY_MS, type Fen, moneyText } from '@shuke/shared/kernel';

/** What a member's purchases of all channels amount to. Scores are quintiles of the brand: 5 is the best fifth. */
export interface MemberValue {
  orderCount: number;
  totalFen: Fen;
  firstAt: Date;
  lastAt: Date;
  r: number;
  f: number;
  m: number;
  /** Median days between purchase days; null below two purchase days. */
  medianGapDays: number | null;
  expectedNextAt: Date | null;
}

export const VALUE_GROUP = '会员价值';
export const VALUE_TAGS = ['高价值', '新客', '复购临近', '流失预警', '沉睡'] as const;
export type ValueTag = (typeof VALUE_TAGS)[number];

const NEW_DAYS = 60;
const DUE_BEFORE_DAYS = 14;
const DUE_AFTER_DAYS = 7;
/** Silence counts against the member's own rhythm, because half a year is nothing for down jackets and much for socks. */
const WARN_GAPS = 2;
const DORMANT_GAPS = 4;
const DORMANT_MIN_DAYS = 180;
const DORMANT_DEFAULT_DAYS = 365;

/** A day in words, as people in the shop read it. */
const dayText = (at: Date): string => {
  const [year, month, day] = businessDay(at.getTime()).split('-').map(Number);
  return `${year} 年 ${month} 月 ${day} 日`;
};

/** Shorter medians than this say nothing about when somebody will buy again. */
const RHYTHM_MIN_DAYS = 14;

/**
 * The tags that a member's value earns, each with its reason in plain words (reference/features.md B15: churn is silence
 * beyond a multiple of the person's own median interval). Reasons name days and never count them, so that a reason is
 * still true tomorrow and a night in which nothing happened has nothing to write.
 */
export function valueTags(value: MemberValue, nowMs: number): { name: ValueTag; reason: string }[] {
  const silent = Math.floor((nowMs - value.lastAt.getTime()) / DAY_MS);
  const gap = value.medianGapDays;
  const tags: { name: ValueTag; reason: string }[] = [];
  if (value.m === 5 && value.f >= 4)
    tags.push({
      name: '高价值',
      reason: `累计买了 ${value.orderCount} 次、${moneyText(value.totalFen)}，金额在全部会员的前 20%`,
    });
  if (value.orderCount === 1 && silent <= NEW_DAYS)
    tags.push({ name: '新客', reason: `${dayText(value.firstAt)}第一次购买，还没有第二次` });
  if (value.expectedNextAt !== null && gap !== null && gap >= RHYTHM_MIN_DAYS) {
    const left = Math.ceil((value.expectedNextAt.getTime() - nowMs) / DAY_MS);
    if (left <= DUE_BEFORE_DAYS && left >= -DUE_AFTER_DAYS)
      tags.push({
        name: '复购临近',
        reason: `平时约 ${gap} 天买一次，上次是 ${dayText(value.lastAt)}，按习惯 ${dayText(value.expectedNextAt)}前后会再来`,
      });
  }
  const dormantFrom = gap === null ? DORMANT_DEFAULT_DAYS : Math.max(DORMANT_MIN_DAYS, gap * DORMANT_GAPS);
  const reason = `${dayText(value.lastAt)}以后没有再购买${gap === null ? '' : `，而平时约 ${gap} 天买一次`}`;
  if (silent >= dormantFrom) tags.push({ name: '沉睡', reason });
  else if (gap !== null && silent > Math.max(gap * WARN_GAPS, DUE_BEFORE_DAYS)) tags.push({ name: '流失预警', reason });
  return tags;
}
