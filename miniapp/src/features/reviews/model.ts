import type { MyReview, ReviewSummary } from '@shuke/shared/contracts';

/** "4.7", or nothing while nobody has said anything. */
export const averageText = (tenths: number | null): string | null =>
  tenths === null ? null : `${Math.floor(tenths / 10)}.${tenths % 10}`;

export const FILTERS = [
  { key: 'ALL', label: '全部' },
  { key: 'PICTURES', label: '有图' },
  { key: 'FOLLOW_UP', label: '追评' },
  { key: 'GOOD', label: '好评' },
  { key: 'MIDDLE', label: '中评' },
  { key: 'BAD', label: '差评' },
] as const;
export type Filter = (typeof FILTERS)[number]['key'];

/** The filters with how many each holds; those that hold nothing are left out, all but the first. */
export function filtersOf(summary: Pick<ReviewSummary, 'count' | 'withPictures' | 'followUps' | 'stars'>) {
  const [one = 0, two = 0, three = 0, four = 0, five = 0] = summary.stars;
  const counts: Record<Filter, number> = {
    ALL: summary.count,
    PICTURES: summary.withPictures,
    FOLLOW_UP: summary.followUps,
    GOOD: four + five,
    MIDDLE: three,
    BAD: one + two,
  };
  return FILTERS.map(({ key, label }) => ({ key, label: `${label} ${counts[key]}`, count: counts[key] })).filter(
    ({ key, count }) => key === 'ALL' || count > 0,
  );
}

/** Why a review is not seen by others yet, or how it ended; nothing when it simply shows. */
export const standing = (review: Pick<MyReview, 'state' | 'stateText'>): string | null =>
  review.state === 'SHOWN' ? null : review.stateText;
