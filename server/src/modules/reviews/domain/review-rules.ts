import type { HideReason, ReviewRules, ReviewState, TicketState } from '@shuke/shared/contracts';
import { DEFAULT_REVIEW_TAGS } from './review-tags.js';

/** What a brand starts with. */
export const DEFAULT_REVIEW_RULES: ReviewRules = {
  rewardPoints: 10,
  rewardPicturePoints: 10,
  rewardCouponTemplateId: null,
  reviewDays: 90,
  lowStars: 2,
  ticketHours: 24,
  minSample: 5,
  tags: DEFAULT_REVIEW_TAGS,
};
export const FOLLOW_UP_DAYS = 30;

export const REVIEW_STATE_TEXTS: Readonly<Record<ReviewState, string>> = {
  PENDING: '审核中，通过后展示',
  MANUAL: '人工审核中',
  SHOWN: '已展示',
  HIDDEN: '未展示',
  DELETED: '已删除',
};
export const HIDE_TEXTS: Readonly<Record<HideReason, string>> = {
  PERSONAL_DATA: '泄露他人隐私',
  ILLEGAL: '含有违法信息',
  ABUSE: '辱骂、诽谤他人',
  ADVERTISING: '广告或导流',
  COURT_ORDER: '法院或监管部门要求',
};
const HOUR_MS = 3_600_000;
/** What the author reads of a low score; how long it takes is the brand's promise, not ours. */
export function ticketText(state: TicketState, dueAt: Date, nowMs: number): string {
  if (state === 'CALLED_BACK') return '店长已经联系过你，请确认是否解决';
  if (state === 'CLOSED') return '已解决';
  const hours = Math.ceil((dueAt.getTime() - nowMs) / HOUR_MS);
  if (hours <= 0) return '店长还没有联系你，已经超过约定的时间，总部看得到';
  return hours <= 48 ? `店长正在处理，${hours} 小时内会联系你` : `店长正在处理，${Math.ceil(hours / 24)} 天内会联系你`;
}

/** The one figure of a service review: the mean of its three, rounded half up. */
export const serviceStars = (attitude: number, expertise: number, speed: number): number =>
  Math.floor(((attitude + expertise + speed) * 2 + 3) / 6);

/** A reward for writing, whatever was written: it is not told the stars. */
export const rewardFor = (rules: Pick<ReviewRules, 'rewardPoints' | 'rewardPicturePoints'>, pictures: number): number =>
  rules.rewardPoints + (pictures > 0 ? rules.rewardPicturePoints : 0);

export type CheckState = 'WAITING' | 'PASSED' | 'REFUSED' | 'MANUAL';

/** Where words and pictures stand together: shown only when everything has passed, hidden when anything was refused. */
export function verdictOf(checks: readonly CheckState[]): 'PENDING' | 'MANUAL' | 'SHOWN' | 'HIDDEN' {
  if (checks.includes('REFUSED')) return 'HIDDEN';
  if (checks.includes('WAITING')) return 'PENDING';
  return checks.includes('MANUAL') ? 'MANUAL' : 'SHOWN';
}

export interface ScoreSums {
  sample: number;
  attitude: number;
  expertise: number;
  speed: number;
}

/** The sum of all three figures of all reviews, in whole stars. */
const starsOf = (sums: ScoreSums): number => sums.attitude + sums.expertise + sums.speed;

/** The mean of all service reviews of a brand in hundredths of a star; 400 while there are none. */
export const meanHundredths = (all: ScoreSums): number =>
  all.sample === 0 ? 400 : Math.floor((starsOf(all) * 100) / (all.sample * 3));

/**
 * A guide's score in hundredths of a star. Few reviews count as if so many average ones stood beside them (a Bayesian
 * mean), so that one friend's five stars do not beat a hundred honest ones; below the minimum sample there is none.
 */
export function guideScore(own: ScoreSums, brandMean: number, minSample: number): number | null {
  if (own.sample < minSample) return null;
  return Math.floor((starsOf(own) * 100 + brandMean * 3 * minSample) / (3 * (own.sample + minSample)));
}

export const tenths = (sum: number, sample: number): number | null =>
  sample === 0 ? null : Math.floor((sum * 10) / sample);
