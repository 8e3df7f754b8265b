import { plainYuan, totalOf } from '../../lib/money';
import { exactText } from '../../lib/time';
import type { StatementDetail, StatementLine } from '../../lib/types';

export const AMOUNTS = [
  { key: 'amountFen', title: '金额' },
  { key: 'franchiseeFen', title: '加盟商' },
  { key: 'brandFen', title: '品牌' },
  { key: 'guideFen', title: '导购' },
  { key: 'channelFen', title: '支付手续费' },
] as const;
export type AmountKey = (typeof AMOUNTS)[number]['key'];

export interface StatementCheck {
  totals: Record<AmountKey, number>;
  /** Lines whose parts do not sum to their amount, by sequence number. */
  brokenLines: number[];
  /** Columns whose lines do not sum to the head of the statement. */
  brokenColumns: string[];
  isWhole: boolean;
}

/** Sums a statement again, down and across. */
export function checkStatement(detail: StatementDetail): StatementCheck {
  const totals = Object.fromEntries(
    AMOUNTS.map(({ key }) => [key, totalOf(detail.lines, (line) => line[key])]),
  ) as Record<AmountKey, number>;
  const brokenLines = detail.lines.filter((line) => partsOf(line) !== line.amountFen).map((line) => line.seq);
  const brokenColumns = AMOUNTS.filter(({ key }) => totals[key] !== detail[key]).map(({ title }) => title);
  return { totals, brokenLines, brokenColumns, isWhole: brokenLines.length === 0 && brokenColumns.length === 0 };
}

const partsOf = (line: StatementLine): number => totalOf(AMOUNTS.slice(1), ({ key }) => line[key]);

/** What somebody said about one disputed line, the oldest first. */
export interface Thread {
  line: StatementLine;
  state: StatementDetail['disputes'][number]['state'];
  words: StatementDetail['history'];
}

const isAbout = (line: { storeId: string; seq: number }, other: { storeId: string; seq: number } | null) =>
  other?.storeId === line.storeId && other.seq === line.seq;

export const disputeOf = (detail: StatementDetail, line: StatementLine) =>
  detail.disputes.find((one) => isAbout(line, one))?.state ?? null;

/** The disputed lines that were named, each with what was said about it, and how many were disputed with the whole day. */
export function threadsOf(detail: StatementDetail): { named: Thread[]; rest: StatementLine[] } {
  const named: Thread[] = [];
  const rest: StatementLine[] = [];
  for (const line of detail.lines) {
    const state = disputeOf(detail, line);
    if (!state) continue;
    const words = detail.history.filter((step) => isAbout(line, step.line));
    if (words.length > 0) named.push({ line, state, words });
    else rest.push(line);
  }
  return { named, rest };
}

export const CSV_HEAD = ['序号', '类型', '订单号', '门店', '时间', ...AMOUNTS.map(({ title }) => title), '更正的账期'];
export const csvRow = (line: StatementLine): (string | number)[] => [
  line.seq,
  line.kind === 'ACCRUAL' ? '应得' : '冲回',
  line.orderNo,
  line.storeName,
  exactText(line.at),
  ...AMOUNTS.map(({ key }) => plainYuan(line[key])),
  line.correctsDay ?? '',
];
