import { Inject, Injectable } from '@nestjs/common';
import type { BargainView, GroupBuyGroup, mallRoutes, PresaleDeal, ResponseOf } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { BargainStore } from '../persistence/bargain.store.js';
import { GroupStore } from '../persistence/group.store.js';
import { PresaleStore } from '../persistence/presale.store.js';
import { SessionViews } from './session-views.js';
import { PromotionTools } from './tools.js';

interface List {
  cursor?: string;
  limit?: number;
}

/** The groups, bargains and presales that a consumer may look at, one by one or in pages. */
@Injectable()
export class MallSessions {
  private readonly groups = new GroupStore();
  private readonly bargains = new BargainStore();
  private readonly presales = new PresaleStore();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SessionViews) private readonly views: SessionViews,
  ) {}

  async group(actor: Actor, id: Id): Promise<GroupBuyGroup> {
    const group = await this.groups.one(this.tools.database, actor.brandId, id);
    if (!group) throw refuse('NOT_FOUND');
    const [view] = await this.views.groups(actor, [group]);
    return view as GroupBuyGroup;
  }

  async openGroups(
    actor: Actor,
    promotionId: Id,
    storeId: StoreId,
    query: List,
  ): Promise<ResponseOf<typeof mallRoutes.openGroups>> {
    await this.organization.requireStore(actor, storeId);
    const limit = query.limit ?? 20;
    const after = readCursor(query.cursor, [DIGITS, DIGITS]) as [string, string] | null;
    const { database, clock } = this.tools;
    const found = await this.groups.openOnes(
      database,
      actor.brandId,
      promotionId,
      storeId,
      clock.date(),
      after,
      limit + 1,
    );
    const views = await this.views.groups(actor, found.slice(0, limit));
    return pageOf(
      found,
      limit,
      (group) => views.find((view) => view.id === group.id) as GroupBuyGroup,
      (group) => makeCursor(group.expiresAt.getTime(), group.id),
    );
  }

  async myGroups(actor: Consumer, query: List): Promise<ResponseOf<typeof mallRoutes.myGroups>> {
    const limit = query.limit ?? 20;
    const [before = null] = readCursor(query.cursor, [DIGITS]) ?? [];
    const found = await this.groups.ofMember(this.tools.database, actor.brandId, actor.memberId, {
      before,
      limit: limit + 1,
    });
    const views = await this.views.groups(actor, found.slice(0, limit));
    return pageOf(
      found,
      limit,
      (group) => views.find((view) => view.id === group.id) as GroupBuyGroup,
      (group) => makeCursor(group.id),
    );
  }

  async bargain(actor: Actor, id: Id): Promise<BargainView> {
    const bargain = await this.bargains.one(this.tools.database, actor.brandId, id);
    if (!bargain) throw refuse('NOT_FOUND');
    const [view] = await this.views.bargains(actor, [bargain]);
    return view as BargainView;
  }

  async myBargains(actor: Consumer, query: List): Promise<ResponseOf<typeof mallRoutes.bargains>> {
    const limit = query.limit ?? 20;
    const [before = null] = readCursor(query.cursor, [DIGITS]) ?? [];
    const found = await this.bargains.ofMember(this.tools.database, actor.brandId, actor.memberId, {
      before,
      limit: limit + 1,
    });
    const views = await this.views.bargains(actor, found.slice(0, limit));
    return pageOf(
      found,
      limit,
      (bargain) => views.find((view) => view.id === bargain.id) as BargainView,
      (bargain) => makeCursor(bargain.id),
    );
  }

  async myPresales(actor: Consumer, query: List): Promise<ResponseOf<typeof mallRoutes.presales>> {
    const limit = query.limit ?? 20;
    const [before = null] = readCursor(query.cursor, [DIGITS]) ?? [];
    const found = await this.presales.ofMember(this.tools.database, actor.brandId, actor.memberId, {
      before,
      limit: limit + 1,
    });
    const views = await this.views.presales(actor, found.slice(0, limit));
    return pageOf(
      found,
      limit,
      (deal) => views.find((view) => view.orderId === deal.orderId) as PresaleDeal,
      (deal) => makeCursor(deal.orderId),
    );
  }
}
