import { Type } from '@sinclair/typebox';
import { Cursor, Exact, IdParam, IdText, OneOf, Page, PageSize, Text } from './fields.js';
import { DeskReview, GuideScore, ReviewTicket, TICKET_STATES } from './review.js';
import { route } from './route.js';

/** Reviews in the guide's workbench: the own score, the store's reviews, tickets to call back. */
export const guideReviewRoutes = {
  reviews: route('guide.reviews', 'guide', 'GET /api/g/reviews', "My store's reviews; anonymous ones stay anonymous", {
    query: Exact({
      kind: Type.Optional(OneOf(['LINE', 'SERVICE'])),
      mineOnly: Type.Optional(Type.Boolean()),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(DeskReview),
  }),
  score: route('guide.score', 'guide', 'GET /api/g/score', 'How consumers rate me', { response: GuideScore }),
  replyReview: route(
    'guide.replyReview',
    'guide',
    'POST /api/g/reviews/{id}/reply',
    'Reply for the store (manager)',
    { params: IdParam, body: Exact({ text: Text(300, 2) }), response: DeskReview },
    { managerOnly: true },
  ),
  reviewTickets: route('guide.reviewTickets', 'guide', 'GET /api/g/review-tickets', 'Low scores of my store', {
    query: Exact({
      state: Type.Optional(OneOf(TICKET_STATES)),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(ReviewTicket),
  }),
  callBack: route(
    'guide.callBack',
    'guide',
    'POST /api/g/review-tickets/{id}/call-back',
    'I have spoken with the consumer (manager); the consumer closes it',
    { params: IdParam, body: Exact({ note: Text(300, 4) }), response: ReviewTicket },
    { managerOnly: true },
  ),
  inviteReview: route(
    'guide.inviteReview',
    'guide',
    'POST /api/g/store-orders/{id}/review-invite',
    'A code for the receipt of an offline purchase',
    {
      params: IdParam,
      response: Type.Object({ orderId: IdText, token: Type.String(), path: Type.String(), expiresAt: Type.String() }),
    },
  ),
} as const;
