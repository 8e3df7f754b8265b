import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import type { Review } from '../persistence/review-row.js';
import { TicketStore } from '../persistence/ticket.store.js';
import { ReviewRuleBook } from './review-rule-book.js';
import { SettleReview } from './settle-review.js';
import { TakeBackReview } from './take-back-review.js';

const HOUR_MS = 3_600_000;

/** What every writer of reviews needs, together to keep the constructors short. */
@Injectable()
export class ReviewParts {
  private readonly tickets = new TicketStore();

  constructor(
    @Inject(SettleReview) readonly settle: SettleReview,
    @Inject(TakeBackReview) readonly takeBack: TakeBackReview,
    @Inject(ReviewRuleBook) readonly book: ReviewRuleBook,
    @Inject(Clock) readonly clock: Clock,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /** A low score is answered by the store manager within the brand's hours, whatever becomes of the review itself. */
  async openTicket(tx: Tx, review: Review, lowest: number): Promise<void> {
    const rules = await this.book.of(review.brandId, tx);
    if (lowest > rules.lowStars) return;
    const id = this.ids.next<'ticket'>();
    await this.tickets.insert(tx, review, id, new Date(tx.now.getTime() + rules.ticketHours * HOUR_MS));
    tx.emit({
      brandId: review.brandId,
      type: 'review.ticket-opened',
      payload: { ticketId: id, reviewId: review.id, storeId: review.storeId, guideId: review.guideId },
    });
  }
}
