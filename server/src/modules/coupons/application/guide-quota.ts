import { type BrandId, businessDay, type GuideId } from '@shuke/shared/kernel';
import type { Guide as GuideActor } from '../../../platform/access/actor.js';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { LimitStore } from '../persistence/limit.store.js';
import type { Offer } from '../persistence/offer.store.js';
import type { Template } from '../persistence/rows.js';
import { refuseCoupon } from './coupon-errors.js';

/** All templates together, in the quota by value. */
const ALL = '0';

export const periodsOf = (ms: number): { day: string; month: string } => {
  const day = businessDay(ms);
  return { day, month: day.slice(0, 7) };
};

/** How many coupons, and of what worth, a guide may still give; a card counts as given from when it is prepared. */
export class GuideQuota {
  private readonly limits = new LimitStore();

  /** Counts a card against the quotas of the day and the month. @throws AppError GUIDE_QUOTA */
  async charge(
    tx: Tx,
    { brandId, guideId }: GuideActor,
    template: Template,
    count: number,
    worst: number,
    monthFen: number | null,
  ) {
    const { day, month } = periodsOf(tx.now.getTime());
    const { guidePerDay, guidePerMonth } = template.content;
    const use = { brandId, guideId, count, worstFen: count * worst };
    const checks = [
      { templateId: template.id, period: day, maxCount: guidePerDay, maxFen: null, text: '这张券你今天的额度已用完' },
      {
        templateId: template.id,
        period: month,
        maxCount: guidePerMonth,
        maxFen: null,
        text: '这张券你本月的额度已用完',
      },
      { templateId: ALL, period: month, maxCount: null, maxFen: monthFen, text: '你本月的发券金额已到上限' },
    ];
    for (const { text, ...check } of checks)
      if (!(await this.limits.give(tx, { ...use, ...check }))) throw refuseCoupon('GUIDE_QUOTA', undefined, text);
  }

  /** A card that was not sent counts no longer, in the periods in which it was prepared. */
  async giveBack(tx: Tx, { brandId, guideId, templateId, total, worstFen, createdAt }: Offer): Promise<void> {
    const { day, month } = periodsOf(createdAt.getTime());
    await this.limits.giveBack(tx, brandId, guideId, templateId, [day, month], total, worstFen);
  }

  /** What a guide has given in the day and the month of an instant, by template and period. */
  given(on: Queryable, brandId: BrandId, guideId: GuideId, nowMs: number) {
    const { day, month } = periodsOf(nowMs);
    return this.limits.given(on, brandId, guideId, [day, month]);
  }
}
