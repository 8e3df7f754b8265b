import { Inject, Injectable } from '@nestjs/common';
import type { CheckoutActivity } from '@shuke/shared/contracts';
import { type BrandId, type Fen, fen, type MemberId, type StoreId } from '@shuke/shared/kernel';
import type { ActivityFacts } from '@shuke/shared/rules';
import { rowOf } from '../domain/play.js';
import type { BargainTerms } from '../domain/plays/bargain.js';
import type { GroupBuyTerms } from '../domain/plays/group-buy.js';
import { type PresaleTerms, presaleUnitFen } from '../domain/plays/presale.js';
import type { LivePromotion } from '../domain/promotion.js';
import { BargainStore } from '../persistence/bargain.store.js';
import { GroupStore } from '../persistence/group.store.js';
import { SeatStore } from '../persistence/seat.store.js';
import { refusePromotion } from './promotion-errors.js';
import { Promotions } from './promotions.js';
import { PromotionTools } from './tools.js';

/** Whose order it is and where. */
export interface ActivityBuyer {
  brandId: BrandId;
  memberId: MemberId;
  storeId: StoreId;
}

/** What a buyer pays for a piece in a group, a bargain or a presale, and whether they may have it at that price. */
@Injectable()
export class ActivityPrices {
  private readonly groups = new GroupStore();
  private readonly seats = new SeatStore();
  private readonly bargains = new BargainStore();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Promotions) private readonly promotions: Promotions,
  ) {}

  /**
   * The agreed price for an order of one SKU.
   * @throws AppError ACTIVITY_UNKNOWN, GROUP_CLOSED, GROUP_JOINED, BARGAIN_CLOSED, BARGAIN_NOT_AT_FLOOR
   */
  async facts(
    buyer: ActivityBuyer,
    wish: CheckoutActivity,
    lines: readonly { skuId: string; qty: number }[],
  ): Promise<ActivityFacts> {
    const live = await this.promotions.live(buyer.brandId, buyer.storeId, this.tools.clock.date());
    const found = live.find((one) => one.id === wish.promotionId);
    const [line, ...more] = lines;
    if (!found || !line || more.length > 0) throw refusePromotion('ACTIVITY_UNKNOWN');
    const of = (unitPriceFen: Fen): ActivityFacts => ({
      promotionId: found.id,
      sessionId: wish.sessionId ?? null,
      skuId: line.skuId,
      unitPriceFen,
    });
    switch (found.promotion.kind) {
      case 'GROUP_BUY':
        return of(await this.groupPrice(buyer, found, wish.sessionId ?? null, line.skuId));
      case 'BARGAIN':
        return of(await this.bargainPrice(buyer, found, wish.sessionId ?? '', line));
      case 'PRESALE': {
        const row = rowOf((found.promotion.terms as unknown as PresaleTerms).items, line.skuId);
        if (!row) throw refusePromotion('ACTIVITY_UNKNOWN');
        return of(presaleUnitFen(row));
      }
      default:
        throw refusePromotion('ACTIVITY_UNKNOWN');
    }
  }

  private async groupPrice(
    buyer: ActivityBuyer,
    { promotion }: LivePromotion,
    groupId: string | null,
    skuId: string,
  ): Promise<Fen> {
    const terms = promotion.terms as unknown as GroupBuyTerms;
    const row = rowOf(terms.items, skuId);
    if (!row) throw refusePromotion('ACTIVITY_UNKNOWN');
    const mine = await this.seats.ofMember(this.tools.database, buyer.brandId, buyer.memberId, promotion.id);
    if (mine.filter((seat) => seat.state === 'PAID').length >= terms.joinsPerMember)
      throw refusePromotion('GROUP_JOINED', undefined, `每人最多参加 ${terms.joinsPerMember} 次`);
    if (groupId === null) return fen(Math.max(1, row.priceFen - (terms.leaderCutFen ?? 0)));
    const group = await this.groups.one(this.tools.database, buyer.brandId, groupId);
    const isHere = group && group.promotionId === promotion.id && group.storeId === buyer.storeId;
    if (!isHere || group.skuId !== skuId) throw refusePromotion('ACTIVITY_UNKNOWN');
    if (group.state !== 'OPEN' || group.expiresAt <= this.tools.clock.date() || group.joined >= group.size)
      throw refusePromotion('GROUP_CLOSED');
    if (mine.some((seat) => seat.groupId === group.id && seat.state === 'PAID')) throw refusePromotion('GROUP_JOINED');
    return row.priceFen;
  }

  private async bargainPrice(
    buyer: ActivityBuyer,
    { promotion }: LivePromotion,
    bargainId: string,
    line: { skuId: string; qty: number },
  ): Promise<Fen> {
    const bargain = await this.bargains.one(this.tools.database, buyer.brandId, bargainId);
    const isMine = bargain && bargain.memberId === buyer.memberId && bargain.promotionId === promotion.id;
    if (!isMine || bargain.skuId !== line.skuId || bargain.storeId !== buyer.storeId || line.qty !== 1)
      throw refusePromotion('ACTIVITY_UNKNOWN');
    if (bargain.state === 'ORDERED' || bargain.state === 'EXPIRED' || bargain.expiresAt <= this.tools.clock.date())
      throw refusePromotion('BARGAIN_CLOSED');
    if ((promotion.terms as unknown as BargainTerms).needsFloor && bargain.state !== 'AT_FLOOR')
      throw refusePromotion('BARGAIN_NOT_AT_FLOOR');
    return bargain.nowFen;
  }
}
