import { Inject, Injectable } from '@nestjs/common';
import { subFen, sumFen } from '@shuke/shared/kernel';
import { type RefundInput, type ReversedBefore, reverse } from '@shuke/shared/rules';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import type { Order } from '../../orders/index.js';
import type { RefundDraft } from '../../payments/index.js';
import { netShares } from '../domain/split-plan.js';
import type { Split, SplitStep } from '../persistence/split-rows.js';
import { SettlementStores } from './accrue.js';
import { netOfOrder } from './net-shares.js';
import { LATER_MS, RefundParts, type ReversalPlan, SOON_MS } from './refund-parts.js';

const afterPlan = declareFailpoint('refund.after-plan');
/** Steps in which the channel has no request of the split that is still to end. */
const BEFORE_TAKEN: readonly SplitStep[] = ['PLAN', 'RECEIVERS', 'SEND'];

/** Decides who gives up how much of a refund, with numbers made before the first call. */
@Injectable()
export class PlanRefund {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(RefundParts) private readonly parts: RefundParts,
  ) {}

  /** @returns true to go on at once */
  async run(refund: RefundDraft): Promise<boolean> {
    const payment = await this.parts.payment(refund);
    // What the wallet or points paid was never divided by the channel, and a late payment was not divided at all.
    if (payment.isLate || refund.amountFen === 0) {
      await this.parts.refunds.update(this.database, refund, { step: 'SEND' });
      return true;
    }
    const planned = await this.unitOfWork.run('plan refund', async (tx) => {
      const order = await this.parts.orders.store.lock(tx, refund.brandId, refund.orderId);
      const locked = await this.parts.refunds.lock(tx, refund.brandId, refund.id);
      const split = await this.parts.splits.lockOfOrder(tx, refund.brandId, refund.orderId);
      if (!order || locked.step !== 'PLAN') return true;
      // Not accrued yet, or its split is on the way: both end by themselves (pay-31).
      if (!split || (await this.isOnItsWay(tx, split))) return false;
      const { plan, entitled } = await this.reversal(tx, order, refund);
      const returns = split.step === 'DONE' ? await this.parts.returns.plan(tx, split, refund, entitled) : 0;
      await this.parts.refunds.update(tx, refund, {
        plan: JSON.stringify(plan),
        step: returns > 0 ? 'RETURN' : 'SEND',
        checks: 0,
      });
      return true;
    });
    if (!planned) {
      // The longer a split takes, the less often the refund asks: it may be waiting for a person.
      await this.parts.refunds.update(this.database, refund, { checks: refund.checks + 1 });
      return this.parts.comeBack(refund, Math.min(SOON_MS * 2 ** Math.min(refund.checks, 9), LATER_MS));
    }
    afterPlan();
    return true;
  }

  /**
   * Whether a split must end before its order's refund is planned. One that the channel has not taken is set aside and
   * planned anew after the refund: sent later with its first numbers it would pay shares that were given up. Where an
   * earlier request has paid somebody it ends at once instead, because only then that share can be taken back. One that
   * stopped after the channel took it is tried again at once, because the refund waits for it.
   */
  private async isOnItsWay(tx: Tx, split: Split): Promise<boolean> {
    const { splits, debts } = this.parts;
    if (split.step === 'DONE') return false;
    const isStopped = split.state === 'ATTENTION';
    if (split.step !== 'PLAN' && !isStopped) return true;
    if (!BEFORE_TAKEN.includes(split.step)) {
      await splits.tryNow(tx, split);
      return true;
    }
    const hasPaid = (await splits.receivers(tx, split.brandId, [split.id])).some((one) => one.state === 'SUCCESS');
    // What is about to be planned asks for open refunds under the lock of its split, and waits for this one.
    if (split.step === 'PLAN' && !hasPaid) return false;
    await debts.letGo(tx, split);
    await (hasPaid ? splits.endNow(tx, split) : splits.planAnew(tx, split));
    return hasPaid;
  }

  private async reversal(tx: Tx, order: Order, refund: RefundDraft) {
    const net = await netOfOrder(tx, this.stores.chain, order.brandId, order.id);
    const rules = await this.stores.rules.byVersions(tx, order.brandId, [net.accrual.rule.version]);
    const rule = rules.get(net.accrual.rule.version);
    if (!rule) throw new Error(`rule ${net.accrual.rule.version} is gone`);
    const before: ReversedBefore = {
      freightFen: sumFen(net.reversals.map((body) => body.refund.freightFen)),
      lines: net.reversals.flatMap((body) => body.refund.lines),
      shares: net.reversals.flatMap((body) => body.shares),
    };
    // Only what was paid in cash was divided.
    const input: RefundInput = {
      freightFen: subFen(refund.freightFen, refund.freightWalletFen),
      lines: refund.lines
        .map((line) => ({ lineId: line.lineId, amountFen: subFen(line.amountFen, line.walletFen) }))
        .filter((line) => line.amountFen > 0),
    };
    const result = reverse(rule, net.accrual.input, net.accrual.shares, input, before);
    const plan: ReversalPlan = { refund: input, before, result };
    return { plan, entitled: netShares(net.shares, result.shares) };
  }
}
