import { Inject, Injectable } from '@nestjs/common';
import { sumFen } from '@shuke/shared/kernel';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import { remedyForReceiver } from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { RefundStore } from '../../payments/index.js';
import { ChannelListStore } from '../persistence/channel-list.store.js';
import { SplitStore } from '../persistence/split.store.js';
import { type Split } from '../persistence/split-rows.js';

const AGAIN_MS = 60_000;

/**
 * The time has come for receivers that were refused for a passing reason: they are planned anew under a new number,
 * and nobody else with them. Where their part of the money waits is not documented, so the channel is asked first; when
 * it is not frozen any more, or a refund wants to go on, the rest is freed and the part stays owed.
 */
@Injectable()
export class RetryClosed {
  private readonly splits = new SplitStore();
  private readonly lists = new ChannelListStore();

  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(RefundStore) private readonly refunds: RefundStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @returns ON to go on at once, or when to come back */
  async run(split: Split, desk: PayDesk): Promise<'ON' | Date> {
    const amounts = await desk.gateway.sharing.amounts(split.transactionId);
    if (amounts.kind !== 'ok') return new Date(this.clock.now() + AGAIN_MS);
    await this.unitOfWork.run('retry closed receivers', async (tx) => {
      await this.splits.lockOfOrder(tx, split.brandId, split.orderId);
      const all = await this.splits.receivers(tx, split.brandId, [split.id]);
      const closed = all.filter((one) => one.state === 'CLOSED' && one.requestId === all.at(-1)?.requestId);
      const wanted = sumFen(closed.map((one) => one.amountFen));
      if (amounts.data.unsplit < wanted || (await this.refunds.hasOpen(tx, split.brandId, split.orderId))) {
        const problem = closed.map((one) => remedyForReceiver(one.failReason).nextStep).join('；');
        await this.splits.advance(tx, split, { step: 'UNFREEZE', problem: problem.slice(0, 300) });
        return;
      }
      for (const one of closed) await this.lists.forget(tx, split, one);
      await this.splits.advance(tx, split, { step: 'PLAN' });
    });
    return 'ON';
  }
}
