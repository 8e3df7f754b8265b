import type { ReviewState } from '@shuke/shared/contracts';
import type { BrandId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { Conditions, containing } from '../../../platform/database/conditions.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import { type Review, toReview } from './review-row.js';

type Row = Record<string, unknown>;

/** Which reviews a page shows. */
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

/** What everybody may narrow a product's reviews to. */
const FILTERS = {
  ALL: '',
  PICTURES: ' AND JSON_LENGTH(r.pictures) > 0',
  GOOD: ' AND r.stars >= 4',
  MIDDLE: ' AND r.stars = 3',
  BAD: ' AND r.stars <= 2',
  FOLLOW_UP: " AND r.follow_state = 'SHOWN'",
} as const;
export type PublicFilter = keyof typeof FILTERS;

/** A public answer to a review, or a line of the log of who hid and showed it. */
export interface Note {
  reviewId: string;
  byName: string;
  text: string;
  at: Date;
}
/** The counts of a product's shown reviews, stars from one to five. */
export interface ProductScore {
  stars: number[];
  withPictures: number;
  followUps: number;
}

const toNote = (row: Row): Note => ({
  reviewId: String(row['review_id']),
  byName: String(row['by_name']),
  text: String(row['text']),
  at: row['at'] as Date,
});

function where(filter: ReviewFilter): Conditions {
  const asked = new Conditions("r.brand_id = ? AND r.state <> 'DELETED'", filter.brandId);
  if (filter.id) asked.add('r.id = ?', filter.id);
  if (filter.memberId) asked.add('r.member_id = ?', filter.memberId);
  if (filter.storeIds && filter.storeIds !== 'ALL')
    asked.add(`r.store_id IN ${marks(filter.storeIds)}`, ...filter.storeIds);
  if (filter.guideId) asked.add('r.guide_id = ?', filter.guideId);
  if (filter.kind) asked.add('r.kind = ?', filter.kind);
  if (filter.state) asked.add('r.state = ?', filter.state);
  if (filter.stars) asked.add('r.stars = ?', filter.stars);
  if (filter.q) {
    const like = containing(filter.q);
    asked.add('(r.text LIKE ? OR r.product_name LIKE ?)', like, like);
  }
  if (filter.unansweredOnly)
    asked.add('NOT EXISTS (SELECT 1 FROM review_reply a WHERE a.brand_id = r.brand_id AND a.review_id = r.id)');
  return asked;
}

/** All SQL that pages of reviews are read with. */
export class ReviewListStore {
  /** What everybody sees of a product, newest first. */
  async ofProduct(
    on: Queryable,
    product: { brandId: BrandId; id: Id },
    query: { filter: PublicFilter; tag?: string; beforeId?: string },
    limit: number,
  ): Promise<Review[]> {
    const { filter, tag, beforeId } = query;
    const says =
      ' AND EXISTS (SELECT 1 FROM review_tag t WHERE t.brand_id = r.brand_id AND t.product_id = r.product_id AND t.tag = ? AND t.review_id = r.id)';
    const rows = await on.query(
      `SELECT r.* FROM review r WHERE r.brand_id = ? AND r.product_id = ? AND r.state = 'SHOWN'${FILTERS[filter]}${tag ? says : ''}${beforeId ? ' AND r.id < ?' : ''} ORDER BY r.id DESC LIMIT ?`,
      [product.brandId, product.id, ...(tag ? [tag] : []), ...(beforeId ? [beforeId] : []), limit],
    );
    return rows.map(toReview);
  }

  /** Reviews that a filter lets through, newest first. */
  async list(on: Queryable, filter: ReviewFilter, beforeId: string | undefined, limit: number): Promise<Review[]> {
    const { sql, values } = where(filter);
    const rows = await on.query(
      `SELECT r.* FROM review r WHERE ${sql}${beforeId ? ' AND r.id < ?' : ''} ORDER BY r.id DESC LIMIT ?`,
      [...values, ...(beforeId ? [beforeId] : []), limit],
    );
    return rows.map(toReview);
  }

  async score(on: Queryable, brandId: BrandId, productId: Id): Promise<ProductScore> {
    const [row] = await on.query('SELECT * FROM product_score WHERE brand_id = ? AND product_id = ?', [
      brandId,
      productId,
    ]);
    return {
      stars: [1, 2, 3, 4, 5].map((star) => Number(row?.[`s${star}`] ?? 0)),
      withPictures: Number(row?.['with_pictures'] ?? 0),
      followUps: Number(row?.['follow_ups'] ?? 0),
    };
  }

  async replies(on: Queryable, brandId: BrandId, reviews: readonly Review[]): Promise<Note[]> {
    if (reviews.length === 0) return [];
    const rows = await on.query(
      `SELECT review_id, by_name, text, at FROM review_reply WHERE brand_id = ? AND review_id IN ${marks(reviews.map((one) => one.id))} ORDER BY at, side DESC`,
      [brandId, ...reviews.map((one) => one.id)],
    );
    return rows.map(toNote);
  }

  /** Who hid and showed some reviews, and why. */
  async logs(on: Queryable, brandId: BrandId, reviews: readonly Review[]): Promise<Note[]> {
    if (reviews.length === 0) return [];
    const rows = await on.query(
      `SELECT review_id, by_name, text, at FROM review_log WHERE brand_id = ? AND review_id IN ${marks(reviews.map((one) => one.id))} ORDER BY id`,
      [brandId, ...reviews.map((one) => one.id)],
    );
    return rows.map(toNote);
  }
}
