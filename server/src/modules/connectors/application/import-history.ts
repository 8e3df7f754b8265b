import { basename } from 'node:path';
import type { BrandId, MemberId, OrderId } from '@shuke/shared/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type BulkTransaction, BulkWriter } from '../../../platform/database/bulk-writer.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization, type Store } from '../../organization/index.js';
import { HISTORY_COLUMNS, readHistoryRow } from '../domain/history-row.js';
import { homeStore } from '../domain/home-store.js';
import { type Invoice, InvoiceBatch } from '../domain/invoices.js';
import { addCardMembers, type CardMember } from '../persistence/card-members.store.js';
import { type ImportRow, ImportStore } from '../persistence/import.store.js';
import { OfflineOrdersStore } from '../persistence/offline-orders.store.js';
import { LINE_COLUMNS, lineRow, type OfflineOrder, ORDER_COLUMNS, orderRow } from '../persistence/order-rows.js';
import { fileHash, historyRows } from './history-file.js';

const afterBatch = declareFailpoint('connectors.import.after-batch');
const ROWS_PER_BATCH = 3500;

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

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(BulkWriter) private readonly bulkWriter: BulkWriter,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Organization) private readonly organization: Organization,
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
      await this.unitOfWork.run('import.finish', (tx) => this.imports.finish(tx, brandId, row.id));
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
    await this.bulkWriter.transaction('import.batch', async (bulk) => {
      const invoices = [...batch.invoices.values()];
      await this.findMembers(run, bulk, invoices);
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
      if (!moved) throw refuse('CONFLICT', { problem: 'another run of this import is at work' });
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

  /** Puts the members of a batch's customers into the run's memory; who is unknown becomes a member in this transaction. */
  private async findMembers(run: Run, bulk: BulkTransaction, invoices: readonly Invoice[]): Promise<void> {
    const firstBy = new Map<string, Invoice>();
    for (const invoice of invoices)
      if (invoice.customer !== null && !run.members.has(invoice.customer) && !firstBy.has(invoice.customer))
        firstBy.set(invoice.customer, invoice);
    if (firstBy.size === 0) return;
    const cardOf = (customer: string) => `${run.cardPrefix}${customer}`;
    const known = await this.orders.membersBy(bulk, run.brandId, 'card', [...firstBy.keys()].map(cardOf));
    const drafts: CardMember[] = [];
    for (const [customer, { invoiceNo, soldAtMs }] of firstBy) {
      const id = known.get(cardOf(customer)) ?? this.ids.next<'member'>();
      if (!known.has(cardOf(customer)))
        drafts.push({
          id,
          card: cardOf(customer),
          nickname: `会员${customer}`,
          storeId: homeStore(run.stores, customer, invoiceNo).id,
          joinedAt: new Date(soldAtMs),
        });
      run.members.set(customer, id);
    }
    await addCardMembers(bulk, run.brandId, drafts);
  }
}

const orderOf = (run: Run, invoice: Invoice, orderIds: ReadonlyMap<string, OrderId>): OfflineOrder => ({
  id: orderIds.get(invoice.invoiceNo) as OrderId,
  kind: invoice.kind,
  externalNo: invoice.invoiceNo,
  memberId: invoice.customer === null ? null : (run.members.get(invoice.customer) ?? null),
  storeId: homeStore(run.stores, invoice.customer, invoice.invoiceNo).id,
  guideId: null,
  totalFen: invoice.totalFen,
  soldAt: new Date(invoice.soldAtMs),
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
