import { Inject, Injectable } from '@nestjs/common';
import type { guideRoutes, mallRoutes, ResponseOf } from '@shuke/shared/contracts';
import { fen, WHOLE_BP } from '@shuke/shared/kernel';
import { toWecomPage } from '../../../gateways/wecom/index.js';
import type { Actor, Guide as GuideActor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { Organization } from '../../organization/index.js';
import { worstFen } from '../domain/discount.js';
import { bearerText, type Face } from '../domain/face.js';
import type { TemplateId } from '../domain/types.js';
import { validityText } from '../domain/validity.js';
import type { Offer } from '../persistence/offer.store.js';
import type { CouponPurpose, Template } from '../persistence/rows.js';
import { CouponViews } from './coupon-views.js';
import { GuideOffers } from './guide-offers.js';
import { periodsOf } from './guide-quota.js';
import { TemplateBook } from './template-book.js';

type Bank = ResponseOf<typeof guideRoutes.couponBank>;
type Send = ResponseOf<typeof guideRoutes.prepareCouponSend>;
type Given = Awaited<ReturnType<GuideOffers['given']>>;

const PURPOSE: Record<CouponPurpose, string> = {
  FIRST_ORDER: '促首单',
  REPEAT: '促复购',
  WAKE_UP: '唤醒老客',
  BIRTHDAY: '生日礼遇',
  CARE: '售后关怀',
  CLEARANCE: '清季',
  TRAFFIC: '引到店',
};
const leftOf = (max: number | null, used: number): number | null => (max === null ? null : Math.max(0, max - used));

/** What goes with a card for one friend, after the name. */
const wordsFor = (name: string, face: Face | undefined): string =>
  `给你留了一张${name}，${face?.conditionText ?? ''}，点开就能用。`;

/** The guide's coupon bank (券银行): what may be given, for what, and how much is left. */
@Injectable()
export class CouponBank {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Pick<Config, 'PUBLIC_ORIGIN'>,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(GuideOffers) private readonly offers: GuideOffers,
    @Inject(CouponViews) private readonly views: CouponViews,
  ) {}

  async list(
    actor: GuideActor,
    query: { purpose?: CouponPurpose; q?: string; externalUserId?: string },
  ): Promise<Bank> {
    const { brandId, guideId, storeId } = actor;
    const book = await this.book.of(this.database, brandId);
    const shown: Template[] = [];
    for (const template of book.templates.values()) {
      const { content, status } = template;
      if (status !== 'ACTIVE' || !content.take.forGuides) continue;
      if (query.purpose && content.purpose !== query.purpose) continue;
      if (query.q && !content.name.includes(query.q)) continue;
      const stores = await this.book.storesOf(book, brandId, template.id, content.terms);
      if (!stores || stores.has(storeId)) shown.push(template);
    }
    const given = await this.offers.given(brandId, guideId);
    const whyNot = query.externalUserId ? await this.offers.whyNotFor(actor, query.externalUserId) : () => null;
    const faces = await this.views.faces(
      brandId,
      shown.map(({ content }) => content),
    );
    const { month } = periodsOf(this.clock.now());
    return {
      items: shown.map((template, at) => this.bankCoupon(template, faces[at] as Face, given, whyNot(template))),
      monthGivenFen: fen(given.get(`0/${month}`)?.worstFen ?? 0),
      monthCapFen: book.settings.guideMonthFen,
    };
  }

  private bankCoupon(template: Template, face: Face, given: Given, whyNot: string | null): Bank['items'][number] {
    const { content } = template;
    const { day, month } = periodsOf(this.clock.now());
    const leftToday = leftOf(content.guidePerDay, given.get(`${template.id}/${day}`)?.given ?? 0);
    const leftMonth = leftOf(content.guidePerMonth, given.get(`${template.id}/${month}`)?.given ?? 0);
    const budgetLeftFen =
      template.budgetFen === null ? null : fen(template.budgetFen - template.spentFen - template.committedFen);
    const worst = worstFen(content.terms);
    const byBudget = budgetLeftFen === null || worst === 0 ? null : Math.floor(budgetLeftFen / worst);
    const byCount = leftOf(template.totalCount, template.issuedCount + template.reservedCount);
    const total = [byBudget, byCount].filter((one): one is number => one !== null);
    const leftCount = total.length > 0 ? Math.min(...total) : null;
    const now = [leftToday, leftMonth, leftCount].filter((one): one is number => one !== null);
    const may = now.length > 0 ? Math.min(...now) : null;
    const leftText = whyNot
      ? whyNot
      : may === null
        ? '不限张数'
        : may > 0
          ? `今天还能发 ${may} 张`
          : leftCount === 0
            ? '已经发完了'
            : leftMonth === 0
              ? '本月额度已用完'
              : '今天的额度已用完';
    return {
      templateId: template.id,
      face,
      validText: validityText(content.terms),
      purpose: content.purpose,
      purposeText: PURPOSE[content.purpose],
      scenes: content.scenes,
      leftCount,
      budgetLeftFen,
      givenCount: template.issuedCount,
      usedCount: template.usedCount,
      useRateBp: template.issuedCount === 0 ? null : Math.floor((template.usedCount * WHOLE_BP) / template.issuedCount),
      leftToday,
      leftMonth,
      leftText,
      canSend: may !== 0 && whyNot === null,
      bearerText: bearerText(content.terms.bearers),
      words: wordsFor(content.name, face),
    };
  }

  /** A card for one friend. @throws AppError NOT_FOUND, GUIDE_QUOTA, COUPON_OVER */
  async sendTo(actor: GuideActor, externalUserid: string, templateId: TemplateId, words: string | null): Promise<Send> {
    const offer = await this.offers.prepare(actor, { templateId, count: 1, words, to: { externalUserid } });
    return this.prepared(actor, offer);
  }

  /** A card for a group: the first so many, one each. */
  async drop(
    actor: GuideActor,
    templateId: TemplateId,
    count: number,
    groupName: string,
    words: string | null,
  ): Promise<Send> {
    const offer = await this.offers.prepare(actor, { templateId, count, words, to: { groupName } });
    return this.prepared(actor, offer);
  }

  private async prepared(actor: GuideActor, offer: Offer): Promise<Send> {
    const brand = await this.organization.brand(actor.brandId);
    const guide = await this.organization.guide(actor.brandId, actor.guideId);
    const [face] = await this.views.faces(actor.brandId, [offer]);
    const worth = `${face?.worth ?? ''}${face?.unit ?? ''}`;
    const title =
      offer.kind === 'ONE' ? `送你一张「${offer.name}」${worth}` : `前 ${offer.total} 名可领「${offer.name}」${worth}`;
    const words =
      offer.words ||
      (offer.kind === 'ONE'
        ? `${offer.toName}，${wordsFor(offer.name, face)}`
        : `给大家准备了 ${offer.total} 张${offer.name}，先到先得，每人一张。`);
    const imageUrl = brand.logoUrl;
    this.book.forget(actor.brandId);
    const { items } = await this.list(actor, {});
    return {
      sendId: offer.id,
      token: offer.token,
      words,
      card: {
        appid: brand.appid,
        title,
        imgUrl: /^https?:/.test(imageUrl) ? imageUrl : `${this.config.PUBLIC_ORIGIN}${imageUrl}`,
        page: toWecomPage(
          'sendChatMessage',
          'pages/coupon-offer/index',
          `token=${offer.token}&g=${encodeURIComponent(guide?.code ?? '')}&storeId=${offer.storeId}`,
        ),
      },
      expiresAt: offer.expiresAt.toISOString(),
      leftText: items.find((one) => one.templateId === offer.templateId)?.leftText ?? '',
    };
  }

  async sends(
    actor: GuideActor,
    query: { externalUserId?: string; cursor?: string; limit?: number },
  ): Promise<ResponseOf<typeof guideRoutes.couponSends>> {
    const [before] = readCursor(query.cursor, [DIGITS]) ?? [null];
    const limit = query.limit ?? 20;
    const rows = await this.offers.list(actor, {
      externalUserid: query.externalUserId ?? null,
      before: before ?? null,
      limit,
    });
    const faces = await this.views.faces(actor.brandId, rows);
    const faceOf = new Map(rows.map((row, at) => [row.id, faces[at] as Face]));
    return pageOf(
      rows,
      limit,
      (row) => ({
        id: row.id,
        kind: row.kind,
        face: faceOf.get(row.id) as Face,
        toName: row.toName,
        state: row.state,
        totalCount: row.total,
        takenCount: row.taken,
        usedCount: row.used,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
      }),
      (row) => makeCursor(row.id),
    );
  }

  /** A card as the consumer who opens it sees it. */
  async look(actor: Actor, token: string): Promise<ResponseOf<typeof mallRoutes.couponOffer>> {
    const offer = await this.offers.look(actor.brandId, token);
    const [face] = await this.views.faces(actor.brandId, [offer]);
    const couponId = actor.kind === 'consumer' ? await this.offers.takenBy(actor, offer) : null;
    const problem = couponId ? null : await this.offers.problemFor(actor, offer);
    const store = await this.organization.store(actor.brandId, offer.storeId);
    return {
      token: offer.token,
      kind: offer.kind,
      face: face as Face,
      validText: validityText(offer.terms),
      guideName: await this.views.guideName(actor.brandId, offer.guideId),
      storeName: store?.name ?? '',
      totalCount: offer.total,
      leftCount: offer.total - offer.taken,
      expiresAt: offer.expiresAt.toISOString(),
      state: couponId ? 'TAKEN' : (problem?.state ?? 'CAN_TAKE'),
      reason: problem?.reason ?? null,
      couponId,
    };
  }
}
