import { Inject, Injectable } from '@nestjs/common';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import { remedyForRefusal } from '../../../gateways/wechat-pay/index.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { SplitStore } from '../persistence/split.store.js';
import { type Split, type SplitRequest } from '../persistence/split-rows.js';
import { SettlementStores } from './accrue.js';
import { BookSplit, unfreezeRequest } from './book-split.js';
import { type Next, orderIdOf } from './split-steps.js';
import { StopSplit } from './stop-split.js';

const afterUnfreeze = declareFailpoint('split.after-unfreeze');

/** Frees for the collector what a split leaves, and ends it when the channel holds nothing back any more. */
@Injectable()
export class FreeRest {
  private readonly splits = new SplitStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(BookSplit) private readonly books: BookSplit,
    @Inject(StopSplit) private readonly stops: StopSplit,
  ) {}

  /** Frees what is left under a new number: the channel answers a reused one with success and does nothing (pay-27). */
  async run(split: Split, desk: PayDesk): Promise<Next> {
    const request =
      (await this.splits.openRequest(this.database, split, 'UNFREEZE')) ?? (await this.planUnfreeze(split));
    const body = desk.gateway.sharing.buildUnfreeze({
      subMchid: split.subMchid ?? undefined,
      transactionId: split.transactionId,
      outOrderNo: request.outOrderNo,
      description: '订单完结，解冻剩余货款',
    });
    const result = await desk.gateway.sharing.unfreeze(body);
    afterUnfreeze();
    if (result.kind === 'unknown') return this.stops.soon();
    if (result.kind === 'refused') {
      const remedy = remedyForRefusal(result);
      // Nothing left to free is what we want; the next step looks at the amount itself.
      if (remedy.action !== 'READ_AMOUNTS' && remedy.action !== 'FINAL')
        return remedy.action === 'RETRY_LATER' ? this.stops.again() : this.stops.stop(split, remedy, result.message);
    }
    await this.splits.advanceSent(this.database, split, request, { step: 'CHECK', channelOrderId: orderIdOf(result) });
    return this.stops.soon();
  }

  private async planUnfreeze(split: Split): Promise<SplitRequest> {
    const request = unfreezeRequest(this.stores.ids.next(), split);
    await this.unitOfWork.run('plan unfreeze', (tx) => this.splits.insertRequest(tx, split, request, []));
    return request;
  }

  /** Done only when the channel itself says that nothing is frozen any more. */
  async check(split: Split, desk: PayDesk): Promise<Next> {
    const amounts = await desk.gateway.sharing.amounts(split.transactionId);
    if (amounts.kind === 'unknown') return this.stops.soon();
    if (amounts.kind === 'refused') return this.stops.putOff(split, amounts);
    if (amounts.data.unsplit > 0) return this.stops.soon();
    await this.books.finish(split);
    return null;
  }
}
