import { Type } from '@sinclair/typebox';
import { Cursor, Exact, IdParam, IdText, OneOf, Page, PageSize, Text } from './fields.js';
import {
  DeskReview,
  GuideScore,
  HIDE_REASONS,
  REVIEW_STATES,
  ReviewRules,
  ReviewTicket,
  Stars,
  TICKET_STATES,
} from './review.js';
import { route } from './route.js';

/** Reviews at the desk; franchisees answer for their own stores and hide nothing. */
export const consoleReviewRoutes = {
  reviews: route('console.reviews', 'console', 'GET /api/c/reviews', 'Reviews in my scope', {
    query: Exact({
      q: Type.Optional(Text(40)),
      kind: Type.Optional(OneOf(['LINE', 'SERVICE'])),
      state: Type.Optional(OneOf(REVIEW_STATES)),
      stars: Type.Optional(Stars),
      storeId: Type.Optional(IdText),
      unansweredOnly: Type.Optional(Type.Boolean()),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(DeskReview),
  }),
  replyReview: route('console.replyReview', 'console', 'POST /api/c/reviews/{id}/reply', 'Reply publicly, once', {
    params: IdParam,
    body: Exact({ text: Text(300, 2) }),
    response: DeskReview,
  }),
  hideReview: route(
    'console.hideReview',
    'hq',
    'POST /api/c/reviews/{id}/hide',
    'Hide for one of the legal reasons; kept in the log',
    { params: IdParam, body: Exact({ reason: OneOf(HIDE_REASONS), note: Text(200, 4) }), response: DeskReview },
  ),
  showReview: route('console.showReview', 'hq', 'POST /api/c/reviews/{id}/show', 'Show, or show again', {
    params: IdParam,
    body: Exact({ note: Text(200, 2) }),
    response: DeskReview,
  }),
  reviewTickets: route('console.reviewTickets', 'console', 'GET /api/c/review-tickets', 'Low scores to call back', {
    query: Exact({
      state: Type.Optional(OneOf(TICKET_STATES)),
      storeId: Type.Optional(IdText),
      overdueOnly: Type.Optional(Type.Boolean()),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(ReviewTicket),
  }),
  guideScores: route('console.guideScores', 'console', 'GET /api/c/guide-scores', 'Scores of the guides in my scope', {
    response: Type.Object({ items: Type.Array(GuideScore), meanHundredths: Type.Integer() }),
  }),
  reviewRules: route('console.reviewRules', 'hq', 'GET /api/c/review-rules', 'Rewards, deadlines, samples', {
    response: ReviewRules,
  }),
  setReviewRules: route('console.setReviewRules', 'hq', 'PUT /api/c/review-rules', 'Change them', {
    body: ReviewRules,
    response: ReviewRules,
  }),
} as const;
