import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { AssetsModule } from '../assets/index.js';
import { CouponsModule } from '../coupons/index.js';
import { AfterHandOver, OrdersModule } from '../orders/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PicturesModule } from '../pictures/index.js';
import { GiveReward } from './application/give-reward.js';
import { registerReviewRows } from './application/member-rows.js';
import { ModerateReviews } from './application/moderate-reviews.js';
import { Repeats } from './application/repeats.js';
import { RereadTags } from './application/reread-tags.js';
import { ReviewChecks } from './application/review-checks.js';
import { ReviewInvites } from './application/review-invites.js';
import { ReviewParts } from './application/review-parts.js';
import { ReviewQueries } from './application/review-queries.js';
import { ReviewRuleBook } from './application/review-rule-book.js';
import { ReviewableOrders } from './application/reviewable-orders.js';
import { SettleReview } from './application/settle-review.js';
import { TakeBackReview } from './application/take-back-review.js';
import { TicketQueries } from './application/ticket-queries.js';
import { WriteReview } from './application/write-review.js';
import { ConsoleReviewsController, GuideReviewsController } from './http/desk-reviews.controllers.js';
import { MallReviewsController, PublicReviewsController } from './http/mall-reviews.controller.js';
import { AuthorStore } from './persistence/author.store.js';
import { reviewInvariants } from './reviews.invariants.js';

@Module({
  imports: [OrdersModule, OrganizationModule, PicturesModule, AssetsModule, CouponsModule],
  controllers: [PublicReviewsController, MallReviewsController, ConsoleReviewsController, GuideReviewsController],
  providers: [
    ReviewRuleBook,
    RereadTags,
    SettleReview,
    TakeBackReview,
    ReviewParts,
    ReviewChecks,
    WriteReview,
    ReviewInvites,
    ModerateReviews,
    ReviewQueries,
    ReviewableOrders,
    TicketQueries,
    Repeats,
    GiveReward,
  ],
  exports: [WriteReview, ReviewInvites, ModerateReviews, ReviewQueries, TicketQueries],
})
export class ReviewsModule implements OnModuleInit {
  private readonly authors = new AuthorStore();

  constructor(@Inject(TakeBackReview) private readonly takeBack: TakeBackReview) {}

  onModuleInit(): void {
    registerInvariants(reviewInvariants);
    registerReviewRows(this.takeBack);
    AfterHandOver.register('reviews', {
      standsOn: (tx, order) => this.authors.isReviewed(tx, order.brandId, order.id),
    });
  }
}
