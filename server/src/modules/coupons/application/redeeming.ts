import { Inject, Injectable } from '@nestjs/common';
import { type Fen, fen, moneyText } from '@shuke/shared/kernel';
import { isDuplicate, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import type { RedeemedItem, Redemption } from '../persistence/redemption.store.js';
import type { CouponRow } from '../persistence/rows.js';
import { type Counter, CounterParts } from './counter-parts.js';
import { refuseCoupon } from './coupon-errors.js';
import { JudgeCoupon, type Verdict } from './judge-coupon.js';
import { keptFen } from './order-coupons.js';

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
/** Taking coupons in at counters: look up, confirm, consume, receipt. Guides, tills and PINs come in by this door. */
@Injectable()
export class Redeeming {
  constructor(
    @Inject(CounterParts) private readonly parts: CounterParts,
    @Inject(JudgeCoupon) private readonly judge: JudgeCoupon,
  ) {}

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
    return this.judge.run(database, counter, coupon, clock.date(), amountFen, items);
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
    const verdict = await this.judge.run(tx, counter, coupon, tx.now, wish.amountFen, wish.items);
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
}
