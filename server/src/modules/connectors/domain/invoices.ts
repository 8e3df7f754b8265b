import { addFen, type Fen, ZERO_FEN } from '@shuke/shared/kernel';
import type { HistoryLine } from './history-row.js';

export interface Invoice {
  invoiceNo: string;
  kind: 'SALE' | 'RETURN';
  customer: string | null;
  soldAtMs: number;
  totalFen: Fen;
  lines: { rowNo: number; line: HistoryLine }[];
}
export interface RowProblem {
  rowNo: number;
  text: string;
  problem: string;
}

/** Rows read and not yet written. Batches end between invoices, so that an invoice and its total are written at once. */
export class InvoiceBatch {
  readonly invoices = new Map<string, Invoice>();
  readonly problems: RowProblem[] = [];
  lineCount = 0;
  private lastNo = '';

  constructor(private readonly wantedRows: number) {}

  /** True when the row that comes next should open a new batch. */
  isFullBefore(invoiceNo: string): boolean {
    return this.size >= this.wantedRows && invoiceNo !== this.lastNo;
  }

  get size(): number {
    return this.lineCount + this.problems.length;
  }

  addProblem(problem: RowProblem): void {
    this.problems.push(problem);
  }

  addLine(rowNo: number, line: HistoryLine): void {
    this.lastNo = line.invoiceNo;
    this.lineCount += 1;
    const invoice = this.invoices.get(line.invoiceNo);
    if (!invoice) {
      const { invoiceNo, kind, customer, soldAtMs, amountFen } = line;
      this.invoices.set(invoiceNo, {
        invoiceNo,
        kind,
        customer,
        soldAtMs,
        totalFen: amountFen,
        lines: [{ rowNo, line }],
      });
      return;
    }
    invoice.totalFen = addFen(invoice.totalFen ?? ZERO_FEN, line.amountFen);
    invoice.soldAtMs = Math.min(invoice.soldAtMs, line.soldAtMs);
    invoice.lines.push({ rowNo, line });
  }
}
