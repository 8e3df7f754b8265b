import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, businessDay, type Fen, negFen, shanghaiClock, startOfBusinessDay } from '@shuke/shared/kernel';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import { type BillFile, type PayResult, parseSplitBill, parseTradeBill } from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { log } from '../../../platform/observability/log.js';
import { Organization } from '../../organization/index.js';
import { CheckPayment, PaymentStore } from '../../payments/index.js';
import { compareLine, type Difference, differenceText } from '../domain/bill-differences.js';
import { moneyTransfer } from '../domain/ledger.js';
import {
  type BillDay,
  type BillKind,
  type BillLine,
  BillStore,
  fileRef,
  KINDS_OF,
  NO_FEE,
} from '../persistence/bill.store.js';
import { SettlementStores } from './accrue.js';

/** Bills are made by ten in the morning; half an hour later most of them are there. */
const READY_MINUTES = 10 * 60 + 30;
const AGAIN_MS = 30 * 60_000;
/** The channel keeps bills for three months. */
const BACK_DAYS = 88;

/** Asks about payments that a bill and our books see differently. */
@Injectable()
export class BillRepair {
  constructor(
    @Inject(PaymentStore) readonly payments: PaymentStore,
    @Inject(CheckPayment) readonly check: CheckPayment,
  ) {}
}

/**
 * Compares the channel's trade and split bills with our books, day by day (product.md S5). What the channel has and we
 * miss is asked for and repaired, or put into suspense; what we have and it misses waits for the next day's bill, because
 * midnight may lie between the two. Nothing of ours is ever taken back because of a bill (reference: wechat-pay 9, 37–40).
 */
@Injectable()
export class ReconcileBills implements OnModuleInit {
  private readonly bills = new BillStore();
  private idleUntil = 0;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(BillRepair) private readonly repair: BillRepair,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'settlement.bills', everyMs: 300_000, run: () => this.run() });
  }

  /** The sweep. @returns how many bills were taken in */
  async run(): Promise<number> {
    const now = this.clock.now();
    if (now < this.idleUntil) return 0;
    let done = 0;
    for (const desk of this.stores.gateways.all()) {
      const brand = await this.organization.brandByAppid(desk.appid);
      if (!brand) continue;
      for (const kind of ['TRADE', 'SPLIT'] as const)
        done += await this.catchUp(desk, { brandId: brand.id, accountId: desk.settings.accountId, kind }, now);
    }
    this.idleUntil = Math.min(now + AGAIN_MS, nextReady(now));
    return done;
  }

  /** Every day since the last one that is in; stops at a day that cannot be had yet, because days build on each other. */
  private async catchUp(
    desk: PayDesk,
    one: { brandId: BillDay['brandId']; accountId: string; kind: BillKind },
    now: number,
  ) {
    const today = businessDay(now);
    const newest = shanghaiClock(now).minutes >= READY_MINUTES ? addDays(today, -1) : addDays(today, -2);
    const last = await this.bills.lastDay(this.database, one);
    const first = last === null ? newest : addDays(last, 1);
    const oldest = addDays(today, -BACK_DAYS);
    let done = 0;
    const start = last === null || first > oldest ? first : oldest;
    for (let day = start; day <= newest; day = addDays(day, 1)) {
      const bill = { ...one, day };
      const before = await this.bills.nextTry(this.database, bill);
      if (before?.nextAt && before.nextAt.getTime() > now) break;
      if (!(await this.takeIn(desk, bill))) break;
      done += 1;
    }
    return done;
  }

  /** @returns false when the day's bill is not to be had now */
  private async takeIn(desk: PayDesk, bill: BillDay): Promise<boolean> {
    const { bills } = desk.gateway;
    const file = bill.kind === 'TRADE' ? await bills.tradeBill(bill.day) : await bills.splitBill(bill.day);
    if (file.kind !== 'ok' || file.data.state === 'CREATING' || file.data.state === 'HASH_MISMATCH')
      return this.putOff(bill, file);
    const lines = file.data.state === 'READY' ? readLines(bill.kind, file.data.content) : [];
    const found = await this.compare(bill, lines);
    await this.unitOfWork.run('take in a bill', async (tx) => {
      await this.bills.putLines(tx, bill, lines);
      for (const one of found) await this.keep(tx, desk, bill, one, lines);
      await this.bills.fileCameRight(tx, bill);
      await this.bills.putDay(tx, bill, {
        state: lines.length > 0 ? 'DONE' : 'EMPTY',
        nextAt: null,
        lines: lines.length,
        problem: null,
      });
    });
    for (const one of found) if (one.class === 'STATE') await this.mend(bill, one);
    return true;
  }

  private async putOff(bill: BillDay, file: PayResult<BillFile>): Promise<false> {
    const isWrong = file.kind === 'ok' && file.data.state === 'HASH_MISMATCH';
    const problem = isWrong ? differenceText('FILE') : '账单还没有生成，或暂时下载不到';
    await this.unitOfWork.run('put a bill off', async (tx) => {
      const nextAt = new Date(tx.now.getTime() + AGAIN_MS);
      await this.bills.putDay(tx, bill, { state: isWrong ? 'REFUSED' : 'WAIT', nextAt, lines: 0, problem });
      const wrong: Difference = { class: 'FILE', ref: fileRef(bill), ours: null, theirs: null };
      if (isWrong) await this.bills.putDifference(tx, bill, this.stores.ids.next(), { ...wrong, transactionId: null });
    });
    log.warn({ bill: fileRef(bill), account: bill.accountId, problem }, 'a bill could not be taken in');
    return false;
  }

  private async compare(bill: BillDay, lines: readonly BillLine[]): Promise<Difference[]> {
    const found: Difference[] = [];
    const shown = new Set(lines.map((line) => `${line.kind}/${line.ref}`));
    const started = await this.bills.firstDay(this.database, bill);
    const yesterday = { ...bill, day: addDays(bill.day, -1) };
    for (const kind of KINDS_OF[bill.kind]) {
      const own = lines.filter((line) => line.kind === kind);
      const refs = own.map((line) => line.ref);
      const ours = await this.bills.ours(this.database, bill, kind, refs);
      found.push(...own.flatMap((line) => compareLine(line, ours.get(line.ref) ?? null) ?? []));
      // The day before is complete only now: what happened around midnight may stand in either bill (pay-39).
      if (started === null || started > yesterday.day) continue;
      for (const one of await this.bills.missing(this.database, yesterday, kind))
        if (!shown.has(`${kind}/${one.ref}`)) found.push({ class: 'SHORT', ref: one.ref, ours: one, theirs: null });
    }
    return found;
  }

  /** Money that nobody can name waits in suspense, so that the books show what the channel holds (pay-38). */
  private async keep(
    tx: Parameters<BillStore['putDay']>[0],
    desk: PayDesk,
    bill: BillDay,
    found: Difference,
    lines: readonly BillLine[],
  ): Promise<void> {
    const line = lines.find((one) => one.ref === found.ref);
    const transactionId = line?.transactionId ?? null;
    if (!(await this.bills.putDifference(tx, bill, this.stores.ids.next(), { ...found, transactionId }))) return;
    log.error(
      { class: found.class, ref: found.ref, day: bill.day, account: bill.accountId },
      'a bill differs from the books',
    );
    if (found.class !== 'LONG' || found.theirs?.kind !== 'PAY') return;
    const suspense = `suspense:${desk.settings.mchid}`;
    await this.stores.ledger.post(tx, bill.brandId, [
      moneyTransfer(`long:${found.ref}`, 'SUSPENSE', '0', 'consumer', suspense, found.theirs.amountFen),
    ]);
  }

  /** The channel says paid and we do not: it is asked, and its verified word is applied as if the callback had come. */
  private async mend(bill: BillDay, found: Difference): Promise<void> {
    if (found.theirs?.kind !== 'PAY') return;
    const payment = await this.repair.payments.byOutTradeNo(this.database, found.ref);
    if (!payment) return;
    const applied = await this.repair.check.run(payment);
    if (applied !== 'PAID' && applied !== 'ALREADY') return;
    await this.unitOfWork.run('close a difference', (tx) =>
      this.bills.resolve(tx, bill, found, '已向微信查询并补记这笔付款'),
    );
  }
}

