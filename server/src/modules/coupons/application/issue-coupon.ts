import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, businessDay, type GuideId, type MemberId, type StoreId } from '@shuke/shared/kernel';
import { isDuplicate } from '../../../platform/database/database.js';
import { attempt } from '../../../platform/database/savepoint.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { AppError } from '../../../platform/errors/app-error.js';
import { worstFen } from '../domain/discount.js';
import { asksWho, refusalFor, takePhase } from '../domain/eligibility.js';
import type { CouponId, CouponSource, CouponTerms, TemplateId } from '../domain/types.js';
import { validityOf } from '../domain/validity.js';
import { CouponStore } from '../persistence/coupon.store.js';
import { FactStore } from '../persistence/fact.store.js';
import { LimitStore } from '../persistence/limit.store.js';
import type { Template } from '../persistence/rows.js';
import { TemplateStore } from '../persistence/template.store.js';
import { refuseCoupon } from './coupon-errors.js';
import { CouponJournal } from './coupon-journal.js';

export interface IssueWish {
  brandId: BrandId;
  memberId: MemberId;
  templateId: TemplateId;
  source: CouponSource;
  /** What it was given for; the same source and id for the same member give the same coupon, once. */
  sourceId: string;
  guideId?: GuideId | null;
  storeId?: StoreId | null;
  actor?: string;
  note?: string;
}
/** A coupon that a card has promised already, at the version that the card shows. */
export interface Promised {
  version: number;
  terms: CouponTerms;
}

const NOTE: Record<CouponSource, string> = {
  TAKE: '在领券中心领取',
  GUIDE: '导购发给你',
  DROP: '在群里抢到',
  AFTER_PAY: '支付后获得',
  CODE: '用券码兑换',
  DESK: '商家发放',
  TASK: '任务发放',
  JOURNEY: '活动发放',
  GAME: '游戏奖品',
  POINTS: '积分兑换',
  BIRTHDAY: '生日礼遇',
};

/** Gives one coupon to one member within every limit, inside the caller's transaction. */
@Injectable()
export class IssueCoupon {
  private readonly coupons = new CouponStore();
  private readonly templates = new TemplateStore();
  private readonly limits = new LimitStore();
  private readonly facts = new FactStore();

  constructor(@Inject(CouponJournal) private readonly journal: CouponJournal) {}

  /**
   * Issues; the caller's transaction has to be rolled back when this refuses (see {@link attempt} where it goes on).
   * @throws AppError COUPON_OVER, COUPON_LIMIT, COUPON_NOT_FOR_YOU, COUPON_CLOSED
   */
  async run(tx: Tx, wish: IssueWish, promised?: Promised): Promise<CouponId> {
    const { brandId, templateId, memberId } = wish;
    const sourceId = `${memberId}:${wish.sourceId}`.slice(0, 80);
    const earlier = await this.coupons.bySource(tx, brandId, templateId, wish.source, sourceId);
    if (earlier) return earlier;
    const template = await this.templates.find(tx, brandId, templateId);
    if (!template || (!promised && template.status !== 'ACTIVE')) throw refuseCoupon('COUPON_OVER');
    await this.checkTaker(tx, wish, template);
    await this.count(tx, wish, template);
    const terms = promised?.terms ?? template.content.terms;
    const worst = worstFen(terms);
    const id = this.journal.ids.next<'coupon'>();
    const { from, until } = validityOf(terms, tx.now);
    if (until <= tx.now) throw refuseCoupon('COUPON_CLOSED', undefined, '这张券的有效期已经结束');
    const coupon = {
      brandId,
      id,
      templateId,
      version: promised?.version ?? template.version,
      memberId,
      code: this.journal.code(),
      state: 'AVAILABLE' as const,
      source: wish.source,
      sourceId,
      guideId: wish.guideId ?? null,
      storeId: wish.storeId ?? null,
      worstFen: worst,
      validFrom: from,
      validUntil: until,
    };
    await this.coupons.insert(tx, [coupon]).catch((error) => {
      throw isDuplicate(error) ? refuseCoupon('COUPON_LIMIT') : error;
    });
    const actor = wish.actor ?? `member:${memberId}`;
    await this.journal.write(tx, brandId, [
      { couponId: id, type: 'ISSUED', actor, note: wish.note ?? NOTE[wish.source] },
    ]);
    // Last, because every taker waits for this row.
    if (!(await this.templates.issue(tx, brandId, templateId, 1, worst, promised !== undefined)))
      throw refuseCoupon('COUPON_OVER');
    return id;
  }

  /** Like {@link run}, but a refusal leaves the caller's transaction as it was and comes back as a value. */
  async attempt(tx: Tx, wish: IssueWish): Promise<{ couponId: CouponId } | { refusal: AppError }> {
    const tried = await attempt(tx, () => this.run(tx, wish));
    return 'value' in tried ? { couponId: tried.value } : tried;
  }

  /** Who may take and when; what headquarters or a machine gives is not bound to the centre's opening. */
  private async checkTaker(tx: Tx, { brandId, memberId, source }: IssueWish, { content }: Template): Promise<void> {
    const { take, terms } = content;
    if (source === 'TAKE' && (!take.isPublic || takePhase(take, tx.now) !== 'OPEN'))
      throw refuseCoupon('COUPON_CLOSED');
    if (source === 'DESK' || !asksWho(take, terms)) return;
    const reason = refusalFor(take, terms, await this.facts.ofMember(tx, brandId, memberId, tx.now), tx.now);
    if (reason) throw refuseCoupon('COUPON_NOT_FOR_YOU', undefined, reason);
  }

  /** The limits per member; also used when a gift arrives. */
  async count(
    tx: Tx,
    { brandId, memberId }: Pick<IssueWish, 'brandId' | 'memberId'>,
    template: Template,
  ): Promise<void> {
    const { perMember, perDay } = template.content.take;
    const day = businessDay(tx.now.getTime());
    if (!(await this.limits.take(tx, { brandId, memberId, templateId: template.id, day, perMember, perDay })))
      throw refuseCoupon('COUPON_LIMIT', { perMember, perDay });
  }
}
