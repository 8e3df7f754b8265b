export { ModerateReviews } from './application/moderate-reviews.js';
export { ReviewInvites } from './application/review-invites.js';
export { ReviewQueries } from './application/review-queries.js';
export { TicketQueries } from './application/ticket-queries.js';
export { WriteReview } from './application/write-review.js';
export { ReviewsModule } from './reviews.module.js';
