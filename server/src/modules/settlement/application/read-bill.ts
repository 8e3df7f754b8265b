import { type Fen, negFen, ZERO_FEN } from '@shuke/shared/kernel';
import { parseSplitBill, parseTradeBill } from '../../../gateways/wechat-pay/index.js';
import type { BillKind, BillLine } from '../persistence/bill.store.js';

type SplitRow = ReturnType<typeof parseSplitBill>['rows'][number];
type TradeRow = ReturnType<typeof parseTradeBill>['rows'][number];

/**
 * Bill lines as facts. What was freed to the collector is no movement between parties and is left out.
 * @throws BillFormatError for a file that cannot be read whole
 */
export function readLines(kind: BillKind, content: string): BillLine[] {
  if (kind === 'TRADE') return parseTradeBill(content).rows.map(tradeLine);
  return parseSplitBill(content)
    .rows.filter((row) => row.businessType !== '解冻')
    .map(splitLine);
}

function splitLine(row: SplitRow): BillLine {
  const isReturn = row.businessType.includes('回退');
  return {
    kind: isReturn ? 'RETURN' : 'SPLIT',
    ref: isReturn ? row.outNo : `${row.outNo}/${row.receiver}`,
    amountFen: row.amount,
    feeFen: ZERO_FEN,
    isDone: row.status === '成功',
    transactionId: row.transactionId,
  };
}

function tradeLine(row: TradeRow): BillLine {
  const { transactionId } = row;
  if (row.tradeState !== 'REFUND' || !row.outRefundNo) {
    const amountFen = row.orderAmount ?? row.settledAmount ?? ZERO_FEN;
    return { kind: 'PAY', ref: row.outTradeNo, amountFen, feeFen: row.fee, isDone: true, transactionId };
  }
  const amountFen: Fen = row.appliedRefundAmount || row.refundAmount || ZERO_FEN;
  return {
    kind: 'REFUND',
    ref: row.outRefundNo.replace(/-\d+$/, ''),
    amountFen,
    feeFen: row.fee > 0 ? negFen(row.fee) : row.fee,
    isDone: row.refundStatus === 'SUCCESS',
    // The line is written when the refund is asked for and never again, so most refunds that succeed stand like this.
    isUnderWay: row.refundStatus === 'PROCESSING',
    transactionId,
  };
}
