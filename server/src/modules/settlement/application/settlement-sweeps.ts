import { hostname } from 'node:os';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { OrderId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { Wake } from '../../../platform/platform.module.js';
import type { OrderEventPayload } from '../../orders/index.js';
import { splitNotice } from '../../payments/index.js';
import { SplitStore } from '../persistence/split.store.js';
import { AccruePaidOrders } from './accrue.js';
import { LockStatements } from './lock-statements.js';
import { PublishStatements } from './publish-statements.js';
import { ReturnShares } from './return-shares.js';
import { RunRefund } from './run-refund.js';
import { RunSplit } from './run-split.js';

/** Background work of settlement, and what it listens to. */
@Injectable()
export class SettlementSweeps implements OnModuleInit {
  private readonly splitStore = new SplitStore();
  private readonly owner = `${hostname()}-${process.pid}`;

  constructor(
    @Inject(AccruePaidOrders) private readonly accrue: AccruePaidOrders,
    @Inject(RunSplit) private readonly splits: RunSplit,
    @Inject(RunRefund) private readonly refunds: RunRefund,
    @Inject(ReturnShares) private readonly returns: ReturnShares,
    @Inject(PublishStatements) private readonly statements: PublishStatements,
    @Inject(LockStatements) private readonly locks: LockStatements,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'settlement.accrue', everyMs: 500, run: () => this.accrue.run() });
    registerSweep({ name: 'settlement.splits', everyMs: 1000, run: () => this.splits.runDue(this.owner) });
    registerSweep({ name: 'settlement.refunds', everyMs: 1000, run: () => this.refunds.runDue() });
    registerSweep({ name: 'settlement.returns', everyMs: 60_000, run: () => this.returns.runLate() });
    registerSweep({ name: 'settlement.statements', everyMs: 60_000, run: () => this.statements.run() });
    registerSweep({ name: 'settlement.locks', everyMs: 60_000, run: () => this.locks.run() });
    splitNotice.fill((transactionId) => this.onNotice(transactionId));
    registerHandler({
      name: 'settlement.on-order-finished',
      type: 'order.finished',
      handle: (tx, event) => this.onFinished(tx, event),
    });
  }

  /** A callback about a split or its return says nothing that is believed: the channel is asked at once. */
  private async onNotice(transactionId: string): Promise<void> {
    await this.splits.askNow(transactionId);
    this.wake.sweep('settlement.splits');
  }

  /** The after-sale window is over: the order's split is due. */
  private async onFinished(tx: Tx, event: DomainEvent): Promise<void> {
    const { orderId } = event.payload as unknown as OrderEventPayload;
    await this.splitStore.setReady(tx, event.brandId, orderId as OrderId);
    tx.afterCommit(() => this.wake.sweep('settlement.splits'));
  }
}
