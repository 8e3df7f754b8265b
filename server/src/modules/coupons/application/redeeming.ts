import { Inject, Injectable } from '@nestjs/common';
import {
  type BrandId,
  type Fen,
  fen,
  type GuideId,
  moneyText,
  mulFen,
  type StoreId,
  subFen,
  sumFen,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, isDuplicate, type Queryable } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { discountOf, standingProblem } from '../domain/discount.js';
import type { CouponLine, CouponTerms } from '../domain/types.js';
import { CouponStore } from '../persistence/coupon.store.js';
import {
  type RedeemChannel,
  type RedeemedItem,
  type Redemption,
  RedemptionStore,
} from '../persistence/redemption.store.js';
import type { CouponRow } from '../persistence/rows.js';
import { refuseCoupon } from './coupon-errors.js';
import { CouponJournal } from './coupon-journal.js';
import { CouponTokens } from './coupon-tokens.js';
import { keptFen, OrderCoupons } from './order-coupons.js';
import { TemplateBook } from './template-book.js';

/** Where and by whom a coupon is taken in. */
export interface Counter {
  brandId: BrandId;
  storeId: StoreId;
  guideId: GuideId | null;
  channel: RedeemChannel;
  /** For the history. */
  actor: string;
}
export interface RedeemWish {
  /** The short code, or the text of the signed QR code. */
  code: string;
  amountFen: number;
  items?: readonly RedeemedItem[] | undefined;
  /** What the clerk was shown; refused when it is no longer that. */
  expectedDiscountFen?: number | undefined;
  /** Repeating it gives the same receipt. */
  clientKey: string;
}
export interface Verdict {
  coupon: CouponRow;
  problems: { code: string; text: string }[];
  discountFen: Fen | null;
}

/** The parts of the module that a counter needs, in one place to keep constructors short. */
@Injectable()
export class CounterParts {
  readonly coupons = new CouponStore();
  readonly redemptions = new RedemptionStore();

  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(UnitOfWork) readonly unitOfWork: UnitOfWork,
    @Inject(Clock) readonly clock: Clock,
    @Inject(TemplateBook) readonly book: TemplateBook,
    @Inject(CouponJournal) readonly journal: CouponJournal,
    @Inject(CouponTokens) readonly tokens: CouponTokens,
    @Inject(OrderCoupons) readonly orders: OrderCoupons,
  ) {}
}

/** Taking coupons in at counters: look up, confirm, consume, receipt. Guides, tills and PINs come in by this door. */
@Injectable()
export class Redeeming {
  constructor(@Inject(CounterParts) private readonly parts: CounterParts) {}

  /**
   * What the clerk sees before taking a coupon in, every reason against it named.
   * @throws AppError COUPON_CODE when there is no such coupon or the signed code is forged or over
   */
  async lookUp(
    counter: Counter,
    code: string,
    amountFen: number | null,
    items?: readonly RedeemedItem[],
  ): Promise<Verdict> {
    const { database, clock } = this.parts;
    const coupon = await this.byShown(database, counter, code);
    return this.judge(database, counter, coupon, clock.date(), amountFen, items);
  }

  /**
   * Takes a coupon in: exactly one of any number of counters succeeds.
   * @throws AppError COUPON_CODE, COUPON_NOT_USABLE with the reason, DISCOUNT_CHANGED, IDEMPOTENCY_MISMATCH
   */
  async redeem(counter: Counter, wish: RedeemWish): Promise<Redemption> {
    const earlier = await this.done(counter, wish);
    if (earlier) return earlier;
    try {
      await this.parts.unitOfWork.run('coupons.redeem', (tx) => this.consume(tx, counter, wish));
    } catch (error) {
      // The twin of this very tap may have been faster; then its receipt is the answer.
      const twin = await this.done(counter, wish);
      if (twin) return twin;
      throw isDuplicate(error) ? refuseCoupon('COUPON_NOT_USABLE') : error;
    }
    return (await this.done(counter, wish)) as Redemption;
  }

  /** What was done under this key; nobody gets the receipt of another coupon or bill for it. */
  private async done(counter: Counter, { clientKey, code, amountFen }: RedeemWish): Promise<Redemption | null> {
    const { database, redemptions } = this.parts;
    const found = await redemptions.byKey(database, counter.brandId, clientKey);
    if (!found) return null;
    // The signed code may be over by now and was good then.
    const couponId = (await this.byShown(database, counter, code, null)).id;
    if (found.couponId !== couponId || found.amountFen !== amountFen || found.storeId !== counter.storeId)
      throw refuse('IDEMPOTENCY_MISMATCH');
    return found;
  }

  private async consume(tx: Tx, counter: Counter, wish: RedeemWish): Promise<void> {
    const coupon = await this.byShown(tx, counter, wish.code);
    const verdict = await this.judge(tx, counter, coupon, tx.now, wish.amountFen, wish.items);
    const [problem] = verdict.problems;
    if (problem || verdict.discountFen === null) throw refuseCoupon('COUPON_NOT_USABLE', problem, problem?.text);
    if (wish.expectedDiscountFen !== undefined && wish.expectedDiscountFen !== verdict.discountFen)
      throw refuseCoupon('DISCOUNT_CHANGED', { discountFen: verdict.discountFen });
    const done = await this.book(tx, counter, coupon, { ...wish, discountFen: verdict.discountFen, at: tx.now });
    if (!done) throw refuseCoupon('COUPON_NOT_USABLE', undefined, '这张券刚刚在别处用掉了');
  }

