import { countText } from '../../lib/money';
import type { Tone } from '../../ui/status';
import type { ImportHead, ImportJob, Verdict } from './api';

export const KINDS: { kind: ImportJob['kind']; name: string; hint: string }[] = [
  { kind: 'MEMBERS', name: '会员', hint: '旧系统的会员档案。没来过的人先沉睡，验证手机号后自动认领' },
  { kind: 'ORDERS', name: '历史订单', hint: '收银系统的销售和退货明细。成长值、等级会重新计算' },
  { kind: 'PRODUCTS', name: '商品', hint: '款、颜色、尺码和价格，一行一个货号' },
  { kind: 'STOCK', name: '库存', hint: '每家门店每个货号的现有件数' },
  { kind: 'BALANCES', name: '期初余额', hint: '储值本金、赠金和积分，带上原来的到期日' },
];

export const VERDICTS: {
  verdict: Verdict;
  count: keyof ImportJob['counts'];
  name: string;
  hint: string;
  past?: string;
}[] = [
  { verdict: 'NEW', count: 'new', name: '新增', hint: '还没有，会导入', past: '原来没有，导入了' },
  { verdict: 'UPDATE', count: 'update', name: '更新', hint: '已有，内容会改', past: '原来就有，改了内容' },
  { verdict: 'REPEATED', count: 'repeated', name: '重复', hint: '已有，跳过' },
  { verdict: 'CONFLICT', count: 'conflict', name: '冲突', hint: '和现有的对不上' },
  { verdict: 'ERROR', count: 'error', name: '有误', hint: '内容读不懂' },
];

export const toneOf = (state: ImportJob['state']): Tone => {
  if (state === 'DONE') return 'good';
  if (state === 'FAILED') return 'bad';
  if (state === 'MAPPING' || state === 'CHECKED') return 'warn';
  return state === 'UNDONE' ? 'idle' : 'go';
};

/** Where in the wizard an import is: 0 upload, 1 columns, 2 trial, 3 import, 4 done. */
export function stepOf(state: ImportJob['state'] | null): number {
  if (state === null || state === 'UPLOADING') return 0;
  if (state === 'MAPPING') return 1;
  if (state === 'CHECKING' || state === 'CHECKED') return 2;
  return state === 'RUNNING' || state === 'FAILED' ? 3 : 4;
}

export function progressOfJob(job: Pick<ImportJob, 'totalRows' | 'readRows'>): { percent: number; text: string } {
  if (!job.totalRows) return { percent: 0, text: `已读 ${countText(job.readRows)} 行` };
  const percent = Math.min(100, Math.floor((job.readRows * 100) / job.totalRows));
  return { percent, text: `${countText(job.readRows)} / ${countText(job.totalRows)} 行` };
}

/** How much of a file has arrived, in whole percent. */
export const progressOfUpload = ({ bytes, receivedBytes }: Pick<ImportJob, 'bytes' | 'receivedBytes'>): number =>
  Math.floor((receivedBytes * 100) / bytes);

/** Labels of fields that still need a column. */
export const missingFields = (head: ImportHead, mapping: ImportHead['guess']): string[] =>
  head.fields.filter((field) => field.isRequired && mapping[field.name] === undefined).map((field) => field.label);

/** A column fills one field: choosing it for another takes it from the first. */
export function withColumn(
  mapping: ImportHead['guess'],
  field: string,
  column: number | undefined,
): ImportHead['guess'] {
  const next = Object.fromEntries(Object.entries(mapping).filter(([name, at]) => name !== field && at !== column));
  return column === undefined ? next : { ...next, [field]: column };
}
