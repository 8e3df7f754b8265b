import type { TicketState } from '@shuke/shared/contracts';
import type { BrandId, GuideId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { Conditions } from '../../../platform/database/conditions.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Review } from './review-row.js';

type Row = Record<string, unknown>;

/** Which tickets a desk or a counter asks for. */
export interface TicketFilter {
  brandId: BrandId;
  storeIds: readonly StoreId[] | 'ALL';
  state?: TicketState;
  /** Only open ones that were due before this instant. */
  dueBefore?: Date;
  id?: Id;
  /** Guides whose chats the reader may open; none for the desk. */
  chatsOf?: readonly GuideId[];
}
/** A low score to call back, with what was written. */
export interface Ticket {
  id: Id;
  reviewId: Id;
  storeId: StoreId;
  guideId: GuideId | null;
  productName: string;
  stars: number;
  text: string;
  authorName: string;
  isAnonymous: boolean;
  state: TicketState;
  openedAt: Date;
  dueAt: Date;
  calledBackAt: Date | null;
  note: string;
  closedAt: Date | null;
  isSatisfied: boolean | null;
  /** The author's chat with one of `chatsOf`, if there is one. */
  externalUserId: string | null;
}

const toTicket = (row: Row): Ticket => ({
  id: row['id'] as Id,
  reviewId: row['review_id'] as Id,
  storeId: row['store_id'] as StoreId,
  guideId: row['guide_id'] as GuideId | null,
  productName: String(row['product_name']),
  stars: Number(row['stars']),
  text: String(row['text']),
  authorName: String(row['author_name']),
  isAnonymous: Number(row['is_anonymous']) === 1,
  state: row['state'] as TicketState,
  openedAt: row['opened_at'] as Date,
  dueAt: row['due_at'] as Date,
  calledBackAt: row['called_back_at'] as Date | null,
  note: String(row['note']),
  closedAt: row['closed_at'] as Date | null,
  isSatisfied: row['is_satisfied'] === null ? null : Number(row['is_satisfied']) === 1,
  externalUserId: row['external_userid'] as string | null,
});

/** All SQL of low scores that are called back. */
export class TicketStore {
  async insert(tx: Tx, review: Review, id: Id, dueAt: Date): Promise<void> {
    await tx.execute(
      "INSERT INTO review_ticket (brand_id, id, review_id, store_id, guide_id, member_id, state, opened_at, due_at, note) VALUES (?,?,?,?,?,?,'OPEN',?,?,'')",
      [review.brandId, id, review.id, review.storeId, review.guideId, review.memberId, tx.now, dueAt],
    );
  }

  /** @returns false when the ticket is not open in that store */
  async setCalledBack(
    tx: Tx,
    ticket: { brandId: BrandId; id: Id; storeId: StoreId },
    by: string,
    note: string,
  ): Promise<boolean> {
    const written = await tx.execute(
      "UPDATE review_ticket SET state = 'CALLED_BACK', called_back_at = ?, called_back_by = ?, note = ? WHERE brand_id = ? AND id = ? AND store_id = ? AND state = 'OPEN'",
      [tx.now, by, note, ticket.brandId, ticket.id, ticket.storeId],
    );
    return written.affectedRows === 1;
  }

  async isOfStore(on: Queryable, ticket: { brandId: BrandId; id: Id; storeId: StoreId }): Promise<boolean> {
    const known = await on.query('SELECT id FROM review_ticket WHERE brand_id = ? AND id = ? AND store_id = ?', [
      ticket.brandId,
      ticket.id,
      ticket.storeId,
    ]);
    return known.length > 0;
  }

  /** The ticket of a member's own review, locked. */
  async lockOfMember(
    tx: Tx,
    brandId: BrandId,
    id: Id,
    memberId: MemberId,
  ): Promise<{ reviewId: Id; state: TicketState } | null> {
    const [row] = await tx.query<{ review_id: Id; state: TicketState }>(
      'SELECT review_id, state FROM review_ticket WHERE brand_id = ? AND id = ? AND member_id = ? FOR UPDATE',
      [brandId, id, memberId],
    );
    return row ? { reviewId: row.review_id, state: row.state } : null;
  }

  async setClosed(tx: Tx, brandId: BrandId, id: Id): Promise<void> {
    await tx.execute(
      "UPDATE review_ticket SET state = 'CLOSED', closed_at = ?, is_satisfied = 1 WHERE brand_id = ? AND id = ?",
      [tx.now, brandId, id],
    );
  }

  /** The consumer is not satisfied: the store has to call again. */
  async setOpenAgain(tx: Tx, brandId: BrandId, id: Id, dueAt: Date): Promise<void> {
    await tx.execute(
      "UPDATE review_ticket SET state = 'OPEN', closed_at = NULL, is_satisfied = 0, due_at = ? WHERE brand_id = ? AND id = ?",
      [dueAt, brandId, id],
    );
  }

  async ofReviews(
    on: Queryable,
    brandId: BrandId,
    reviews: readonly Review[],
  ): Promise<{ id: string; reviewId: string; state: TicketState; dueAt: Date }[]> {
    if (reviews.length === 0) return [];
    const rows = await on.query(
      `SELECT id, review_id, state, due_at FROM review_ticket WHERE brand_id = ? AND review_id IN ${marks(reviews.map((one) => one.id))}`,
      [brandId, ...reviews.map((one) => one.id)],
    );
    return rows.map((row) => ({
      id: String(row['id']),
      reviewId: String(row['review_id']),
      state: row['state'] as TicketState,
      dueAt: row['due_at'] as Date,
    }));
  }

  /** Tickets with what was written, newest first. */
  async list(on: Queryable, filter: TicketFilter, beforeId: string | undefined, limit: number): Promise<Ticket[]> {
    const asked = new Conditions('t.brand_id = ?', filter.brandId);
    if (filter.storeIds !== 'ALL') asked.add(`t.store_id IN ${marks(filter.storeIds)}`, ...filter.storeIds);
    if (filter.state) asked.add('t.state = ?', filter.state);
    if (filter.id) asked.add('t.id = ?', filter.id);
    if (filter.dueBefore) asked.add("t.state = 'OPEN' AND t.due_at < ?", filter.dueBefore);
    if (beforeId) asked.add('t.id < ?', beforeId);
    const chats = filter.chatsOf ?? [];
    const rows = await on.query(
      `SELECT t.*, r.product_name, r.stars, r.text, r.author_name, r.is_anonymous,
         (SELECT x.external_userid FROM contact c JOIN contact_relation x ON x.brand_id = c.brand_id AND x.external_userid = c.external_userid
           WHERE c.brand_id = t.brand_id AND c.member_id = t.member_id AND x.guide_id IN ${marks(chats)} AND x.state = 'FRIEND' LIMIT 1) AS external_userid
       FROM review_ticket t JOIN review r ON r.brand_id = t.brand_id AND r.id = t.review_id
       WHERE ${asked.sql} ORDER BY t.id DESC LIMIT ?`,
      [...chats, ...asked.values, limit],
    );
    return rows.map(toTicket);
  }
}
