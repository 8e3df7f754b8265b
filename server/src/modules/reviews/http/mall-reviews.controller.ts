import { Controller, Inject } from '@nestjs/common';
import { mallRoutes } from '@shuke/shared/contracts';
import type { GuideId, Id } from '@shuke/shared/kernel';
import { type Actor, actorLabel, type Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { ModerateReviews } from '../application/moderate-reviews.js';
import { Repeats } from '../application/repeats.js';
import { ReviewInvites } from '../application/review-invites.js';
import { ReviewQueries } from '../application/review-queries.js';
import { ReviewableOrders } from '../application/reviewable-orders.js';
import { TicketQueries } from '../application/ticket-queries.js';
import { WriteReview } from '../application/write-review.js';

/** What everybody reads, in a request of its own: the hot product page does not wait for it. */
@Controller()
export class PublicReviewsController {
  constructor(
    @Inject(ReviewQueries) private readonly queries: ReviewQueries,
    @Inject(TicketQueries) private readonly tickets: TicketQueries,
  ) {}

  @Contract(mallRoutes.productReviews)
  ofProduct(
    @Who() actor: Actor,
    @Given() { params, query }: In<typeof mallRoutes.productReviews>,
  ): Out<typeof mallRoutes.productReviews> {
    return this.queries.ofProduct(actor.brandId, params.id as Id, query);
  }

  @Contract(mallRoutes.guideScore)
  score(@Who() actor: Actor, @Given() { params }: In<typeof mallRoutes.guideScore>): Out<typeof mallRoutes.guideScore> {
    return this.tickets.score(actor.brandId, params.id as GuideId);
  }
}

/** Writing reviews and following what became of them. */
@Controller()
export class MallReviewsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WriteReview) private readonly writer: WriteReview,
    @Inject(ReviewInvites) private readonly invites: ReviewInvites,
    @Inject(ReviewQueries) private readonly queries: ReviewQueries,
    @Inject(ReviewableOrders) private readonly waiting: ReviewableOrders,
    @Inject(ModerateReviews) private readonly tickets: ModerateReviews,
    @Inject(Repeats) private readonly repeats: Repeats,
  ) {}

  @Contract(mallRoutes.reviewable)
  reviewable(
    @Who() actor: Consumer,
    @Given() { query }: In<typeof mallRoutes.reviewable>,
  ): Out<typeof mallRoutes.reviewable> {
    return this.waiting.list(actor, query);
  }

  @Contract(mallRoutes.myReviews)
  mine(@Who() actor: Consumer, @Given() { query }: In<typeof mallRoutes.myReviews>): Out<typeof mallRoutes.myReviews> {
    return this.queries.mine({ brandId: actor.brandId, memberId: actor.memberId }, query.cursor, query.limit);
  }

  @Contract(mallRoutes.addReview)
  async add(
    @Who() actor: Consumer,
    @Given() { body, idempotencyKey }: In<typeof mallRoutes.addReview>,
  ): Out<typeof mallRoutes.addReview> {
    const { orderId, isAnonymous, ...wish } = body;
    const id = await this.repeats.once(actor.brandId, `review:${actorLabel(actor)}`, idempotencyKey, body, () =>
      this.writer.line(actor, orderId as Id, wish, isAnonymous ?? false),
    );
    return this.queries.mineOne(actor.brandId, actor.memberId, id);
  }

  @Contract(mallRoutes.addServiceReview)
  async addService(
    @Who() actor: Consumer,
    @Given() { body, idempotencyKey }: In<typeof mallRoutes.addServiceReview>,
  ): Out<typeof mallRoutes.addServiceReview> {
    const { orderId, isAnonymous, ...wish } = body;
    const id = await this.repeats.once(actor.brandId, `service-review:${actorLabel(actor)}`, idempotencyKey, body, () =>
      this.writer.service(actor, orderId as Id, wish, isAnonymous ?? false),
    );
    return this.queries.mineOne(actor.brandId, actor.memberId, id);
  }

  @Contract(mallRoutes.followUp)
  async followUp(
    @Who() actor: Consumer,
    @Given() { params, body, idempotencyKey }: In<typeof mallRoutes.followUp>,
  ): Out<typeof mallRoutes.followUp> {
    const input = { id: params.id, ...body };
    const id = await this.repeats.once(
      actor.brandId,
      `follow-up:${actorLabel(actor)}`,
      idempotencyKey,
      input,
      async () => {
        await this.writer.followUp(actor, params.id as Id, body);
        return params.id as Id;
      },
    );
    return this.queries.mineOne(actor.brandId, actor.memberId, id);
  }

  @Contract(mallRoutes.deleteReview)
  async remove(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.deleteReview>,
  ): Out<typeof mallRoutes.deleteReview> {
    await this.writer.remove(actor, params.id as Id);
    return { ok: true };
  }

  @Contract(mallRoutes.reviewInvite)
  async invite(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.reviewInvite>,
  ): Out<typeof mallRoutes.reviewInvite> {
    return this.waiting.of(actor, await this.invites.orderOf(this.database, actor.brandId, params.token));
  }

  @Contract(mallRoutes.useReviewInvite)
  async useInvite(
    @Who() actor: Consumer,
    @Given() { params, body }: In<typeof mallRoutes.useReviewInvite>,
  ): Out<typeof mallRoutes.useReviewInvite> {
    const { isAnonymous, ...wish } = body;
    const ids = await this.invites.use(actor, params.token, { ...wish, isAnonymous: isAnonymous ?? false });
    const items = [];
    for (const id of ids) items.push(await this.queries.mineOne(actor.brandId, actor.memberId, id));
    return { items };
  }

  @Contract(mallRoutes.closeReviewTicket)
  async close(
    @Who() actor: Consumer,
    @Given() { params, body }: In<typeof mallRoutes.closeReviewTicket>,
  ): Out<typeof mallRoutes.closeReviewTicket> {
    const reviewId = await this.tickets.close(actor, params.id as Id, body.isSatisfied);
    return this.queries.mineOne(actor.brandId, actor.memberId, reviewId);
  }
}
