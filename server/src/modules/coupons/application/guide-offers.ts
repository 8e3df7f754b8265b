import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, GuideId, MemberId } from '@shuke/shared/kernel';
import type { Actor, Consumer, Guide as GuideActor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { worstFen } from '../domain/discount.js';
import type { CouponId, TemplateId } from '../domain/types.js';
import { FactStore } from '../persistence/fact.store.js';
import { LimitStore } from '../persistence/limit.store.js';
import { type Offer, OfferStore } from '../persistence/offer.store.js';
import type { Template } from '../persistence/rows.js';
import { TemplateStore } from '../persistence/template.store.js';
import { refuseCoupon } from './coupon-errors.js';
import { CouponJournal } from './coupon-journal.js';
import { friendRefusals, type WhyNot } from './friend-refusals.js';
import { GuideQuota } from './guide-quota.js';
import { IssueCoupon } from './issue-coupon.js';
import { TemplateBook } from './template-book.js';

const BATCH = 100;
export interface OfferWish {
  templateId: TemplateId;
  count: number;
  words: string | null;
  to: { externalUserid: string } | { groupName: string };
}

/** Guides give coupons from their own quota as cards in chats: for one friend, or for the first so many of a group. */
@Injectable()
export class GuideOffers {
  private readonly unended = new Setbacks();
  private readonly rows = new OfferStore();
  private readonly quota = new GuideQuota();
  private readonly limits = new LimitStore();
  private readonly facts = new FactStore();
  private readonly templates = new TemplateStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(IssueCoupon) private readonly issuing: IssueCoupon,
    @Inject(CouponJournal) private readonly journal: CouponJournal,
  ) {}

  /**
   * Prepares a card. What it promises is set aside at once, so that nobody opens a card in vain.
   * @throws AppError NOT_FOUND for somebody who is no friend or a template not for guides, COUPON_NOT_FOR_YOU for a friend
   * who could not take it, GUIDE_QUOTA, COUPON_OVER
   */
  async prepare(actor: GuideActor, wish: OfferWish): Promise<Offer> {
    const { brandId, guideId, storeId } = actor;
    const { templates, settings } = await this.book.of(this.database, brandId);
    const template = templates.get(wish.templateId);
    if (template?.status !== 'ACTIVE' || !template.content.take.forGuides) throw refuse('NOT_FOUND');
    const friend =
      'externalUserid' in wish.to
        ? await this.rows.friend(this.database, brandId, guideId, wish.to.externalUserid)
        : { name: wish.to.groupName, memberId: null };
    if (!friend) throw refuse('NOT_FOUND');
    const reason = (await this.refusalsOf(brandId, friend.memberId))(template);
    if (reason) throw refuseCoupon('COUPON_NOT_FOR_YOU', undefined, reason);
    const token = randomBytes(18).toString('base64url');
    const id = this.journal.ids.next<'offer'>();
    await this.unitOfWork.run('coupons.prepare-offer', async (tx) => {
      const current = (await this.templates.find(tx, brandId, wish.templateId)) as Template;
      const worst = worstFen(current.content.terms);
      await this.quota.charge(tx, actor, current, wish.count, worst, settings.guideMonthFen);
      await this.rows.insert(tx, {
        brandId,
        id,
        token,
        kind: 'externalUserid' in wish.to ? 'ONE' : 'GROUP',
        templateId: wish.templateId,
        version: current.version,
        worstFen: worst,
        guideId,
        storeId,
        externalUserid: 'externalUserid' in wish.to ? wish.to.externalUserid : null,
        memberId: friend.memberId,
        toName: friend.name,
        words: wish.words ?? '',
        total: wish.count,
        expiresAt: new Date(tx.now.getTime() + settings.offerHours * 3_600_000),
      });
      if (!(await this.templates.reserve(tx, brandId, wish.templateId, wish.count, worst)))
        throw refuseCoupon('COUPON_OVER');
    });
    return (await this.rows.byToken(this.database, brandId, token)) as Offer;
  }

  private refusalsOf(brandId: BrandId, memberId: MemberId | null): Promise<WhyNot> {
    return friendRefusals(
      this.database,
      { limits: this.limits, facts: this.facts },
      { brandId, memberId },
      this.clock.date(),
    );
  }

  /** Why the guide's friend could not take a coupon, by template. @throws AppError NOT_FOUND for somebody who is no friend */
  async whyNotFor({ brandId, guideId }: GuideActor, externalUserid: string): Promise<WhyNot> {
    const friend = await this.rows.friend(this.database, brandId, guideId, externalUserid);
    if (!friend) throw refuse('NOT_FOUND');
    return this.refusalsOf(brandId, friend.memberId);
  }

  /** What the client said. A card that was not sent gives quota and promise back, unless somebody has taken from it. */
  async report(actor: GuideActor, id: string, result: 'SENT' | 'CANCELLED' | 'FAILED'): Promise<void> {
    const { brandId, guideId } = actor;
    await this.unitOfWork.run('coupons.report-offer', async (tx) => {
      const offer = await this.rows.lock(tx, brandId, id);
      if (offer?.guideId !== guideId) throw refuse('NOT_FOUND');
      if (result === 'SENT') return void (await this.rows.setState(tx, brandId, id, ['PREPARED'], 'SENT'));
      if (offer.taken > 0 || !(await this.rows.setState(tx, brandId, id, ['PREPARED'], 'CANCELLED'))) return;
      await this.quota.giveBack(tx, offer);
      await this.templates.unreserve(tx, brandId, offer.templateId, offer.total, offer.worstFen);
    });
  }

  /** Why the reader cannot take from a card; null when nothing speaks against it. */
  async problemFor(
    actor: Actor,
    offer: Offer,
  ): Promise<{ state: 'SOLD_OUT' | 'OVER' | 'NOT_FOR_YOU' | 'LOGIN'; reason: string } | null> {
    if (offer.state === 'CANCELLED' || offer.state === 'OVER' || offer.expiresAt <= this.clock.date())
      return { state: 'OVER', reason: '这张券卡已经过期' };
    if (offer.taken >= offer.total) return { state: 'SOLD_OUT', reason: '手慢了，已经被领完' };
    if (actor.kind !== 'consumer') return { state: 'LOGIN', reason: '登录后领取' };
    if (!(await this.isFor(actor, offer))) return { state: 'NOT_FOR_YOU', reason: '这是导购发给另一位顾客的券' };
    return null;
  }

  /** @throws AppError NOT_FOUND */
  async look(brandId: BrandId, token: string): Promise<Offer> {
    const offer = await this.rows.byToken(this.database, brandId, token);
    if (!offer) throw refuse('NOT_FOUND');
    return offer;
  }

  takenBy(actor: Consumer, offer: Offer): Promise<CouponId | null> {
    return this.rows.couponOfTaker(this.database, actor.brandId, offer.id, actor.memberId);
  }

  /**
   * Takes the coupon of a card, once per member.
   * @throws AppError NOT_FOUND, COUPON_NOT_FOR_YOU, OFFER_OVER, COUPON_LIMIT
   */
  async take(actor: Consumer, token: string): Promise<CouponId> {
    const { brandId, memberId } = actor;
    const offer = await this.look(brandId, token);
    const earlier = await this.takenBy(actor, offer);
    if (earlier) return earlier;
    if (!(await this.isFor(actor, offer)))
      throw refuseCoupon('COUPON_NOT_FOR_YOU', undefined, '这是导购发给另一位顾客的券');
    try {
      return await this.unitOfWork.run('coupons.take-offer', async (tx) => {
        if (!(await this.rows.take(tx, brandId, offer.id))) throw refuseCoupon('OFFER_OVER');
        const source = offer.kind === 'ONE' ? 'GUIDE' : 'DROP';
        const couponId = await this.issuing.run(
          tx,
          {
            brandId,
            memberId,
            templateId: offer.templateId,
            source,
            sourceId: offer.id,
            guideId: offer.guideId,
            storeId: offer.storeId,
          },
          { version: offer.version, terms: offer.terms },
        );
        await this.rows.addTaker(tx, brandId, offer.id, memberId, couponId);
        return couponId;
      });
    } catch (error) {
      const done = await this.takenBy(actor, offer);
      if (done) return done;
      throw isDuplicate(error) ? refuseCoupon('OFFER_OVER') : error;
    }
  }

  private async isFor({ brandId, memberId }: Consumer, offer: Offer): Promise<boolean> {
    if (offer.kind === 'GROUP') return true;
    const known = offer.externalUserid
      ? await this.rows.memberOfContact(this.database, brandId, offer.externalUserid)
      : null;
    const wanted = known ?? offer.memberId;
    return wanted === null || wanted === memberId;
  }

  /** Cards that are over give back what nobody took. */
  endDue(only: BrandId | null = null): Promise<number> {
    return eachDue(this.unended, this.clock.date(), {
      label: 'end an offer',
      batch: BATCH,
      due: (limit) => this.rows.dueOffers(this.database, this.clock.date(), limit, only),
      nameOf: ({ id }) => id,
      work: ({ brand_id: brandId, id }) =>
        this.unitOfWork.run('coupons.end-offer', async (tx) => {
          const offer = await this.rows.lock(tx, brandId, id);
          if (!offer || !(await this.rows.setState(tx, brandId, id, ['PREPARED', 'SENT'], 'OVER'))) return false;
          const left = offer.total - offer.taken;
          if (left > 0) await this.templates.unreserve(tx, brandId, offer.templateId, left, offer.worstFen);
          return true;
        }),
    });
  }

  /** A guide's own cards, the newest first; all of them or those for one friend. */
  list({ brandId, guideId }: GuideActor, page: Parameters<OfferStore['list']>[3]) {
    return this.rows.list(this.database, brandId, guideId, page);
  }

  /** What a guide has given this day and month, by template and period. */
  given(brandId: BrandId, guideId: GuideId) {
    return this.quota.given(this.database, brandId, guideId, this.clock.now());
  }
}
