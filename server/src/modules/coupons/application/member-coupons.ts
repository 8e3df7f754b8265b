import { Inject, Injectable } from '@nestjs/common';
import type { CentreCoupon, MyCoupon, mallRoutes, ResponseOf } from '@shuke/shared/contracts';
import { businessDay, DAY_MS, type StoreId, WHOLE_BP } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, isDuplicate } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { asksWho, refusalFor, type TakerFacts, takePhase } from '../domain/eligibility.js';
import type { CouponId, CouponScope, TemplateId } from '../domain/types.js';
import { shanghaiText, validityOf, validityText } from '../domain/validity.js';
import { CouponStore } from '../persistence/coupon.store.js';
import { CouponEventStore } from '../persistence/coupon-event.store.js';
import { FactStore } from '../persistence/fact.store.js';
import { HoldingStore } from '../persistence/holding.store.js';
import { LimitStore } from '../persistence/limit.store.js';
import { OfferStore } from '../persistence/offer.store.js';
import type { Template } from '../persistence/rows.js';
import { TemplateStore } from '../persistence/template.store.js';
import { refuseCoupon } from './coupon-errors.js';
import { CouponJournal } from './coupon-journal.js';
import { CouponViews } from './coupon-views.js';
import { IssueCoupon } from './issue-coupon.js';
import { TemplateBook } from './template-book.js';

type Taken = Awaited<ReturnType<LimitStore['taken']>>;

