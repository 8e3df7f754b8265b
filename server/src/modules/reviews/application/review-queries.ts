import { Inject, Injectable } from '@nestjs/common';
import type { DeskReview, MyReview, PublicReview, ReviewSummary } from '@shuke/shared/contracts';
import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { tenths } from '../domain/review-rules.js';
import { type PublicFilter, type ReviewFilter, ReviewListStore } from '../persistence/review-list.store.js';
import type { Review } from '../persistence/review-row.js';
import { ReviewTagStore } from '../persistence/review-tag.store.js';
import { TicketStore } from '../persistence/ticket.store.js';
import { ReviewRuleBook } from './review-rule-book.js';
import { deskReview, myReview, publicReview } from './review-view.js';

/** Reads of reviews for all ends. */
@Injectable()
export class ReviewQueries {
  private readonly lists = new ReviewListStore();
  private readonly tickets = new TicketStore();
  private readonly tags = new ReviewTagStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReviewRuleBook) private readonly book: ReviewRuleBook,
  ) {}

  /** A page of what everybody sees of a product, newest first; the summary comes with the first page only. */
  async ofProduct(
    brandId: BrandId,
    productId: Id,
    query: { filter?: PublicFilter; tag?: string; cursor?: string; limit?: number },
  ): Promise<{ summary: ReviewSummary | null; items: PublicReview[]; nextCursor: string | null }> {
    const limit = query.limit ?? 10;
    const after = readCursor(query.cursor, [DIGITS]);
    const filter = query.filter ?? 'ALL';
    const product = { brandId, id: productId };
    const reviews = await this.lists.ofProduct(
      this.database,
      product,
      { filter, tag: query.tag, beforeId: after?.[0] },
      limit + 1,
    );
    const [answered, summary, stores] = await Promise.all([
      this.lists.replies(this.database, brandId, reviews),
      after ? null : this.summary(brandId, productId),
      this.organization.storesByIds(brandId, [...new Set(reviews.map((one) => one.storeId))]),
    ]);
    const page = pageOf(
      reviews,
      limit,
      (one) => publicReview(one, stores.get(one.storeId)?.name ?? '门店', answered),
      (one) => makeCursor(one.id),
    );
    return { summary, ...page };
  }

  /** The sums of a product's shown reviews; no review means no average. */
  async summary(brandId: BrandId, productId: Id): Promise<ReviewSummary> {
    const [{ stars, withPictures, followUps }, said, rules] = await Promise.all([
      this.lists.score(this.database, brandId, productId),
      this.tags.counts(this.database, brandId, productId),
      this.book.of(brandId),
    ]);
    const count = stars.reduce((sum, one) => sum + one, 0);
    const sum = stars.reduce((all, one, index) => all + one * (index + 1), 0);
    const good = (stars[3] ?? 0) + (stars[4] ?? 0);
    return {
      count,
      averageTenths: tenths(sum, count),
      stars,
      withPictures,
      followUps,
      goodPercent: count === 0 ? null : Math.floor((good * 100) / count),
      // A tag that the dictionary has lost is not shown any more.
      tags: rules.tags
        .map(({ name }) => ({ name, count: said.get(name) ?? 0 }))
        .filter((tag) => tag.count > 0)
        .sort((a, b) => b.count - a.count),
    };
  }

  private async page(filter: ReviewFilter, cursor: string | undefined, limit: number) {
    const beforeId = readCursor(cursor, [DIGITS])?.[0];
    const reviews = await this.lists.list(this.database, filter, beforeId, limit + 1);
    const [answered, tickets] = await Promise.all([
      this.lists.replies(this.database, filter.brandId, reviews),
      this.tickets.ofReviews(this.database, filter.brandId, reviews),
    ]);
    const views = new Map<string, MyReview>();
    for (const one of reviews) {
      const [store, guide] = await Promise.all([
        this.organization.store(one.brandId, one.storeId),
        one.guideId ? this.organization.guide(one.brandId, one.guideId) : null,
      ]);
      const names = { storeName: store?.name ?? '门店', guideName: guide?.name ?? null };
      const ticket = tickets.find((row) => row.reviewId === one.id) ?? null;
      views.set(one.id, myReview(one, names, answered, ticket, this.clock.now()));
    }
    return { reviews, viewOf: (one: Review) => views.get(one.id) as MyReview };
  }

  /** One's own reviews, newest first. */
  async mine(
    filter: ReviewFilter,
    cursor?: string,
    limit = 20,
  ): Promise<{ items: MyReview[]; nextCursor: string | null }> {
    const { reviews, viewOf } = await this.page(filter, cursor, limit);
    return pageOf(reviews, limit, viewOf, (one) => makeCursor(one.id));
  }

  async mineOne(brandId: BrandId, memberId: MemberId, id: Id): Promise<MyReview> {
    const { items } = await this.mine({ brandId, memberId, id });
    if (!items[0]) throw refuse('NOT_FOUND');
    return items[0];
  }

  /** Reviews for desk or counter; the log of who hid and showed is headquarters' alone. */
  async desk(
    filter: ReviewFilter,
    withLog: boolean,
    cursor?: string,
    limit = 20,
  ): Promise<{ items: DeskReview[]; nextCursor: string | null }> {
    const { reviews, viewOf } = await this.page(filter, cursor, limit);
    const log = withLog ? await this.lists.logs(this.database, filter.brandId, reviews) : [];
    const of = (one: Review) =>
      log
        .filter((row) => row.reviewId === one.id)
        .map((row) => ({ at: row.at.toISOString(), byName: row.byName, text: row.text }));
    return pageOf(
      reviews,
      limit,
      (one) => deskReview(viewOf(one), one, of(one)),
      (one) => makeCursor(one.id),
    );
  }

  async deskOne(filter: ReviewFilter, withLog: boolean): Promise<DeskReview> {
    const { items } = await this.desk(filter, withLog);
    if (!items[0]) throw refuse('NOT_FOUND');
    return items[0];
  }
}
