import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '@shuke/shared/kernel';
import type { Config } from '../../../platform/config/config.js';
import { isDuplicate } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { CrossStoreCosts } from '../../clearing/index.js';
import { Inventory } from '../../inventory/index.js';
import { isTakenInStore, type Order } from '../domain/order.js';
import { nextState, type OrderAct } from '../domain/order-state.js';
import { OrderStore } from '../persistence/order.store.js';
import { ShippingStore } from '../persistence/shipping.store.js';
import { newPickupCode } from './compose-order.js';
import { refuseOrder } from './order-errors.js';
import { orderEvent } from './order-events.js';
import { OrderHolds } from './order-holds.js';
import { OrderReturns } from './order-returns.js';
import { RecentOrders } from './recent-orders.js';

const after = (tx: Tx, days: number): Date => new Date(tx.now.getTime() + days * DAY_MS);

/** The moves of an order, each inside the caller's transaction. A move that the state does not allow is refused. */
@Injectable()
export class ProgressOrder {
  private readonly shipping = new ShippingStore();

  constructor(
    @Inject(OrderStore) private readonly orders: OrderStore,
    @Inject(Inventory) private readonly inventory: Inventory,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RecentOrders) private readonly recent: RecentOrders,
    @Inject(CrossStoreCosts) private readonly crossStore: CrossStoreCosts,
  ) {}

  /**
   * The money has arrived. Returns false when the order no longer waits for it (closed meanwhile, or paid already), so
   * that the caller can refund a late payment.
   */
  async markPaid(tx: Tx, order: Order, paidAt: Date): Promise<boolean> {
    const to = nextState(order.state, isTakenInStore(order.fulfil) ? 'PAY_PICKUP' : 'PAY_SHIP');
    if (to === null) return false;
    for (let attempt = 1; ; attempt += 1) {
      const pickupCode = isTakenInStore(order.fulfil) ? newPickupCode() : null;
      try {
        if (
          !(await this.orders.move(tx, order, order.state, to, {
            paid_at: paidAt,
            due_at: null,
            pickup_code: pickupCode,
          }))
        )
          return false;
        break;
      } catch (error) {
        if (attempt > 3 || !isDuplicate(error)) throw error;
      }
    }
    await OrderHolds.capture(tx, order);
    tx.emit(orderEvent('order.paid', order));
    return true;
  }

  /** The deposit of a presale has come: the order now waits for its tail until the last day for it. */
  async depositPaid(tx: Tx, order: Order, paidAt: Date): Promise<boolean> {
    if (!order.presale) return false;
    if (!(await this.orders.setDepositPaid(tx, order, paidAt, new Date(order.presale.tailUntil)))) return false;
    await OrderHolds.depositPaid(tx, order);
    return true;
  }

  /** Unpaid and given up: by the consumer, by the deadline. Stock goes back. */
  async close(tx: Tx, order: Order, reason: 'CANCELLED' | 'DEADLINE'): Promise<boolean> {
    const to = nextState(order.state, 'CLOSE');
    if (
      to === null ||
      !(await this.orders.move(tx, order, order.state, to, { closed_at: tx.now, close_reason: reason, due_at: null }))
    )
      return false;
    await this.inventory.release(tx, order.brandId, order.id);
    await OrderHolds.release(tx, order);
    this.recent.forgetPlan(order.id);
    tx.emit(orderEvent('order.closed', order));
    return true;
  }

  /** The goods have left the store by a carrier. */
  async ship(tx: Tx, order: Order, shipping: { company: string; trackingNo: string }): Promise<void> {
    await this.requireNoRefund(tx, order);
    await this.move(tx, order, 'SHIP', {
      shipped_at: tx.now,
      shipping: JSON.stringify(shipping),
      due_at: after(tx, this.config.AUTO_RECEIPT_DAYS),
    });
    await this.inventory.take(tx, order.brandId, order.id);
    await this.crossStore.sent(tx, order);
    await this.shipping.insert(tx, order);
    tx.emit(orderEvent('order.shipped', order));
  }

  /** A local delivery has left the store with somebody's name on it. */
  async sendOut(tx: Tx, order: Order, courier: { courier: string; phone?: string }): Promise<void> {
    if (order.fulfil !== 'DELIVERY') throw refuseOrder('ORDER_STATE', { state: order.state });
    await this.ship(tx, order, { company: courier.courier, trackingNo: courier.phone ?? '' });
  }

  /** A local delivery has arrived, says who brought it. */
  async delivered(tx: Tx, order: Order): Promise<void> {
    if (order.fulfil !== 'DELIVERY') throw refuseOrder('ORDER_STATE', { state: order.state });
    await this.receive(tx, order);
  }

  /** The goods were handed over at the counter against the pickup code. */
  async handOver(tx: Tx, order: Order): Promise<void> {
    await this.requireNoRefund(tx, order);
    await this.move(tx, order, 'HAND_OVER', { received_at: tx.now, due_at: after(tx, this.config.AFTER_SALE_DAYS) });
    await this.inventory.take(tx, order.brandId, order.id);
    await this.shipping.insert(tx, order);
    tx.emit(orderEvent('order.received', order));
  }

  /** The consumer has the goods: confirmed, or by the deadline after shipping. */
  async receive(tx: Tx, order: Order): Promise<void> {
    await this.move(tx, order, 'RECEIVE', { received_at: tx.now, due_at: after(tx, this.config.AFTER_SALE_DAYS) });
    tx.emit(orderEvent('order.received', order));
  }

  /** The after-sale window has passed: the split may go out. */
  async finish(tx: Tx, order: Order): Promise<void> {
    await this.move(tx, order, 'FINISH', { finished_at: tx.now, due_at: null });
    tx.emit(orderEvent('order.finished', order));
  }

  /** Books a successful refund; when nothing is left the order is REFUNDED and its stock goes back. */
  async refunded(
    tx: Tx,
    order: Order,
    refund: {
      lines: readonly { lineId: string; qty: number; amountFen: number }[];
      totalFen: number;
      goods: 'BACK' | 'KEPT';
    },
  ): Promise<void> {
    await this.orders.addRefunded(tx, order, refund.lines, refund.totalFen);
    const qtyOf = (lineId: string) => refund.lines.find((line) => line.lineId === lineId)?.qty ?? 0;
    const isAll = order.lines.every((line) => line.refundedQty + qtyOf(line.lineId) === line.qty);
    const back = order.lines
      .filter((line) => line.skuId !== null && qtyOf(line.lineId) > 0)
      .map((line) => ({ skuId: line.skuId as NonNullable<typeof line.skuId>, qty: qtyOf(line.lineId) }));
    // Pieces that are still in the store are let go, pieces that had left return to the shelf: inventory knows which.
    if (refund.goods === 'BACK') await this.inventory.putBack(tx, order.brandId, order.id, back, '退款退货');
    if (isAll) {
      await this.orders.move(tx, order, order.state, 'REFUNDED', { due_at: null, closed_at: tx.now });
      await OrderHolds.refunded(tx, order);
    }
    tx.emit(orderEvent('order.refunded', order, { refundFen: refund.totalFen }));
  }

  /** Goods stay where they are until it is settled which of them were given back. */
  private async requireNoRefund(tx: Tx, order: Order): Promise<void> {
    if (await OrderReturns.isRefunding(tx, order.brandId, order.id))
      throw refuseOrder('REFUND_IN_PROGRESS', undefined, '这笔订单正在退款，退款完成后再发货或交货');
    if (await OrderHolds.keepsGoods(tx, order))
      throw refuseOrder('ORDER_STATE', { state: order.state }, '这笔订单还没成团，成团后再发货或交货');
  }

  private async move(tx: Tx, order: Order, act: OrderAct, set: Parameters<OrderStore['move']>[4]): Promise<void> {
    const to = nextState(order.state, act);
    if (to === null || !(await this.orders.move(tx, order, order.state, to, set)))
      throw refuseOrder('ORDER_STATE', { state: order.state });
  }
}
