import { Inject, Injectable } from '@nestjs/common';
import type { GuideScore, ReviewTicket, TicketState } from '@shuke/shared/contracts';
import type { BrandId, GuideId, Id, StoreId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, marks, type SqlValue } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { guideScore, meanHundredths, type ScoreSums, TICKET_TEXTS, tenths } from '../domain/review-rules.js';
import { ReviewRuleBook } from './review-rule-book.js';
import { publicName } from './review-view.js';

type Row = Record<string, unknown>;
export interface TicketFilter {
  brandId: BrandId;
  storeIds: readonly StoreId[] | 'ALL';
  state?: TicketState;
  overdueOnly?: boolean;
  id?: Id;
  /** Guides whose chats the reader may open; none for the desk. */
  chatsOf?: readonly GuideId[];
}
const NOTHING: ScoreSums = { sample: 0, attitude: 0, expertise: 0, speed: 0 };

/** Low scores to call back, and the scores of guides. */
@Injectable()
export class TicketQueries {
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
    const parts = ['t.brand_id = ?'];
    const values: SqlValue[] = [filter.brandId];
    const add = (sql: string, ...more: SqlValue[]) => {
      parts.push(sql);
      values.push(...more);
    };
    if (filter.storeIds !== 'ALL')
      add(filter.storeIds.length > 0 ? `t.store_id IN ${marks(filter.storeIds)}` : '1 = 0', ...filter.storeIds);
    if (filter.state) add('t.state = ?', filter.state);
    if (filter.id) add('t.id = ?', filter.id);
    if (filter.overdueOnly) add("t.state = 'OPEN' AND t.due_at < ?", this.clock.date());
    const after = readCursor(cursor, [DIGITS]);
    if (after) add('t.id < ?', after[0] ?? '');
    const chats = filter.chatsOf ?? [];
    const chat = chats.length
      ? `(SELECT x.external_userid FROM contact c JOIN contact_relation x ON x.brand_id = c.brand_id AND x.external_userid = c.external_userid
           WHERE c.brand_id = t.brand_id AND c.member_id = t.member_id AND x.guide_id IN ${marks(chats)} AND x.state = 'FRIEND' LIMIT 1)`
      : 'NULL';
    const rows = await this.database.query<Row>(
      `SELECT t.*, r.product_name, r.stars, r.text, r.author_name, r.is_anonymous, ${chat} AS external_userid FROM review_ticket t JOIN review r ON r.brand_id = t.brand_id AND r.id = t.review_id
       WHERE ${parts.join(' AND ')} ORDER BY t.id DESC LIMIT ?`,
      [...chats, ...values, limit + 1],
    );
    const stores = await this.organization.storesByIds(filter.brandId, [
      ...new Set(rows.map((row) => row['store_id'] as StoreId)),
    ]);
    const guides = new Map(
      (await this.organization.guides(filter.brandId)).map((guide) => [guide.id as string, guide.name]),
    );
    return pageOf(
      rows,
      limit,
      (row) =>
        this.view(
          row,
          stores.get(row['store_id'] as StoreId)?.name ?? '门店',
          guides.get(String(row['guide_id'])) ?? null,
        ),
      (row) => makeCursor(String(row['id'])),
    );
  }

  async one(filter: TicketFilter & { id: Id }): Promise<ReviewTicket> {
    const { items } = await this.list(filter);
    if (!items[0]) throw refuse('NOT_FOUND');
    return items[0];
  }

  private view(row: Row, storeName: string, guideName: string | null): ReviewTicket {
    const state = row['state'] as TicketState;
    const dueAt = row['due_at'] as Date;
    const iso = (name: string) => (row[name] as Date | null)?.toISOString() ?? null;
    return {
      id: String(row['id']),
      reviewId: String(row['review_id']),
      storeId: String(row['store_id']),
      storeName,
      guideName,
      productName: String(row['product_name']),
      stars: Number(row['stars']),
      text: String(row['text']),
      authorName: publicName({
        authorName: String(row['author_name']),
        isAnonymous: Number(row['is_anonymous']) === 1,
      }),
      state,
      stateText: state === 'OPEN' ? '待回访' : state === 'CALLED_BACK' ? '已回访，等顾客确认' : TICKET_TEXTS.CLOSED,
      openedAt: (row['opened_at'] as Date).toISOString(),
      dueAt: dueAt.toISOString(),
      isOverdue: state === 'OPEN' && dueAt.getTime() < this.clock.now(),
      calledBackAt: iso('called_back_at'),
      note: String(row['note']),
      closedAt: iso('closed_at'),
      isSatisfied: row['is_satisfied'] === null ? null : Number(row['is_satisfied']) === 1,
      externalUserId: Number(row['is_anonymous']) === 1 ? null : ((row['external_userid'] as string | null) ?? null),
    };
  }

  /** The scores of some guides and the brand's mean that they are pulled towards. */
  async scores(
    brandId: BrandId,
    guideIds: readonly GuideId[],
  ): Promise<{ items: GuideScore[]; meanHundredths: number }> {
    const rules = await this.book.of(brandId);
    const [all] = await this.database.query<Row>(
      'SELECT COALESCE(SUM(sample), 0) AS sample, COALESCE(SUM(attitude), 0) AS attitude, COALESCE(SUM(expertise), 0) AS expertise, COALESCE(SUM(speed), 0) AS speed FROM guide_score WHERE brand_id = ?',
      [brandId],
    );
    const rows = guideIds.length
      ? await this.database.query<Row>(
          `SELECT * FROM guide_score WHERE brand_id = ? AND guide_id IN ${marks(guideIds)}`,
          [brandId, ...guideIds],
        )
      : [];
    const sums = (row: Row | undefined): ScoreSums =>
      row
        ? {
            sample: Number(row['sample']),
            attitude: Number(row['attitude']),
            expertise: Number(row['expertise']),
            speed: Number(row['speed']),
          }
        : NOTHING;
    const mean = meanHundredths(sums(all));
    const items: GuideScore[] = [];
    for (const guideId of guideIds) {
      const guide = await this.organization.guide(brandId, guideId);
      if (!guide) continue;
      const own = sums(rows.find((row) => row['guide_id'] === guideId));
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
