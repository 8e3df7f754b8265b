import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Fen, Id, MemberId, OrderId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { AppError } from '../../../platform/errors/app-error.js';
import type { CouponId, HeldCoupon } from '../domain/types.js';
import { CouponStore } from '../persistence/coupon.store.js';
import { IssueCoupon, type IssueWish } from './issue-coupon.js';
import { type LockWish, OrderCoupons } from './order-coupons.js';
import { TemplateBook } from './template-book.js';

export type { IssueWish } from './issue-coupon.js';
export type { LockWish } from './order-coupons.js';

/** A coupon of an order and what becomes of it when everything is refunded. */
export interface OrderCoupon {
  id: CouponId;
  name: string;
  comesBack: boolean;
}

/** The door for other modules: what a member holds, and what an order or a campaign does with it. */
@Injectable()
export class Coupons {
  private readonly rows = new CouponStore();

  constructor(
    @Inject(TemplateBook) private readonly book: TemplateBook,
    @Inject(IssueCoupon) private readonly issuing: IssueCoupon,
    @Inject(OrderCoupons) private readonly orders: OrderCoupons,
  ) {}

  /**
   * What a member holds and has not used: also what is locked by an order or on its way to a friend, so that a picker
   * can say why it is not to be had. One statement while the brand's templates are fresh in memory.
   */
  async held(on: Queryable, brandId: BrandId, memberId: MemberId, at: Date): Promise<HeldCoupon[]> {
    const rows = await this.rows.held(on, brandId, memberId, at);
    const held: HeldCoupon[] = [];
    for (const row of rows) held.push(await this.book.held(on, row));
    return held;
  }

  /**
   * Puts coupons into an order that is being submitted, in the order's transaction.
   * @throws AppError COUPON_NOT_YOURS | COUPON_TAKEN with detail {couponId, state, text}
   */
  lock(tx: Tx, wish: LockWish): Promise<void> {
    return this.orders.lock(tx, wish);
  }

  /** The order is paid: its coupons are used and their bearers charged. Repeating it changes nothing. */
  use(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    return this.orders.use(tx, brandId, orderId);
  }

  /** The order was given up on whatever path: its coupons are free again. Repeating it changes nothing. */
  release(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    return this.orders.release(tx, brandId, orderId);
  }

  /** What an order has taken up, with what its terms promise after a full refund. One statement. */
  async ofOrder(on: Queryable, brandId: BrandId, orderId: OrderId): Promise<OrderCoupon[]> {
    return (await this.rows.inOrder(on, brandId, orderId)).map((row) => ({
      id: row.id,
      name: row.name,
      // One that headquarters wants withdrawn ends on its way back.
      comesBack: row.terms.isRefundable && row.revokeReason === null,
    }));
  }

  /**
   * The order was refunded to the last piece: its coupons come back if their terms say so, and their bearers get back
   * what is still charged to them. Repeating it changes nothing.
   * @param graceHours how long one that has ended meanwhile can still be used
   */
  giveBack(tx: Tx, brandId: BrandId, orderId: OrderId, graceHours: number): Promise<void> {
    return this.orders.giveBack(tx, brandId, orderId, graceHours);
  }

  /** Part of the order was refunded: coupons stay used; the discount on the refunded lines is taken off their bearers. */
  takeBackShare(
    tx: Tx,
    back: { brandId: BrandId; orderId: OrderId; refundId: Id; shares: readonly { couponId: CouponId; fen: Fen }[] },
  ): Promise<void> {
    return this.orders.takeBackShare(tx, back);
  }

  /**
   * Gives a coupon to a member; the same source and id give the same coupon. When it refuses, the caller's transaction
   * must be rolled back; where it goes on use {@link tryIssue}.
   *
   * @throws AppError COUPON_OVER, COUPON_LIMIT, COUPON_NOT_FOR_YOU, COUPON_CLOSED
   */
  issue(tx: Tx, wish: IssueWish): Promise<CouponId> {
    return this.issuing.run(tx, wish);
  }

  /** Like issue, but a refusal is a value and leaves nothing behind in the caller's transaction. */
  tryIssue(tx: Tx, wish: IssueWish): Promise<{ couponId: CouponId } | { refusal: AppError }> {
    return this.issuing.attempt(tx, wish);
  }
}
