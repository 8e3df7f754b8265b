import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { OrderId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { Wake } from '../../../platform/platform.module.js';
import { Orders, PAID_STATES } from '../../orders/index.js';
import { Activities } from '../../promotions/index.js';
import { RefundStore } from '../persistence/refund.store.js';
import { OpenRefund } from './open-refund.js';
import { RefundEffects } from './refund-effects.js';

/**
 * Money that promotions owe: a group that was not completed, a presale whose tail was not paid. It goes back by itself,
 * nobody has to ask for it (pain-15).
 */
@Injectable()
export class PromotionRefunds implements OnModuleInit {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OpenRefund) private readonly opener: OpenRefund,
    @Inject(RefundStore) private readonly refunds: RefundStore,
    @Inject(Activities) private readonly activities: Activities,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  onModuleInit(): void {
    registerHandler({
      name: 'payments.promotion-refund',
      type: 'promotion.refund-due',
      handle: (tx, event) => this.giveBack(tx, event),
    });
    registerHandler({
      name: 'payments.tail-missed',
      type: 'presale.tail-missed',
      handle: (tx, event) => this.closeNow(tx, event),
    });
    RefundEffects.register('activities', async (tx, { order, isAllBack }) => {
      if (isAllBack && order.hasHolds) await this.activities.refunded(tx, order.brandId, order.id);
    });
  }

  /** @throws Error while another refund of the order is on its way, so that the event comes again */
  private async giveBack(tx: Tx, event: DomainEvent): Promise<void> {
    const { orderId, reason } = event.payload as { orderId: OrderId; reason: string };
    const order = await this.orders.store.lock(tx, event.brandId, orderId);
    if (!order || !PAID_STATES.includes(order.state)) return;
    if (await this.refunds.hasOpen(tx, event.brandId, orderId)) throw new Error(`order ${orderId} is being refunded`);
    if (order.lines.every((line) => line.refundedQty === line.qty)) return;
    await this.opener.open(
      tx,
      order,
      { lines: null, withFreight: true, condition: 'KEEP' },
      { reason, cause: 'REQUEST', requestedBy: 'promotions' },
    );
    this.wake.sweep('settlement.refunds');
  }

  /** The order's own deadline closes it, at WeChat first; this only sees to it that it is due. */
  private async closeNow(tx: Tx, event: DomainEvent): Promise<void> {
    const { orderId } = event.payload as { orderId: OrderId };
    const order = await this.orders.store.lock(tx, event.brandId, orderId);
    if (order?.state === 'PENDING_PAY' && order.depositPaidAt) await this.orders.store.putOff(tx, order, tx.now);
  }
}
