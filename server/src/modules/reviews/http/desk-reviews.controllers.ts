import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, guideRoutes } from '@shuke/shared/contracts';
import type { GuideId, Id, StoreId } from '@shuke/shared/kernel';
import type { Desk, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Organization } from '../../organization/index.js';
import { ModerateReviews } from '../application/moderate-reviews.js';
import { ReviewInvites } from '../application/review-invites.js';
import { ReviewQueries } from '../application/review-queries.js';
import { ReviewRuleBook } from '../application/review-rule-book.js';
import { TicketQueries } from '../application/ticket-queries.js';

/** Reviews at the desk. */
@Controller()
export class ConsoleReviewsController {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(ReviewQueries) private readonly queries: ReviewQueries,
    @Inject(TicketQueries) private readonly tickets: TicketQueries,
    @Inject(ModerateReviews) private readonly moderate: ModerateReviews,
    @Inject(ReviewRuleBook) private readonly book: ReviewRuleBook,
  ) {}

  private async scope(actor: Desk, storeId: string | undefined): Promise<readonly StoreId[] | 'ALL'> {
    if (!storeId) return this.organization.scopeOf(actor);
    return [(await this.organization.requireStore(actor, storeId as StoreId)).id];
  }

  private async one(actor: Desk, id: string) {
    const storeIds = await this.organization.scopeOf(actor);
    return this.queries.deskOne({ brandId: actor.brandId, storeIds, id: id as Id }, actor.kind === 'hq');
  }

  @Contract(consoleRoutes.reviews)
  async list(
    @Who() actor: Desk,
    @Given() { query }: In<typeof consoleRoutes.reviews>,
  ): Out<typeof consoleRoutes.reviews> {
    const { cursor, limit, storeId, ...filter } = query;
    const storeIds = await this.scope(actor, storeId);
    return this.queries.desk({ brandId: actor.brandId, storeIds, ...filter }, actor.kind === 'hq', cursor, limit);
  }

  @Contract(consoleRoutes.replyReview)
  async reply(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.replyReview>,
  ): Out<typeof consoleRoutes.replyReview> {
    await this.moderate.reply(actor, params.id as Id, body.text);
    return this.one(actor, params.id);
  }

  @Contract(consoleRoutes.hideReview)
  async hide(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.hideReview>,
  ): Out<typeof consoleRoutes.hideReview> {
    await this.moderate.hide(actor, params.id as Id, body.reason, body.note);
    return this.one(actor, params.id);
  }

  @Contract(consoleRoutes.showReview)
  async show(
    @Who() actor: Desk,
    @Given() { params, body }: In<typeof consoleRoutes.showReview>,
  ): Out<typeof consoleRoutes.showReview> {
    await this.moderate.show(actor, params.id as Id, body.note);
    return this.one(actor, params.id);
  }

  @Contract(consoleRoutes.reviewTickets)
  async ticketList(
    @Who() actor: Desk,
    @Given() { query }: In<typeof consoleRoutes.reviewTickets>,
  ): Out<typeof consoleRoutes.reviewTickets> {
    const { cursor, limit, storeId, ...filter } = query;
    const storeIds = await this.scope(actor, storeId);
    return this.tickets.list({ brandId: actor.brandId, storeIds, ...filter }, cursor, limit);
  }

  @Contract(consoleRoutes.guideScores)
  async scores(@Who() actor: Desk): Out<typeof consoleRoutes.guideScores> {
    const scope = await this.organization.scopeOf(actor);
    const guides = (await this.organization.guides(actor.brandId)).filter(
      (guide) => scope === 'ALL' || scope.includes(guide.storeId),
    );
    return this.tickets.scores(
      actor.brandId,
      guides.map((guide) => guide.id),
    );
  }

  @Contract(consoleRoutes.reviewRules)
  rules(@Who() actor: Desk): Out<typeof consoleRoutes.reviewRules> {
    return this.book.of(actor.brandId);
  }

  @Contract(consoleRoutes.setReviewRules)
  setRules(
    @Who() actor: Desk,
    @Given() { body }: In<typeof consoleRoutes.setReviewRules>,
  ): Out<typeof consoleRoutes.setReviewRules> {
    return this.book.set(actor, body);
  }
}

/** Reviews in the guide's workbench. */
@Controller()
export class GuideReviewsController {
  constructor(
    @Inject(ReviewQueries) private readonly queries: ReviewQueries,
    @Inject(TicketQueries) private readonly tickets: TicketQueries,
    @Inject(ModerateReviews) private readonly moderate: ModerateReviews,
    @Inject(ReviewInvites) private readonly invites: ReviewInvites,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  @Contract(guideRoutes.reviews)
  list(@Who() actor: Guide, @Given() { query }: In<typeof guideRoutes.reviews>): Out<typeof guideRoutes.reviews> {
    const { cursor, limit, mineOnly, kind } = query;
    const filter = {
      brandId: actor.brandId,
      storeIds: [actor.storeId],
      ...(kind ? { kind } : {}),
      ...(mineOnly ? { guideId: actor.guideId } : {}),
    };
    return this.queries.desk(filter, false, cursor, limit);
  }

  @Contract(guideRoutes.score)
  score(@Who() actor: Guide): Out<typeof guideRoutes.score> {
    return this.tickets.score(actor.brandId, actor.guideId);
  }

  @Contract(guideRoutes.replyReview)
  async reply(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.replyReview>,
  ): Out<typeof guideRoutes.replyReview> {
    await this.moderate.reply(actor, params.id as Id, body.text);
    return this.queries.deskOne({ brandId: actor.brandId, storeIds: [actor.storeId], id: params.id as Id }, false);
  }

  @Contract(guideRoutes.reviewTickets)
  async ticketList(
    @Who() actor: Guide,
    @Given() { query }: In<typeof guideRoutes.reviewTickets>,
  ): Out<typeof guideRoutes.reviewTickets> {
    const { cursor, limit, ...filter } = query;
    const chatsOf = await this.chatsOf(actor);
    return this.tickets.list({ brandId: actor.brandId, storeIds: [actor.storeId], chatsOf, ...filter }, cursor, limit);
  }

  @Contract(guideRoutes.callBack)
  async callBack(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.callBack>,
  ): Out<typeof guideRoutes.callBack> {
    await this.moderate.callBack(actor, params.id as Id, body.note);
    const chatsOf = await this.chatsOf(actor);
    return this.tickets.one({ brandId: actor.brandId, storeIds: [actor.storeId], id: params.id as Id, chatsOf });
  }

  /** A guide opens the own chats, a manager those of the store. */
  private async chatsOf(actor: Guide): Promise<GuideId[]> {
    if (!actor.isManager) return [actor.guideId];
    return (await this.organization.guidesOfStore(actor.brandId, actor.storeId)).map((guide) => guide.id);
  }

  @Contract(guideRoutes.inviteReview)
  invite(
    @Who() actor: Guide,
    @Given() { params }: In<typeof guideRoutes.inviteReview>,
  ): Out<typeof guideRoutes.inviteReview> {
    return this.invites.make(actor, params.id as Id);
  }
}
