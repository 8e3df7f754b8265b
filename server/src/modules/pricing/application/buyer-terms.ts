import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, type MemberId, type StoreId, ZERO_FEN } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import type { Queryable } from '../../../platform/database/database.js';
import { Points, type PointsRule, Wallet } from '../../assets/index.js';
import { Coupons, type HeldCoupon, standingProblem } from '../../coupons/index.js';
import { Levels } from '../../levels/index.js';
import { type LivePromotion, Promotions } from '../../promotions/index.js';
import type { CouponToPrice } from '../domain/coupon-stage.js';
import type { LevelTerms } from '../domain/level-step.js';
import type { PointsTerms } from '../domain/points-step.js';
import { MemberStore } from '../persistence/member.store.js';

/** What a consumer would like to pay with; amounts are at most. */
export interface BuyerWish {
  memberId: MemberId;
  couponIds?: readonly string[] | undefined;
  points?: number | undefined;
  walletFen?: number | undefined;
  /** Also read what could be used, for the offers of a checkout page. */
  withOffers?: boolean | undefined;
}

/** What pricing knows of a buyer; what was not wished for was not read and is empty. */
export interface BuyerTerms {
  promotions: LivePromotion[];
  isNewMember: boolean;
  usedCounts: ReadonlyMap<string, number>;
  /** What the buyer's level gives; null where no level of the brand gives anything. */
  level: BuyerLevel | null;
  coupons: CouponToPrice[];
  points: { available: number; terms: PointsTerms } | null;
  walletFen: Fen;
}

/** A level as far as prices go. */
export interface BuyerLevel extends LevelTerms {
  isFreightFree: boolean;
}

const WHOLE_BP = 10_000;

/** Whether a promotion's rows name one of the SKUs. */
const namesOne = (terms: unknown, skuIds: readonly string[]): boolean => {
  const items = (terms as { items?: readonly { skuId: string }[] }).items;
  return items === undefined || items.some((row) => skuIds.includes(row.skuId));
};

const termsOf = ({ scope, bearers, ...rest }: HeldCoupon['terms']): CouponToPrice['terms'] => ({
  ...rest,
  scope: {
    ...scope,
    categoryIds: [...scope.categoryIds],
    productIds: [...scope.productIds],
    excludedProductIds: [...scope.excludedProductIds],
  },
  bearers: [...bearers],
});

/** How many points make one yuan; an odd rate is taken a little in the brand's favour, never more than it promised. */
const pointsPerYuan = ({ fenPerPointBp }: PointsRule): number =>
  Math.trunc((WHOLE_BP + fenPerPointBp - 1) / fenPerPointBp);

/**
 * Collects what a buyer's price depends on. A plain order in a brand without promotions reads nothing: promotions come
 * from memory, and coupons, points and wallet are read only when they are wished for.
 */
@Injectable()
export class BuyerTermsReader {
  private readonly members = new MemberStore();

  constructor(
    @Inject(Promotions) private readonly promotions: Promotions,
    @Inject(Coupons) private readonly coupons: Coupons,
    @Inject(Points) private readonly points: Points,
    @Inject(Wallet) private readonly wallet: Wallet,
    @Inject(Levels) private readonly levels: Levels,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param skuIds what is to be bought: a promotion for other goods asks nothing */
  async read(
    on: Queryable,
    brandId: BrandId,
    storeId: StoreId,
    wish: BuyerWish,
    skuIds: readonly string[],
  ): Promise<BuyerTerms> {
    const at = this.clock.date();
    const { memberId } = wish;
    const promotions = await this.promotions.live(brandId, storeId, at);
    const asksNew = promotions.some(
      ({ promotion }) => promotion.kind === 'NEW_MEMBER' && namesOne(promotion.terms, skuIds),
    );
    const wantsCoupons = wish.withOffers || (wish.couponIds?.length ?? 0) > 0;
    const wantsPoints = wish.withOffers || (wish.points ?? 0) > 0;
    const wantsWallet = wish.withOffers || (wish.walletFen ?? 0) > 0;
    return {
      promotions,
      isNewMember: asksNew ? !(await this.members.hasBought(on, brandId, memberId)) : false,
      usedCounts: await this.promotions.usedCounts(on, brandId, memberId, promotions),
      level: await this.levelOf(on, brandId, memberId),
      coupons: wantsCoupons ? await this.held(on, brandId, storeId, memberId, at) : [],
      points: wantsPoints ? await this.pointsOf(on, brandId, memberId) : null,
      walletFen: wantsWallet ? (await this.wallet.balance(on, brandId, memberId)).availableFen : ZERO_FEN,
    };
  }

  /** The buyer's level; a brand none of whose levels gives anything on a price is not asked. */
  private async levelOf(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<BuyerLevel | null> {
    const { levels } = await this.levels.scheme(brandId);
    if (!levels.some(({ benefits }) => benefits.discountBp < WHOLE_BP || benefits.isFreightFree)) return null;
    const { level, name, benefits } = await this.levels.of(on, brandId, memberId);
    return { level, name, payBp: benefits.discountBp, isFreightFree: benefits.isFreightFree };
  }

  private async held(
    on: Queryable,
    brandId: BrandId,
    storeId: StoreId,
    memberId: MemberId,
    at: Date,
  ): Promise<CouponToPrice[]> {
    return (await this.coupons.held(on, brandId, memberId, at)).map((one) => ({
      couponId: one.id,
      name: one.name,
      terms: termsOf(one.terms),
      endsAt: one.validUntil.toISOString(),
      problem: standingProblem(one, { at, storeId, channel: 'ONLINE' })?.text ?? null,
    }));
  }

  private async pointsOf(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<BuyerTerms['points']> {
    const rule = await this.points.rule(brandId);
    if (!rule.isOn) return null;
    const { available } = await this.points.balance(on, brandId, memberId);
    const { maxShareBp, multiple, bearers } = rule;
    return { available, terms: { pointsPerYuan: pointsPerYuan(rule), maxShareBp, multiple, bearers } };
  }
}
