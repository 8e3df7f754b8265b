import type { Finding, Totals, Verification, VerifiedStore } from '@shuke/shared/rules';

type PartyKey = Exclude<keyof Totals, 'entryCount' | 'amountFen'>;

/** The parties in the order of the statement's columns. */
export const PARTIES: readonly { key: PartyKey; name: string }[] = [
  { key: 'channel', name: '微信手续费' },
  { key: 'brand', name: '品牌' },
  { key: 'guide', name: '导购' },
  { key: 'franchisee', name: '加盟商' },
];

/** The one sentence that matters. */
export function verdictText(result: Verification): string {
  return result.isRight ? '一致' : `有 ${result.findings.length} 处不一致`;
}

/** Where a finding stands: line, position in its chain, order number. */
export function placeText({ line, seq, orderNo }: Finding): string {
  const parts = [`第 ${line} 行`];
  if (seq !== null) parts.push(`序号 ${seq}`);
  if (orderNo !== null) parts.push(`订单 ${orderNo}`);
  return parts.join(' · ');
}

/** What was looked at, for the reader who wants to know what 一致 stands for. */
export const CHECKS = [
  '每一行的写法与指纹',
  '每条记录与上一条相接',
  '每笔订单按规则重新计算',
  '逐行相加等于合计',
  '整个文件的封印',
  '放进几天的文件时：每天接着前一天，同一天没有两种说法',
] as const;

/** Where a store's chain stands after a day: whoever keeps these few characters can tell tomorrow that nothing was changed. */
export const headText = ({ headSeq, headHash }: VerifiedStore): string => `第 ${headSeq} 条 ${headHash}`;
