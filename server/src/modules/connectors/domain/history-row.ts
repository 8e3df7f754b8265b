import { DAY_MS, type Fen, fen, mulFen } from '@shuke/shared/kernel';

/** Columns of a history file, in any order; more columns are left alone. */
export const HISTORY_COLUMNS = [
  'invoice_no',
  'kind',
  'stock_code',
  'description',
  'quantity',
  'invoice_at',
  'unit_price_pence',
  'customer_id',
] as const;
export type HistoryRecord = Readonly<Record<(typeof HISTORY_COLUMNS)[number], string>>;

/** One line of an invoice as we keep it: returns carry positive amounts and the order's kind says the direction. */
export interface HistoryLine {
  invoiceNo: string;
  kind: 'SALE' | 'RETURN';
  code: string;
  name: string;
  qty: number;
  unitPriceFen: Fen;
  amountFen: Fen;
  soldAtMs: number;
  customer: string | null;
}

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;
const WHOLE = /^-?\d{1,9}$/;
const NO_MAX = 40;
/** A thousand million yuan: more in one line is a mistake, and sums of lines stay exact. */
const LINE_MAX = 100_000_000_000n;

/**
 * Reads one row. The file's local time is taken as Asia/Shanghai, so that a business day stays the same day, and pence
 * are taken as fen one to one.
 *
 * @param shiftDays whole days added to the time
 * @returns the line, or why it cannot be one, in Chinese for whoever reads the error list
 */
export function readHistoryRow(row: HistoryRecord, shiftDays: number): HistoryLine | { problem: string } {
  const { invoice_no: invoiceNo, kind } = row;
  if (invoiceNo === '' || invoiceNo.length > NO_MAX) return { problem: '单号为空或过长' };
  if (kind === 'adjust') return { problem: '坏账调整，不是商品的销售或退货' };
  if (kind !== 'sale' && kind !== 'cancel') return { problem: `不认识的类型「${kind.slice(0, 20)}」` };
  const time = LOCAL_TIME.exec(row.invoice_at);
  const ms = time ? Date.parse(`${time[1]}T${time[2]}+08:00`) : Number.NaN;
  if (Number.isNaN(ms)) return { problem: '时间读不懂，应为 2011-12-08 09:30:00 这样的格式' };
  if (!WHOLE.test(row.quantity) || !WHOLE.test(row.unit_price_pence)) return { problem: '数量或单价不是整数' };
  const [quantity, price] = [Number(row.quantity), Number(row.unit_price_pence)];
  if (price < 0) return { problem: '单价为负' };
  if (kind === 'sale' && quantity <= 0) return { problem: '销售单的数量不是正数，多半是盘点或报损调整' };
  if (kind === 'cancel' && quantity >= 0) return { problem: '退货单的数量不是负数' };
  if (row.stock_code === '' || row.stock_code.length > 40) return { problem: '货号为空或过长' };
  const qty = Math.abs(quantity);
  if (BigInt(qty) * BigInt(price) > LINE_MAX) return { problem: '金额太大，请检查数量和单价' };
  return {
    invoiceNo,
    kind: kind === 'sale' ? 'SALE' : 'RETURN',
    code: row.stock_code,
    name: (row.description === '' ? row.stock_code : row.description).slice(0, 100),
    qty,
    unitPriceFen: fen(price),
    amountFen: mulFen(fen(price), qty),
    soldAtMs: ms + shiftDays * DAY_MS,
    customer: /^\w{1,20}$/.test(row.customer_id) ? row.customer_id : null,
  };
}