/** What a consumer does with coupons apart from orders and counters: find, take, hold, enter codes. */
@Injectable()
export class MemberCoupons {
  private readonly coupons = new CouponStore();
  private readonly events = new CouponEventStore();
  private readonly holdings = new HoldingStore();
  private readonly limits = new LimitStore();
  private readonly facts = new FactStore();
  private readonly offers = new OfferStore();
  private readonly templates = new TemplateStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(IssueCoupon) private readonly issuing: IssueCoupon,
    @Inject(CouponJournal) private readonly journal: CouponJournal,
    @Inject(CouponViews) private readonly views: CouponViews,
  ) {}

  /** Coupons to take, in the desk's order; one that cannot be taken says why. */
  async centre(actor: Actor, query: { storeId?: string; productId?: string }): Promise<CentreCoupon[]> {
    const { brandId } = actor;
    const book = await this.book.of(this.database, brandId);
    const now = this.clock.date();
    const shown: Template[] = [];
    for (const template of book.templates.values()) {
      const { take, terms } = template.content;
      if (template.status !== 'ACTIVE' || !take.isPublic || takePhase(take, now) === 'OVER') continue;
      const stores = query.storeId ? await this.book.storesOf(book, brandId, template.id, terms) : null;
      if (stores && !stores.has(query.storeId as StoreId)) continue;
      shown.push(template);
    }
    const fitting = query.productId ? await this.fitting(actor, shown, query.productId) : shown;
    const isMember = actor.kind === 'consumer';
    const taken: Taken = isMember ? await this.limits.taken(this.database, brandId, actor.memberId) : new Map();
    const mustAsk = isMember && fitting.some(({ content }) => asksWho(content.take, content.terms));
    const facts = mustAsk ? await this.facts.ofMember(this.database, brandId, actor.memberId, now) : null;
    const faces = await this.views.faces(
      brandId,
      fitting.map(({ content }) => content),
    );
    return fitting.map((template, at) => ({
      templateId: template.id,
      face: faces[at] as CentreCoupon['face'],
      validText: validityText(template.content.terms),
      ...this.standing(template, isMember, taken, facts, now),
    }));
  }

  private standing(template: Template, isMember: boolean, taken: Taken, facts: TakerFacts | null, now: Date) {
    const { take, terms } = template.content;
    const mine = taken.get(template.id);
    const today = mine?.day === businessDay(now.getTime()) ? mine.taken_today : 0;
    const left =
      template.totalCount === null
        ? null
        : Math.max(0, template.totalCount - template.issuedCount - template.reservedCount);
    const base = {
      takenCount: mine?.taken ?? 0,
      perMember: take.perMember,
      leftCount: left,
      takenBp:
        template.totalCount === null || left === null
          ? null
          : Math.floor(((template.totalCount - left) * WHOLE_BP) / template.totalCount),
    };
    const say = (state: CentreCoupon['state'], reason: string | null) => ({ ...base, state, reason });
    if (takePhase(take, now) === 'NOT_YET') return say('NOT_YET', `${shanghaiText(new Date(take.from ?? 0))} 开抢`);
    if (base.takenCount >= take.perMember) return say('TAKEN', '你已经领过了');
    if (take.perDay !== null && today >= take.perDay) return say('TAKEN', '今天已经领过了，明天再来');
    if (left === 0) return say('SOLD_OUT', '已经领完了');
    if (!isMember) return say('LOGIN', '登录后领取');
    const reason = refusalFor(take, terms, facts, now);
    return reason ? say('NOT_FOR_YOU', reason) : say('CAN_TAKE', null);
  }

  /** Only templates that count for a product. */
  private async fitting({ brandId }: Actor, list: readonly Template[], productId: string): Promise<Template[]> {
    const category = await this.facts.categoryOf(this.database, brandId, productId);
    if (!category) return [];
    const fits = ({ mode, categoryIds, productIds, excludedProductIds }: CouponScope) =>
      !excludedProductIds.includes(productId) &&
      (mode === 'ALL' || (mode === 'CATEGORY' ? categoryIds.includes(category) : productIds.includes(productId)));
    return list.filter(({ content }) => fits(content.terms.scope));
  }

  /** @throws AppError COUPON_OVER, COUPON_LIMIT, COUPON_CLOSED, COUPON_NOT_FOR_YOU */
  async take(actor: Consumer, templateId: TemplateId, key: string, storeId: StoreId | null): Promise<MyCoupon> {
    const { brandId, memberId } = actor;
    const id = await this.unitOfWork.run('coupons.take', (tx) =>
      this.issuing.run(tx, { brandId, memberId, templateId, source: 'TAKE', sourceId: key.slice(0, 50), storeId }),
    );
    return this.one(actor, id);
  }

  /** A code becomes the member's coupon. @throws AppError COUPON_CODE, COUPON_LIMIT */
  async enterCode(actor: Consumer, code: string): Promise<MyCoupon> {
    const { brandId, memberId } = actor;
    const coupon = await this.coupons.byCode(this.database, brandId, code.replace(/\s/g, '').toUpperCase());
    if (coupon?.source !== 'CODE') throw refuseCoupon('COUPON_CODE');
    if (coupon.memberId === memberId) return this.one(actor, coupon.id);
    if (coupon.state !== 'ISSUED') throw refuseCoupon('COUPON_CODE', undefined, '这个券码已经被使用');
    await this.unitOfWork
      .run('coupons.enter-code', async (tx) => {
        const template = await this.templates.find(tx, brandId, coupon.templateId);
        if (!template) throw refuseCoupon('COUPON_CODE');
        const reason = refusalFor(
          template.content.take,
          coupon.terms,
          await this.facts.ofMember(tx, brandId, memberId, tx.now),
          tx.now,
        );
        if (reason) throw refuseCoupon('COUPON_NOT_FOR_YOU', undefined, reason);
        await this.issuing.count(tx, { brandId, memberId }, template);
        const { from, until } = validityOf(coupon.terms, tx.now);
        if (until <= tx.now) throw refuseCoupon('COUPON_CODE', undefined, '这个券码已经过期');
        if (!(await this.coupons.claim(tx, brandId, coupon.id, memberId, from, until)))
          throw refuseCoupon('COUPON_CODE', undefined, '这个券码已经被使用');
        await this.journal.write(tx, brandId, [
          { couponId: coupon.id, type: 'CLAIMED', actor: `member:${memberId}`, note: '用券码兑换' },
        ]);
      })
      .catch((error) => {
        throw isDuplicate(error) ? refuseCoupon('COUPON_LIMIT') : error;
      });
    return this.one(actor, coupon.id);
  }

  async list(
    actor: Consumer,
    query: { tab?: 'USABLE' | 'USED' | 'GONE'; cursor?: string; limit?: number },
  ): Promise<ResponseOf<typeof mallRoutes.coupons>> {
    const { brandId, memberId } = actor;
    const [before] = readCursor(query.cursor, [DIGITS]) ?? [null];
    const limit = query.limit ?? 20;
    const now = this.clock.date();
    const { remindDays } = (await this.book.of(this.database, brandId)).settings;
    const page = { tab: query.tab ?? 'USABLE', before: before ?? null, limit } as const;
    const [rows, counts] = await Promise.all([
      this.holdings.page(this.database, brandId, memberId, now, page),
      this.holdings.counts(this.database, brandId, memberId, now, new Date(now.getTime() + remindDays * DAY_MS)),
    ]);
    const views = new Map((await this.views.mine(brandId, rows)).map((view) => [view.id, view]));
    const listed = pageOf(
      rows,
      limit,
      (row) => views.get(row.id) as MyCoupon,
      (row) => makeCursor(row.id),
    );
    return { ...listed, counts };
  }

  async one(actor: Consumer, id: CouponId): Promise<MyCoupon> {
    const row = await this.own(actor, id);
    return (await this.views.mine(actor.brandId, [row]))[0] as MyCoupon;
  }

  /** One of the member's own coupons with its rules and history. @throws AppError NOT_FOUND */
  async detail(actor: Consumer, id: CouponId): Promise<ResponseOf<typeof mallRoutes.coupon>> {
    const row = await this.own(actor, id);
    const [view] = await this.views.mine(actor.brandId, [row]);
    const history = await this.events.history(this.database, actor.brandId, id);
    const gift = row.state === 'GIVING' ? await this.offers.openGiftOf(this.database, actor.brandId, id) : null;
    return {
      ...(view as MyCoupon),
      ruleLines: this.views.ruleLines(row, (view as MyCoupon).face),
      history: history.map((step) => ({ at: step.at.toISOString(), text: step.note })),
      gift: gift ? { token: gift.token, expiresAt: gift.expiresAt.toISOString() } : null,
    };
  }

  private async own({ brandId, memberId }: Consumer, id: CouponId) {
    const row = await this.coupons.find(this.database, brandId, id);
    if (row?.memberId !== memberId) throw refuse('NOT_FOUND');
    return row;
  }
}
