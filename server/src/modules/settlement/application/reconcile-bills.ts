import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, businessDay, shanghaiClock, startOfBusinessDay } from '@shuke/shared/kernel';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import { BillFormatError } from '../../../gateways/wechat-pay/index.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { log } from '../../../platform/observability/log.js';
import { Organization } from '../../organization/index.js';
import { compareLine, type Difference, differenceText } from '../domain/bill-differences.js';
import { moneyTransfer } from '../domain/ledger.js';
import { type BillDay, type BillKind, type BillLine, BillStore, fileRef, KINDS_OF } from '../persistence/bill.store.js';
import { SettlementStores } from './accrue.js';
import { readLines } from './read-bill.js';
import { SettleDifferences } from './settle-differences.js';

/** Bills are made by ten in the morning; half an hour later most of them are there. */
const READY_MINUTES = 10 * 60 + 30;
const AGAIN_MS = 30 * 60_000;
/** The channel keeps bills for three months. */
const BACK_DAYS = 88;
const NOT_THERE = '账单还没有生成，或暂时下载不到';

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
    @Inject(SettleDifferences) private readonly settling: SettleDifferences,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'settlement.bills', everyMs: 300_000, run: () => this.run() });
  }

  /** The sweep. @returns how many bills were taken in */
  async run(): Promise<number> {
    const now = this.clock.now();
    if (now < this.idleUntil) return 0;
    let done = 0;
    // One account whose bill makes trouble holds no other's up.
    await eachAlone(
      'bills of an account',
      this.stores.gateways.all(),
      (desk) => desk.settings.accountId,
      async (desk) => {
        done += await this.ofAccount(desk, now);
        return true;
      },
    );
    this.idleUntil = Math.min(now + AGAIN_MS, nextReady(now));
    return done;
  }

  private async ofAccount(desk: PayDesk, now: number): Promise<number> {
    const brand = await this.organization.brandByAppid(desk.appid);
    if (!brand) return 0;
    const account = { brandId: brand.id, accountId: desk.settings.accountId };
    let done = 0;
    for (const kind of ['TRADE', 'SPLIT'] as const) done += await this.catchUp(desk, { ...account, kind }, now);
    await this.settling.run(account);
    return done;
  }

  /** Every day since the last one that is in; stops at a day that cannot be had yet, because days build on each other. */
  private async catchUp(desk: PayDesk, one: Omit<BillDay, 'day'>, now: number) {
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
    if (file.kind !== 'ok' || file.data.state === 'CREATING') return this.putOff(bill, 'WAIT', NOT_THERE);
    if (file.data.state === 'HASH_MISMATCH') return this.putOff(bill, 'REFUSED', differenceText('FILE'));
    const lines = file.data.state === 'READY' ? linesOf(bill.kind, file.data.content) : [];
    if (lines instanceof BillFormatError)
      return this.putOff(bill, 'REFUSED', `账单第 ${lines.line} 行读不懂，没有导入`);
    const found = await this.compare(bill, lines);
    await this.unitOfWork.run('take in a bill', async (tx) => {
      await this.bills.cameLater(tx, bill, lines);
      await this.bills.putLines(tx, bill, lines);
      for (const one of found) await this.keep(tx, desk, bill, one, lines);
      await this.bills.fileCameRight(tx, bill);
      const state = lines.length > 0 ? 'DONE' : 'EMPTY';
      await this.bills.putDay(tx, bill, { state, nextAt: null, lines: lines.length, problem: null });
    });
    return true;
  }

  private async putOff(bill: BillDay, state: 'WAIT' | 'REFUSED', problem: string): Promise<false> {
    await this.unitOfWork.run('put a bill off', async (tx) => {
      const nextAt = new Date(tx.now.getTime() + AGAIN_MS);
      await this.bills.putDay(tx, bill, { state, nextAt, lines: 0, problem });
      const wrong: Difference = { class: 'FILE', ref: fileRef(bill), ours: null, theirs: null };
      if (state === 'REFUSED')
        await this.bills.putDifference(tx, bill, this.stores.ids.next(), { ...wrong, transactionId: null });
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
}

function nextReady(now: number): number {
  const today = startOfBusinessDay(businessDay(now)) + READY_MINUTES * 60_000;
  return now < today ? today : startOfBusinessDay(addDays(businessDay(now), 1)) + READY_MINUTES * 60_000;
}

/** The lines of a file, or why it cannot be read: a file that was half understood would make differences of its own. */
function linesOf(kind: BillKind, content: string): BillLine[] | BillFormatError {
  try {
    return readLines(kind, content);
  } catch (error) {
    if (error instanceof BillFormatError) return error;
    throw error;
  }
}
