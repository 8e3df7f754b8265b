import { Inject, Injectable } from '@nestjs/common';
import type { PickupMove } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError, refuse } from '../../../platform/errors/app-error.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { Inventory } from '../../inventory/index.js';
import { Organization, setStoreStatus } from '../../organization/index.js';
import { RequestRefund } from '../../payments/index.js';
import { WaitingPresents } from '../../points-mall/index.js';
import {
  type ClosingOrderRow,
  type ClosingOrderState,
  type ClosingRow,
  ClosingStore,
  ENDED,
  TO_REFUND,
} from '../persistence/closing.store.js';
import { refuseClosing } from './close-store.js';

const BATCH = 200;

/** Settles what closing stores owe: asks, moves with consent, refunds, and closes when nothing is left. */
@Injectable()
export class ProgressClosings {
  private readonly rows = new ClosingStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Inventory) private readonly inventory: Inventory,
    @Inject(RequestRefund) private readonly refunds: RequestRefund,
    @Inject(WaitingPresents) private readonly presents: WaitingPresents,
  ) {}

  async mine(actor: Consumer): Promise<PickupMove[]> {
    const { storeById } = await this.organization.snapshot(actor.brandId);
    const rows = await this.rows.ofMember(this.database, actor.brandId, actor.memberId);
    return rows.flatMap((row) => {
      const to = row.to_store_id ? storeById.get(row.to_store_id) : undefined;
      if (!to) return [];
      const from = storeById.get(row.from_store_id)?.name ?? '';
      return [
        {
          id: row.id,
          orderId: row.order_id,
          orderNo: row.order_no,
          fromStoreName: from,
          toStoreId: to.id,
          toStoreName: to.name,
          toStoreAddress: `${to.city}${to.district}${to.address}`,
          answerBy: row.answer_by.toISOString(),
          state: shownState(row.state),
          text: `${from}要闭店了，可以改到${to.name}取货，不方便的话全额退款`,
        },
      ];
    });
  }

  /**
   * The consumer's word. Yes holds the goods in the other store in the same transaction; no gives the money back.
   * @throws AppError NOT_FOUND for somebody else's, MOVE_ANSWERED, SOLD_OUT when the other store has too little by now
   */
  async answer(actor: Consumer, id: Id<'pickup-move'>, isAccepted: boolean): Promise<PickupMove> {
    const { brandId, memberId } = actor;
    await this.unitOfWork.run('answer pickup move', async (tx) => {
      const row = await this.rows.lockOrder(tx, brandId, id);
      if (!row || row.member_id !== memberId) throw refuse('NOT_FOUND');
      if (row.state !== 'ASKED' || !row.to_store_id) throw refuseClosing('MOVE_ANSWERED');
      if (isAccepted) await this.inventory.moveHold(tx, brandId, row.order_id, row.to_store_id);
      await this.rows.move(tx, brandId, id, 'ASKED', isAccepted ? 'MOVED' : 'DECLINED');
      const payload = { orderId: row.order_id, memberId, toStoreId: row.to_store_id };
      if (isAccepted) tx.emit({ brandId, type: 'closing.moved', payload });
    });
    const found = (await this.mine(actor)).find((one) => one.id === id);
    if (!found) throw refuse('NOT_FOUND');
    return found;
  }

  /** Does what is due of all closings; safe to run twice at once. @returns how many moved on */
  async sweep(now: Date): Promise<number> {
    const running = await this.rows.running(this.database);
    return eachAlone(
      'progress a closing',
      running,
      ({ id }) => id,
      (closing) => this.progress(closing, now),
    );
  }

  private async progress(closing: ClosingRow, now: Date): Promise<boolean> {
    const adopted = await this.adopt(closing);
    const orders = await this.rows.openOrders(this.database, closing.brand_id, closing.id);
    const stepped = await eachAlone(
      'progress an order of a closing',
      orders,
      ({ id }) => id,
      async (order) => (await this.step(closing, order, now)) > 0,
    );
    return adopted + stepped + (await this.finish(closing, now)) > 0;
  }

  private async adopt(closing: ClosingRow): Promise<number> {
    const found = await this.rows.strangers(this.database, closing, BATCH);
    if (found.length === 0) return 0;
    await this.unitOfWork.run('adopt closing orders', async (tx) => {
      const orders = found.map((one) => ({
        id: this.ids.next<'pickup-move'>(),
        orderId: one.id,
        memberId: one.member_id,
        state: firstState(one.state, closing),
      }));
      await this.rows.insertOrders(tx, closing, orders);
      for (const { orderId, memberId, state } of orders)
        if (state === 'ASKED')
          tx.emit({
            brandId: closing.brand_id,
            type: 'closing.asked',
            payload: { orderId, memberId, toStoreId: closing.to_store_id },
          });
    });
    return found.length;
  }

  private async step(closing: ClosingRow, order: ClosingOrderRow, now: Date): Promise<number> {
    if (ENDED.includes(order.state)) return 0;
    const ended = endOf(order);
    if (ended) return this.move(closing, order, ended);
    if (order.state === 'ASKED' && closing.answer_by <= now)
      return this.move(closing, order, 'EXPIRED', '没有在期限内答复');
    if (TO_REFUND.includes(order.state)) return this.refund(closing, order);
    return 0;
  }

  private async refund(closing: ClosingRow, order: ClosingOrderRow): Promise<number> {
    try {
      const system = { kind: 'system', brandId: closing.brand_id } as const;
      await this.refunds.run(system, order.order_id, { reason: '门店闭店，全额退款' }, `closing-${order.id}`);
      return await this.move(closing, order, 'REFUNDING');
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // Shown to headquarters and tried again by the next sweep, without counting as progress.
      if (order.state !== 'STUCK') await this.move(closing, order, 'STUCK', error.message);
      return 0;
    }
  }

  private async finish(closing: ClosingRow, now: Date): Promise<number> {
    const { brand_id: brandId, id, store_id: storeId } = closing;
    const unsettled = await this.rows.openOrders(this.database, brandId, id, 1);
    const open = await this.rows.stateCounts(this.database, brandId, storeId);
    const isWaiting = open.has('PENDING_PAY') || unsettled.length > 0;
    if (isWaiting || (await this.rows.strangers(this.database, closing, 1)).length > 0) return 0;
    // A present can be fetched as long as a pickup can be answered for; with the store's end its points go back.
    if (closing.answer_by > now && (await this.presents.in(brandId, [storeId])).size > 0) return 0;
    const isDone = await this.unitOfWork.run('finish closing', async (tx) => {
      if (!(await this.rows.end(tx, brandId, id, 'DONE'))) return false;
      await setStoreStatus(tx, brandId, storeId, 'CLOSED');
      return true;
    });
    this.organization.forget(brandId);
    return isDone ? 1 : 0;
  }

  private async move(closing: ClosingRow, order: ClosingOrderRow, to: ClosingOrderState, note = ''): Promise<number> {
    const isMoved = await this.unitOfWork.run('closing order', (tx: Tx) =>
      this.rows.move(tx, closing.brand_id, order.id, order.state, to, note),
    );
    return isMoved ? 1 : 0;
  }
}

function firstState(orderState: string, closing: ClosingRow): ClosingOrderState {
  if (orderState !== 'TO_PICKUP') return 'SHIPS_STILL';
  return closing.to_store_id ? 'ASKED' : 'DECLINED';
}

/** What the order's own state already decides. */
function endOf(order: ClosingOrderRow): ClosingOrderState | null {
  if (order.order_state === 'REFUNDED') return 'REFUNDED';
  if (order.order_state === 'CLOSED') return 'CLOSED';
  return order.order_state === 'RECEIVED' || order.order_state === 'FINISHED' ? 'DONE' : null;
}

const shownState = (state: ClosingOrderState): PickupMove['state'] => {
  if (state === 'REFUNDED') return 'REFUNDED';
  if (state === 'ASKED' || state === 'EXPIRED') return state;
  return state === 'MOVED' || state === 'DONE' ? 'MOVED' : 'DECLINED';
};
