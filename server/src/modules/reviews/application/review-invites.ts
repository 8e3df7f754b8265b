import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, DAY_MS, type Id } from '@shuke/shared/kernel';
import { type Actor, actorLabel, type Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { type Order, Orders } from '../../orders/index.js';
import { InviteStore } from '../persistence/invite.store.js';
import type { ReviewId } from '../persistence/review-row.js';
import { refuseReview } from './review-errors.js';
import { type LineWish, type ServiceWish, WriteReview } from './write-review.js';

const INVITE_DAYS = 30;
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Codes on receipts: whoever holds one may review that offline purchase once; only its hash is kept. */
@Injectable()
export class ReviewInvites {
  private readonly invites = new InviteStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(WriteReview) private readonly writer: WriteReview,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Makes a code for an offline purchase of the actor's store. @throws AppError NOT_FOUND, REVIEW_NOT_POSSIBLE */
  async make(actor: Actor, orderId: Id): Promise<{ orderId: Id; token: string; path: string; expiresAt: string }> {
    const order = await this.orders.visible(actor, orderId);
    if (order.channel !== 'POS' || order.kind !== 'SALE') throw refuseReview('REVIEW_NOT_POSSIBLE');
    const token = randomBytes(15).toString('hex');
    const expiresAt = new Date(this.clock.now() + INVITE_DAYS * DAY_MS);
    await this.unitOfWork.run('make review invite', (tx) =>
      this.invites.insert(tx, actor.brandId, {
        hash: hashOf(token),
        orderId: order.id,
        madeBy: actorLabel(actor),
        expiresAt,
      }),
    );
    return {
      orderId: order.id,
      token,
      path: `/pages/review-invite/index?t=${token}`,
      expiresAt: expiresAt.toISOString(),
    };
  }

  /** The purchase behind a code. @throws AppError INVITE_CODE, INVITE_USED, INVITE_EXPIRED */
  async orderOf(on: Queryable, brandId: BrandId, token: string): Promise<Order> {
    const invite = await this.invites.find(on, brandId, hashOf(token));
    if (invite?.usedAt) throw refuseReview('INVITE_USED');
    if (invite && invite.expiresAt.getTime() <= this.clock.now()) throw refuseReview('INVITE_EXPIRED');
    const order = invite ? await this.orders.store.find(on, brandId, invite.orderId) : null;
    if (!order) throw refuseReview('INVITE_CODE');
    return order;
  }

  /** Reviews with a code; code and reviews count together or not at all. */
  async use(
    actor: Consumer,
    token: string,
    wish: { lines: readonly LineWish[]; service?: ServiceWish; isAnonymous: boolean },
  ): Promise<ReviewId[]> {
    const order = await this.orderOf(this.database, actor.brandId, token);
    if (wish.lines.length === 0 && !wish.service) throw refuseReview('REVIEW_EMPTY');
    if (order.memberId !== null && order.memberId !== actor.memberId) throw refuse('NOT_FOUND');
    return this.writer.write(actor, order, wish, async (tx) => {
      if (!(await this.invites.use(tx, actor.brandId, hashOf(token), actor.memberId)))
        throw refuseReview('INVITE_USED');
    });
  }
}
