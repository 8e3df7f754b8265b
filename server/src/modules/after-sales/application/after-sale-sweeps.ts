import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { addFen, DAY_MS, type Id } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { log } from '../../../platform/observability/log.js';
import { type Order, Orders } from '../../orders/index.js';
import { type BookedRefund, RefundEffects } from '../../payments/index.js';
import type { AfterSaleCase } from '../domain/after-sale-case.js';
import { ProgressCase, THE_SYSTEM } from './progress-case.js';
import { RefundAssets } from './refund-assets.js';

const BATCH = 100;
const LATER_MS = 10 * 60_000;
const ASK_AGAIN_MS = 3 * DAY_MS;

type DueCase = Pick<AfterSaleCase, 'brandId' | 'id'> & { orderId: Id };

/** Deadlines of cases, and what follows a booked refund. */
@Injectable()
export class AfterSaleSweeps implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(ProgressCase) private readonly progress: ProgressCase,
    @Inject(RefundAssets) private readonly assets: RefundAssets,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'after-sales.deadlines', everyMs: 2000, run: () => this.run() });
    RefundEffects.register('after-sales', (tx, booked) => this.onRefund(tx, booked));
  }

  /** Moves on what nobody has moved in time; a case that cannot move now is looked at later and blocks no other. */
  async run(): Promise<number> {
    const due = await this.progress.cases.due(this.database, this.clock.date(), BATCH);
    let moved = 0;
    for (const { brandId, id, orderId } of due) {
      const isMoved = await this.unitOfWork
        .run('after-sale deadline', async (tx) => {
          const order = await this.orders.store.lock(tx, brandId, orderId);
          const one = await this.progress.cases.lock(tx, brandId, id);
          if (!order || !one?.dueAt || one.dueAt.getTime() > tx.now.getTime()) return 0;
          await this.step(tx, order, one);
          return 1;
        })
        .catch((error) => this.afterFailure(error, { brandId, id, orderId }));
      moved += isMoved;
    }
    return moved;
  }

  /** What the shelf cannot give is told to the consumer at once; anything else is tried again and stops no other case. */
  private async afterFailure(error: unknown, { brandId, id, orderId }: DueCase): Promise<number> {
    if (error instanceof AppError && error.code === 'SOLD_OUT')
      return this.unitOfWork.run('no replacement', async (tx) => {
        const order = await this.orders.store.lock(tx, brandId, orderId);
        const one = await this.progress.cases.lock(tx, brandId, id);
        if (!order || one?.kind !== 'EXCHANGE' || one.state !== 'REQUESTED') return 0;
        await this.progress.refuse(tx, one, THE_SYSTEM, '要换的款式已经卖完了，可以换别的，或者改为退货退款');
        // Waiting for the store must not have cost the consumer the days in which to ask again.
        const until = new Date(tx.now.getTime() + ASK_AGAIN_MS);
        if (order.state === 'RECEIVED' && order.dueAt && order.dueAt < until)
          await this.orders.store.putOff(tx, order, until);
        return 1;
      });
    log.error({ err: error, case: id }, 'a case stopped and will be tried again');
    const next = new Date(this.clock.now() + LATER_MS);
    await this.unitOfWork.run('put off case', (tx) => this.progress.cases.set(tx, { brandId, id }, { due_at: next }));
    return 0;
  }

  private async step(tx: Tx, order: Order, one: AfterSaleCase): Promise<void> {
    switch (one.state) {
      case 'REQUESTED':
        if (one.pausedMs !== null)
          return this.progress.cancel(tx, one, THE_SYSTEM, '超时没有补充凭证，申请自动撤销，可以重新申请');
        return this.progress.approve(tx, order, one, THE_SYSTEM, '门店超时未处理，系统已自动同意');
      case 'APPROVED':
        return this.progress.cancel(tx, one, THE_SYSTEM, '超时未寄回，申请自动撤销');
      case 'SENT_BACK':
        return this.progress.receive(tx, order, one, {
          storeId: one.storeId,
          by: THE_SYSTEM,
          text: '门店超时未验收，系统已自动确认收货',
        });
      case 'RESENT':
        return this.progress.finish(tx, one, THE_SYSTEM, '系统已自动确认收到换货');
      default:
        return this.progress.openRefund(tx, order, one);
    }
  }

  /** In the transaction that books a refund: wallet, points, coupons, the case, and the store that has the goods now. */
  private async onRefund(tx: Tx, booked: BookedRefund): Promise<void> {
    const { refund, order } = booked;
    await this.assets.apply(tx, booked);
    const one = refund.caseId ? await this.progress.cases.lock(tx, refund.brandId, refund.caseId) : null;
    if (one?.state !== 'REFUNDING') return;
    await this.progress.finish(tx, one, THE_SYSTEM, '退款已到账');
    if (one.receivedStoreId)
      await this.assets.clearOtherStore(tx, {
        order,
        caseId: one.id,
        caseNo: one.caseNo,
        receivedStoreId: one.receivedStoreId,
        fen: addFen(refund.amountFen, refund.walletFen),
      });
  }
}
