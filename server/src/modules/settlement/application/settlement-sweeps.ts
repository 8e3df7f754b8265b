import { hostname } from 'node:os';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { Wake } from '../../../platform/platform.module.js';
import type { OrderEventPayload } from '../../orders/index.js';
import { AccruePaidOrders } from './accrue.js';
import { PublishStatements } from './publish-statements.js';
import { ReturnShares } from './return-shares.js';
import { RunRefund } from './run-refund.js';
import { RunSplit } from './run-split.js';

/** Background work of settlement, and what it listens to. */
@Injectable()
export class SettlementSweeps implements OnModuleInit {
  private readonly owner = `${hostname()}-${process.pid}`;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccruePaidOrders) private readonly accrue: AccruePaidOrders,
    @Inject(RunSplit) private readonly splits: RunSplit,
    @Inject(RunRefund) private readonly refunds: RunRefund,
    @Inject(ReturnShares) private readonly returns: ReturnShares,
    @Inject(PublishStatements) private readonly statements: PublishStatements,
    @Inject(Wake) private readonly wake: Wake,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'settlement.accrue', everyMs: 500, run: () => this.accrue.run() });
    registerSweep({ name: 'settlement.splits', everyMs: 1000, run: () => this.splits.runDue(this.owner) });
    registerSweep({ name: 'settlement.refunds', everyMs: 1000, run: () => this.refunds.runDue() });
    registerSweep({ name: 'settlement.returns', everyMs: 60_000, run: () => this.returns.runLate() });
    registerSweep({ name: 'settlement.statements', everyMs: 60_000, run: () => this.statements.run() });
    registerHandler({
      name: 'settlement.on-order-finished',
      type: 'order.finished',
      handle: (tx, event) => this.onFinished(tx, event),
    });
  }

  /** The after-sale window is over: the order's split is due. */
  private async onFinished(tx: Tx, event: DomainEvent): Promise<void> {
    const { orderId } = event.payload as unknown as OrderEventPayload;
    await tx.execute(
      "UPDATE split SET state = 'READY', due_at = ?, next_at = ? WHERE brand_id = ? AND order_id = ? AND state = 'WAITING'",
      [tx.now, tx.now, event.brandId, orderId],
    );
    tx.afterCommit(() => this.wake.sweep('settlement.splits'));
  }

  /** How many splits need a person, for the overview. */
  async attentionCount(brandId: string): Promise<number> {
    const [row] = await this.database.query<{ n: string }>(
      "SELECT COUNT(*) AS n FROM split WHERE brand_id = ? AND state = 'ATTENTION'",
      [brandId],
    );
    return Number(row?.n ?? 0);
  }
}
