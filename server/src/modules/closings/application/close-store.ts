import { Inject, Injectable } from '@nestjs/common';
import type { ClosingPreview, ClosingView } from '@shuke/shared/contracts';
import { DAY_MS, type Id, type OrderId, parseFen, type StoreId, sumFen } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refusals, refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Organization, setStoreStatus } from '../../organization/index.js';
import { WaitingPresents } from '../../points-mall/index.js';
import { type ClosingRow, ClosingStore, ENDED } from '../persistence/closing.store.js';

export const refuseClosing = refusals({
  CLOSING_ALREADY: [409, '这家店正在闭店或已经停业'],
  CLOSING_TARGET: [422, '接收自提订单的门店要正在营业，而且支持自提'],
  CLOSING_OVER: [409, '闭店已经结束'],
  MOVE_ANSWERED: [409, '这个订单已经处理过了'],
});

const TARGETS_MAX = 10;
const LIMIT = 30;

/** Headquarters closes a store; what it owes is settled order by order by {@link ProgressClosings}. */
@Injectable()
export class CloseStore {
  private readonly rows = new ClosingStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(WaitingPresents) private readonly presents: WaitingPresents,
  ) {}

  /** @throws AppError NOT_FOUND */
  async preview(actor: Desk, storeId: StoreId): Promise<ClosingPreview> {
    const { brandId } = actor;
    const store = await this.organization.requireStore(actor, storeId);
    const counts = await this.rows.stateCounts(this.database, brandId, storeId);
    const needs = await this.rows.pickupNeeds(this.database, brandId, storeId);
    const near = (await this.organization.near(brandId, store, TARGETS_MAX + 1)).filter(
      (one) => one.store.id !== storeId && one.store.canPickup,
    );
    const skuIds = [...new Set(needs.map((one) => one.sku_id))];
    const free = await this.rows.free(
      this.database,
      brandId,
      near.map((one) => one.store.id),
      skuIds,
    );
    const orders = new Map<OrderId, typeof needs>();
    for (const need of needs) orders.set(need.order_id, [...(orders.get(need.order_id) ?? []), need]);
    const presents = (await this.presents.in(brandId, [storeId])).get(storeId);
    const count = (state: string) => counts.get(state)?.count ?? 0;
    return {
      storeId,
      storeName: store.name,
      pendingPay: count('PENDING_PAY'),
      toShip: count('TO_SHIP'),
      toPickup: count('TO_PICKUP'),
      shipped: count('SHIPPED'),
      presents: presents?.count ?? 0,
      presentPoints: presents?.points ?? 0,
      openFen: sumFen([...counts.values()].map((one) => parseFen(one.fen))),
      targets: near.map(({ store: other, distanceM }) => ({
        storeId: other.id,
        storeName: other.name,
        distanceM,
        movable: [...orders.values()].filter((lines) =>
          lines.every((line) => (free.get(`${other.id}:${line.sku_id}`) ?? 0) >= line.qty),
        ).length,
        isSameOwner: other.franchiseeId === store.franchiseeId,
      })),
    };
  }

  /** Takes no new orders from now on. @throws AppError NOT_FOUND, CLOSING_ALREADY, CLOSING_TARGET */
  async start(
    actor: Desk,
    storeId: StoreId,
    wish: { toStoreId: string | null; answerDays: number; reason: string },
  ): Promise<ClosingView> {
    const { brandId } = actor;
    const store = await this.organization.requireStore(actor, storeId);
    if (store.status === 'CLOSED') throw refuseClosing('CLOSING_ALREADY');
    const target = wish.toStoreId ? await this.organization.requireStore(actor, wish.toStoreId as StoreId) : null;
    if (target && (target.status !== 'OPEN' || !target.canPickup || target.id === storeId))
      throw refuseClosing('CLOSING_TARGET');
    const id = this.ids.next<'closing'>();
    await this.unitOfWork.run('start closing', async (tx) => {
      const closing: ClosingRow = {
        brand_id: brandId,
        id,
        store_id: storeId,
        to_store_id: target?.id ?? null,
        reason: wish.reason,
        state: 'RUNNING',
        started_at: tx.now,
        answer_by: new Date(tx.now.getTime() + wish.answerDays * DAY_MS),
        finished_at: null,
      };
      if (!(await this.rows.insert(tx, closing, actor.name))) throw refuseClosing('CLOSING_ALREADY');
      await setStoreStatus(tx, brandId, storeId, 'PAUSED');
    });
    this.organization.forget(brandId);
    return this.view(await this.row(actor, id));
  }

  /** Opens the store again; moved pickups stay moved, open questions are void. @throws AppError NOT_FOUND, CLOSING_OVER */
  async cancel(actor: Desk, id: Id<'closing'>): Promise<ClosingView> {
    const closing = await this.row(actor, id);
    await this.unitOfWork.run('cancel closing', async (tx) => {
      if (!(await this.rows.end(tx, actor.brandId, id, 'CANCELLED'))) throw refuseClosing('CLOSING_OVER');
      await setStoreStatus(tx, actor.brandId, closing.store_id, 'OPEN');
      await this.rows.callOff(tx, actor.brandId, id);
    });
    this.organization.forget(actor.brandId);
    return this.view(await this.row(actor, id));
  }

  /** Gives an order's money back without waiting. @throws AppError NOT_FOUND, MOVE_ANSWERED */
  async refund(actor: Desk, id: Id<'closing'>, orderId: string): Promise<ClosingView> {
    const closing = await this.row(actor, id);
    const order = (await this.rows.orders(this.database, actor.brandId, id)).find((one) => one.order_id === orderId);
    if (!order) throw refuse('NOT_FOUND');
    if (ENDED.includes(order.state) || order.state === 'REFUNDING') throw refuseClosing('MOVE_ANSWERED');
    await this.unitOfWork.run('refund closing order', (tx) =>
      this.rows.move(tx, actor.brandId, order.id, order.state, 'DECLINED', '总部直接退款'),
    );
    return this.view(closing);
  }

  async list(
    actor: Desk,
    query: { state?: ClosingRow['state']; cursor?: string; limit?: number },
  ): Promise<{ items: ClosingView[]; nextCursor: string | null }> {
    const limit = query.limit ?? LIMIT;
    const rows = await this.rows.list(this.database, {
      brandId: actor.brandId,
      scope: await this.organization.scopeOf(actor),
      state: query.state,
      before: readCursor(query.cursor, [DIGITS])?.[0],
      limit,
    });
    const page = pageOf(
      rows,
      limit,
      (row) => row,
      (row) => makeCursor(row.id),
    );
    return { ...page, items: await Promise.all(page.items.map((row) => this.view(row))) };
  }

  /** @throws AppError NOT_FOUND for a closing of a store outside the scope */
  async one(actor: Desk, id: Id<'closing'>) {
    const closing = await this.row(actor, id);
    const { storeById } = await this.organization.snapshot(actor.brandId);
    const orders = await this.rows.orders(this.database, actor.brandId, id);
    return {
      closing: await this.view(closing),
      orders: orders.map((row) => ({
        orderId: row.order_id,
        orderNo: row.order_no,
        memberName: row.nickname,
        totalFen: parseFen(row.total_fen),
        lineText: row.line_text ?? '',
        state: row.state,
        toStoreName: row.to_store_id ? (storeById.get(row.to_store_id)?.name ?? null) : null,
        answerBy: row.state === 'ASKED' ? row.answer_by.toISOString() : null,
        note: row.note,
      })),
    };
  }

  private async row(actor: Desk, id: Id<'closing'>): Promise<ClosingRow> {
    const scope = await this.organization.scopeOf(actor);
    const [row] = await this.rows.list(this.database, { brandId: actor.brandId, scope, id, limit: 1 });
    if (!row) throw refuse('NOT_FOUND');
    return row;
  }

  private async view(row: ClosingRow): Promise<ClosingView> {
    const { storeById } = await this.organization.snapshot(row.brand_id);
    const waiting =
      row.state === 'RUNNING' ? (await this.presents.in(row.brand_id, [row.store_id])).get(row.store_id) : undefined;
    return {
      id: row.id,
      storeId: row.store_id,
      storeName: storeById.get(row.store_id)?.name ?? '',
      toStoreId: row.to_store_id,
      toStoreName: row.to_store_id ? (storeById.get(row.to_store_id)?.name ?? null) : null,
      reason: row.reason,
      state: row.state,
      startedAt: row.started_at.toISOString(),
      answerBy: row.answer_by.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
      counts: await this.rows.orderCounts(this.database, row.brand_id, row.id),
      presents: waiting?.count ?? 0,
    };
  }
}
