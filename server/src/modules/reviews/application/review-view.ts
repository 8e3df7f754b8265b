import type { DeskReview, MyReview, PublicReview, TicketState } from '@shuke/shared/contracts';
import { DAY_MS } from '@shuke/shared/kernel';
import { FOLLOW_UP_DAYS, REVIEW_STATE_TEXTS, ticketText } from '../domain/review-rules.js';
import type { Note } from '../persistence/review-list.store.js';
import type { Review } from '../persistence/review-row.js';

export interface TicketRow {
  id: string;
  reviewId: string;
  state: TicketState;
  dueAt: Date;
}
export interface ReviewNames {
  storeName: string;
  guideName: string | null;
}

/** 林小满 → 林**；anonymous authors have no name and no face for anybody. */
export const publicName = (one: Pick<Review, 'authorName' | 'isAnonymous'>): string =>
  one.isAnonymous ? '匿名用户' : `${[...one.authorName][0] ?? '顾'}**`;

const replies = (rows: readonly Note[], reviewId: string): PublicReview['replies'] =>
  rows
    .filter((row) => row.reviewId === reviewId)
    .map((row) => ({ byName: row.byName, text: row.text, at: row.at.toISOString() }));

const followUp = (one: Review, isOwn: boolean): PublicReview['followUp'] =>
  one.followText === null || one.followAt === null || (!isOwn && one.followState !== 'SHOWN')
    ? null
    : {
        text: one.followText,
        pictures: one.followPictures,
        at: one.followAt.toISOString(),
        daysAfter: Math.floor((one.followAt.getTime() - one.createdAt.getTime()) / DAY_MS),
      };

/** A review as everybody sees it. */
export const publicReview = (one: Review, storeName: string, answered: readonly Note[]): PublicReview => ({
  id: one.id,
  authorName: publicName(one),
  authorAvatarUrl: one.isAnonymous || one.authorAvatar === '' ? null : one.authorAvatar,
  stars: one.stars,
  text: one.text,
  pictures: one.pictures,
  spec: one.spec,
  storeName,
  isOffline: one.isOffline,
  at: one.createdAt.toISOString(),
  followUp: followUp(one, false),
  replies: replies(answered, one.id),
});

/** One's own review, with where it stands. */
export function myReview(
  one: Review,
  names: ReviewNames,
  answered: readonly Note[],
  ticket: TicketRow | null,
  now: number,
): MyReview {
  const until = one.createdAt.getTime() + FOLLOW_UP_DAYS * DAY_MS;
  const canFollowUp = one.kind === 'LINE' && one.state !== 'DELETED' && one.followState === null && now <= until;
  return {
    id: one.id,
    kind: one.kind,
    stars: one.stars,
    attitude: one.attitude,
    expertise: one.expertise,
    speed: one.speed,
    text: one.text,
    pictures: one.pictures,
    spec: one.spec,
    storeName: names.storeName,
    isOffline: one.isOffline,
    at: one.createdAt.toISOString(),
    followUp: followUp(one, true),
    replies: replies(answered, one.id),
    orderId: one.orderId,
    productId: one.productId,
    productName: one.productName,
    imageUrl: one.imageUrl,
    guideName: names.guideName,
    isAnonymous: one.isAnonymous,
    state: one.state,
    stateText: REVIEW_STATE_TEXTS[one.state],
    canFollowUp,
    followUpUntil: canFollowUp ? new Date(until).toISOString() : null,
    rewardText: one.rewardText,
    ticket: ticket
      ? { id: ticket.id, state: ticket.state, stateText: ticketText(ticket.state, ticket.dueAt, now) }
      : null,
  };
}

/** A review for desk and counter. Anonymous ones stay so for the store; headquarters answers for the check and sees the log. */
export const deskReview = (mine: MyReview, one: Review, log: DeskReview['log']): DeskReview => ({
  ...mine,
  // An order would name its buyer.
  orderId: one.isAnonymous ? one.id : one.orderId,
  authorName: publicName(one),
  storeId: one.storeId,
  orderNo: one.isAnonymous ? '' : one.orderNo,
  check: one.checkNote,
  log,
});
