import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { log } from '../../../platform/observability/log.js';
import { Payments } from '../../payments/index.js';
import type { WalletRefund } from '../persistence/wallet-refund.store.js';
import { BalanceRefunds } from './balance-refunds.js';

type Became = 'MOVED' | 'UNDER_WAY' | 'NOT_TAKEN';

const BATCH = 50;
const PAUSE_MS = 5000;
const PAUSE_MAX_MS = 300_000;
const pauseMs = (tries: number): number => Math.min(PAUSE_MAX_MS, PAUSE_MS * 2 ** Math.min(tries, 10));

/**
 * Carries balance refunds to WeChat: first a question, then the request under a number that never changes, so that a
 * crash anywhere repeats the same refund and never makes a second one.
 */
@Injectable()
export class SendRefunds implements OnModuleInit {
  constructor(
    @Inject(BalanceRefunds) private readonly refunds: BalanceRefunds,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(PayGateways) private readonly gateways: PayGateways,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'top-ups.refunds', everyMs: 5_000, run: () => this.runDue() });
  }

  async runDue(): Promise<number> {
    let did = 0;
    for (const refund of await this.refunds.rows.sending(this.database, this.clock.date(), BATCH)) {
      const became = await this.send(refund).catch((error: unknown): Became => {
        log.error({ err: error, refund: refund.id }, 'a balance refund stopped and will be tried again');
        return 'NOT_TAKEN';
      });
      if (became === 'MOVED') did += 1;
      // One that the channel does not take, or works on, makes room for the others.
      const pause = became === 'NOT_TAKEN' ? pauseMs(refund.tries) : 0;
      if (became !== 'MOVED')
        await this.refunds.rows.later(this.database, refund, new Date(this.clock.now() + pause), pause > 0);
    }
    return did;
  }

  private async send(refund: WalletRefund): Promise<Became> {
    const { brandId, id, topUpId: subjectId } = refund;
    const payment = await this.payments.of({ brandId, subject: 'TOP_UP', subjectId });
    if (!payment?.transactionId) return this.toReview(refund, '没有找到原来的付款，请线下转账');
    const { gateway } = this.gateways.get(payment.accountId);
    const outRefundNo = `W${id}`;
    const subMchid = payment.subMchid ?? undefined;
    const asked = await gateway.refunds.queryRefund({ outRefundNo, subMchid });
    if (asked.kind === 'ok') return this.apply(refund, asked.data.status);
    if (asked.kind !== 'refused' || asked.status !== 404) return 'NOT_TAKEN';
    const body = gateway.refunds.buildRefund({
      transactionId: payment.transactionId,
      outRefundNo,
      refund: refund.refundFen,
      total: payment.amountFen,
      reason: '退回储值余额',
      subMchid,
    });
    const sent = await gateway.refunds.refund(body);
    if (sent.kind === 'ok') return this.apply(refund, sent.data.status);
    log.warn({ refund: id, kind: sent.kind }, 'a balance refund was not accepted');
    return 'NOT_TAKEN';
  }

  private async apply(refund: WalletRefund, status: string): Promise<Became> {
    if (status === 'PROCESSING') return 'UNDER_WAY';
    if (status !== 'SUCCESS') return this.toReview(refund, '微信退款没有成功，请线下转账');
    await this.unitOfWork.run('book a balance refund', async (tx) => {
      const locked = await this.refunds.rows.find(tx, refund.brandId, refund.id, true);
      if (locked?.state === 'SENDING') await this.refunds.done(tx, locked, 'SENDING', null);
    });
    return 'MOVED';
  }

  private async toReview(refund: WalletRefund, note: string): Promise<Became> {
    await this.unitOfWork.run('hand a balance refund to a person', (tx) =>
      this.refunds.rows.move(tx, refund, 'SENDING', 'REVIEW', note),
    );
    return 'MOVED';
  }
}
