import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import type { CouponId } from '../domain/types.js';
import { CouponStore } from '../persistence/coupon.store.js';
import { type Gift, OfferStore } from '../persistence/offer.store.js';
import type { CouponRow } from '../persistence/rows.js';
import { TemplateStore } from '../persistence/template.store.js';
import { refuseCoupon } from './coupon-errors.js';
import { CouponJournal } from './coupon-journal.js';
import { IssueCoupon } from './issue-coupon.js';
import { TemplateBook } from './template-book.js';

const BATCH = 100;

export interface GiftSeen {
  gift: Gift;
  coupon: CouponRow;
  giverName: string;
  isMine: boolean;
  reason: string | null;
}

/** Coupons given to friends: frozen at the giver's until accepted or back; given on at most once (features B10, rule 9). */
@Injectable()
export class Gifts {
  private readonly unreturned = new Setbacks();
  private readonly coupons = new CouponStore();
  private readonly rows = new OfferStore();
  private readonly templates = new TemplateStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(IssueCoupon) private readonly issuing: IssueCoupon,
    @Inject(CouponJournal) private readonly journal: CouponJournal,
  ) {}

  /** @throws AppError NOT_FOUND, COUPON_CANNOT_GIVE, COUPON_TAKEN */
  async give(actor: Consumer, couponId: CouponId): Promise<string> {
    const { brandId, memberId } = actor;
    const coupon = await this.coupons.find(this.database, brandId, couponId);
    if (coupon?.memberId !== memberId) throw refuse('NOT_FOUND');
    if (!coupon.terms.canGive) throw refuseCoupon('COUPON_CANNOT_GIVE');
    if (coupon.giftCount > 0) throw refuseCoupon('COUPON_CANNOT_GIVE', undefined, '朋友送你的券不能再转送');
    const { giftHours } = (await this.book.of(this.database, brandId)).settings;
    const token = randomBytes(18).toString('base64url');
    await this.unitOfWork.run('coupons.give', async (tx) => {
      if (coupon.validUntil <= tx.now) throw refuseCoupon('COUPON_TAKEN', undefined, '这张券已过期');
      if (!(await this.coupons.wrap(tx, brandId, couponId, memberId))) throw refuseCoupon('COUPON_TAKEN');
      const end = tx.now.getTime() + giftHours * 3_600_000;
      const expiresAt = end < coupon.validUntil.getTime() ? new Date(end) : coupon.validUntil;
      await this.rows.insertGift(tx, {
        brandId,
        id: this.journal.ids.next(),
        token,
        couponId,
        giverId: memberId,
        expiresAt,
      });
      await this.note(tx, coupon, `member:${memberId}`, 'GIVEN', '赠送给朋友，等待接收');
    });
    return token;
  }

  /** What the reader sees of a gift and whether it may be accepted. @throws AppError NOT_FOUND */
  async look(actor: Actor, token: string): Promise<GiftSeen> {
    const { brandId } = actor;
    const gift = await this.rows.giftByToken(this.database, brandId, token);
    const coupon = gift && (await this.coupons.find(this.database, brandId, gift.couponId));
    if (!gift || !coupon) throw refuse('NOT_FOUND');
    const giverName = await this.rows.nickname(this.database, brandId, gift.giverId);
    const isMine = actor.kind === 'consumer' && actor.memberId === gift.giverId;
    const isOver = gift.state !== 'OFFERED' || gift.expiresAt <= this.clock.date();
    const reason = isMine
      ? '这是你送出的券'
      : isOver
        ? '礼物已被领走或已退回'
        : actor.kind === 'consumer'
          ? null
          : '登录后领取';
    return { gift, coupon, giverName, isMine, reason };
  }

  /** @throws AppError NOT_FOUND, GIFT_OWN, GIFT_OVER, COUPON_LIMIT by the receiver's own limits */
  async accept(actor: Consumer, token: string): Promise<CouponId> {
    const { brandId, memberId } = actor;
    const gift = await this.rows.giftByToken(this.database, brandId, token);
    if (!gift) throw refuse('NOT_FOUND');
    if (gift.giverId === memberId) throw refuseCoupon('GIFT_OWN');
    if (gift.state === 'ACCEPTED' && gift.receiverId === memberId) return gift.couponId;
    await this.unitOfWork.run('coupons.accept-gift', async (tx) => {
      if (!(await this.rows.endGift(tx, gift, 'ACCEPTED', memberId))) throw refuseCoupon('GIFT_OVER');
      if (!(await this.coupons.hand(tx, brandId, gift.couponId, memberId))) throw refuseCoupon('GIFT_OVER');
      const coupon = (await this.coupons.find(tx, brandId, gift.couponId)) as CouponRow;
      const template = await this.templates.find(tx, brandId, coupon.templateId);
      if (template) await this.issuing.count(tx, { brandId, memberId }, template);
      await this.note(tx, coupon, `member:${memberId}`, 'ACCEPTED', '朋友接收了赠送');
    });
    return gift.couponId;
  }

  /** @throws AppError NOT_FOUND for anybody but the giver, GIFT_OVER */
  async takeBack(actor: Consumer, token: string): Promise<CouponId> {
    const gift = await this.rows.giftByToken(this.database, actor.brandId, token);
    if (gift?.giverId !== actor.memberId) throw refuse('NOT_FOUND');
    if (!(await this.unitOfWork.run('coupons.take-gift-back', (tx) => this.back(tx, gift, `member:${actor.memberId}`))))
      throw refuseCoupon('GIFT_OVER');
    return gift.couponId;
  }

  /** Gifts that nobody accepted in time go back. */
  returnDue(brandId: BrandId | null = null): Promise<number> {
    return eachDue(this.unreturned, this.clock.date(), {
      label: 'return a gift',
      batch: BATCH,
      due: (limit) => this.rows.dueGifts(this.database, this.clock.date(), limit, brandId),
      nameOf: ({ id }) => id,
      work: (gift) => this.unitOfWork.run('coupons.return-gift', (tx) => this.back(tx, gift, 'system')),
    });
  }

  private async back(tx: Tx, gift: Gift, actor: string): Promise<boolean> {
    if (!(await this.rows.endGift(tx, gift, 'RETURNED', null))) return false;
    // One that has expired on its way is free for a moment and ended by the sweep, which also counts its budget back.
    await this.coupons.setState(tx, gift.brandId, [gift.couponId], ['GIVING'], 'AVAILABLE');
    await this.note(tx, { id: gift.couponId, brandId: gift.brandId }, actor, 'GIFT_BACK', '无人接收，券已退回');
    return true;
  }

  private note(
    tx: Tx,
    coupon: Pick<CouponRow, 'id' | 'brandId'>,
    actor: string,
    type: string,
    note: string,
  ): Promise<void> {
    return this.journal.write(tx, coupon.brandId, [{ couponId: coupon.id, type, actor, note }]);
  }
}
