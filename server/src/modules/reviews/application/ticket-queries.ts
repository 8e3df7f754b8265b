import { Inject, Injectable } from '@nestjs/common';
import type { GuideScore, ReviewTicket } from '@shuke/shared/contracts';
import type { BrandId, GuideId, Id } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { guideScore, meanHundredths, type ScoreSums, tenths } from '../domain/review-rules.js';
import { GuideScoreStore } from '../persistence/guide-score.store.js';
import { type TicketFilter as StoredFilter, type Ticket, TicketStore } from '../persistence/ticket.store.js';
import { ReviewRuleBook } from './review-rule-book.js';
import { publicName } from './review-view.js';

/** Overdue ones are open and were due by now. */
export type TicketFilter = Omit<StoredFilter, 'dueBefore'> & { overdueOnly?: boolean };

/** Nobody has reviewed the guide. */
const NOTHING: ScoreSums = { sample: 0, attitude: 0, expertise: 0, speed: 0 };

/** Low scores to call back, and the scores of guides. */
@Injectable()
export class TicketQueries {
  private readonly tickets = new TicketStore();
  private readonly guideScores = new GuideScoreStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(ReviewRuleBook) private readonly book: ReviewRuleBook,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(
    filter: TicketFilter,
    cursor?: string,
    limit = 20,
  ): Promise<{ items: ReviewTicket[]; nextCursor: string | null }> {
    const { overdueOnly, ...rest } = filter;
    const dueBefore = overdueOnly ? this.clock.date() : undefined;
    const beforeId = readCursor(cursor, [DIGITS])?.[0];
    const tickets = await this.tickets.list(this.database, { ...rest, dueBefore }, beforeId, limit + 1);
    const stores = await this.organization.storesByIds(filter.brandId, [...new Set(tickets.map((one) => one.storeId))]);
    const guides = new Map((await this.organization.guides(filter.brandId)).map((guide) => [guide.id, guide.name]));
    return pageOf(
      tickets,
      limit,
      (one) =>
        this.view(one, stores.get(one.storeId)?.name ?? '门店', (one.guideId && guides.get(one.guideId)) || null),
      (one) => makeCursor(one.id),
    );
  }

  async one(filter: TicketFilter & { id: Id }): Promise<ReviewTicket> {
    const { items } = await this.list(filter);
    if (!items[0]) throw refuse('NOT_FOUND');
    return items[0];
  }

  private view(one: Ticket, storeName: string, guideName: string | null): ReviewTicket {
    const { state } = one;
    return {
      id: one.id,
      reviewId: one.reviewId,
      storeId: one.storeId,
      storeName,
      guideName,
      productName: one.productName,
      stars: one.stars,
      text: one.text,
      authorName: publicName(one),
      state,
      stateText: state === 'OPEN' ? '待回访' : state === 'CALLED_BACK' ? '已回访，等顾客确认' : '已解决',
      openedAt: one.openedAt.toISOString(),
      dueAt: one.dueAt.toISOString(),
      isOverdue: state === 'OPEN' && one.dueAt.getTime() < this.clock.now(),
      calledBackAt: one.calledBackAt?.toISOString() ?? null,
      note: one.note,
      closedAt: one.closedAt?.toISOString() ?? null,
      isSatisfied: one.isSatisfied,
      externalUserId: one.isAnonymous ? null : one.externalUserId,
    };
  }

  /** The scores of some guides and the brand's mean that they are pulled towards. */
  async scores(
    brandId: BrandId,
    guideIds: readonly GuideId[],
  ): Promise<{ items: GuideScore[]; meanHundredths: number }> {
    const rules = await this.book.of(brandId);
    const [all, known] = await Promise.all([
      this.guideScores.ofBrand(this.database, brandId),
      this.guideScores.ofGuides(this.database, brandId, guideIds),
    ]);
    const mean = meanHundredths(all);
    const items: GuideScore[] = [];
    for (const guideId of guideIds) {
      const guide = await this.organization.guide(brandId, guideId);
      if (!guide) continue;
      const own = known.get(guideId) ?? NOTHING;
      const score = guideScore(own, mean, rules.minSample);
      const shown = (sum: number) => (score === null ? null : tenths(sum, own.sample));
      items.push({
        guideId,
        guideName: guide.name,
        storeName: (await this.organization.store(brandId, guide.storeId))?.name ?? '门店',
        sample: own.sample,
        isEnough: score !== null,
        scoreHundredths: score,
        attitudeTenths: shown(own.attitude),
        expertiseTenths: shown(own.expertise),
        speedTenths: shown(own.speed),
      });
    }
    return { items, meanHundredths: mean };
  }

  async score(brandId: BrandId, guideId: GuideId): Promise<GuideScore> {
    const { items } = await this.scores(brandId, [guideId]);
    if (!items[0]) throw refuse('NOT_FOUND');
    return items[0];
  }
}
