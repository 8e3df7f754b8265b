import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Id, MemberId, StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { log } from '../../../platform/observability/log.js';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { Points, pointsExpiry } from '../../assets/index.js';
import { Coupons, type TemplateId } from '../../coupons/index.js';

interface Shown {
  reviewId: Id;
  memberId: MemberId;
  storeId: StoreId;
  points: number;
  couponTemplateId: TemplateId | null;
}

/** Thanks the author once, when a review is first shown. The event carries no stars, so the reward cannot depend on them. */
@Injectable()
export class GiveReward implements OnModuleInit {
  constructor(
    @Inject(Points) private readonly points: Points,
    @Inject(Coupons) private readonly coupons: Coupons,
  ) {}

  onModuleInit(): void {
    registerHandler({
      name: 'reviews.reward',
      type: 'review.shown',
      handle: (tx, event) => this.give(tx, event),
    });
  }

  private async give(tx: Tx, event: DomainEvent): Promise<void> {
    const { brandId } = event;
    const { reviewId, memberId, storeId, points, couponTemplateId } = event.payload as unknown as Shown;
    const rule = await this.points.rule(brandId);
    if (points > 0 && rule.isOn)
      await this.points.ledger.credit(tx, brandId, 'POINTS', memberId, [
        {
          lot: {
            kind: 'POINTS',
            amount: points,
            originKind: 'REVIEW',
            originId: reviewId,
            title: '评价奖励',
            storeId,
            expiresAt: pointsExpiry(rule, tx.now),
          },
          cause: { kind: 'REVIEW', ref: `REVIEW:${reviewId}`, title: '评价奖励', storeId },
        },
      ]);
    if (!couponTemplateId) return;
    const wish = { brandId, memberId, templateId: couponTemplateId, source: 'TASK' as const, sourceId: reviewId };
    const given = await this.coupons.tryIssue(tx, { ...wish, storeId, note: '评价奖励' });
    // A budget that is used up is no reason to fail; the points have been given.
    if ('refusal' in given)
      log.warn({ review: reviewId, code: given.refusal.code }, 'a review’s coupon could not be given');
  }
}
