import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { CheckPayment, PaymentStore } from '../../payments/index.js';
import { type Account, BillStore, type OpenDifference } from '../persistence/bill.store.js';

/**
 * Ends differences whose reason is over: the channel says done and we did not know it. A payment is asked for and its
 * verified word applied as if the callback had come; refunds and splits ask by themselves, so their books are looked at.
 * Whatever cannot be settled now is tried again with the next look at the bills.
 */
@Injectable()
export class SettleDifferences {
  private readonly bills = new BillStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(PaymentStore) private readonly payments: PaymentStore,
    @Inject(CheckPayment) private readonly check: CheckPayment,
  ) {}

  async run(account: Account): Promise<void> {
    for (const one of await this.bills.openStates(this.database, account)) {
      const resolution = one.theirs.kind === 'PAY' ? await this.ask(one) : await this.lookUp(account, one);
      if (resolution === null) continue;
      await this.unitOfWork.run('settle a difference', (tx) =>
        this.bills.resolve(tx, account, { class: 'STATE', ref: one.ref }, resolution),
      );
    }
  }

  private async ask({ ref }: OpenDifference): Promise<string | null> {
    const payment = await this.payments.byOutTradeNo(this.database, ref);
    const applied = payment ? await this.check.run(payment) : 'UNKNOWN';
    return applied === 'PAID' || applied === 'ALREADY' ? '已向微信查询并补记这笔付款' : null;
  }

  private async lookUp(account: Account, { ref, theirs }: OpenDifference): Promise<string | null> {
    const ours = (await this.bills.ours(this.database, account, theirs.kind, [ref])).get(ref);
    return ours?.isDone && ours.amountFen === theirs.amountFen ? '我们的账后来也记到了这一笔' : null;
  }
}
