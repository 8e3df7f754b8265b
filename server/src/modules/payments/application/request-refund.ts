import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Fen, type Id, type OrderId, parseFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import { type Actor, actorLabel } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { earlierResult, keepResult, requestKey } from '../../../platform/idempotency/idempotency.js';
import { Wake } from '../../../platform/platform.module.js';
import { type Order, Orders, PAID_STATES, refundAmount, refuseOrder } from '../../orders/index.js';
import type { PaymentRow } from '../domain/payment.js';
import { PaymentStore } from '../persistence/payment.store.js';
import { type RefundDraft, RefundStore } from '../persistence/refund.store.js';
import { PaymentTools } from './start-payment.js';

interface Wish {
  lines?: readonly { lineId: string; qty: number }[];
  reason: string;
}

/** Opens refunds. The money moves later, by the refund saga, so that a lost answer or a crash loses nothing. */
@Injectable()
export class RequestRefund {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(RefundStore) private readonly refunds: RefundStore,
    @Inject(PaymentTools) private readonly tools: PaymentTools,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /**
   * Asks for a refund of everything or of some pieces. The same Idempotency-Key gives the same refund.
   * @throws AppError REFUND_NOT_POSSIBLE, REFUND_IN_PROGRESS
   */
  async run(actor: Actor, orderId: Id, wish: Wish, key: string): Promise<RefundDraft> {
    const visible = await this.orders.visible(actor, orderId);
    const request = requestKey(actor.brandId, `refund:${actorLabel(actor)}`, key, { orderId, ...wish });
    const earlier = await earlierResult<'refund'>(this.database, request);
    if (earlier) return this.refunds.get(this.database, actor.brandId, earlier);
    const refundId = this.tools.ids.next<'refund'>();
    try {
      await this.unitOfWork.run('request refund', async (tx) => {
        const order = await this.orders.store.lock(tx, visible.brandId, visible.id);
        if (!order || order.channel !== 'MINIAPP' || !PAID_STATES.includes(order.state))
          throw refuseOrder('REFUND_NOT_POSSIBLE');
        const payment = await this.payments.ofOrder(tx, order.brandId, order.id);
        if (payment?.state !== 'PAID') throw refuseOrder('REFUND_NOT_POSSIBLE');
        if (await this.refunds.hasOpen(tx, order.brandId, order.id)) throw refuseOrder('REFUND_IN_PROGRESS');
        const freightBack = await this.freightRefunded(tx, order.brandId, order.id);
        const amount = refundAmount(
          order.lines,
          wish.lines ?? null,
          { paidFen: order.freightFen, refundedFen: freightBack },
          order.state,
        );
        if (amount === null || amount.totalFen <= 0) throw refuseOrder('REFUND_NOT_POSSIBLE');
        await this.refunds.insert(tx, this.draft(refundId, payment, amount, wish.reason, 'REQUEST', actorLabel(actor)));
        await keepResult(tx, request, refundId);
      });
    } catch (error) {
      // Also when it was refused: the twin of this very tap may have been first, and then its refund is the answer.
      const done = await earlierResult<'refund'>(this.database, request);
      if (!done) throw error;
      return this.refunds.get(this.database, actor.brandId, done);
    }
    this.wake.sweep('settlement.refunds');
    return this.refunds.get(this.database, actor.brandId, refundId);
  }

  /** A payment that arrived after its order was closed goes back whole, in the transaction that books it. */
  async forLatePayment(tx: Tx, payment: PaymentRow, order: Order): Promise<void> {
    const amount = { lines: [], freightFen: ZERO_FEN, totalFen: payment.amountFen };
    await this.refunds.insert(
      tx,
      this.draft(
        this.tools.ids.next<'refund'>(),
        payment,
        amount,
        '订单关闭后收到的付款',
        'LATE_PAYMENT',
        `order ${order.orderNo}`,
      ),
    );
  }

  private async freightRefunded(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<Fen> {
    const rows = await tx.query<{ freight_fen: string }>(
      "SELECT freight_fen FROM refund WHERE brand_id = ? AND order_id = ? AND state = 'SUCCESS'",
      [brandId, orderId],
    );
    return sumFen(rows.map((row) => parseFen(row.freight_fen)));
  }

  private draft(
    id: Id<'refund'>,
    payment: PaymentRow,
    amount: { lines: { lineId: string; qty: number; amountFen: Fen }[]; freightFen: Fen; totalFen: Fen },
    reason: string,
    cause: RefundDraft['cause'],
    requestedBy: string,
  ): RefundDraft {
    return {
      brandId: payment.brandId,
      id,
      orderId: payment.orderId,
      paymentId: payment.id,
      amountFen: amount.totalFen,
      freightFen: amount.freightFen,
      reason,
      cause,
      outRefundNo: `R${id}`,
      attempt: 1,
      state: 'REQUESTED',
      step: 'PLAN',
      plan: null,
      problem: null,
      checks: 0,
      requestedBy,
      lines: amount.lines,
      createdAt: new Date(0),
      finishedAt: null,
    };
  }
}
