import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { type HandOver, refuseHandOver, UndoWays } from '../../hand-overs/index.js';
import { Inventory } from '../../inventory/index.js';
import { isTakenInStore, type Order } from '../domain/order.js';
import { nextState } from '../domain/order-state.js';
import { OrderStore } from '../persistence/order.store.js';
import { ShippingStore } from '../persistence/shipping.store.js';
import { AfterHandOver } from './after-hand-over.js';
import { refuseOrder } from './order-errors.js';
import { orderEvent } from './order-events.js';
import { OrderReturns } from './order-returns.js';

/** Goods that were handed over by mistake wait again for the same code. */
@Injectable()
export class UndoHandOver implements OnModuleInit {
  private readonly shipping = new ShippingStore();

  constructor(
    @Inject(OrderStore) private readonly orders: OrderStore,
    @Inject(Inventory) private readonly inventory: Inventory,
  ) {}

  onModuleInit(): void {
    UndoWays.register('ORDER', (tx, handed) => this.run(tx, handed));
  }

  /** @throws AppError ORDER_STATE once the after-sale window is over, UNDO_NOT_POSSIBLE when something stands on it */
  private async run(tx: Tx, handed: HandOver): Promise<void> {
    const order = await this.orders.lock(tx, handed.brandId, handed.subjectId);
    const to = order && isTakenInStore(order.fulfil) ? nextState(order.state, 'UNDO_HAND_OVER') : null;
    if (!order || to === null) throw refuseOrder('ORDER_STATE', order ? { state: order.state } : undefined);
    await this.requireNothingOnIt(tx, order, handed.at);
    if (!(await this.orders.move(tx, order, order.state, to, { received_at: null, due_at: null })))
      throw refuseOrder('ORDER_STATE', { state: order.state });
    await this.inventory.holdAgain(tx, order.brandId, order.id, '撤销交货');
    await this.shipping.withdraw(tx, order);
    await AfterHandOver.takeBack(tx, order, handed.id);
    tx.emit(orderEvent('order.hand-over-undone', order));
  }

  private async requireNothingOnIt(tx: Tx, order: Order, since: Date): Promise<void> {
    const { brandId, id } = order;
    const isReturning =
      (await OrderReturns.isRefunding(tx, brandId, id)) ||
      (await OrderReturns.isInCase(tx, brandId, id)) ||
      (await OrderReturns.hasReturnedSince(tx, brandId, id, since));
    if (isReturning)
      throw refuseHandOver('UNDO_NOT_POSSIBLE', undefined, '客人已经为这笔订单申请售后或退过款，不能撤销交货了');
    if (await AfterHandOver.isBuiltOn(tx, order))
      throw refuseHandOver('UNDO_NOT_POSSIBLE', undefined, '客人已经评价过这笔订单，不能撤销交货了');
  }
}
