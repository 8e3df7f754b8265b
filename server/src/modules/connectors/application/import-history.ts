import { basename } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, MemberId, OrderId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { BulkWriter } from '../../../platform/database/bulk-writer.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { type MemberDraft, Members } from '../../members/index.js';
import { Organization, type Store } from '../../organization/index.js';
import { HISTORY_COLUMNS, readHistoryRow } from '../domain/history-row.js';
import { homeStore } from '../domain/home-store.js';
import { type Invoice, InvoiceBatch } from '../domain/invoices.js';
import { ArrivingFileStore } from '../persistence/arriving-file.store.js';
import { type ImportRow, ImportStore } from '../persistence/import.store.js';
import { OfflineOrdersStore } from '../persistence/offline-orders.store.js';
import { LINE_COLUMNS, lineRow, type OfflineOrder, ORDER_COLUMNS, orderRow } from '../persistence/order-rows.js';
import { fileHash, historyRows } from './history-file.js';

const afterBatch = declareFailpoint('connectors.import.after-batch');
const ROWS_PER_BATCH = 3500;
const MEMBERS_PER_REFRESH = 500;

export interface HistoryImport {
  path: string;
  /** Shown to people; the file's name unless given. */
  source?: string;
  /** Whole days added to every time, so that a demonstration's history ends yesterday. */
  shiftDays?: number;
  /** Written before the customer number to make the card number, `UCI-` for the shipped sample. */
  cardPrefix?: string;
}
interface Run {
  brandId: BrandId;
  row: ImportRow;
  stores: readonly Store[];
  cardPrefix: string;
  members: Map<string, MemberId>;
}

/**
 * Imports the sales history of a point of sale from a file. Every batch of about 3,500 rows commits together with the
 * cursor, so a run that was killed goes on behind its last batch, and a file that was imported is not imported again.
 */
