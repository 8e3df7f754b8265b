import { Inject, Injectable } from '@nestjs/common';
import { type Fen, type Id, minFen, parseFen, subFen, ZERO_FEN } from '@shuke/shared/kernel';
import { type SplitShare, shareOf } from '@shuke/shared/rules';
import { remedyForRefusal, remedyForReturn, type ShareReturn } from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { RefundDraft } from '../../payments/index.js';
import { accounts, moneyTransfer, transfer } from '../domain/ledger.js';
import { type Split, SplitStore } from '../persistence/split.store.js';
import { SettlementStores } from './accrue.js';
import { Debts } from './debts.js';

interface ReturnRow {
  brand_id: Split['brandId'];
  id: Id<'return'>;
  split_id: Split['id'];
  receiver_id: string;
  refund_id: string;
  out_return_no: string;
  amount_fen: string;
  state: 'PLANNED' | 'SENT' | 'SUCCESS' | 'FAILED';
  out_order_no: string;
  account: string;
  party: 'BRAND' | 'GUIDE';
  party_id: string;
  order_id: string;
  account_id: string;
  mchid: string;
  sub_mchid: string | null;
}

const OPEN = `SELECT r.*, q.out_order_no, v.account, v.party, v.party_id, s.order_id, s.account_id, s.mchid, s.sub_mchid
  FROM split_return r JOIN split_receiver v ON v.brand_id = r.brand_id AND v.id = r.receiver_id
  JOIN split_request q ON q.brand_id = r.brand_id AND q.id = v.request_id JOIN split s ON s.brand_id = r.brand_id AND s.id = r.split_id`;

