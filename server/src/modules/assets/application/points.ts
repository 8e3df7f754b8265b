import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id, MemberId, OrderId, StoreId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AssetLedger, type LotUse } from '../../asset-ledger/index.js';
import type { PointsRule } from '../domain/points-rule.js';
import { PointsStore } from '../persistence/points.store.js';
import { AssetSettings } from './asset-settings.js';
import { asAssetRefusal } from './assets-errors.js';
import {
  type CashLeft,
  EarnedPoints,
  type EarnWish,
  type Excess,
  type TakeBackWish,
  type TakenBack,
} from './earned-points.js';
import { type PointsBalance, pointsBalance } from './points-balance.js';

/** What points are spent on. */
type PointsSubject = 'ORDER' | 'EXCHANGE' | 'POS';

/** The door to points (product.md A4). Amounts are whole points. */
@Injectable()
export class Points {
  readonly rows = new PointsStore();

  constructor(
    @Inject(AssetLedger) readonly ledger: AssetLedger,
    @Inject(AssetSettings) private readonly settings: AssetSettings,
    @Inject(EarnedPoints) private readonly earned: EarnedPoints,
  ) {}

  rule(brandId: BrandId): Promise<PointsRule> {
    return this.settings.points(brandId);
  }

  /** What a member has, as {@link pointsBalance} reads it. */
  balance(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<PointsBalance> {
    return pointsBalance(this.ledger, on, brandId, memberId);
  }

  /** @throws AppError POINTS_NOT_ENOUGH, ASSET_FROZEN */
  async hold(
    tx: Tx,
    wish: {
      brandId: BrandId;
      memberId: MemberId;
      orderId: OrderId;
      points: number;
      storeId: StoreId;
      until: Date | null;
    },
  ): Promise<LotUse[]> {
    return this.holdFor(tx, { ...wish, subject: 'ORDER', subjectId: wish.orderId, title: '积分抵现' });
  }

  /** As {@link hold}, for any subject. */
  async holdFor(
    tx: Tx,
    wish: {
      brandId: BrandId;
      memberId: MemberId;
      subject: PointsSubject;
      subjectId: Id;
      points: number;
      storeId: StoreId | null;
      until: Date | null;
      title: string;
    },
  ): Promise<LotUse[]> {
    const hold = await this.ledger
      .hold(tx, {
        brandId: wish.brandId,
        memberId: wish.memberId,
        asset: 'POINTS',
        subjectKind: wish.subject,
        subjectId: wish.subjectId,
        amount: wish.points,
        storeId: wish.storeId,
        until: wish.until,
        title: wish.title,
      })
      .catch((error: unknown) => asAssetRefusal(error, 'POINTS_NOT_ENOUGH'));
    return hold.uses;
  }

  async capture(tx: Tx, brandId: BrandId, orderId: Id, subject: PointsSubject = 'ORDER'): Promise<void> {
    await this.ledger.capture(tx, brandId, 'POINTS', subject, orderId);
  }

  async release(tx: Tx, brandId: BrandId, orderId: Id, subject: PointsSubject = 'ORDER'): Promise<void> {
    await this.ledger.release(tx, brandId, 'POINTS', subject, orderId);
  }

  /** Points that paid for what is refunded go back to their lots, with their own expiry or a day of grace. */
  async refund(
    tx: Tx,
    wish: { brandId: BrandId; orderId: Id; refundId: Id; points: number; subject?: PointsSubject },
  ): Promise<void> {
    await this.ledger.putBack(tx, {
      brandId: wish.brandId,
      asset: 'POINTS',
      subjectKind: wish.subject ?? 'ORDER',
      subjectId: wish.orderId,
      refundId: wish.refundId,
      amount: wish.points,
      late: 'GRACE',
    });
  }

  /** Books what an order has earned, as {@link EarnedPoints.earn} says. @returns how many points were booked */
  earn(tx: Tx, wish: EarnWish): Promise<number> {
    return this.earned.earn(tx, wish);
  }

  /** The after-sale window is over: what the order earned is usable. */
  activate(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    return this.earned.activate(tx, brandId, orderId);
  }

  /** Takes points of an order back, once per refund, as {@link EarnedPoints.takeBack} says. */
  takeBack(tx: Tx, wish: TakeBackWish): Promise<TakenBack> {
    return this.earned.takeBack(tx, wish);
  }

  /** How many points an order has too many once only this cash is left of it, as {@link EarnedPoints.excess} says. */
  excess(on: Queryable, brandId: BrandId, orderId: OrderId, left: readonly CashLeft[]): Promise<Excess> {
    return this.earned.excess(on, brandId, orderId, left);
  }
}
