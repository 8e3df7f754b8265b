import { Inject, Injectable } from '@nestjs/common';
import type { MyCoupon, RedeemReceipt } from '@shuke/shared/contracts';
import { type BrandId, DAY_MS, type GuideId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Organization } from '../../organization/index.js';
import { payAfter } from '../domain/counter-bill.js';
import { couponStateText } from '../domain/coupon-state.js';
import { type Face, faceOf, type NameOf, shortYuan } from '../domain/face.js';
import type { CouponTerms } from '../domain/types.js';
import { shanghaiText, windowText } from '../domain/validity.js';
import { NameStore } from '../persistence/name.store.js';
import type { Redemption } from '../persistence/redemption.store.js';
import type { CouponRow } from '../persistence/rows.js';
import { CounterDesk } from './counter-desk.js';
import { TemplateBook } from './template-book.js';

const STATE_TEXT: Record<Redemption['state'], string> = {
  DONE: '已核销',
  REVERSED: '已撤销',
  COMPENSATED: '重复核销，总部承担',
  STORE_BEARS: '重复核销，本店承担',
};
const SOURCE_TEXT: Record<string, string> = {
  TAKE: '领券中心',
  DROP: '群里抢到',
  AFTER_PAY: '支付后赠送',
  CODE: '券码兑换',
  DESK: '品牌赠送',
  TASK: '活动赠送',
  JOURNEY: '活动赠送',
  GAME: '游戏奖品',
  POINTS: '积分兑换',
  BIRTHDAY: '生日礼遇',
};

/** How coupons and receipts look to people. */
@Injectable()
export class CouponViews {
  private readonly names = new NameStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(CounterDesk) private readonly desk: CounterDesk,
  ) {}

  /** Names of what coupons are limited to; no statement when none is. */
  async namesFor(brandId: BrandId, terms: readonly CouponTerms[]): Promise<NameOf> {
    const first = (ids: readonly string[]) => ids.slice(0, 3);
    const categories = terms.flatMap(({ scope }) => (scope.mode === 'CATEGORY' ? first(scope.categoryIds) : []));
    const products = terms.flatMap(({ scope }) => (scope.mode === 'PRODUCT' ? first(scope.productIds) : []));
    const names = await this.names.of(this.database, brandId, [...new Set(categories)], [...new Set(products)]);
    return (kind, id) => names.get(`${kind}/${id}`) ?? null;
  }

  async faces<T extends { name: string; terms: CouponTerms }>(brandId: BrandId, list: readonly T[]): Promise<Face[]> {
    const nameOf = await this.namesFor(
      brandId,
      list.map((one) => one.terms),
    );
    return list.map((one) => faceOf(one.name, one.terms, nameOf));
  }

  async mine(brandId: BrandId, rows: readonly CouponRow[]): Promise<MyCoupon[]> {
    const faces = await this.faces(brandId, rows);
    const { remindDays } = (await this.book.of(this.database, brandId)).settings;
    const now = this.clock.date();
    const views: MyCoupon[] = [];
    for (const [at, row] of rows.entries()) {
      const isOpen = row.state === 'AVAILABLE';
      // The sweep ends coupons a moment late; people see the truth at once.
      const state = isOpen && row.validUntil <= now ? 'EXPIRED' : row.state;
      views.push({
        id: row.id,
        templateId: row.templateId,
        code: row.code,
        face: faces[at] as Face,
        state,
        stateText: couponStateText(state),
        validFrom: row.validFrom.toISOString(),
        validUntil: row.validUntil.toISOString(),
        validText: validText(row, now),
        isExpiringSoon: state === 'AVAILABLE' && row.validUntil.getTime() - now.getTime() < remindDays * DAY_MS,
        canUseOnline: row.terms.channels.online,
        canUseOffline: row.terms.channels.offline,
        canGive: state === 'AVAILABLE' && row.terms.canGive && row.giftCount === 0,
        sourceText: await this.sourceText(row),
        usedAt: row.usedAt?.toISOString() ?? null,
        orderId: row.orderId,
      });
    }
    return views;
  }

  private async sourceText(row: CouponRow): Promise<string> {
    if (row.giftCount > 0) return '朋友赠送';
    if (row.source !== 'GUIDE') return SOURCE_TEXT[row.source] ?? '品牌赠送';
    return `导购${await this.guideName(row.brandId, row.guideId)}送你`;
  }

  async guideName(brandId: BrandId, guideId: GuideId | null): Promise<string> {
    return guideId ? ((await this.organization.guide(brandId, guideId))?.name ?? '') : '';
  }

  /** The rules of a coupon as lines that can be read. */
  ruleLines(row: CouponRow, face: Face): string[] {
    const { terms } = row;
    const lines = [`${face.conditionText}；${face.scopeText}`, face.storeText];
    if (terms.windows.length > 0) lines.push(`可用时段：${terms.windows.map(windowText).join('；')}`);
    lines.push(
      terms.stack.mode === 'EXCLUSIVE'
        ? '不与其他券同时使用'
        : `可与其他券同时使用，每单最多 ${terms.stack.perOrder} 张`,
    );
    lines.push(terms.scope.withPromotion ? '促销商品也可使用' : '已参加促销的商品不可使用');
    lines.push(terms.isRefundable ? '订单全额退款后退回' : '使用后不退回');
    lines.push(terms.canGive ? '可以送给朋友，只能转送一次' : '不可转送');
    if (terms.kind !== 'AMOUNT') lines.push(`最高优惠 ${shortYuan(terms.maxFen)} 元`);
    return row.ruleText ? [...lines, row.ruleText] : lines;
  }

  async receipts(actor: Actor, list: readonly Redemption[]): Promise<RedeemReceipt[]> {
    const faces = await this.faces(actor.brandId, list);
    const views: RedeemReceipt[] = [];
    for (const [at, one] of list.entries()) {
      const store = await this.organization.store(actor.brandId, one.storeId);
      const right = await this.desk.reverseRight(actor, one);
      views.push({
        id: one.id,
        receiptNo: one.receiptNo,
        couponId: one.couponId,
        face: faces[at] as Face,
        storeId: one.storeId,
        storeName: store?.name ?? '',
        guideName: (await this.guideName(actor.brandId, one.guideId)) || null,
        channel: one.channel,
        amountFen: one.amountFen,
        discountFen: one.discountFen,
        payFen: payAfter(one.amountFen, one.discountFen),
        state: one.state,
        stateText: STATE_TEXT[one.state],
        at: one.redeemedAt.toISOString(),
        reversedAt: one.reversedAt?.toISOString() ?? null,
        reverseReason: one.reverseReason,
        canReverse: right.canReverse,
        reverseUntil: right.until?.toISOString() ?? null,
      });
    }
    return views;
  }
}

/** 今天 22:00 到期, 还有 3 天, 12.01 起可用 — as people read it. */
function validText(row: Pick<CouponRow, 'validFrom' | 'validUntil'>, now: Date): string {
  if (row.validFrom > now) return `${shanghaiText(row.validFrom)} 起可用`;
  const left = row.validUntil.getTime() - now.getTime();
  if (left <= 0) return `${shanghaiText(row.validUntil)} 已到期`;
  const days = Math.floor(left / DAY_MS);
  if (days < 1) return `今明到期：${shanghaiText(row.validUntil)}`;
  return days < 7 ? `还有 ${days} 天到期` : `有效至 ${shanghaiText(row.validUntil)}`;
}