/** Takes shares back from merchants that had received them (分账回退). Persons cannot give back: theirs stays owed. */
@Injectable()
export class ReturnShares {
  private readonly splits = new SplitStore();

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
    const underway = await this.underway(tx, split);
    let count = 0;
    for (const receiver of receivers) {
      const held = subFen(subFen(receiver.amountFen, receiver.returnedFen), underway.get(receiver.id) ?? ZERO_FEN);
      const amount = minFen(held, subFen(held, shareOf(entitled, receiver.party, receiver.partyId)));
      if (amount <= 0) continue;
      const id = this.stores.ids.next<'return'>();
      await tx.execute(
        'INSERT INTO split_return (brand_id, id, split_id, receiver_id, refund_id, out_return_no, amount_fen, state, created_at) VALUES (?,?,?,?,?,?,?,?,?)',
        [split.brandId, id, split.id, receiver.id, refund.id, `B${id}`, amount, 'PLANNED', tx.now],
      );
      count += 1;
    }
    return count;
  }

  /** What of each receiver's share is on its way back by a return that has not ended. */
  private async underway(tx: Tx, split: Split): Promise<Map<string, Fen>> {
    const rows = await tx.query<{ receiver_id: string; fen: string }>(
      "SELECT receiver_id, SUM(amount_fen) AS fen FROM split_return WHERE brand_id = ? AND split_id = ? AND state IN ('PLANNED','SENT') GROUP BY receiver_id",
      [split.brandId, split.id],
    );
    return new Map(rows.map((row) => [row.receiver_id, parseFen(row.fen)]));
  }

  /** Works on the returns of a refund. @returns true when none is open any more */
  async run(refund: RefundDraft): Promise<boolean> {
    const rows = await this.database.query<ReturnRow>(
      `${OPEN} WHERE r.brand_id = ? AND r.refund_id = ? AND r.state IN ('PLANNED','SENT')`,
      [refund.brandId, refund.id],
    );
    let open = 0;
    for (const row of rows) if (!(await this.one(row))) open += 1;
    return open === 0;
  }

  /** Follows returns whose refund went ahead without them (pay-28). */
  async runLate(limit = 50): Promise<number> {
    const rows = await this.database.query<ReturnRow>(
      `${OPEN} JOIN refund f ON f.brand_id = r.brand_id AND f.id = r.refund_id WHERE r.state IN ('PLANNED','SENT') AND f.state = 'SUCCESS' AND r.created_at < ? LIMIT ?`,
      [new Date(this.clock.now() - 60_000), limit],
    );
    let ended = 0;
    for (const row of rows) if (await this.one(row)) ended += 1;
    return ended;
  }

  /** @returns true when the return has ended */
  private async one(row: ReturnRow): Promise<boolean> {
    const { gateway } = this.stores.gateways.get(row.account_id);
    const subMchid = row.sub_mchid ?? undefined;
    if (row.state === 'SENT') {
      const asked = await gateway.sharing.queryReturn({
        outReturnNo: row.out_return_no,
        outOrderNo: row.out_order_no,
        subMchid,
      });
      if (asked.kind === 'ok' && asked.data.result !== 'PROCESSING') return this.conclude(row, asked.data);
      if (asked.kind === 'unknown' || (asked.kind === 'refused' && asked.status !== 404)) return false;
      // PROCESSING may mean that the merchant was short: only the same number sent again makes WeChat try again (pay-28).
    }
    const body = gateway.sharing.buildReturn({
      subMchid,
      outOrderNo: row.out_order_no,
      outReturnNo: row.out_return_no,
      returnMchid: row.account,
      amount: parseFen(row.amount_fen),
      description: '用户退款',
    });
    const sent = await gateway.sharing.returnShare(body);
    await this.database.execute(
      "UPDATE split_return SET state = 'SENT' WHERE brand_id = ? AND id = ? AND state = 'PLANNED'",
      [row.brand_id, row.id],
    );
    if (sent.kind === 'ok') return this.conclude(row, sent.data);
    if (sent.kind === 'unknown') return false;
    const remedy = remedyForRefusal(sent);
    if (sent.code === 'NOT_ENOUGH' || remedy.action === 'RETRY_LATER') return false;
    await this.fail(row, `${sent.code} ${sent.message}`);
    return true;
  }

  private async conclude(row: ReturnRow, theirs: ShareReturn): Promise<boolean> {
    if (theirs.result === 'PROCESSING') return false;
    if (theirs.result === 'FAILED') {
      await this.fail(row, `${theirs.failReason ?? ''} ${remedyForReturn(theirs.failReason).nextStep}`);
      return true;
    }
    const fen = parseFen(row.amount_fen);
    const collector = row.sub_mchid ?? row.mchid;
    const party = { party: row.party, partyId: row.party_id };
    await this.unitOfWork.run('book return', async (tx) => {
      const written = await tx.execute(
        "UPDATE split_return SET state = 'SUCCESS', finished_at = ? WHERE brand_id = ? AND id = ? AND state IN ('PLANNED','SENT')",
        [tx.now, row.brand_id, row.id],
      );
      if (written.affectedRows !== 1) return;
      await tx.execute('UPDATE split_receiver SET returned_fen = returned_fen + ? WHERE brand_id = ? AND id = ?', [
        fen,
        row.brand_id,
        row.receiver_id,
      ]);
      await this.stores.ledger.post(tx, row.brand_id, [
        moneyTransfer(
          `return:${row.id}`,
          'RETURN',
          row.order_id,
          accounts.party(party),
          accounts.available(collector),
          fen,
        ),
        transfer('ENTITLEMENT', `return:${row.id}`, 'PAID', row.order_id, [
          { account: accounts.due(party), fen },
          { account: accounts.paid(party), fen: subFen(ZERO_FEN, fen) },
        ]),
      ]);
    });
    return true;
  }

  /** What did not come back is owed from now on, and netted from the merchant's next split. */
  private async fail(row: ReturnRow, reason: string): Promise<void> {
    await this.unitOfWork.run('fail return', async (tx) => {
      const split = await this.splits.lockOfOrder(tx, row.brand_id, row.order_id as Id);
      await tx.execute(
        "UPDATE split_return SET state = 'FAILED', fail_reason = ?, finished_at = ? WHERE brand_id = ? AND id = ?",
        [reason.slice(0, 60), tx.now, row.brand_id, row.id],
      );
      if (split) await this.debts.sync(tx, split);
    });
  }
}
