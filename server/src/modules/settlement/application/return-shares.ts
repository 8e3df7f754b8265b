import { Inject, Injectable } from '@nestjs/common';
import { minFen, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import { type SplitShare, shareOf } from '@shuke/shared/rules';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import { remedyForRefusal, remedyForReturn, type ShareReturn } from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import type { RefundDraft } from '../../payments/index.js';
import { accounts, moneyTransfer, transfer } from '../domain/ledger.js';
import { ReturnStore, type ShareReturnRow } from '../persistence/return.store.js';
import { SplitStore } from '../persistence/split.store.js';
import { type Split } from '../persistence/split-rows.js';
import { SettlementStores } from './accrue.js';
import { Debts } from './debts.js';

/** A refund's own run takes its returns first; what is still open so much later was left to us. */
const LATE_MS = 60_000;

/** Takes shares back from merchants that had received them (分账回退). Persons cannot give back: theirs stays owed. */
@Injectable()
export class ReturnShares {
  private readonly unended = new Setbacks();
  private readonly splits = new SplitStore();
  private readonly returns = new ReturnStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Debts) private readonly debts: Debts,
  ) {}

  /**
   * Plans the returns of a refund with their numbers. What a merchant holds of the order, less what it is entitled to once
   * the refund is booked, is worked out from scratch: so a share that an earlier, failed refund has taken back already is
   * not taken again.
   * @param entitled every party's share after this refund
   * @returns how many returns there are
   */
  async plan(tx: Tx, split: Split, refund: RefundDraft, entitled: readonly SplitShare[]): Promise<number> {
    const receivers = (await this.splits.receivers(tx, split.brandId, [split.id])).filter(
      (one) => one.state === 'SUCCESS' && one.receiverType === 'MERCHANT_ID',
    );
    const underway = await this.returns.underway(tx, split);
    const holdings = await this.debts.holdings(tx, split);
    let count = 0;
    for (const receiver of receivers) {
      const held = subFen(subFen(receiver.amountFen, receiver.returnedFen), underway.get(receiver.id) ?? ZERO_FEN);
      const has = holdings.find((one) => one.party === receiver.party && one.partyId === receiver.partyId)?.fen ?? held;
      const amount = minFen(held, subFen(has, shareOf(entitled, receiver.party, receiver.partyId)));
      if (amount <= 0) continue;
      const one = { id: this.stores.ids.next<'return'>(), receiverId: receiver.id, refundId: refund.id, fen: amount };
      await this.returns.insert(tx, split, one);
      count += 1;
    }
    return count;
  }

  /** Works on the returns of a refund. @returns true when none is open any more */
  async run(refund: RefundDraft): Promise<boolean> {
    const rows = await this.returns.openOf(this.database, refund);
    let open = 0;
    for (const row of rows) if (!(await this.one(row))) open += 1;
    return open === 0;
  }

  /** Follows returns whose refund went ahead without them (pay-28). */
  runLate(batch = 50): Promise<number> {
    return eachDue(this.unended, this.clock.date(), {
      label: 'take a share back',
      batch,
      due: (limit) => this.returns.openLate(this.database, new Date(this.clock.now() - LATE_MS), limit),
      nameOf: ({ id }) => id,
      work: (row) => this.one(row),
    });
  }

  /** @returns true when the return has ended */
  private async one(row: ShareReturnRow): Promise<boolean> {
    const { gateway } = this.stores.gateways.get(row.accountId);
    if (row.state === 'SENT') {
      const asked = await this.query(row, gateway);
      if (asked.kind === 'ok' && asked.data.result !== 'PROCESSING') return this.conclude(row, asked.data);
      if (asked.kind === 'unknown' || (asked.kind === 'refused' && asked.status !== 404)) return false;
      // PROCESSING may mean that the merchant was short: only the same number sent again makes WeChat try again (pay-28).
    }
    return this.send(row, gateway);
  }

  /** @returns true when the return has ended */
  private async send(row: ShareReturnRow, gateway: PayDesk['gateway']): Promise<boolean> {
    const subMchid = row.subMchid ?? undefined;
    const body = gateway.sharing.buildReturn({
      subMchid,
      outOrderNo: row.outOrderNo,
      outReturnNo: row.outReturnNo,
      returnMchid: row.account,
      amount: row.amountFen,
      description: '用户退款',
    });
    const sent = await gateway.sharing.returnShare(body);
    await this.returns.setSent(this.database, row);
    if (sent.kind === 'ok') return this.conclude(row, sent.data);
    if (sent.kind === 'unknown') return false;
    const remedy = remedyForRefusal(sent);
    if (sent.code === 'NOT_ENOUGH' || remedy.action === 'RETRY_LATER') return false;
    // An unsigned word, and the number may have been taken before it: it counts when the channel does not know the number.
    const known = await this.query(row, gateway);
    if (known.kind === 'ok') return this.conclude(row, known.data);
    if (known.kind === 'unknown' || known.status !== 404) return false;
    await this.fail(row, `${sent.code} ${sent.message}`);
    return true;
  }

  private query({ outReturnNo, outOrderNo, subMchid }: ShareReturnRow, gateway: PayDesk['gateway']) {
    return gateway.sharing.queryReturn({ outReturnNo, outOrderNo, subMchid: subMchid ?? undefined });
  }

  private async conclude(row: ShareReturnRow, theirs: ShareReturn): Promise<boolean> {
    if (theirs.result === 'PROCESSING') return false;
    if (theirs.result === 'FAILED') {
      await this.fail(row, `${theirs.failReason ?? ''} ${remedyForReturn(theirs.failReason).nextStep}`);
      return true;
    }
    const fen = row.amountFen;
    const collector = row.subMchid ?? row.mchid;
    const party = { party: row.party, partyId: row.partyId };
    await this.unitOfWork.run('book return', async (tx) => {
      if (!(await this.returns.setDone(tx, row))) return;
      await this.stores.ledger.post(tx, row.brandId, [
        moneyTransfer(
          `return:${row.id}`,
          'RETURN',
          row.orderId,
          accounts.party(party),
          accounts.available(collector),
          fen,
        ),
        transfer('ENTITLEMENT', `return:${row.id}`, 'PAID', row.orderId, [
          { account: accounts.due(party), fen },
          { account: accounts.paid(party), fen: subFen(ZERO_FEN, fen) },
        ]),
      ]);
    });
    return true;
  }

  /** What did not come back is owed from now on, and netted from the merchant's next split. */
  private async fail(row: ShareReturnRow, reason: string): Promise<void> {
    await this.unitOfWork.run('fail return', async (tx) => {
      const split = await this.splits.lockOfOrder(tx, row.brandId, row.orderId);
      if ((await this.returns.setFailed(tx, row, reason)) && split) await this.debts.sync(tx, split);
    });
  }
}
