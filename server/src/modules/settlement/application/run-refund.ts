import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, businessDay, type Fen, type Id, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import {
  type RefundInput,
  type ReversalBody,
  type ReversedBefore,
  reverse,
  type SplitResult,
  shareOf,
} from '@shuke/shared/rules';
import type { Refund } from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { log } from '../../../platform/observability/log.js';
import { type Order, Orders } from '../../orders/index.js';
import { checkPauseMs, type PaymentRow, PaymentStore, type RefundDraft, RefundStore } from '../../payments/index.js';
import { accounts, moneyTransfer, reversalTransfer, type TransferDraft, transfer } from '../domain/ledger.js';
import { type Split, SplitStore } from '../persistence/split.store.js';
import { SettlementStores } from './accrue.js';
import { collectorShare, netOfOrder } from './net-shares.js';
import { ReturnShares } from './return-shares.js';

const afterPlan = declareFailpoint('refund.after-plan');
const afterReturn = declareFailpoint('refund.after-return');
const afterSend = declareFailpoint('refund.after-send');
const beforeBooked = declareFailpoint('refund.before-booked');
const afterBooked = declareFailpoint('refund.after-booked');

const SOON_MS = 2_000;
const LATER_MS = 10 * 60_000;
const ATTEMPT_MAX = 3;
const RETURN_TRIES = 5;

/** What was decided when the refund began; the numbers stay whatever happens later. */
export interface ReversalPlan {
  refund: RefundInput;
  before: ReversedBefore;
  result: SplitResult;
}

/** The stores that a refund touches. */
@Injectable()
export class RefundParts {
  readonly splits = new SplitStore();

  constructor(
    @Inject(Orders) readonly orders: Orders,
    @Inject(PaymentStore) readonly payments: PaymentStore,
    @Inject(RefundStore) readonly refunds: RefundStore,
    @Inject(ReturnShares) readonly returns: ReturnShares,
    @Inject(Clock) readonly clock: Clock,
  ) {}
}

/**
 * Carries a refund through: plan, take shares back, refund, book. Each step is written before the next call, so that a
 * crash anywhere resumes at the same place with the same numbers (pay-14, pay-30).
 */
