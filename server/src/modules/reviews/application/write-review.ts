import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS, type Id } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Wake } from '../../../platform/platform.module.js';
import { type Order, Orders } from '../../orders/index.js';
import { Pictures } from '../../pictures/index.js';
import { FOLLOW_UP_DAYS, serviceStars } from '../domain/review-rules.js';
import { AuthorStore } from '../persistence/author.store.js';
import type { Review, ReviewId } from '../persistence/review-row.js';
import { refuseReview } from './review-errors.js';
import { ReviewParts } from './review-parts.js';

export interface LineWish {
  lineId: string;
  stars: number;
  text: string;
  pictureIds?: readonly string[];
}
export interface ServiceWish {
  attitude: number;
  expertise: number;
  speed: number;
  text: string;
}

const HAS_GOODS = ['RECEIVED', 'FINISHED'];
const WAS_SERVED = ['RECEIVED', 'FINISHED', 'REFUNDED'];
/** The checks' verdicts come within half an hour; after that a person looks. */
const CHECK_MS = 40 * 60_000;

/** Consumers write, add to and take back their reviews. */
@Injectable()
export class WriteReview {
  private readonly authors = new AuthorStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Pictures) private readonly pictures: Pictures,
    @Inject(ReviewParts) private readonly parts: ReviewParts,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /** Reviews one line of one's own order, once. @throws AppError NOT_FOUND, REVIEW_NOT_POSSIBLE, REVIEW_DONE, REVIEW_TOO_LATE … */
  async line(actor: Consumer, orderId: Id, wish: LineWish, isAnonymous: boolean): Promise<ReviewId> {
    const order = await this.orders.visible(actor, orderId);
    const [id] = await this.write(actor, order, { lines: [wish], isAnonymous });
    return id as ReviewId;
  }

  /** Reviews the guide or store that served an order, once; also when the goods went back. */
  async service(actor: Consumer, orderId: Id, wish: ServiceWish, isAnonymous: boolean): Promise<ReviewId> {
    const order = await this.orders.visible(actor, orderId);
    const [id] = await this.write(actor, order, { lines: [], service: wish, isAnonymous });
    return id as ReviewId;
  }

  /** Writes reviews of an order; `claim` runs in the same transaction, so that a one-time code is used with them or not. */
  async write(
    actor: Consumer,
    order: Order,
    wish: { lines: readonly LineWish[]; service?: ServiceWish; isAnonymous: boolean },
    claim: (tx: Tx) => Promise<void> = async () => undefined,
  ): Promise<ReviewId[]> {
    await this.requireNotEmployee(actor);
    await this.requireInTime(order);
    try {
      const written = await this.unitOfWork.run('write review', async (tx) => {
        await claim(tx);
        // Locked, so that its hand-over cannot be undone under the review.
        const held = await this.orders.store.lock(tx, order.brandId, order.id);
        if (!held) throw refuse('NOT_FOUND');
        const ids: ReviewId[] = [];
        for (const one of wish.lines) ids.push(await this.writeLine(tx, actor, held, one, wish.isAnonymous));
        if (wish.service) ids.push(await this.writeService(tx, actor, held, wish.service, wish.isAnonymous));
        return ids;
      });
      this.wake.sweep('reviews.checks');
      return written;
    } catch (error) {
      throw isDuplicate(error) ? refuseReview('REVIEW_DONE') : error;
    }
  }

  private async writeLine(
    tx: Tx,
    actor: Consumer,
    order: Order,
    wish: LineWish,
    isAnonymous: boolean,
  ): Promise<ReviewId> {
    const line = order.lines.find((one) => one.lineId === wish.lineId);
    if (!line) throw refuse('NOT_FOUND');
    const isHere = order.channel === 'POS' ? order.kind === 'SALE' : HAS_GOODS.includes(order.state);
    if (!isHere || (line.refundedQty === line.qty && line.qty > 0)) throw refuseReview('REVIEW_NOT_POSSIBLE');
    const pictures = await this.pictures.own(tx, actor, 'REVIEW', wish.pictureIds ?? []);
    const text = wish.text.trim();
    if (text === '' && pictures.length === 0) throw refuseReview('REVIEW_EMPTY');
    return this.insert(tx, actor, order, {
      kind: 'LINE',
      lineId: line.lineId,
      productId: line.productId,
      productName: line.name,
      spec: line.spec,
      imageUrl: line.imageUrl,
      stars: wish.stars,
      text,
      pictureIds: pictures.map((one) => one.id),
      pictures: pictures.map((one) => one.url),
      isAnonymous,
    });
  }

  private async writeService(
    tx: Tx,
    actor: Consumer,
    order: Order,
    wish: ServiceWish,
    isAnonymous: boolean,
  ): Promise<ReviewId> {
    const isServed = order.channel === 'POS' ? order.kind === 'SALE' : WAS_SERVED.includes(order.state);
    if (!isServed) throw refuseReview('REVIEW_NOT_POSSIBLE');
    return this.insert(tx, actor, order, {
      kind: 'SERVICE',
      productName: '到店与导购服务',
      stars: serviceStars(wish.attitude, wish.expertise, wish.speed),
      attitude: wish.attitude,
      expertise: wish.expertise,
      speed: wish.speed,
      text: wish.text.trim(),
      isAnonymous,
    });
  }

  private async insert(tx: Tx, actor: Consumer, order: Order, more: Partial<Review>): Promise<ReviewId> {
    const author = await this.authors.face(tx, actor.brandId, actor.memberId);
    const text = more.text ?? '';
    const review: Review = {
      brandId: actor.brandId,
      id: this.ids.next<'review'>(),
      kind: 'LINE',
      orderId: order.id,
      orderNo: order.orderNo,
      lineId: '0',
      productId: null,
      productName: '',
      spec: '',
      imageUrl: null,
      storeId: order.storeId,
      guideId: order.guideId,
      memberId: actor.memberId,
      openid: actor.openid,
      authorName: author.name,
      authorAvatar: author.avatarUrl,
      isAnonymous: false,
      isOffline: order.channel === 'POS',
      stars: 0,
      attitude: null,
      expertise: null,
      speed: null,
      pictureIds: [],
      pictures: [],
      state: 'PENDING',
      checkNote: '',
      checkUntil: new Date(tx.now.getTime() + CHECK_MS),
      followText: null,
      followPictureIds: [],
      followPictures: [],
      followState: null,
      followCheck: null,
      followUntil: null,
      followAt: null,
      rewardText: null,
      isCounted: false,
      isFollowCounted: false,
      createdAt: tx.now,
      shownAt: null,
      ...more,
      text,
      textCheck: text === '' ? 'PASSED' : 'WAITING',
    };
    await this.parts.settle.rows.insert(tx, review);
    const low =
      review.kind === 'LINE' ? review.stars : Math.min(review.attitude ?? 5, review.expertise ?? 5, review.speed ?? 5);
    await this.parts.openTicket(tx, review, low);
    await this.parts.settle.run(tx, review);
    return review.id;
  }

  /** Adds one follow-up within thirty days; it is checked like the review itself. */
  async followUp(actor: Consumer, reviewId: Id, wish: { text: string; pictureIds?: readonly string[] }): Promise<void> {
    await this.unitOfWork.run('follow up review', async (tx) => {
      const one = await this.parts.settle.rows.lock(tx, actor.brandId, reviewId);
      if (!one || one.memberId !== actor.memberId) throw refuse('NOT_FOUND');
      const isLate = tx.now.getTime() > one.createdAt.getTime() + FOLLOW_UP_DAYS * DAY_MS;
      if (one.kind !== 'LINE' || one.state === 'DELETED' || one.followState !== null || isLate)
        throw refuseReview('FOLLOW_UP_NOT_POSSIBLE');
      const pictures = await this.pictures.own(tx, actor, 'REVIEW', wish.pictureIds ?? []);
      await this.parts.settle.rows.set(tx, one, {
        openid: actor.openid,
        follow_text: wish.text.trim(),
        follow_picture_ids: JSON.stringify(pictures.map((picture) => picture.id)),
        follow_pictures: JSON.stringify(pictures.map((picture) => picture.url)),
        follow_state: 'PENDING',
        follow_check: 'WAITING',
        follow_next_at: tx.now,
        follow_at: tx.now,
        check_until: new Date(tx.now.getTime() + CHECK_MS),
      });
    });
    this.wake.sweep('reviews.checks');
  }

  /** @throws AppError NOT_FOUND for somebody else's and for one that is gone */
  async remove(actor: Consumer, reviewId: Id): Promise<void> {
    await this.unitOfWork.run('delete review', async (tx) => {
      const one = await this.parts.settle.rows.lock(tx, actor.brandId, reviewId);
      if (!one || one.memberId !== actor.memberId || one.state === 'DELETED') throw refuse('NOT_FOUND');
      await this.parts.takeBack.run(tx, one, '作者删除了评价');
    });
  }

  /** Whoever is paid as a guide of the brand, known by the bound WeChat account, is not a customer to be asked. */
  private async requireNotEmployee(actor: Consumer): Promise<void> {
    if (await this.authors.isGuide(this.database, actor.brandId, actor)) throw refuseReview('REVIEW_BY_EMPLOYEE');
  }

  private async requireInTime(order: Order): Promise<void> {
    const rules = await this.parts.book.of(order.brandId);
    const since = order.receivedAt ?? order.paidAt ?? order.createdAt;
    if (this.parts.clock.now() > since.getTime() + rules.reviewDays * DAY_MS) throw refuseReview('REVIEW_TOO_LATE');
  }
}