function nextReady(now: number): number {
  const today = startOfBusinessDay(businessDay(now)) + READY_MINUTES * 60_000;
  return now < today ? today : startOfBusinessDay(addDays(businessDay(now), 1)) + READY_MINUTES * 60_000;
}

/** Bill lines as facts. What was freed to the collector is no movement between parties and is left out. */
function readLines(kind: BillKind, content: string): BillLine[] {
  if (kind === 'SPLIT')
    return parseSplitBill(content)
      .rows.filter((row) => row.businessType !== '解冻')
      .map((row) => {
        const isReturn = row.businessType.includes('回退');
        return {
          kind: isReturn ? 'RETURN' : 'SPLIT',
          ref: isReturn ? row.outNo : `${row.outNo}/${row.receiver}`,
          amountFen: row.amount,
          feeFen: NO_FEE,
          isDone: row.status === '成功',
          transactionId: row.transactionId,
        };
      });
  return parseTradeBill(content).rows.map((row): BillLine => {
    const { transactionId } = row;
    if (row.tradeState !== 'REFUND' || !row.outRefundNo) {
      const amountFen = row.orderAmount ?? row.settledAmount ?? (0 as Fen);
      return { kind: 'PAY', ref: row.outTradeNo, amountFen, feeFen: row.fee, isDone: true, transactionId };
    }
    const amountFen = row.appliedRefundAmount || row.refundAmount || (0 as Fen);
    // One that was closed or is under way moved no money for certain; the refund's own saga looks after it.
    const isDone = row.refundStatus === 'SUCCESS';
    const ref = row.outRefundNo.replace(/-\d+$/, '');
    return { kind: 'REFUND', ref, amountFen, feeFen: row.fee > 0 ? negFen(row.fee) : row.fee, isDone, transactionId };
  });
}
