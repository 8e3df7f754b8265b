import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  DEFAULT_REVIEW_RULES,
  guideScore,
  meanHundredths,
  rewardFor,
  serviceStars,
  ticketText,
  verdictOf,
} from './review-rules.js';

const star = fc.integer({ min: 1, max: 5 });
const sumsOf = (reviews: readonly [number, number, number][]) => ({
  sample: reviews.length,
  attitude: reviews.reduce((sum, [one]) => sum + one, 0),
  expertise: reviews.reduce((sum, [, one]) => sum + one, 0),
  speed: reviews.reduce((sum, [, , one]) => sum + one, 0),
});

describe('scores of guides', () => {
  it('lie between the guide’s own mean and the brand’s, nearer to the own the more reviews there are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(star, star, star), { minLength: 5, maxLength: 60 }),
        fc.integer({ min: 100, max: 500 }),
        (reviews, mean) => {
          const sums = sumsOf(reviews);
          const own = meanHundredths(sums);
          const score = guideScore(sums, mean, 5) as number;
          expect(score).toBeGreaterThanOrEqual(Math.min(own, mean));
          expect(score).toBeLessThanOrEqual(Math.max(own, mean) + 1);
          const twice = {
            sample: sums.sample * 2,
            attitude: sums.attitude * 2,
            expertise: sums.expertise * 2,
            speed: sums.speed * 2,
          };
          expect(Math.abs((guideScore(twice, mean, 5) as number) - own)).toBeLessThanOrEqual(Math.abs(score - own) + 1);
        },
      ),
    );
  });

  it('do not exist below the minimum sample, and a few friends do not beat many customers', () => {
    const perfect = (count: number) => ({ sample: count, attitude: 5 * count, expertise: 5 * count, speed: 5 * count });
    expect(guideScore(perfect(4), 430, 5)).toBeNull();
    const many = { sample: 200, attitude: 980, expertise: 980, speed: 980 };
    expect(guideScore(perfect(5), 430, 5) as number).toBeLessThan(guideScore(many, 430, 5) as number);
  });
});

describe('reviews', () => {
  it('are shown only when words and pictures have all passed', () => {
    expect(verdictOf(['PASSED', 'PASSED'])).toBe('SHOWN');
    expect(verdictOf(['PASSED', 'WAITING', 'MANUAL'])).toBe('PENDING');
    expect(verdictOf(['PASSED', 'MANUAL'])).toBe('MANUAL');
    expect(verdictOf(['WAITING', 'REFUSED'])).toBe('HIDDEN');
  });

  it('are rewarded for being written: the reward cannot know the stars', () => {
    expect(rewardFor(DEFAULT_REVIEW_RULES, 0)).toBe(10);
    expect(rewardFor(DEFAULT_REVIEW_RULES, 3)).toBe(20);
    expect(rewardFor.length).toBe(2);
  });

  it('of service have one figure: the mean of three, rounded half up', () => {
    expect([
      serviceStars(5, 5, 5),
      serviceStars(5, 4, 4),
      serviceStars(5, 5, 4),
      serviceStars(1, 1, 2),
      serviceStars(1, 2, 2),
    ]).toEqual([5, 4, 5, 1, 2]);
  });
});

describe('a low score', () => {
  const DUE = Date.parse('2026-11-22T12:00:00Z');
  const text = (hoursBefore: number) => ticketText('OPEN', new Date(DUE), DUE - hoursBefore * 3_600_000);

  it('is told the time that the brand has promised, and that it is over', () => {
    expect([24, 3.5, 72].map(text)).toEqual([
      '店长正在处理，24 小时内会联系你',
      '店长正在处理，4 小时内会联系你',
      '店长正在处理，3 天内会联系你',
    ]);
    expect(text(0)).toContain('已经超过约定的时间');
  });
});
