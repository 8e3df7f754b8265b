import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { OrderStore } from '../persistence/order.store.js';
import { OrderReturns } from './order-returns.js';
import { ProgressOrder } from './progress-order.js';

const BATCH = 100;
const RECHECK_MS = 3_600_000;

/** Deadlines of orders on their way: automatic receipt, and the end of the after-sale window. */
@Injectable()
export class OrderSweeps implements OnModuleInit {
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

  async run(): Promise<number> {
    const due = await this.orders.due(this.database, ['SHIPPED', 'RECEIVED'], this.clock.date(), BATCH);
    let moved = 0;
    for (const { brandId, id } of due) {
      moved += await this.unitOfWork.run('order deadline', async (tx) => {
        const order = await this.orders.lock(tx, brandId, id);
        if (!order?.dueAt || order.dueAt.getTime() > tx.now.getTime()) return 0;
        if (order.state === 'SHIPPED') await this.progress.receive(tx, order);
        else if (order.state === 'RECEIVED') {
          // An open case keeps its order open; the split waits for it, and day 28 ends the waiting (pay-26).
          if (await OrderReturns.isInCase(tx, brandId, id))
            return this.orders.putOff(tx, order, new Date(tx.now.getTime() + RECHECK_MS));
          await this.progress.finish(tx, order);
        } else return 0;
        return 1;
      });
    }
    return moved;
  }
}