@Injectable()
export class RunRefund {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(RefundParts) private readonly parts: RefundParts,
  ) {}

  /** Works on all refunds that are due. */
  async runDue(limit = 50): Promise<number> {
    const due = await this.parts.refunds.due(this.database, this.parts.clock.date(), limit);
    for (const { brandId, id } of due) {
      await this.work(brandId, id).catch(async (error) => {
        log.error({ err: error, refund: id }, 'a refund stopped and will be tried again');
        await this.comeBack({ brandId, id }, LATER_MS);
      });
    }
    return due.length;
  }

  private async work(brandId: BrandId, id: Id<'refund'>): Promise<void> {
    for (let steps = 0; steps < 8; steps += 1) {
      const refund = await this.parts.refunds.get(this.database, brandId, id);
      if (refund.state === 'SUCCESS' || refund.state === 'FAILED') return;
      if (!(await this.step(refund))) return;
    }
  }

  /** @returns true to go on at once */
  private async step(refund: RefundDraft): Promise<boolean> {
    switch (refund.step) {
      case 'PLAN':
        return this.plan(refund);
      case 'RETURN':
        return this.takeBack(refund);
      case 'SEND':
        return refund.state === 'REQUESTED' ? this.send(refund) : this.query(refund);
      default:
        return false;
    }
  }

  private async comeBack(refund: Pick<RefundDraft, 'brandId' | 'id'>, ms: number, problem?: string): Promise<false> {
    const next = new Date(this.parts.clock.now() + ms);
    await this.parts.refunds.update(
      this.database,
      refund,
      problem === undefined ? { next_check_at: next } : { next_check_at: next, problem: problem.slice(0, 300) },
    );
    return false;
  }

  private async plan(refund: RefundDraft): Promise<boolean> {
    const payment = await this.payment(refund);
    if (payment.isLate) {
      await this.parts.refunds.update(this.database, refund, { step: 'SEND' });
      return true;
    }
    const planned = await this.unitOfWork.run('plan refund', async (tx) => {
      const order = await this.parts.orders.store.lock(tx, refund.brandId, refund.orderId);
      const locked = await this.parts.refunds.lock(tx, refund.brandId, refund.id);
      const split = await this.parts.splits.lockOfOrder(tx, refund.brandId, refund.orderId);
      if (!order || locked.step !== 'PLAN') return true;
      // Not accrued yet, or its split is on the way: both end by themselves (pay-31).
      if (!split || (await this.isOnItsWay(tx, split))) return false;
      const plan = await this.reversal(tx, order, refund);
      const returns = split.step === 'DONE' ? await this.parts.returns.plan(tx, split, refund, plan.result.shares) : 0;
      await this.parts.refunds.update(tx, refund, {
        plan: JSON.stringify(plan),
        step: returns > 0 ? 'RETURN' : 'SEND',
        checks: 0,
      });
      return true;
    });
    if (!planned) {
      // The longer a split takes, the less often the refund asks: it may be waiting for a person.
      await this.parts.refunds.update(this.database, refund, { checks: refund.checks + 1 });
      return this.comeBack(refund, Math.min(SOON_MS * 2 ** Math.min(refund.checks, 9), LATER_MS));
    }
    afterPlan();
    return true;
  }

  /**
   * Whether a split must end before its order's refund is planned. One that stopped before the channel took it is set
   * aside and planned anew after the refund: sent later with its first numbers it would pay shares that were given up.
   * One that stopped afterwards is tried again at once, because the refund waits for it.
   */
  private async isOnItsWay(tx: Tx, split: Split): Promise<boolean> {
    if (split.step === 'DONE') return false;
    if (split.step === 'PLAN') return split.state === 'PROCESSING';
    if (split.state !== 'ATTENTION') return true;
    const wasTaken = split.step !== 'RECEIVERS' && split.step !== 'SEND';
    await (wasTaken ? this.parts.splits.tryNow(tx, split) : this.parts.splits.planAnew(tx, split));
    return wasTaken;
  }

  private async reversal(tx: Tx, order: Order, refund: RefundDraft): Promise<ReversalPlan> {
    const net = await netOfOrder(tx, this.stores.chain, order.brandId, order.id);
    const rules = await this.stores.rules.byVersions(tx, order.brandId, [net.accrual.rule.version]);
    const rule = rules.get(net.accrual.rule.version);
    if (!rule) throw new Error(`rule ${net.accrual.rule.version} is gone`);
    const before: ReversedBefore = {
      freightFen: sumFen(net.reversals.map((body) => body.refund.freightFen)),
      lines: net.reversals.flatMap((body) => body.refund.lines),
      shares: net.reversals.flatMap((body) => body.shares),
    };
    const input: RefundInput = {
      freightFen: refund.freightFen,
      lines: refund.lines.map((line) => ({ lineId: line.lineId, amountFen: line.amountFen })),
    };
    return { refund: input, before, result: reverse(rule, net.accrual.input, net.accrual.shares, input, before) };
  }

  /**
   * Merchants give their part back first. The consumer does not wait for a merchant that cannot pay now: after a few
   * tries the refund goes on, and what is missing stays owed (reference/wechat-pay.md §4.1).
   */
  private async takeBack(refund: RefundDraft): Promise<boolean> {
    const isDone = await this.parts.returns.run(refund);
    afterReturn();
    if (!isDone && refund.checks < RETURN_TRIES) {
      await this.parts.refunds.update(this.database, refund, { checks: refund.checks + 1 });
      return this.comeBack(refund, SOON_MS);
    }
    await this.parts.refunds.update(this.database, refund, { step: 'SEND', checks: 0 });
    return true;
  }

  private async payment(refund: RefundDraft): Promise<PaymentRow> {
    const payment = await this.parts.payments.ofOrder(this.database, refund.brandId, refund.orderId);
    if (!payment?.transactionId) throw new Error(`refund ${refund.id} has no payment`);
    return payment;
  }

  private async send(refund: RefundDraft): Promise<boolean> {
    const payment = await this.payment(refund);
    const { gateway } = this.stores.gateways.get(payment.accountId);
    const body = gateway.refunds.buildRefund({
      subMchid: payment.subMchid ?? undefined,
      transactionId: payment.transactionId ?? '',
      outRefundNo: refund.outRefundNo,
      refund: refund.amountFen,
      total: payment.amountFen,
      reason: refund.reason,
    });
    const result = await gateway.refunds.refund(body);
    afterSend();
    if (result.kind === 'refused') return this.refused(refund, result);
    await this.parts.refunds.update(this.database, refund, {
      state: 'PROCESSING',
      problem: null,
      checks: 0,
      ...(result.kind === 'ok' ? { refund_id: result.data.refundId } : {}),
    });
    return result.kind === 'ok' && result.data.status === 'SUCCESS' ? true : this.comeBack(refund, SOON_MS);
  }

  private async refused(
    refund: RefundDraft,
    refusal: { status: number; code: string; message: string },
  ): Promise<boolean> {
    // The collector has no money now: the same number again later, and somebody is told (pay-15).
    if (refusal.code === 'NOT_ENOUGH' || refusal.status === 429)
      return this.comeBack(refund, LATER_MS, '收款账户余额不足，充值后会自动继续退款');
    // Our clock or keys are wrong, not this refund: it goes on by itself once they are right again (pay-11).
    if (refusal.status === 401 || refusal.code === 'RULE_LIMIT' || refusal.status === 404)
      return this.comeBack(refund, LATER_MS, refusal.message);
    await this.parts.refunds.update(this.database, refund, {
      state: 'FAILED',
      problem: `${refusal.code} ${refusal.message}`.slice(0, 300),
      next_check_at: null,
    });
    log.error({ refund: refund.id, code: refusal.code }, 'a refund was refused and needs a person');
    return false;
  }

  private async query(refund: RefundDraft): Promise<boolean> {
    const payment = await this.payment(refund);
    const { gateway } = this.stores.gateways.get(payment.accountId);
    const result = await gateway.refunds.queryRefund({
      outRefundNo: refund.outRefundNo,
      subMchid: payment.subMchid ?? undefined,
    });
    if (result.kind === 'refused' && result.status === 404) {
      // Never accepted: the same number goes out again.
      await this.parts.refunds.update(this.database, refund, { state: 'REQUESTED' });
      return this.comeBack(refund, SOON_MS);
    }
    if (result.kind !== 'ok' || result.data.status === 'PROCESSING') {
      await this.parts.refunds.update(this.database, refund, { checks: refund.checks + 1 });
      return this.comeBack(refund, Math.min(checkPauseMs(refund.checks), 60_000));
    }
    return this.conclude(refund, payment, result.data);
  }

  private async conclude(refund: RefundDraft, payment: PaymentRow, theirs: Refund): Promise<boolean> {
    if (theirs.status === 'SUCCESS' && theirs.refund === refund.amountFen) {
      await this.book(refund, payment);
      afterBooked();
      return false;
    }
    if (theirs.status === 'CLOSED' && refund.attempt < ATTEMPT_MAX) {
      // Closed is final for the number, not for the consumer: a new number tries again (pay-16, pain-07).
      const attempt = refund.attempt + 1;
      await this.parts.refunds.update(this.database, refund, {
        state: 'REQUESTED',
        attempt,
        out_refund_no: `R${refund.id}-${attempt}`,
      });
      return this.comeBack(refund, 60_000);
    }
    const problem =
      theirs.status === 'ABNORMAL'
        ? '退款异常：用户的收款卡不可用，请在商户平台处理异常退款'
        : `退款没有成功：${theirs.status}`;
    if (theirs.status === 'ABNORMAL') return this.comeBack(refund, LATER_MS, problem);
    await this.parts.refunds.update(this.database, refund, { state: 'FAILED', problem, next_check_at: null });
    return false;
  }

  /** The money is back with the consumer: lines, order, chain and ledger say so together. */
  private async book(refund: RefundDraft, payment: PaymentRow): Promise<void> {
    await this.unitOfWork.run('book refund', async (tx) => {
      const order = await this.parts.orders.store.lock(tx, refund.brandId, refund.orderId);
      const locked = await this.parts.refunds.lock(tx, refund.brandId, refund.id);
      if (!order || locked.state === 'SUCCESS') return;
      const split = await this.parts.splits.lockOfOrder(tx, refund.brandId, refund.orderId);
      if (payment.isLate) await this.stores.ledger.post(tx, refund.brandId, this.lateTransfers(refund, payment));
      else await this.bookReversal(tx, order, refund, split);
      await this.parts.refunds.update(tx, refund, {
        state: 'SUCCESS',
        step: 'DONE',
        finished_at: tx.now,
        next_check_at: null,
        problem: null,
      });
      beforeBooked();
    });
  }

  private async bookReversal(tx: Tx, order: Order, refund: RefundDraft, split: Split | null): Promise<void> {
    const plan = refund.plan as ReversalPlan;
    const net = await netOfOrder(tx, this.stores.chain, order.brandId, order.id);
    const { accrual } = net;
    const body: ReversalBody = {
      v: 1,
      kind: 'REVERSAL',
      storeId: accrual.storeId,
      storeName: accrual.storeName,
      orderId: order.id,
      orderNo: order.orderNo,
      at: tx.now.toISOString(),
      businessDay: businessDay(tx.now.getTime()),
      rule: accrual.rule,
      refundId: refund.id,
      input: accrual.input,
      original: accrual.shares,
      refund: plan.refund,
      before: plan.before,
      refundFen: refund.amountFen,
      ...plan.result,
    };
    await this.stores.chain.append(tx, order.brandId, [{ storeId: order.storeId, refId: refund.id, body }]);
    const feeBack = shareOf(plan.result.shares, 'CHANNEL', 'wechat-pay');
    const isFrozen = split?.step !== 'DONE';
    await this.stores.ledger.post(tx, order.brandId, [
      reversalTransfer(`reverse:${refund.id}`, order.id, order.storeId, plan.result.shares),
      transfer('ENTITLEMENT', `fee-back:${refund.id}`, 'PAID', order.id, [
        { account: accounts.due({ party: 'CHANNEL', partyId: 'wechat-pay' }), fen: feeBack },
        { account: accounts.paid({ party: 'CHANNEL', partyId: 'wechat-pay' }), fen: subFen(ZERO_FEN, feeBack) },
      ]),
      ...this.refundMoney(refund, split?.subMchid ?? split?.mchid ?? '', isFrozen, feeBack),
      ...(split?.step === 'DONE' ? this.collectorBack(order, refund, plan, split) : []),
    ]);
    await this.parts.orders.progress.refunded(tx, order, { lines: refund.lines, totalFen: refund.amountFen });
    const isAllBack = order.refundedFen + refund.amountFen === order.totalFen;
    // With nothing left to divide there is nothing to wait for.
    if (isAllBack && split && isFrozen)
      await tx.execute(
        "UPDATE split SET state = 'READY', due_at = ?, next_at = ? WHERE brand_id = ? AND id = ? AND state = 'WAITING'",
        [tx.now, tx.now, split.brandId, split.id],
      );
  }

  /** After the split the collector's share had counted as paid; the refund took it from its balance again. */
  private collectorBack(order: Order, refund: RefundDraft, plan: ReversalPlan, split: Split): TransferDraft[] {
    const back = collectorShare(split, plan.result.shares);
    if (!back || back.fen === 0) return [];
    return [
      transfer('ENTITLEMENT', `owner-back:${refund.id}`, 'PAID', order.id, [
        { account: accounts.due(back), fen: back.fen },
        { account: accounts.paid(back), fen: subFen(ZERO_FEN, back.fen) },
      ]),
    ];
  }

  private refundMoney(refund: RefundDraft, collector: string, isFrozen: boolean, feeBack: Fen): TransferDraft[] {
    const from = isFrozen ? accounts.frozen(collector) : accounts.available(collector);
    return [
      transfer('MONEY', `refund:${refund.id}`, 'REFUND', refund.orderId, [
        { account: accounts.consumer, fen: refund.amountFen },
        { account: accounts.fee, fen: subFen(ZERO_FEN, feeBack) },
        { account: from, fen: subFen(feeBack, refund.amountFen) },
      ]),
    ];
  }

  private lateTransfers(refund: RefundDraft, payment: PaymentRow): TransferDraft[] {
    const collector = payment.subMchid ?? payment.mchid;
    return [
      moneyTransfer(
        `pay:${payment.id}`,
        'PAY',
        payment.orderId,
        accounts.consumer,
        accounts.frozen(collector),
        payment.amountFen,
      ),
      ...(payment.feeFen > 0
        ? [
            moneyTransfer(
              `fee:${payment.id}`,
              'FEE',
              payment.orderId,
              accounts.frozen(collector),
              accounts.fee,
              payment.feeFen,
            ),
          ]
        : []),
      ...this.refundMoney(refund, collector, true, payment.feeFen),
    ];
  }
}
