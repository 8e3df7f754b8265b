import { Inject, Injectable } from '@nestjs/common';
import { addFen, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import type { PayResult, Refund, RefundBody } from '../../../gateways/wechat-pay/index.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { log } from '../../../platform/observability/log.js';
import { checkPauseMs, type PaymentRow, type RefundDraft } from '../../payments/index.js';
import { SettlementStores } from './accrue.js';
import { BookRefund } from './book-refund.js';
import { LATER_MS, RefundParts, SOON_MS } from './refund-parts.js';

const afterSend = declareFailpoint('refund.after-send');
const afterBooked = declareFailpoint('refund.after-booked');

const ATTEMPT_MAX = 3;
const ABNORMAL = '退款异常：用户的收款卡不可用，请在商户平台处理异常退款';

type Refusal = { status: number; code: string };

/**
 * The same refund may pass later: the collector has no money now (pay-15), or our clock or keys are wrong and not this
 * refund (pay-11).
 */
const isPassing = ({ status, code }: Refusal): boolean =>
  code === 'NOT_ENOUGH' || code === 'RULE_LIMIT' || status === 429 || status === 401 || status === 404;

/** Sends a refund to WeChat and asks how it went, until it is known. */
@Injectable()
export class SendRefund {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(RefundParts) private readonly parts: RefundParts,
    @Inject(BookRefund) private readonly books: BookRefund,
  ) {}

  /** @returns true to go on at once */
  async run(refund: RefundDraft): Promise<boolean> {
    if (refund.amountFen === 0) return this.bookNow(refund, await this.parts.payment(refund));
    return refund.state === 'REQUESTED' ? this.send(refund) : this.query(refund);
  }

  private async send(refund: RefundDraft): Promise<boolean> {
    const payment = await this.parts.payment(refund);
    const { gateway } = this.stores.gateways.get(payment.accountId);
    const deposit = refund.depositFen > 0 ? await this.depositBack(refund) : 'SUCCESS';
    if (deposit !== 'SUCCESS') return deposit;
    const tailFen = subFen(refund.amountFen, refund.depositFen);
    if (tailFen === 0) return this.bookNow(refund, payment);
    if (!payment.transactionId) throw new Error(`refund ${refund.id} has no payment`);
    const body = gateway.refunds.buildRefund({
      subMchid: payment.subMchid ?? undefined,
      transactionId: payment.transactionId,
      outRefundNo: refund.outRefundNo,
      refund: tailFen,
      total: payment.amountFen,
      reason: refund.reason,
    });
    const result = await this.ask(gateway, body, payment, refund.outRefundNo);
    afterSend();
    if (result.kind === 'refused') return this.refused(refund, result);
    await this.parts.refunds.update(this.database, refund, {
      state: 'PROCESSING',
      problem: result.kind === 'unknown' ? result.message : null,
      checks: 0,
      ...(result.kind === 'ok' ? { refund_id: result.data.refundId } : {}),
    });
    return result.kind === 'ok' && result.data.status === 'SUCCESS' ? true : this.parts.comeBack(refund, SOON_MS);
  }

  /**
   * The part of a presale's refund that its deposit paid goes back first, under numbers of its own. They are the same each
   * time, so that asking again is the same refund; the next one is for a number that the channel has closed (pay-16).
   */
  private async depositBack(refund: RefundDraft): Promise<'SUCCESS' | boolean> {
    const deposit = (await this.parts.payments.allOfOrder(this.database, refund.brandId, refund.orderId)).find(
      (one) => one.purpose === 'DEPOSIT',
    );
    if (!deposit?.transactionId) throw new Error(`refund ${refund.id} has no deposit`);
    const { gateway } = this.stores.gateways.get(deposit.accountId);
    let back = ZERO_FEN;
    // Each time that somebody tries the whole refund again, one more number is left to be tried.
    for (let number = 1; number < ATTEMPT_MAX + refund.attempt; number += 1) {
      const outRefundNo = number === 1 ? `R${refund.id}D` : `R${refund.id}D-${number}`;
      const body = gateway.refunds.buildRefund({
        subMchid: deposit.subMchid ?? undefined,
        transactionId: deposit.transactionId,
        outRefundNo,
        refund: subFen(refund.depositFen, back),
        total: deposit.amountFen,
        reason: refund.reason,
      });
      const result = await this.ask(gateway, body, deposit, outRefundNo);
      if (result.kind === 'refused') return this.refused(refund, result);
      if (result.kind === 'unknown') return this.parts.comeBack(refund, SOON_MS);
      const { status } = result.data;
      if (status === 'ABNORMAL') return this.parts.comeBack(refund, LATER_MS, ABNORMAL);
      if (status !== 'CLOSED' && status !== 'SUCCESS') return this.parts.comeBack(refund, SOON_MS);
      // A number of an earlier try may have given back less than is due by now; the rest goes under the next one.
      if (status === 'SUCCESS') back = addFen(back, result.data.refund);
      if (back >= refund.depositFen) return 'SUCCESS';
    }
    await this.fail(refund, '定金的退款没有成功：CLOSED');
    return false;
  }

  /**
   * Sends a refund. A refusal that would end it is an unsigned word, and the number may have been taken before it, by a call
   * whose answer was lost: only when the channel does not know the number it is believed, else the consumer could be
   * refunded again under another one (reference: wechat-pay 2.2).
   */
  private async ask(
    gateway: PayDesk['gateway'],
    body: RefundBody,
    payment: PaymentRow,
    outRefundNo: string,
  ): Promise<PayResult<Refund>> {
    const result = await gateway.refunds.refund(body);
    if (result.kind !== 'refused' || isPassing(result)) return result;
    const known = await gateway.refunds.queryRefund({ outRefundNo, subMchid: payment.subMchid ?? undefined });
    if (known.kind === 'ok') return known;
    if (known.kind === 'refused' && known.status === 404) return result;
    return {
      ...result,
      kind: 'unknown',
      why: 'SERVER_ERROR',
      message: `${result.code} ${result.message}`.slice(0, 300),
    };
  }

  private async refused(
    refund: RefundDraft,
    refusal: { status: number; code: string; message: string },
  ): Promise<boolean> {
    // The collector has no money now: the same number again later, and somebody is told (pay-15).
    if (refusal.code === 'NOT_ENOUGH' || refusal.status === 429)
      return this.parts.comeBack(refund, LATER_MS, '收款账户余额不足，充值后会自动继续退款');
    if (isPassing(refusal)) return this.parts.comeBack(refund, LATER_MS, refusal.message);
    await this.fail(refund, `${refusal.code} ${refusal.message}`);
    log.error({ refund: refund.id, code: refusal.code }, 'a refund was refused and needs a person');
    return false;
  }

  /** What merchants gave back for a refund that failed for good is theirs again: the collector owes it from now on. */
  private async fail(refund: RefundDraft, problem: string): Promise<void> {
    await this.unitOfWork.run('fail refund', async (tx) => {
      const split = await this.parts.splits.lockOfOrder(tx, refund.brandId, refund.orderId);
      await this.parts.refunds.update(tx, refund, {
        state: 'FAILED',
        problem: problem.slice(0, 300),
        next_check_at: null,
      });
      if (split?.step === 'DONE') await this.parts.debts.sync(tx, split);
    });
  }

  private async query(refund: RefundDraft): Promise<boolean> {
    const payment = await this.parts.payment(refund);
    const { gateway } = this.stores.gateways.get(payment.accountId);
    const result = await gateway.refunds.queryRefund({
      outRefundNo: refund.outRefundNo,
      subMchid: payment.subMchid ?? undefined,
    });
    if (result.kind === 'refused' && result.status === 404) {
      // Never accepted: the same number goes out again.
      await this.parts.refunds.update(this.database, refund, { state: 'REQUESTED' });
      return this.parts.comeBack(refund, SOON_MS);
    }
    if (result.kind !== 'ok' || result.data.status === 'PROCESSING') {
      await this.parts.refunds.update(this.database, refund, { checks: refund.checks + 1 });
      return this.parts.comeBack(refund, Math.min(checkPauseMs(refund.checks), 60_000));
    }
    return this.conclude(refund, payment, result.data);
  }

  private async conclude(refund: RefundDraft, payment: PaymentRow, theirs: Refund): Promise<boolean> {
    if (theirs.status === 'SUCCESS' && theirs.refund === subFen(refund.amountFen, refund.depositFen))
      return this.bookNow(refund, payment);
    if (theirs.status === 'CLOSED' && refund.attempt < ATTEMPT_MAX) {
      // Closed is final for the number, not for the consumer: a new number tries again (pay-16, pain-07).
      const attempt = refund.attempt + 1;
      await this.parts.refunds.update(this.database, refund, {
        state: 'REQUESTED',
        attempt,
        out_refund_no: `R${refund.id}-${attempt}`,
      });
      return this.parts.comeBack(refund, 60_000);
    }
    if (theirs.status === 'ABNORMAL') return this.parts.comeBack(refund, LATER_MS, ABNORMAL);
    await this.fail(refund, `退款没有成功：${theirs.status}`);
    return false;
  }

  private async bookNow(refund: RefundDraft, payment: PaymentRow): Promise<false> {
    await this.books.run(refund, payment);
    afterBooked();
    return false;
  }
}