  /** Books a use at a counter; false when the coupon is no longer free. */
  async book(
    tx: Tx,
    counter: Counter,
    coupon: CouponRow,
    use: {
      amountFen: number;
      items?: readonly RedeemedItem[] | undefined;
      clientKey: string;
      discountFen: Fen;
      at: Date;
    },
  ): Promise<boolean> {
    const { coupons, journal, orders } = this.parts;
    const { brandId, storeId } = counter;
    const id = journal.ids.next<'redemption'>();
    const isMine = await coupons.useAtCounter(tx, {
      brandId,
      id: coupon.id,
      redemptionId: id,
      storeId,
      fen: use.discountFen,
      at: use.at,
    });
    if (!isMine) return false;
    await this.write(tx, counter, coupon, { ...use, id, state: 'DONE' });
    const used = { ...coupon, useFen: use.discountFen };
    await journal.write(tx, brandId, [
      {
        couponId: coupon.id,
        type: 'USED',
        actor: counter.actor,
        subjectId: id,
        fen: use.discountFen,
        note: `到店核销，优惠 ${moneyText(use.discountFen)}`,
      },
    ]);
    await orders.spend(tx, brandId, [{ ...used, keptFen: keptFen(used) }], 1);
    await orders.postUse(tx, used, id, storeId, use.discountFen);
    return true;
  }

  /** Writes a receipt, also of a use that came too late. */
  async write(
    tx: Tx,
    counter: Counter,
    coupon: CouponRow,
    use: {
      id: Redemption['id'];
      amountFen: number;
      items?: readonly RedeemedItem[] | undefined;
      clientKey: string;
      discountFen: Fen;
      at: Date;
      state: Redemption['state'];
    },
  ): Promise<void> {
    await this.parts.redemptions.insert(tx, counter.brandId, {
      id: use.id,
      receiptNo: `HX${use.id.slice(-14)}`,
      clientKey: use.clientKey,
      couponId: coupon.id,
      templateId: coupon.templateId,
      version: coupon.version,
      memberId: coupon.memberId,
      storeId: counter.storeId,
      guideId: counter.guideId,
      channel: counter.channel,
      amountFen: fen(use.amountFen),
      discountFen: use.discountFen,
      items: use.items ? [...use.items] : null,
      state: use.state,
      redeemedAt: use.at,
    });
  }

  /** @param at when a signed code has to be good; null: whenever */
  private async byShown(
    on: Queryable,
    { brandId }: Counter,
    shown: string,
    at: Date | null = this.parts.clock.date(),
  ): Promise<CouponRow> {
    const { coupons, tokens } = this.parts;
    const text = shown.trim();
    if (!tokens.isToken(text)) {
      const row = await coupons.byCode(on, brandId, text.replace(/\s/g, '').toUpperCase());
      if (row) return row;
      throw refuseCoupon('COUPON_CODE');
    }
    const token = tokens.read(text);
    if (!token || token.brandId !== brandId) throw refuseCoupon('COUPON_CODE', undefined, '这个二维码不是有效的券码');
    if (at !== null && token.expiresAt <= at)
      throw refuseCoupon('COUPON_CODE', undefined, '券码已过期，请顾客刷新后再扫');
    const row = await coupons.find(on, brandId, token.couponId);
    if (!row) throw refuseCoupon('COUPON_CODE');
    return row;
  }

  private async judge(
    on: Queryable,
    counter: Counter,
    coupon: CouponRow,
    at: Date,
    amountFen: number | null,
    items?: readonly RedeemedItem[],
  ): Promise<Verdict> {
    const held = await this.parts.book.held(on, coupon);
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

  /** The sale as lines; without items a bill is one line, which only coupons for all goods can judge. */
  private async lines(
    on: Queryable,
    brandId: BrandId,
    terms: CouponTerms,
    amountFen: number | null,
    items: readonly RedeemedItem[],
  ) {
    if (items.length === 0) {
      if (terms.scope.mode !== 'ALL' || terms.scope.excludedProductIds.length > 0) return null;
      return [lineOf('0', '0', 1, fen(amountFen ?? 0))];
    }
    const goods = await this.parts.redemptions.goods(on, brandId, [...new Set(items.map((item) => item.skuCode))]);
    const lines = items.map((item) => {
      const found = goods.get(item.skuCode);
      return lineOf(found?.product_id ?? '0', found?.category_id ?? '0', item.qty, fen(item.unitPriceFen));
    });
    // A bill below the sum of its pieces was lowered at the till already; the coupon counts on what is left.
    const whole = sumFen(lines.map((line) => line.amountFen));
    if (amountFen !== null && amountFen < whole) return scaled(lines, whole, fen(amountFen));
    return lines;
  }
}

const lineOf = (productId: string, categoryId: string, qty: number, unitPriceFen: Fen): CouponLine => ({
  productId,
  categoryId,
  qty,
  unitPriceFen,
  amountFen: mulFen(unitPriceFen, qty),
  hasPromotion: false,
});

/** Each line's share of a lower bill, rounded down: a coupon must not count on money that nobody pays. */
const scaled = (lines: readonly CouponLine[], whole: Fen, bill: Fen): CouponLine[] =>
  lines.map((line) => ({
    ...line,
    amountFen: whole === 0 ? line.amountFen : fen(Number((BigInt(line.amountFen) * BigInt(bill)) / BigInt(whole))),
  }));

/** What remains to pay after a coupon. */
export const payAfter = (amountFen: Fen, discountFen: Fen): Fen =>
  discountFen > amountFen ? ZERO_FEN : subFen(amountFen, discountFen);