@Injectable()
export class ImportHistory {
  private readonly imports = new ImportStore();
  private readonly orders = new OfflineOrdersStore();
  private readonly files = new ArrivingFileStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(BulkWriter) private readonly bulkWriter: BulkWriter,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Members) private readonly members: Members,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * Runs or resumes the import of a file; the first run's shift counts for all.
   * @throws Error when the file cannot be read; the import is then FAILED and may be run again
   */
  async run(brandId: BrandId, input: HistoryImport): Promise<ImportRow> {
    const hash = await fileHash(input.path);
    const row = (await this.imports.byHash(this.database, brandId, hash)) ?? (await this.open(brandId, input, hash));
    if (row.state === 'DONE') return row;
    const stores = (await this.organization.stores(brandId)).filter((store) => store.status !== 'DRAFT');
    const run: Run = { brandId, row, stores, cardPrefix: input.cardPrefix ?? 'UCI-', members: new Map() };
    try {
      await this.readFile(run, input.path);
      await this.refreshGrowth(run);
      await this.unitOfWork.run('import.finish', async (tx) => {
        await this.imports.finish(tx, brandId, row.id);
        await this.files.isIn(tx, brandId, row.id);
      });
    } catch (error) {
      await this.unitOfWork.run('import.fail', (tx) =>
        this.imports.fail(tx, brandId, row.id, (error as Error).message),
      );
      throw error;
    }
    return (await this.imports.byHash(this.database, brandId, hash)) ?? row;
  }

  private async open(brandId: BrandId, input: HistoryImport, hash: string): Promise<ImportRow> {
    const draft = {
      id: this.ids.next<'import'>(),
      source: (input.source ?? basename(input.path)).slice(0, 60),
      hash,
      shiftDays: input.shiftDays ?? 0,
      note: input.shiftDays ? `全部时间后移 ${input.shiftDays} 天` : '',
    };
    await this.unitOfWork.run('import.open', (tx) => this.imports.open(tx, brandId, draft));
    const row = await this.imports.byHash(this.database, brandId, hash);
    if (!row) throw new Error('the import was not opened');
    return row;
  }

  private async readFile(run: Run, path: string): Promise<void> {
    let batch = new InvoiceBatch(ROWS_PER_BATCH);
    let rowNo = run.row.nextRow;
    let written = rowNo;
    for await (const record of historyRows(path, rowNo)) {
      if (batch.isFullBefore(record.invoice_no)) {
        await this.write(run, batch, written);
        written = rowNo;
        batch = new InvoiceBatch(ROWS_PER_BATCH);
      }
      rowNo += 1;
      const line = readHistoryRow(record, run.row.shiftDays);
      if (!('problem' in line)) batch.addLine(rowNo, line);
      else
        batch.addProblem({
          rowNo,
          text: HISTORY_COLUMNS.map((name) => record[name])
            .join(',')
            .slice(0, 500),
          problem: line.problem,
        });
    }
    if (batch.size > 0) await this.write(run, batch, written);
  }

  private async write(run: Run, batch: InvoiceBatch, from: number): Promise<void> {
    const { brandId, row } = run;
    const invoices = [...batch.invoices.values()];
    await this.findMembers(run, invoices, from);
    await this.bulkWriter.transaction('import.batch', async (bulk) => {
      const known = await this.orders.known(
        bulk,
        brandId,
        invoices.map((invoice) => invoice.invoiceNo),
      );
      const fresh = invoices.filter((invoice) => !known.has(invoice.invoiceNo));
      const orderIds = new Map<string, OrderId>([...known].map(([no, order]) => [no, order.id]));
      for (const { invoiceNo } of fresh) orderIds.set(invoiceNo, this.ids.next<'order'>());
      const moved = await this.imports.advance(bulk, brandId, row.id, from, {
        rows: batch.size,
        orders: fresh.length,
        lines: batch.lineCount,
        errors: batch.problems.length,
      });
      if (!moved) throw otherRun();
      await this.files.arrives(bulk, brandId, row.id, this.clock.date());
      for (const invoice of invoices) {
        const earlier = known.get(invoice.invoiceNo);
        if (earlier) await this.orders.grow(bulk, brandId, earlier.id, invoice.totalFen);
      }
      await bulk.insert(
        'sales_order',
        ORDER_COLUMNS,
        fresh.map((invoice) => orderRow(brandId, orderOf(run, invoice, orderIds))),
      );
      await bulk.insert('order_line', LINE_COLUMNS, linesOf(brandId, invoices, orderIds));
      await bulk.insert(
        'pos_import_error',
        ['brand_id', 'import_id', 'row_no', 'text', 'problem'],
        batch.problems.map(({ rowNo, text, problem }) => [brandId, row.id, rowNo, text, problem]),
      );
    });
    afterBatch();
  }

  /**
   * Puts the members of a batch's customers into the run's memory; who is unknown becomes a member. Under the lock of the
   * import's row, so that two runs at once do not make the same member twice.
   */
  private async findMembers(run: Run, invoices: readonly Invoice[], from: number): Promise<void> {
    const firstBy = new Map<string, Invoice>();
    for (const invoice of invoices) {
      const { customer } = invoice;
      if (customer !== null && !run.members.has(customer) && !firstBy.has(customer)) firstBy.set(customer, invoice);
    }
    if (firstBy.size === 0) return;
    const { brandId, cardPrefix } = run;
    const found = await this.unitOfWork.run('import.members', async (tx) => {
      if ((await this.imports.lockCursor(tx, brandId, run.row.id)) !== from) throw otherRun();
      const cards = [...firstBy.keys()].map((customer) => `${cardPrefix}${customer}`);
      const known = await this.members.byIdentifiers(tx, brandId, 'card', cards);
      const all = new Map<string, MemberId>();
      const drafts: MemberDraft[] = [];
      for (const [customer, { soldAtMs }] of firstBy) {
        const card = `${cardPrefix}${customer}`;
        const id = known.get(card) ?? this.ids.next<'member'>();
        all.set(customer, id);
        if (known.has(card)) continue;
        const identifiers = [{ kind: 'card' as const, value: card }];
        drafts.push({ id, nickname: `会员${customer}`, origin: 'IMPORT', joinedAt: new Date(soldAtMs), identifiers });
      }
      if (drafts.length > 0) await this.members.createMembers(tx, brandId, drafts);
      return all;
    });
    for (const [customer, id] of found) run.members.set(customer, id);
  }

  /** Growth and levels follow what was bought; all customers of the file, since an earlier run may have been killed. */
  private async refreshGrowth(run: Run): Promise<void> {
    const ids = await this.orders.membersOfCards(this.database, run.brandId, run.cardPrefix);
    for (let at = 0; at < ids.length; at += MEMBERS_PER_REFRESH)
      await this.unitOfWork.run('import.growth', (tx) =>
        this.members.refreshGrowth(tx, run.brandId, ids.slice(at, at + MEMBERS_PER_REFRESH)),
      );
  }
}

const otherRun = () => refuse('CONFLICT', { problem: 'another run of this import is at work' });

const orderOf = (run: Run, invoice: Invoice, orderIds: ReadonlyMap<string, OrderId>): OfflineOrder => ({
  id: orderIds.get(invoice.invoiceNo) as OrderId,
  kind: invoice.kind,
  externalNo: invoice.invoiceNo,
  memberId: invoice.customer === null ? null : (run.members.get(invoice.customer) ?? null),
  storeId: homeStore(run.stores, invoice.customer, invoice.invoiceNo).id,
  guideId: null,
  totalFen: invoice.totalFen,
  soldAt: new Date(invoice.soldAtMs),
  isImported: true,
});

function* linesOf(brandId: BrandId, invoices: readonly Invoice[], orderIds: ReadonlyMap<string, OrderId>) {
  const unknown = { skuId: null, productId: null, categoryId: null, spec: '', imageUrl: null };
  for (const invoice of invoices) {
    const orderId = orderIds.get(invoice.invoiceNo) as OrderId;
    for (const { rowNo, line } of invoice.lines) {
      const { code, name, qty, unitPriceFen, amountFen } = line;
      yield lineRow(brandId, orderId, { ...unknown, id: String(rowNo), code, name, qty, unitPriceFen, amountFen });
    }
  }
}
