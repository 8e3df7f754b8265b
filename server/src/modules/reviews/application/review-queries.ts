import { Inject, Injectable } from '@nestjs/common';
import type {
  DeskReview,
  MyReview,
  PublicReview,
  ReviewState,
  ReviewSummary,
  TicketState,
} from '@shuke/shared/contracts';
import type { BrandId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, marks, type SqlValue } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { tenths } from '../domain/review-rules.js';
import { type Review, toReview } from '../persistence/review.store.js';
import { deskReview, myReview, publicReview, type ReplyRow, type TicketRow } from './review-view.js';

type Row = Record<string, unknown>;
type Filter = 'ALL' | 'PICTURES' | 'GOOD' | 'MIDDLE' | 'BAD' | 'FOLLOW_UP';
export interface ReviewFilter {
  brandId: BrandId;
  memberId?: MemberId;
  storeIds?: readonly StoreId[] | 'ALL';
  guideId?: Id;
  kind?: 'LINE' | 'SERVICE';
  state?: ReviewState;
  stars?: number;
  q?: string;
  unansweredOnly?: boolean;
  id?: Id;
}

const FILTERS: Readonly<Record<Filter, string>> = {
  ALL: '',
  PICTURES: ' AND JSON_LENGTH(r.pictures) > 0',
  GOOD: ' AND r.stars >= 4',
  MIDDLE: ' AND r.stars = 3',
  BAD: ' AND r.stars <= 2',
  FOLLOW_UP: " AND r.follow_state = 'SHOWN'",
};

/** Reads of reviews for all ends. */
@Injectable()
export class ReviewQueries {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A page of what everybody sees of a product, newest first; the summary comes with the first page only. */
  async ofProduct(
    brandId: BrandId,
    productId: Id,
    query: { filter?: Filter; cursor?: string; limit?: number },
  ): Promise<{ summary: ReviewSummary | null; items: PublicReview[]; nextCursor: string | null }> {
    const limit = query.limit ?? 10;
    const after = readCursor(query.cursor, [DIGITS]);
    const rows = await this.database.query<Row>(
      `SELECT r.* FROM review r WHERE r.brand_id = ? AND r.product_id = ? AND r.state = 'SHOWN'${FILTERS[query.filter ?? 'ALL']}${after ? ' AND r.id < ?' : ''} ORDER BY r.id DESC LIMIT ?`,
      [brandId, productId, ...(after ? [after[0] ?? ''] : []), limit + 1],
    );
    const reviews = rows.map(toReview);
    const [answered, summary, stores] = await Promise.all([
      this.replies(brandId, reviews),
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
    const [row] = await this.database.query<Row>('SELECT * FROM product_score WHERE brand_id = ? AND product_id = ?', [
      brandId,
      productId,
    ]);
    const stars = [1, 2, 3, 4, 5].map((star) => Number(row?.[`s${star}`] ?? 0));
    const count = stars.reduce((sum, one) => sum + one, 0);
    const sum = stars.reduce((all, one, index) => all + one * (index + 1), 0);
    const good = (stars[3] ?? 0) + (stars[4] ?? 0);
    return {
      count,
      averageTenths: tenths(sum, count),
      stars,
      withPictures: Number(row?.['with_pictures'] ?? 0),
      followUps: Number(row?.['follow_ups'] ?? 0),
      goodPercent: count === 0 ? null : Math.floor((good * 100) / count),
    };
  }

  private async replies(brandId: BrandId, reviews: readonly Review[]): Promise<ReplyRow[]> {
    if (reviews.length === 0) return [];
    const rows = await this.database.query<Row>(
      `SELECT review_id, by_name, text, at FROM review_reply WHERE brand_id = ? AND review_id IN ${marks(reviews.map((one) => one.id))} ORDER BY at, side DESC`,
      [brandId, ...reviews.map((one) => one.id)],
    );
    return rows.map((row) => ({
      reviewId: String(row['review_id']),
      byName: String(row['by_name']),
      text: String(row['text']),
      at: row['at'] as Date,
    }));
  }

  private async tickets(brandId: BrandId, reviews: readonly Review[]): Promise<TicketRow[]> {
    if (reviews.length === 0) return [];
    const rows = await this.database.query<Row>(
      `SELECT id, review_id, state FROM review_ticket WHERE brand_id = ? AND review_id IN ${marks(reviews.map((one) => one.id))}`,
      [brandId, ...reviews.map((one) => one.id)],
    );
    return rows.map((row) => ({
      id: String(row['id']),
      reviewId: String(row['review_id']),
      state: row['state'] as TicketState,
    }));
  }

  private where(filter: ReviewFilter): { sql: string; values: SqlValue[] } {
    const parts = ['r.brand_id = ?', "r.state <> 'DELETED'"];
    const values: SqlValue[] = [filter.brandId];
    const add = (sql: string, ...more: SqlValue[]) => {
      parts.push(sql);
      values.push(...more);
    };
    if (filter.id) add('r.id = ?', filter.id);
    if (filter.memberId) add('r.member_id = ?', filter.memberId);
    if (filter.storeIds && filter.storeIds !== 'ALL')
      add(filter.storeIds.length > 0 ? `r.store_id IN ${marks(filter.storeIds)}` : '1 = 0', ...filter.storeIds);
    if (filter.guideId) add('r.guide_id = ?', filter.guideId);
    if (filter.kind) add('r.kind = ?', filter.kind);
    if (filter.state) add('r.state = ?', filter.state);
    if (filter.stars) add('r.stars = ?', filter.stars);
    if (filter.q) {
      const like = `%${filter.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
      add('(r.text LIKE ? OR r.product_name LIKE ?)', like, like);
    }
    if (filter.unansweredOnly)
      add('NOT EXISTS (SELECT 1 FROM review_reply a WHERE a.brand_id = r.brand_id AND a.review_id = r.id)');
    return { sql: parts.join(' AND '), values };
  }

  private async page(filter: ReviewFilter, cursor: string | undefined, limit: number) {
    const { sql, values } = this.where(filter);
    const after = readCursor(cursor, [DIGITS]);
    const rows = await this.database.query<Row>(
      `SELECT r.* FROM review r WHERE ${sql}${after ? ' AND r.id < ?' : ''} ORDER BY r.id DESC LIMIT ?`,
      [...values, ...(after ? [after[0] ?? ''] : []), limit + 1],
    );
    const reviews = rows.map(toReview);
    const [answered, tickets] = await Promise.all([
      this.replies(filter.brandId, reviews),
      this.tickets(filter.brandId, reviews),
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
    const log = withLog ? await this.logs(filter.brandId, reviews) : [];
    const of = (one: Review) =>
      log
        .filter((row) => String(row['review_id']) === one.id)
        .map((row) => ({
          at: (row['at'] as Date).toISOString(),
          byName: String(row['by_name']),
          text: String(row['text']),
        }));
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

  private async logs(brandId: BrandId, reviews: readonly Review[]): Promise<Row[]> {
    if (reviews.length === 0) return [];
    return this.database.query<Row>(
      `SELECT review_id, by_name, text, at FROM review_log WHERE brand_id = ? AND review_id IN ${marks(reviews.map((one) => one.id))} ORDER BY id`,
      [brandId, ...reviews.map((one) => one.id)],
    );
  }
}
