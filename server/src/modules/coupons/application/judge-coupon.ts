import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, ZERO_FEN } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import { billLines, wholeBill } from '../domain/counter-bill.js';
import { discountOf, standingProblem } from '../domain/discount.js';
import type { CouponLine, CouponTerms } from '../domain/types.js';
import { type RedeemedItem, RedemptionStore } from '../persistence/redemption.store.js';
import type { CouponRow } from '../persistence/rows.js';
import type { Counter } from './counter-parts.js';
import { TemplateBook } from './template-book.js';

export interface Verdict {
  coupon: CouponRow;
  problems: { code: string; text: string }[];
  discountFen: Fen | null;
}

/** Whether a coupon counts at a counter, and for how much. */
@Injectable()
export class JudgeCoupon {
  private readonly redemptions = new RedemptionStore();

  constructor(@Inject(TemplateBook) private readonly book: TemplateBook) {}

  /** Every reason against a coupon here and now, or what it takes off. */
  async run(
    on: Queryable,
    counter: Counter,
    coupon: CouponRow,
    at: Date,
    amountFen: number | null,
    items?: readonly RedeemedItem[],
  ): Promise<Verdict> {
    const held = await this.book.held(on, coupon);
    const standing = standingProblem(held, { at, storeId: counter.storeId, channel: 'OFFLINE' });
    if (standing) return { coupon, problems: [standing], discountFen: null };
    if (amountFen === null && !items?.length) return { coupon, problems: [], discountFen: null };
    const lines = await this.lines(on, counter.brandId, coupon.terms, amountFen, items ?? []);
    if (lines === null)
      return {
        coupon,
        problems: [{ code: 'NEED_ITEMS', text: '这张券只限部分商品，请扫商品条码' }],
        discountFen: null,
      };
    const result = discountOf(coupon.terms, lines, ZERO_FEN);
    if (result.problem) return { coupon, problems: [result.problem], discountFen: null };
    return { coupon, problems: [], discountFen: result.discountFen };
  }

  /** The sale as lines; null when the coupon is only for some goods and they are not named. */
  private async lines(
    on: Queryable,
    brandId: BrandId,
    terms: CouponTerms,
    amountFen: number | null,
    items: readonly RedeemedItem[],
  ): Promise<CouponLine[] | null> {
    if (items.length === 0) {
      if (terms.scope.mode !== 'ALL' || terms.scope.excludedProductIds.length > 0) return null;
      return wholeBill(amountFen ?? 0);
    }
    const goods = await this.redemptions.goods(on, brandId, [...new Set(items.map((item) => item.skuCode))]);
    const named = items.map(({ skuCode, qty, unitPriceFen }) => {
      const found = goods.get(skuCode);
      return { productId: found?.product_id ?? '0', categoryId: found?.category_id ?? '0', qty, unitPriceFen };
    });
    return billLines(named, amountFen);
  }
}
