import { Inject, Injectable } from '@nestjs/common';
import type { TopUpView, WalletRefundView } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Members } from '../../members/index.js';
import { Organization } from '../../organization/index.js';
import { type TopUp, type TopUpState, TopUpStore } from '../persistence/top-up.store.js';
import { type WalletRefund, type WalletRefundState, WalletRefundStore } from '../persistence/wallet-refund.store.js';

const PAGE = 20;
const TOP_UP_TEXT: Record<TopUpState, string> = {
  CREATED: '待付款',
  CREDITED: '已到账',
  CLOSED: '已关闭',
  PARTLY_REFUNDED: '部分退款',
  REFUNDED: '已退款',
};
const REFUND_TEXT: Record<WalletRefundState, string> = {
  REVIEW: '等待人工转账',
  SENDING: '退款中',
  DONE: '已退回',
  REFUSED: '未通过，余额已恢复',
  FAILED: '退款失败',
};
interface PageQuery {
  cursor?: string;
  limit?: number;
}

/** Top-ups and balance refunds as people see them: a consumer the own ones, the desk those of its stores. */
@Injectable()
export class TopUpViews {
  private readonly topUps = new TopUpStore();
  private readonly refunds = new WalletRefundStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Members) private readonly members: Members,
  ) {}

  async topUp(actor: Actor, one: TopUp): Promise<TopUpView> {
    return (await this.topUpViews(actor, [one]))[0] as TopUpView;
  }

  async topUpPage(actor: Actor, query: PageQuery & { state?: string; storeId?: string }) {
    const limit = query.limit ?? PAGE;
    const before = readCursor(query.cursor, [DIGITS])?.[0] ?? null;
    const filter = { state: query.state, before, ...(await this.scope(actor, query.storeId)) };
    const rows = await this.topUps.list(this.database, actor.brandId, filter, limit + 1);
    const views = new Map((await this.topUpViews(actor, rows)).map((one) => [one.id as string, one]));
    return pageOf(
      rows,
      limit,
      (row) => views.get(row.id) as TopUpView,
      (row) => makeCursor(row.id),
    );
  }

  async refundPage(actor: Actor, query: PageQuery & { state?: string }) {
    const limit = query.limit ?? PAGE;
    const before = readCursor(query.cursor, [DIGITS])?.[0] ?? null;
    const own = actor.kind === 'consumer' ? { memberId: actor.memberId } : {};
    const rows = await this.refunds.list(
      this.database,
      actor.brandId,
      { state: query.state, before, ...own },
      limit + 1,
    );
    const views = new Map((await this.refundViews(actor, rows)).map((one) => [one.id as string, one]));
    return pageOf(
      rows,
      limit,
      (row) => views.get(row.id) as WalletRefundView,
      (row) => makeCursor(row.id),
    );
  }

  async refundViews(actor: Actor, rows: readonly WalletRefund[]): Promise<WalletRefundView[]> {
    const names = await this.names(actor, rows);
    const topUps = await this.topUps.byIds(this.database, actor.brandId, [...new Set(rows.map((row) => row.topUpId))]);
    const numbers = new Map(topUps.map((one) => [one.id, one.topUpNo]));
    return rows.map((row) => ({
      id: row.id,
      memberId: row.memberId,
      nickname: names.get(row.memberId) ?? null,
      topUpNo: numbers.get(row.topUpId) ?? '',
      state: row.state,
      stateText: REFUND_TEXT[row.state],
      route: row.route,
      refundFen: row.refundFen,
      bonusTakenFen: row.bonusFen,
      requestedAt: row.requestedAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
      note: row.note,
    }));
  }

  private async topUpViews(actor: Actor, rows: readonly TopUp[]): Promise<TopUpView[]> {
    const names = await this.names(actor, rows);
    const stores = await this.organization.storesByIds(actor.brandId, [...new Set(rows.map((row) => row.storeId))]);
    return rows.map((row) => ({
      id: row.id,
      topUpNo: row.topUpNo,
      state: row.state,
      stateText: TOP_UP_TEXT[row.state],
      payFen: row.payFen,
      bonusFen: row.bonusFen,
      points: row.points,
      couponTemplateId: row.couponTemplateId,
      text: row.promise.text,
      storeName: stores.get(row.storeId)?.name ?? '',
      memberId: row.memberId,
      nickname: names.get(row.memberId) ?? null,
      createdAt: row.createdAt.toISOString(),
      creditedAt: row.creditedAt?.toISOString() ?? null,
    }));
  }

  private async names(actor: Actor, rows: readonly { memberId: TopUp['memberId'] }[]): Promise<Map<string, string>> {
    if (actor.kind === 'consumer' || rows.length === 0) return new Map();
    const people = await this.members.profiles(actor.brandId, [...new Set(rows.map((row) => row.memberId))]);
    return new Map([...people].map(([id, profile]) => [id, profile.nickname]));
  }

  private async scope(actor: Actor, storeId?: string) {
    if (actor.kind === 'consumer') return { memberId: actor.memberId };
    if (storeId) return { storeIds: [(await this.organization.requireStore(actor, storeId as StoreId)).id] };
    return { storeIds: await this.organization.scopeOf(actor) };
  }
}
