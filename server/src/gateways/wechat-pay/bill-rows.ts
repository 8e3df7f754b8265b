import type { Fen } from '@shuke/shared/kernel';
import { type BillRow, parseBill } from './bill-parser.js';

export interface Bill<Row> {
  rows: Row[];
  summary: Record<string, string>;
}

/** One line of the trade bill: a payment, or a refund at the moment it was asked for (never updated later). */
export interface TradeBillRow {
  tradedAtMs: number;
  appid: string;
  mchid: string;
  subMchid: string | null;
  transactionId: string;
  outTradeNo: string;
  openid: string;
  tradeType: string;
  tradeState: string;
  currency: string;
  /** 订单金额: compare this with the order's total. Null in a refund line of old files. */
  orderAmount: Fen | null;
  /** 应结订单金额: without the merchant's own coupons. */
  settledAmount: Fen | null;
  fee: Fen;
  feeRate: string;
  refundId: string | null;
  outRefundNo: string | null;
  refundAmount: Fen | null;
  appliedRefundAmount: Fen | null;
  refundStatus: string | null;
  refundAppliedAtMs: number | null;
  refundSucceededAtMs: number | null;
  line: number;
}

const readTrade = (row: BillRow): TradeBillRow => ({
  tradedAtMs: row.instant('交易时间'),
  appid: row.text('公众账号ID'),
  mchid: row.text('商户号'),
  subMchid: row.optional('特约商户号'),
  transactionId: row.text('微信订单号'),
  outTradeNo: row.text('商户订单号'),
  openid: row.text('用户标识'),
  tradeType: row.text('交易类型'),
  tradeState: row.text('交易状态'),
  currency: row.text('货币种类'),
  orderAmount: row.optionalFen('订单金额'),
  settledAmount: row.optionalFen('应结订单金额'),
  fee: row.fen('手续费'),
  feeRate: row.text('费率'),
  refundId: row.optional('微信退款单号'),
  outRefundNo: row.optional('商户退款单号'),
  refundAmount: row.optionalFen('退款金额'),
  appliedRefundAmount: row.optionalFen('申请退款金额'),
  refundStatus: row.optional('退款状态'),
  refundAppliedAtMs: row.optionalInstant('退款申请时间'),
  refundSucceededAtMs: row.optionalInstant('退款成功时间'),
  line: row.line,
});

/** Trade bill of any type (ALL, SUCCESS, REFUND). @throws BillFormatError */
export function parseTradeBill(content: string): Bill<TradeBillRow> {
  const required = ['交易时间', '商户号', '微信订单号', '商户订单号', '交易状态', '手续费'];
  const { rows, summary } = parseBill(content, required);
  return { rows: rows.map(readTrade), summary };
}

/** One movement of the account's money. */
export interface FundFlowRow {
  bookedAtMs: number;
  /** 微信支付业务单号: transaction, refund or split detail number. */
  businessNo: string;
  flowNo: string;
  businessName: string;
  businessType: string;
  /** Signed: income positive, spending negative. */
  amount: Fen;
  balance: Fen;
  applicant: string;
  note: string;
  voucherNo: string;
  line: number;
}

function readFlow(row: BillRow): FundFlowRow {
  const amount = row.fen('收支金额');
  return {
    bookedAtMs: row.instant('记账时间'),
    businessNo: row.text('微信支付业务单号'),
    flowNo: row.text('资金流水单号'),
    businessName: row.text('业务名称'),
    businessType: row.text('业务类型'),
    amount: (row.text('收支类型') === '支出' ? 0 - amount : amount) as Fen,
    balance: row.fen('账户结余'),
    applicant: row.text('资金变更提交申请人'),
    note: row.text('备注'),
    voucherNo: row.text('业务凭证号'),
    line: row.line,
  };
}

/** Fund-flow bill. @throws BillFormatError */
export function parseFundFlowBill(content: string): Bill<FundFlowRow> {
  const required = ['记账时间', '微信支付业务单号', '资金流水单号', '业务类型', '收支类型', '收支金额', '账户结余'];
  const { rows, summary } = parseBill(content, required);
  return { rows: rows.map(readFlow), summary };
}

/** One receiver of one split, or one return. */
export interface SplitBillRow {
  splitAtMs: number;
  initiator: string;
  payer: string;
  transactionId: string;
  /** 微信分账/回退单号 */
  orderId: string;
  /** Joins with the fund-flow bill. */
  detailId: string;
  outNo: string;
  orderAmount: Fen;
  receiver: string;
  amount: Fen;
  businessType: string;
  status: string;
  note: string;
  line: number;
}

const readSplit = (row: BillRow): SplitBillRow => ({
  splitAtMs: row.instant('分账时间'),
  initiator: row.text('分账发起方'),
  payer: row.text('分账方'),
  transactionId: row.text('微信订单号'),
  orderId: row.text('微信分账/回退单号'),
  detailId: row.text('分账明细单号'),
  outNo: row.text('商户分账/回退单号'),
  orderAmount: row.fen('订单金额'),
  receiver: row.text('分账接收方'),
  amount: row.fen('金额'),
  businessType: row.text('业务类型'),
  status: row.text('处理状态'),
  note: row.text('备注'),
  line: row.line,
});

/** Split bill. @throws BillFormatError */
export function parseSplitBill(content: string): Bill<SplitBillRow> {
  const required = ['分账时间', '微信订单号', '分账明细单号', '商户分账/回退单号', '分账接收方', '金额', '处理状态'];
  const { rows, summary } = parseBill(content, required);
  return { rows: rows.map(readSplit), summary };
}
