import { Inject, Injectable } from '@nestjs/common';
import type { BargainView, GroupBuyGroup, PresaleDeal, PromotionItem } from '@shuke/shared/contracts';
import type { BrandId, StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Catalog, type SkuId } from '../../catalog/index.js';
import { Organization } from '../../organization/index.js';
import { BARGAIN_STATES, type BargainTerms } from '../domain/plays/bargain.js';
import { GROUP_STATES } from '../domain/plays/group-buy.js';
import { PRESALE_STATES } from '../domain/plays/presale.js';
import type { Promotion } from '../domain/promotion.js';
import { presaleStateAt } from '../domain/session-rules.js';
import { type Bargain, BargainStore } from '../persistence/bargain.store.js';
import type { Group } from '../persistence/group.store.js';
import type { Presale } from '../persistence/presale.store.js';
import { PromotionStore } from '../persistence/promotion.store.js';
import { SeatStore } from '../persistence/seat.store.js';
import { itemOf } from './mall-promotions.js';
import { PromotionTools } from './tools.js';

export const labelOf = (states: readonly { state: string; label: string }[], state: string): string =>
  states.find((one) => one.state === state)?.label ?? state;
const memberOf = (actor: Actor) => (actor.kind === 'consumer' ? actor.memberId : null);
const NO_SLICES = new Map<string, never>();

/** Whether the owner of a bargain can buy at its price now, as checkout will say when it is tried. */
function isOrderable(bargain: Bargain, promotion: Promotion | undefined, now: Date): boolean {
  if (promotion?.state !== 'PUBLISHED' || promotion.endsAt <= now || bargain.expiresAt <= now) return false;
  const { needsFloor } = promotion.terms as unknown as BargainTerms;
  return bargain.state === 'AT_FLOOR' || (bargain.state === 'OPEN' && !needsFloor);
}

