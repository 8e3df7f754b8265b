import { Inject, Injectable } from '@nestjs/common';
import type { OrderId } from '@shuke/shared/kernel';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { RollBack, type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { log } from '../../../platform/observability/log.js';
import { Orders } from '../../orders/index.js';
import { checkPauseMs, type PaymentRef, type PaymentRow } from '../domain/payment.js';
import { PaymentStore } from '../persistence/payment.store.js';
import { type Applied, ApplyPayment } from './apply-payment.js';

/** Asks WeChat for the truth about a payment, and closes what was given up. */
@Injectable()
export class CheckPayment {
  private readonly setbacks = new Setbacks();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(PayGateways) private readonly gateways: PayGateways,
    @Inject(ApplyPayment) private readonly apply: ApplyPayment,
  ) {}

  /** Queries one payment and applies the answer. An order that WeChat does not know is simply not paid yet. */
  async run(payment: PaymentRow): Promise<Applied | 'UNKNOWN'> {
    if (payment.state === 'PAID' || payment.channel === 'NONE') return 'ALREADY';
    const result = await this.gateways
      .get(payment.accountId)
      .gateway.payments.queryByOutTradeNo({ outTradeNo: payment.outTradeNo, subMchid: payment.subMchid ?? undefined });
    if (result.kind === 'ok') {
      const applied = await this.apply.run(payment, result.data);
      if (applied === 'MISMATCH')
        log.error({ payment: payment.id }, 'a payment at WeChat is not the one that was asked for');
      return applied;
    }
    return result.kind === 'refused' ? 'NOT_PAID' : 'UNKNOWN';
  }

  /** Asks about the payments of an order that were started. */
  async ofOrder(brandId: PaymentRow['brandId'], orderId: OrderId): Promise<void> {
    for (const payment of await this.payments.allOfOrder(this.database, brandId, orderId)) await this.run(payment);
  }

  /** Looks at unpaid payments whose time has come (pay-03: a lost notification). */
  runDue(batch = 50): Promise<number> {
    return eachDue(this.setbacks, this.clock.date(), {
      label: 'ask about a payment',
      batch,
      due: (limit) => this.payments.dueChecks(this.database, this.clock.date(), limit),
      nameOf: ({ id }) => id,
      work: (payment) => this.runOne(payment),
    });
  }

  private async runOne(payment: PaymentRow): Promise<true> {
    const applied = await this.run(payment);
    const next = new Date(this.clock.now() + checkPauseMs(payment.checks + 1));
    if (payment.state === 'CLOSED' && applied !== 'UNKNOWN') await this.payments.endChecks(this.database, payment);
    else await this.payments.scheduleCheck(this.database, payment, next);
    return true;
  }

  /** Gives up an unpaid order, cancelled or out of time. @returns true when it is no longer waiting for money */
  async giveUpOrder(
    order: { brandId: PaymentRow['brandId']; id: OrderId },
    reason: 'CANCELLED' | 'DEADLINE',
  ): Promise<boolean> {
    const begun = await this.payments.allOfOrder(this.database, order.brandId, order.id);
    // A deposit that was paid stays as it is; what can still be given up is the tail.
    const deposit = begun.find((one) => one.purpose === 'DEPOSIT');
    const purpose = !deposit ? 'FULL' : deposit.state === 'PAID' ? 'TAIL' : 'DEPOSIT';
    const ref: PaymentRef = { brandId: order.brandId, subject: 'ORDER', subjectId: order.id, purpose };
    return this.giveUp(ref, async (tx) => {
      const locked = await this.orders.store.lock(tx, order.brandId, order.id);
      if (locked?.state !== 'PENDING_PAY') return false;
      // The deadline of the deposit is over for an order that has it: it now waits for its tail.
      if (reason === 'DEADLINE' && (locked.dueAt?.getTime() ?? 0) > tx.now.getTime()) return false;
      await this.orders.progress.close(tx, locked, reason);
      if (locked.depositPaidAt && !locked.presale?.forfeits) await this.apply.giveBackDeposit(tx, locked);
      return true;
    });
  }

  /**
   * Gives something up: first at WeChat, so that nobody can pay any more, then here. When WeChat says that it is paid, it
   * is paid (pay-05); when the answer is unknown nothing changes and the sweep comes again. A request that never got an
   * answer left no payment: nobody holds its number, so nobody can pay it.
   * @param close locks the subject and closes it; false when it is not waiting any more
   * @returns true when it is no longer waiting for money
   */
  async giveUp(ref: PaymentRef, close: (tx: Tx) => Promise<boolean>): Promise<boolean> {
    const payment = await this.payments.of(this.database, ref);
    if (payment && payment.state !== 'CLOSED') {
      const applied = await this.run(payment);
      if (applied === 'PAID' || applied === 'ALREADY') return true;
      if (applied === 'UNKNOWN' || applied === 'MISMATCH' || !(await this.closeAtWechat(payment))) return false;
    }
    return this.unitOfWork.run('give up', async (tx) => {
      if (!(await close(tx))) return true;
      // A payment that started between our look and this lock must be closed at WeChat first.
      const now = await this.payments.of(tx, ref);
      if (now && !payment) throw new RollBack(false);
      if (now) await this.payments.setClosed(tx, now);
      return true;
    });
  }

  private async closeAtWechat(payment: PaymentRow): Promise<boolean> {
    const closed = await this.gateways
      .get(payment.accountId)
      .gateway.payments.close({ outTradeNo: payment.outTradeNo, subMchid: payment.subMchid ?? undefined });
    if (closed.kind === 'ok') return true;
    if (closed.kind === 'unknown') return false;
    // Without a prepay number nobody can pay: a store that WeChat refuses altogether must not keep its goods reserved (pay-35).
    if (payment.prepayId === null && (closed.code === 'NO_AUTH' || closed.code === 'MCH_NOT_EXISTS')) return true;
    // Refused as paid: the next look finds the payment. Refused as unknown: WeChat never had the order.
    return (
      closed.status === 404 ||
      closed.code === 'ORDER_NOT_EXIST' ||
      closed.code === 'ORDERNOTEXIST' ||
      closed.code === 'ORDER_CLOSED'
    );
  }
}
