import { Type } from '@sinclair/typebox';
import { Cursor, Exact, IdParam, IdText, Nullable, Ok, OneOf, Page, PageSize } from './fields.js';
import {
  FollowUpInput,
  GuideScore,
  InvitedReviewInput,
  MyReview,
  PublicReview,
  Reviewable,
  ReviewInput,
  ReviewSummary,
  ServiceReviewInput,
} from './review.js';
import { route } from './route.js';

const TokenParam = Exact({ token: Type.String({ pattern: '^[0-9A-Za-z]{20,40}$' }) });

/** Reviews of goods and of service, with their follow-ups (product.md C5). */
export const mallReviewRoutes = {
  productReviews: route(
    'mall.productReviews',
    'public',
    'GET /api/m/products/{id}/reviews',
    'Score and reviews of a product; the summary comes with the first page only',
    {
      params: IdParam,
      query: Exact({
        filter: Type.Optional(OneOf(['ALL', 'PICTURES', 'GOOD', 'MIDDLE', 'BAD', 'FOLLOW_UP'])),
        tag: Type.Optional(Type.String({ minLength: 1, maxLength: 8, description: 'only those whose words say this' })),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      }),
      response: Type.Object({
        summary: Nullable(ReviewSummary),
        items: Type.Array(PublicReview),
        nextCursor: Nullable(Type.String()),
      }),
    },
  ),
  reviewable: route('mall.reviewable', 'consumer', 'GET /api/m/reviewable', 'Purchases that wait for my review', {
    query: Exact({
      orderId: Type.Optional(IdText),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(Reviewable),
  }),
  myReviews: route('mall.myReviews', 'consumer', 'GET /api/m/reviews', 'My reviews, newest first', {
    query: Exact({ cursor: Type.Optional(Cursor), limit: Type.Optional(PageSize) }),
    response: Page(MyReview),
  }),
  addReview: route(
    'mall.addReview',
    'consumer',
    'POST /api/m/reviews',
    'Review one line of an order, once',
    { body: ReviewInput, response: MyReview },
    { idempotent: true },
  ),
  addServiceReview: route(
    'mall.addServiceReview',
    'consumer',
    'POST /api/m/service-reviews',
    'Review the guide or store that served an order, once',
    { body: ServiceReviewInput, response: MyReview },
    { idempotent: true },
  ),
  followUp: route(
    'mall.followUp',
    'consumer',
    'POST /api/m/reviews/{id}/follow-up',
    'Add one follow-up within 30 days',
    { params: IdParam, body: FollowUpInput, response: MyReview },
    { idempotent: true },
  ),
  deleteReview: route('mall.deleteReview', 'consumer', 'DELETE /api/m/reviews/{id}', 'Take my review back for good', {
    params: IdParam,
    response: Ok,
  }),
  reviewInvite: route(
    'mall.reviewInvite',
    'consumer',
    'GET /api/m/review-invites/{token}',
    'The purchase behind the code on a receipt',
    { params: TokenParam, response: Reviewable },
  ),
  useReviewInvite: route(
    'mall.useReviewInvite',
    'consumer',
    'POST /api/m/review-invites/{token}',
    'Review an offline purchase; the code works once',
    { params: TokenParam, body: InvitedReviewInput, response: Type.Object({ items: Type.Array(MyReview) }) },
    { idempotent: true },
  ),
  closeReviewTicket: route(
    'mall.closeReviewTicket',
    'consumer',
    'POST /api/m/review-tickets/{id}/close',
    'Say whether the call back has settled it',
    { params: IdParam, body: Exact({ isSatisfied: Type.Boolean() }), response: MyReview },
  ),
  guideScore: route('mall.guideScore', 'public', 'GET /api/m/guides/{id}/score', 'How consumers rate a guide', {
    params: IdParam,
    response: GuideScore,
  }),
} as const;