/** Groups, bargains and presales as consumers see them. */
@Injectable()
export class SessionViews {
  private readonly seats = new SeatStore();
  private readonly bargainRows = new BargainStore();
  private readonly rows = new PromotionStore();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Catalog) private readonly catalog: Catalog,
  ) {}

  async groups(actor: Actor, groups: readonly Group[]): Promise<GroupBuyGroup[]> {
    if (groups.length === 0) return [];
    const ids = groups.map((group) => group.id);
    const [people, items, stores] = await Promise.all([
      this.seats.people(this.tools.database, actor.brandId, ids),
      this.items(actor.brandId, groups),
      this.organization.storesByIds(
        actor.brandId,
        groups.map((group) => group.storeId),
      ),
    ]);
    const me = memberOf(actor);
    const now = this.tools.clock.date();
    return groups.map((group) => {
      const members = people.filter((one) => one.groupId === group.id);
      const isMine = members.some((one) => one.memberId === me);
      const isOver = group.state !== 'OPEN' || group.expiresAt <= now || group.joined >= group.size;
      const problem = isMine ? '你已经在这个团里了' : isOver ? '这个团已经结束了，开一个新团吧' : null;
      return {
        id: group.id,
        promotionId: group.promotionId,
        state: group.state,
        stateText:
          group.state === 'OPEN'
            ? `还差 ${Math.max(0, group.size - group.joined)} 人`
            : labelOf(GROUP_STATES, group.state),
        storeId: group.storeId,
        storeName: stores.get(group.storeId)?.name ?? '',
        item: items.get(`${group.promotionId}:${group.storeId}:${group.skuId}`) ?? null,
        size: group.size,
        joined: group.joined,
        members: members.map(({ nickname, avatarUrl, isLeader, at }) => ({
          nickname,
          avatarUrl,
          isLeader,
          at: at.toISOString(),
        })),
        expiresAt: group.expiresAt.toISOString(),
        isFilledUp: group.isFilledUp,
        isMine,
        canJoin: problem === null,
        joinProblem: problem,
      };
    });
  }

  async bargains(actor: Actor, bargains: readonly Bargain[]): Promise<BargainView[]> {
    if (bargains.length === 0) return [];
    const [helps, items, promotions] = await Promise.all([
      this.bargainRows.helps(
        this.tools.database,
        actor.brandId,
        bargains.map((one) => one.id),
      ),
      this.items(actor.brandId, bargains),
      this.rows.byIds(this.tools.database, actor.brandId, [...new Set(bargains.map((one) => one.promotionId))]),
    ]);
    const me = memberOf(actor);
    const now = this.tools.clock.date();
    return bargains.map((bargain) => {
      const isMine = bargain.memberId === me;
      const isOver = bargain.state !== 'OPEN' || bargain.expiresAt <= now;
      const problem = isMine ? '分享给朋友，请他们帮忙' : isOver ? '这次砍价已经结束了' : null;
      return {
        id: bargain.id,
        promotionId: bargain.promotionId,
        state: bargain.state,
        stateText: labelOf(BARGAIN_STATES, bargain.state),
        storeId: bargain.storeId,
        item: items.get(`${bargain.promotionId}:${bargain.storeId}:${bargain.skuId}`) ?? null,
        startFen: bargain.startFen,
        floorFen: bargain.floorFen,
        nowFen: bargain.nowFen,
        helpCount: bargain.helpCount,
        helpsNeeded: bargain.cuts.length,
        helps: helps
          .filter((one) => one.bargainId === bargain.id)
          .map(({ nickname, avatarUrl, fen, at }) => ({ nickname, avatarUrl, fen, at: at.toISOString() })),
        expiresAt: bargain.expiresAt.toISOString(),
        isMine,
        canHelp: problem === null,
        helpProblem: problem,
        canOrder: isMine && isOrderable(bargain, promotions.get(bargain.promotionId), now),
      };
    });
  }

  async presales({ brandId }: Actor, deals: readonly Presale[]): Promise<PresaleDeal[]> {
    const { database, clock } = this.tools;
    const promotions = await this.rows.byIds(database, brandId, [...new Set(deals.map((deal) => deal.promotionId))]);
    const pieces = deals.flatMap(({ skuId, ...deal }) => (skuId ? [{ ...deal, skuId }] : []));
    const items = await this.items(brandId, pieces);
    return deals.map((deal) => {
      const state = presaleStateAt(deal, clock.date());
      return {
        orderId: deal.orderId,
        promotionId: deal.promotionId,
        name: promotions.get(deal.promotionId)?.name ?? '预售',
        item: items.get(`${deal.promotionId}:${deal.storeId}:${deal.skuId ?? ''}`) ?? null,
        state,
        stateText: labelOf(PRESALE_STATES, state),
        depositFen: deal.depositFen,
        depositWorthFen: deal.worthFen,
        tailFen: deal.tailFen,
        tailFromAt: deal.tailFrom.toISOString(),
        tailUntilAt: deal.tailUntil.toISOString(),
        shipByAt: deal.shipBy?.toISOString() ?? null,
        rule: deal.forfeits
          ? '尾款超时不付，定金不退；因为我们的原因不能发货，定金一定退给你'
          : '尾款超时不付，定金原路退回',
      };
    });
  }

  /** Goods of sessions by `promotion:store:sku`; one statement for each store, and a page is of one store mostly. */
  private async items(
    brandId: BrandId,
    list: readonly { promotionId: string; storeId: StoreId; skuId: string }[],
  ): Promise<Map<string, PromotionItem>> {
    const { database } = this.tools;
    const promotions = await this.rows.byIds(database, brandId, [...new Set(list.map((one) => one.promotionId))]);
    const found = new Map<string, PromotionItem>();
    for (const storeId of new Set(list.map((one) => one.storeId))) {
      const here = list.filter((one) => one.storeId === storeId);
      const skuIds = [...new Set(here.map((one) => one.skuId))] as SkuId[];
      const offers = new Map(
        (await this.catalog.offers(database, brandId, storeId, skuIds)).map((one) => [one.skuId, one]),
      );
      for (const one of here) {
        const promotion = promotions.get(one.promotionId);
        const item = promotion && itemOf(promotion, offers.get(one.skuId as SkuId), NO_SLICES);
        if (item) found.set(`${one.promotionId}:${storeId}:${one.skuId}`, item);
      }
    }
    return found;
  }
}
