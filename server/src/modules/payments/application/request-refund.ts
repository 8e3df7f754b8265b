import { Inject, Injectable } from '@nestjs/common';
import { addFen, type Id, type OrderId } from '@shuke/shared/kernel';
import { type Actor, actorLabel } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { keepResult, once, type RequestKey, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Wake } from '../../../platform/platform.module.js';
import { type Order, OrderReturns, Orders, refuseOrder } from '../../orders/index.js';
import type { PaymentRow } from '../domain/payment.js';
import { RefundStore } from '../persistence/refund.store.js';
import { newRefund, type RefundDraft } from '../persistence/refund-row.js';
import { conditionRule } from './condition-rule.js';
import { OpenRefund } from './open-refund.js';

/** The goods that stay lose more of their discount than these pieces are worth. */
const refuseNothingLeft = () =>
  refuseOrder(
    'REFUND_NOT_POSSIBLE',
    undefined,
    '退了这几件，剩下的商品就不满优惠条件，扣掉优惠后没有可退的钱；可以和其他商品一起退',
  );

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
    @Inject(OpenRefund) private readonly opener: OpenRefund,
    @Inject(RefundStore) private readonly refunds: RefundStore,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  /**
   * Asks for a refund of everything or of some pieces. The same Idempotency-Key gives the same refund.
   * @throws AppError REFUND_NOT_POSSIBLE, REFUND_IN_PROGRESS
   */
  async run(actor: Actor, orderId: Id, wish: Wish, key: string): Promise<RefundDraft> {
    const visible = await this.orders.visible(actor, orderId);
    const request = requestKey(actor.brandId, `refund:${actorLabel(actor)}`, key, { orderId, ...wish });
    const made = await once(this.database, request, async () => {
      const id = this.ids.next<'refund'>();
      const opened = await this.unitOfWork.run('request refund', (tx) =>
        this.open(tx, actor, visible, wish, { id, request }),
      );
      this.wake.sweep('settlement.refunds');
      return opened;
    });
    return this.refunds.get(this.database, actor.brandId, made);
  }

  private async open(
    tx: Tx,
    actor: Actor,
    visible: Pick<Order, 'brandId' | 'id'>,
    wish: Wish,
    { id, request }: { id: Id<'refund'>; request: RequestKey },
  ): Promise<Id<'refund'>> {
    const order = await this.orders.store.lock(tx, visible.brandId, visible.id);
    if (!order) throw refuseOrder('REFUND_NOT_POSSIBLE');
    // An open case has its pieces and its own way to their refund.
    if (await OrderReturns.isInCase(tx, order.brandId, order.id)) throw refuseOrder('REFUND_IN_PROGRESS');
    const hasNotLeft = order.state === 'TO_SHIP' || order.state === 'TO_PICKUP';
    const condition = await conditionRule.get()(tx, order.brandId);
    const draft = await this.opener.open(
      tx,
      order,
      { lines: wish.lines ?? null, withFreight: hasNotLeft, condition },
      { id, reason: wish.reason, cause: 'REQUEST', requestedBy: actorLabel(actor) },
    );
    if (draft.withheldFen > 0 && addFen(draft.amountFen, draft.walletFen) === 0) throw refuseNothingLeft();
    await keepResult(tx, request, draft.id);
    return draft.id;
  }

  /**
   * A payment that arrived when what it was for no longer waited goes back whole, in the transaction that books it. The
   * refund's order is then whatever was to be paid, an order or not.
   */
  async forLatePayment(tx: Tx, payment: PaymentRow, reason?: string): Promise<void> {
    const refund = newRefund({
      brandId: payment.brandId,
      id: this.ids.next<'refund'>(),
      orderId: payment.subjectId as OrderId,
      paymentId: payment.id,
      amountFen: payment.amountFen,
      reason: reason ?? (payment.subject === 'ORDER' ? '订单关闭后收到的付款' : '已取消后收到的付款'),
      cause: 'LATE_PAYMENT',
      goods: 'KEPT',
      requestedBy: `${payment.subject} ${payment.subjectId}`,
    });
    await this.refunds.insert(tx, refund);
  }
}
