import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, PromotionSession, ResponseOf } from '@shuke/shared/contracts';
import { type Id, moneyText, type StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { BARGAIN_STATES } from '../domain/plays/bargain.js';
import { GROUP_STATES } from '../domain/plays/group-buy.js';
import { PRESALE_STATES } from '../domain/plays/presale.js';
import { presaleStateAt } from '../domain/session-rules.js';
import { BargainStore } from '../persistence/bargain.store.js';
import { GroupStore } from '../persistence/group.store.js';
import { PresaleStore } from '../persistence/presale.store.js';
import { SeatStore } from '../persistence/seat.store.js';
import type { DeskPage } from '../persistence/session-page.js';
import { SeePromotions } from './see-promotions.js';
import { labelOf } from './session-views.js';
import { PromotionTools } from './tools.js';

type Row = Omit<PromotionSession, 'storeName'> & { storeId: StoreId };

/** The groups, bargains or presales of a promotion, for the desk. */
@Injectable()
export class DeskSessions {
  private readonly groups = new GroupStore();
  private readonly seatRows = new SeatStore();
  private readonly bargains = new BargainStore();
  private readonly presales = new PresaleStore();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SeePromotions) private readonly see: SeePromotions,
  ) {}

  async list(
    actor: Desk,
    id: Id,
    query: { cursor?: string; limit?: number },
  ): Promise<ResponseOf<typeof consoleRoutes.promotionSessions>> {
    const promotion = await this.see.visible(actor, id);
    const limit = query.limit ?? 20;
    const [before = null] = readCursor(query.cursor, [DIGITS]) ?? [];
    const page: DeskPage = { storeIds: await this.organization.scopeOf(actor), before, limit: limit + 1 };
    const read = { GROUP_BUY: this.groupRows, BARGAIN: this.bargainRows, PRESALE: this.presaleRows };
    const rows =
      promotion.kind in read ? await read[promotion.kind as keyof typeof read].call(this, actor, id, page) : [];
    const stores = await this.organization.storesByIds(
      actor.brandId,
      rows.map((row) => row.storeId),
    );
    return pageOf(
      rows,
      limit,
      ({ storeId, ...row }) => ({ ...row, storeName: stores.get(storeId)?.name ?? '' }),
      (row) => makeCursor(row.id),
    );
  }

  private async groupRows(actor: Desk, id: Id, page: DeskPage) {
    const { database } = this.tools;
    const groups = await this.groups.ofPromotion(database, actor.brandId, id, page);
    const people = await this.seatRows.people(
      database,
      actor.brandId,
      groups.map((group) => group.id),
    );
    return groups.map((group): Row => {
      const mine = people.filter((one) => one.groupId === group.id);
      return {
        id: group.id,
        storeId: group.storeId,
        state: group.state,
        stateText: labelOf(GROUP_STATES, group.state),
        memberName: mine.find((one) => one.isLeader)?.nickname ?? '',
        text: `${group.joined}/${group.size} 人${group.isFilledUp ? '，由品牌补齐' : ''}`,
        startedAt: (mine[0]?.at ?? group.expiresAt).toISOString(),
        endsAt: group.expiresAt.toISOString(),
      };
    });
  }

  private async bargainRows(actor: Desk, id: Id, page: DeskPage) {
    const rows = await this.bargains.ofPromotion(this.tools.database, actor.brandId, id, page);
    return rows.map(
      (row): Row => ({
        id: row.id,
        storeId: row.storeId,
        state: row.state,
        stateText: labelOf(BARGAIN_STATES, row.state),
        memberName: row.nickname,
        text: `${row.helpCount}/${row.cuts.length} 人帮砍，现在 ${moneyText(row.nowFen)}`,
        startedAt: row.createdAt.toISOString(),
        endsAt: row.expiresAt.toISOString(),
      }),
    );
  }

  private async presaleRows(actor: Desk, id: Id, page: DeskPage) {
    const rows = await this.presales.ofPromotion(this.tools.database, actor.brandId, id, page);
    return rows.map((row): Row => {
      const state = presaleStateAt(row, this.tools.clock.date());
      return {
        id: row.orderId,
        storeId: row.storeId,
        state,
        stateText: labelOf(PRESALE_STATES, state),
        memberName: row.nickname,
        text: `定金 ${moneyText(row.depositFen)}，尾款 ${moneyText(row.tailFen)}`,
        startedAt: row.at.toISOString(),
        endsAt: row.tailUntil.toISOString(),
      };
    });
  }
}
