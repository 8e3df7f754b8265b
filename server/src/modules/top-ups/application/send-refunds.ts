import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { log } from '../../../platform/observability/log.js';
import { Payments } from '../../payments/index.js';
import type { WalletRefund } from '../persistence/wallet-refund.store.js';
import { BalanceRefunds } from './balance-refunds.js';

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
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'top-ups.refunds', everyMs: 5_000, run: () => this.runDue() });
  }

  async runDue(): Promise<number> {
    let did = 0;
    for (const refund of await this.refunds.rows.sending(this.database, 50)) {
      const moved = await this.send(refund).catch((error: unknown) => {
        log.error({ err: error, refund: refund.id }, 'a balance refund stopped and will be tried again');
        return false;
      });
      if (moved) did += 1;
    }
    return did;
  }

  private async send(refund: WalletRefund): Promise<boolean> {
    const { brandId, id, topUpId: subjectId } = refund;
    const payment = await this.payments.of({ brandId, subject: 'TOP_UP', subjectId });
    if (!payment?.transactionId) return this.toReview(refund, '没有找到原来的付款，请线下转账');
    const { gateway } = this.gateways.get(payment.accountId);
    const outRefundNo = `W${id}`;
    const subMchid = payment.subMchid ?? undefined;
    const asked = await gateway.refunds.queryRefund({ outRefundNo, subMchid });
    if (asked.kind === 'ok') return this.apply(refund, asked.data.status);
    if (asked.kind !== 'refused' || asked.status !== 404) return false;
    const body = gateway.refunds.buildRefund({
      ...{ transactionId: payment.transactionId, outRefundNo, refund: refund.refundFen, total: payment.amountFen },
      ...{ reason: '退回储值余额', subMchid },
    });
    const sent = await gateway.refunds.refund(body);
    if (sent.kind === 'ok') return this.apply(refund, sent.data.status);
    log.warn({ refund: id, kind: sent.kind }, 'a balance refund was not accepted');
    return false;
  }

  private async apply(refund: WalletRefund, status: string): Promise<boolean> {
    if (status === 'PROCESSING') return false;
    if (status !== 'SUCCESS') return this.toReview(refund, '微信退款没有成功，请线下转账');
    await this.unitOfWork.run('book a balance refund', async (tx) => {
      const locked = await this.refunds.rows.find(tx, refund.brandId, refund.id, true);
      if (locked?.state === 'SENDING') await this.refunds.done(tx, locked, 'SENDING', null);
    });
    return true;
  }

  private async toReview(refund: WalletRefund, note: string): Promise<boolean> {
    return this.unitOfWork.run('hand a balance refund to a person', (tx) =>
      this.refunds.rows.move(tx, refund, 'SENDING', 'REVIEW', note),
    );
  }
}
