import { Inject, Injectable } from '@nestjs/common';
import type { HideReason } from '@shuke/shared/contracts';
import type { BrandId, Id } from '@shuke/shared/kernel';
import { type Actor, actorLabel, type Consumer, type Desk, type Guide } from '../../../platform/access/actor.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization } from '../../organization/index.js';
import { HIDE_TEXTS } from '../domain/review-rules.js';
import type { Review } from '../persistence/review-row.js';
import { TicketStore } from '../persistence/ticket.store.js';
import { refuseReview } from './review-errors.js';
import { ReviewRuleBook } from './review-rule-book.js';
import { SettleReview } from './settle-review.js';

const HOUR_MS = 3_600_000;

/** What merchants do with reviews: answer, call back, and hide for a legal reason only. */
@Injectable()
export class ModerateReviews {
  private readonly tickets = new TicketStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SettleReview) private readonly settle: SettleReview,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(ReviewRuleBook) private readonly book: ReviewRuleBook,
  ) {}

  /** A review of a store in the actor's scope. @throws AppError NOT_FOUND */
  async visible(actor: Actor, reviewId: Id): Promise<Review> {
    const one = await this.settle.rows.find(this.database, actor.brandId, reviewId);
    const scope = await this.organization.scopeOf(actor);
    if (!one || one.state === 'DELETED' || (scope !== 'ALL' && !scope.includes(one.storeId))) throw refuse('NOT_FOUND');
    return one;
  }

  /** Answers publicly: the store once and headquarters once. @throws AppError REPLY_DONE */
  async reply(actor: Desk | Guide, reviewId: Id, text: string): Promise<void> {
    const one = await this.visible(actor, reviewId);
    const side = actor.kind === 'hq' ? 'BRAND' : 'STORE';
    const byName =
      side === 'BRAND'
        ? '品牌回复'
        : `${(await this.organization.store(one.brandId, one.storeId))?.name ?? '门店'}回复`;
    await this.unitOfWork
      .run('reply to review', (tx) =>
        this.settle.rows.reply(tx, one, { side, byLabel: actorLabel(actor), byName, text }),
      )
      .catch((error: unknown) => {
        throw isDuplicate(error) ? refuseReview('REPLY_DONE') : error;
      });
  }

  /** Hides a review for one of the legal reasons; reason and note stay in the log for good. */
  async hide(actor: Desk, reviewId: Id, reason: HideReason, note: string): Promise<void> {
    await this.change(actor, reviewId, async (tx, one) => {
      if (one.state === 'HIDDEN') throw refuseReview('REVIEW_STATE');
      await this.settle.takeOut(tx, one, 'HIDDEN');
      await this.log(tx, actor, one, { act: 'HIDE', reason, text: `${HIDE_TEXTS[reason]}：${note}` });
    });
  }

  /** Shows a review that waited for a person, or shows it again. */
  async show(actor: Desk, reviewId: Id, note: string): Promise<void> {
    await this.change(actor, reviewId, async (tx, one) => {
      if (one.state === 'SHOWN') throw refuseReview('REVIEW_STATE');
      await this.settle.show(tx, one);
      if (one.followState === 'MANUAL') {
        await this.settle.rows.set(tx, one, { follow_state: 'SHOWN', is_follow_counted: 1 });
        await this.settle.rows.countFollowUp(tx, one, 1);
      }
      await this.log(tx, actor, one, { act: 'SHOW', text: note });
    });
  }

  private async change(actor: Desk, reviewId: Id, act: (tx: Tx, one: Review) => Promise<void>): Promise<void> {
    await this.visible(actor, reviewId);
    await this.unitOfWork.run('moderate review', async (tx) => {
      const one = await this.settle.rows.lock(tx, actor.brandId, reviewId);
      if (!one || one.state === 'DELETED') throw refuse('NOT_FOUND');
      await act(tx, one);
    });
  }

  private log(tx: Tx, actor: Desk, one: Review, entry: { act: string; reason?: string; text: string }): Promise<void> {
    return this.settle.rows.log(tx, one, {
      id: this.ids.next(),
      byLabel: actorLabel(actor),
      byName: actor.name,
      ...entry,
    });
  }

  /** The manager has spoken with the consumer; only the consumer closes the ticket. */
  async callBack(actor: Guide, ticketId: Id, note: string): Promise<void> {
    await this.unitOfWork.run('call back', async (tx) => {
      const ticket = { brandId: actor.brandId, id: ticketId, storeId: actor.storeId };
      if (await this.tickets.setCalledBack(tx, ticket, actorLabel(actor), note)) return;
      throw (await this.tickets.isOfStore(tx, ticket)) ? refuseReview('TICKET_STATE') : refuse('NOT_FOUND');
    });
  }

  /**
   * A consumer who is not satisfied with the call opens the ticket again; before a call there is nothing to be so with.
   * @returns the review of the ticket
   */
  async close(actor: Consumer, ticketId: Id, isSatisfied: boolean): Promise<Id> {
    return this.unitOfWork.run('close ticket', async (tx) => {
      const ticket = await this.tickets.lockOfMember(tx, actor.brandId, ticketId, actor.memberId);
      if (!ticket) throw refuse('NOT_FOUND');
      if (ticket.state === 'CLOSED' || (ticket.state === 'OPEN' && !isSatisfied)) throw refuseReview('TICKET_STATE');
      if (isSatisfied) await this.tickets.setClosed(tx, actor.brandId, ticketId);
      else await this.openAgain(tx, actor.brandId, ticketId);
      return ticket.reviewId;
    });
  }

  private async openAgain(tx: Tx, brandId: BrandId, ticketId: Id): Promise<void> {
    const { ticketHours } = await this.book.of(brandId, tx);
    await this.tickets.setOpenAgain(tx, brandId, ticketId, new Date(tx.now.getTime() + ticketHours * HOUR_MS));
  }
}
