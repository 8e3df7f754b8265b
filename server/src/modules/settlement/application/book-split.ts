import { Inject, Injectable } from '@nestjs/common';
import { subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import { remedyForReceiver, type SplitOrder } from '../../../gateways/wechat-pay/index.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { accounts, moneyTransfer, paidTransfer } from '../domain/ledger.js';
import { retryClosedAt } from '../domain/retry-closed.js';
import { stillToPay } from '../domain/split-plan.js';
import { SplitStore } from '../persistence/split.store.js';
import { type ReceiverEnd, type Split, type SplitReceiver, type SplitRequest } from '../persistence/split-rows.js';
import { SettlementStores } from './accrue.js';
import { Debts, type Offset } from './debts.js';
import { collectorShare, netOfOrder, sharers } from './net-shares.js';

const STILL_OWED = '有应得款这次没有付出，记为应付；同一收款方下次分账时会一起补上';

/** What the column holds; a word of the channel's that is longer must not keep its result from being booked. */
const FAIL_REASON_MAX = 60;

const asPaid = ({ fen, ...who }: Offset) => ({ ...who, amountFen: fen });

/** How the channel says that a receiver ended. One that it does not name, or with another amount, got nothing. */
function endOf(receiver: SplitReceiver, order: SplitOrder): ReceiverEnd {
  const theirs = order.receivers.find(
    (one) => !one.released && one.account === receiver.account && one.type === receiver.receiverType,
  );
  const isPaid = theirs?.result === 'SUCCESS' && theirs.amount === receiver.amountFen;
  return {
    id: receiver.id,
    state: isPaid ? 'SUCCESS' : 'CLOSED',
    failReason: isPaid ? null : (theirs?.failReason ?? 'NOT_FOUND').slice(0, FAIL_REASON_MAX),
    detailId: theirs?.detailId ?? null,
  };
}

/** Frees what is left, under a number of its own: the channel answers a reused one with success and does nothing (pay-27). */
export const unfreezeRequest = (id: SplitRequest['id'], split: Split): SplitRequest => ({
  id,
  splitId: split.id,
  kind: 'UNFREEZE',
  outOrderNo: `U${id}`,
  state: 'PLANNED',
  amountFen: ZERO_FEN,
  problem: null,
});

/** Books what the channel has done for a split, with its postings, once. */
@Injectable()
export class BookSplit {
  private readonly splits = new SplitStore();

  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(Debts) private readonly debts: Debts,
  ) {}

  /**
   * Books every receiver's result, with its postings, once.
   * @returns when receivers that were refused for a passing reason are tried again, else ON: what is left can be freed
   */
  async book(split: Split, request: SplitRequest, order: SplitOrder, nowMs: number): Promise<'ON' | Date> {
    const collector = split.subMchid ?? split.mchid;
    return this.unitOfWork.run('book split', async (tx) => {
      await this.splits.lockOfOrder(tx, split.brandId, split.orderId);
      const open = (await this.splits.receivers(tx, split.brandId, [split.id])).filter(
        (one) => one.requestId === request.id && (one.state === 'PLANNED' || one.state === 'PENDING'),
      );
      const ends = open.map((receiver) => endOf(receiver, order));
      await this.splits.setReceivers(tx, split.brandId, ends);
      const reasons = ends.filter((one) => one.state === 'CLOSED').map((one) => one.failReason);
      const problems = reasons.map((reason) => remedyForReceiver(reason).nextStep);
      const paid = open.filter((_, at) => ends[at]?.state === 'SUCCESS');
      const transfers = paid.flatMap((receiver) => [
        moneyTransfer(
          `split:${receiver.id}`,
          'SPLIT',
          split.orderId,
          accounts.frozen(collector),
          accounts.party(receiver),
          receiver.amountFen,
        ),
        paidTransfer(`split:${receiver.id}`, split.orderId, { ...receiver, fen: receiver.amountFen }),
      ]);
      await this.stores.ledger.post(tx, split.brandId, transfers);
      await this.splits.setRequest(tx, split.brandId, request, 'FINISHED', {
        channelOrderId: order.orderId,
        at: tx.now,
      });
      const problem = [split.problem, ...problems].filter((one) => one !== null).join('；');
      const retryAt = reasons.length === 0 ? null : await this.retryAt(tx, split, reasons, nowMs);
      if (retryAt === null)
        await this.splits.insertRequest(tx, split, unfreezeRequest(this.stores.ids.next(), split), []);
      await this.splits.advance(tx, split, {
        ...(retryAt === null ? { step: 'UNFREEZE' } : { step: 'RETRY', state: 'ATTENTION' }),
        problem: problem === '' ? null : problem.slice(0, 300),
      });
      return retryAt === null ? 'ON' : new Date(retryAt);
    });
  }

  private async retryAt(
    tx: Tx,
    split: Split,
    reasons: readonly (string | null)[],
    nowMs: number,
  ): Promise<number | null> {
    const tries = (await this.splits.requests(tx, split)).filter((one) => one.kind === 'SPLIT').length;
    return retryClosedAt(reasons, tries, nowMs, split.deadlineAt.getTime());
  }

  /** Nothing is frozen any more: what was freed is the collector's, and the split is over. */
  async finish(split: Split): Promise<void> {
    const collector = split.subMchid ?? split.mchid;
    await this.unitOfWork.run('finish split', async (tx) => {
      await this.splits.lockOfOrder(tx, split.brandId, split.orderId);
      const receivers = await this.splits.receivers(tx, split.brandId, [split.id]);
      const net = await netOfOrder(tx, this.stores.chain, split.brandId, split.orderId);
      const sent = sumFen(receivers.filter((one) => one.state === 'SUCCESS').map((one) => one.amountFen));
      const rest = subFen(subFen(subFen(split.paidFen, split.feeFen), sent), net.refundedNetFen);
      const transfers =
        rest === 0
          ? []
          : [
              moneyTransfer(
                `unfreeze:${split.id}`,
                'UNFREEZE',
                split.orderId,
                accounts.frozen(collector),
                accounts.available(collector),
                rest,
              ),
            ];
      // The collector's own share has reached it by being freed; a franchisee's share of brand-collected money has not.
      const kept = collectorShare(split, net.shares);
      if (kept && kept.fen !== 0) transfers.push(paidTransfer(`owner:${split.id}`, split.orderId, kept));
      await this.stores.ledger.post(tx, split.brandId, transfers);
      const offsets = await this.debts.book(tx, split);
      const paid = [...receivers.filter((one) => one.state === 'SUCCESS'), ...offsets.map(asPaid)];
      const isOwed = stillToPay(sharers(split, net.shares), paid).some((share) => share.fen !== 0);
      if (isOwed) await this.debts.sync(tx, split);
      const problem = split.problem ?? (isOwed ? STILL_OWED : null);
      await this.splits.endUnfreeze(tx, split);
      await this.splits.advance(tx, split, {
        state: problem === null ? 'FINISHED' : 'ATTENTION',
        step: 'DONE',
        problem,
        finished_at: tx.now,
      });
    });
  }
}
