import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { BrandId, OrderId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { OrderStore } from '../persistence/order.store.js';
import { OrderReturns } from './order-returns.js';
import { ProgressOrder } from './progress-order.js';

const BATCH = 100;
const RECHECK_MS = 3_600_000;

/** Deadlines of orders on their way: automatic receipt, and the end of the after-sale window. */
@Injectable()
export class OrderSweeps implements OnModuleInit {
  private readonly setbacks = new Setbacks();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(OrderStore) private readonly orders: OrderStore,
    @Inject(ProgressOrder) private readonly progress: ProgressOrder,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'orders.deadlines', everyMs: 1000, run: () => this.run() });
  }

  run(): Promise<number> {
    return eachDue(this.setbacks, this.clock.date(), {
      label: 'order deadline',
      batch: BATCH,
      due: (limit) => this.orders.due(this.database, ['SHIPPED', 'RECEIVED'], this.clock.date(), limit),
      nameOf: ({ id }) => id,
      work: ({ brandId, id }) => this.unitOfWork.run('order deadline', (tx) => this.move(tx, brandId, id)),
    });
  }

  /** False when it is not due any more. */
  private async move(tx: Tx, brandId: BrandId, id: OrderId): Promise<boolean> {
    const order = await this.orders.lock(tx, brandId, id);
    if (!order?.dueAt || order.dueAt.getTime() > tx.now.getTime()) return false;
    if (order.state === 'SHIPPED') await this.progress.receive(tx, order);
    else if (order.state !== 'RECEIVED') return false;
    // An open case keeps its order open; the split waits for it, and day 28 ends the waiting (pay-26).
    else if (await OrderReturns.isInCase(tx, brandId, id))
      await this.orders.putOff(tx, order, new Date(tx.now.getTime() + RECHECK_MS));
    else await this.progress.finish(tx, order);
    return true;
  }
}
