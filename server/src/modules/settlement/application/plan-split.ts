import { Inject, Injectable } from '@nestjs/common';
import { addFen, basisPoints, type Fen, floorShare, minFen, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import type { Refused, Unknown } from '../../../gateways/wechat-pay/index.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Organization } from '../../organization/index.js';
import { RefundStore } from '../../payments/index.js';
import { lessOffsets, type PlannedReceiver, planSplit, roomAbove, stillToPay } from '../domain/split-plan.js';
import { NOT_SENT, SplitStore } from '../persistence/split.store.js';
import { type Split, type SplitReceiver, type SplitRequest } from '../persistence/split-rows.js';
import { SettlementStores } from './accrue.js';
import { Debts } from './debts.js';
import { netOfOrder, sharers } from './net-shares.js';
import { SplitTerms } from './split-terms.js';

const amountOf = (one: { amountFen: Fen }): Fen => one.amountFen;

export type Planned = 'ON' | 'REFUND_FIRST' | Refused | Unknown;

/** Fixes who gets what of a split, with numbers made before the first call. An open refund comes first. */
@Injectable()
export class PlanSplit {
  private readonly splits = new SplitStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(RefundStore) private readonly refunds: RefundStore,
    @Inject(SplitTerms) private readonly terms: SplitTerms,
    @Inject(Debts) private readonly debts: Debts,
  ) {}

  /**
   * Writes down receivers and numbers.
   * @returns the channel's answer when it did not say what planning needs
   */
  async run(split: Split, desk: PayDesk): Promise<Planned> {
    const ratio = await this.terms.maxRatio(split, desk);
    if (ratio.kind !== 'ok') return ratio;
    const earlier = await this.splits.receivers(this.database, split.brandId, [split.id]);
    // After a refusal the channel's own word about what is left counts more than what we make of it (pay-25).
    const left = earlier.some((one) => one.failReason === NOT_SENT)
      ? await desk.gateway.sharing.amounts(split.transactionId)
      : null;
    if (left && left.kind !== 'ok') return left;
    const guides = new Map(
      (await this.organization.guides(split.brandId)).map((guide) => [guide.id as string, guide.receiverOpenid]),
    );
    return this.unitOfWork.run('plan split', async (tx): Promise<'ON' | 'REFUND_FIRST'> => {
      const locked = await this.splits.lockOfOrder(tx, split.brandId, split.orderId);
      if (locked?.step !== 'PLAN') return 'ON';
      if (await this.refunds.hasOpen(tx, split.brandId, split.orderId)) return 'REFUND_FIRST';
      const net = await netOfOrder(tx, this.stores.chain, split.brandId, split.orderId);
      const paid = earlier.filter((one) => one.state === 'SUCCESS');
      const paidFen = sumFen(paid.map(amountOf));
      const ours = subFen(subFen(split.paidFen, split.feeFen), net.refundedFen);
      const base = left ? minFen(ours, addFen(left.data.unsplit, paidFen)) : ours;
      const cap = subFen(base > 0 ? floorShare(base, basisPoints(ratio.bp)) : base, paidFen);
      // Before a first plan nothing can have been set off.
      const kept = earlier.length === 0 ? [] : await this.debts.letGo(tx, split);
      const stays = kept.map(({ fen, ...who }) => ({ ...who, amountFen: fen }));
      const toPay = stillToPay(net.shares, [...paid, ...stays]);
      // Only a first plan pays old debts of the collector's as well: what was refused once is not made larger.
      const room = earlier.length > 0 ? ZERO_FEN : roomAbove(sharers(split, toPay), cap);
      const offsets = await this.debts.plan(tx, split, toPay, room);
      const plan = planSplit(
        lessOffsets(toPay, offsets),
        split.collectMode,
        { brandMchid: desk.brandReceiver.mchid, guideOpenid: (id) => guides.get(id) ?? null },
        cap,
      );
      const problem = plan.leftOut.length > 0 ? plan.leftOut.map((one) => one.reason).join('；') : null;
      if (plan.receivers.length > 0) await this.insert(tx, split, plan.receivers);
      await this.splits.advance(tx, split, {
        state: 'PROCESSING',
        step: plan.receivers.length > 0 ? 'RECEIVERS' : 'UNFREEZE',
        problem,
      });
      return 'ON';
    });
  }

  private async insert(tx: Tx, split: Split, planned: readonly PlannedReceiver[]): Promise<void> {
    const requestId = this.stores.ids.next<'request'>();
    const request: SplitRequest = {
      id: requestId,
      splitId: split.id,
      kind: 'SPLIT',
      outOrderNo: `S${requestId}`,
      state: 'PLANNED',
      amountFen: sumFen(planned.map(amountOf)),
      problem: null,
    };
    const receivers = planned.map(
      (one): SplitReceiver => ({
        id: this.stores.ids.next<'receiver'>(),
        splitId: split.id,
        requestId,
        party: one.party,
        partyId: one.partyId,
        receiverType: one.type,
        account: one.account,
        amountFen: one.amountFen,
        returnedFen: ZERO_FEN,
        state: 'PLANNED',
        failReason: null,
      }),
    );
    await this.splits.insertRequest(tx, split, request, receivers);
  }
}
