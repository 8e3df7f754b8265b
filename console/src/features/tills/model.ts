import type { Till, TillDetail } from '../../lib/types';
import type { Tone } from '../../ui/status';

export const TILL_TONE: Record<Till['state'], Tone> = {
  HEALTHY: 'good',
  LAGGING: 'warn',
  GAP: 'bad',
  SILENT: 'warn',
  STOPPED: 'off',
};
export const TILL_STATE: Record<Till['state'], string> = {
  HEALTHY: '正常',
  LAGGING: '有延迟',
  GAP: '缺单',
  SILENT: '很久没联系',
  STOPPED: '已停用',
};
export const ACT_KIND: Record<TillDetail['problems'][number]['kind'], string> = {
  SALE: '销售',
  RETURN: '退货',
  VOID: '作废',
  COUPON: '核销券',
  POINTS: '积分抵扣',
  WALLET: '储值支付',
};

export const PROBLEM: Record<TillDetail['problems'][number]['state'], string> = {
  WAITING: '等前面的单',
  REFUSED: '没有记账',
  KEPT: '付款没有全退回',
};

/** How late the newest act came, as people say it. */
export function lagText(seconds: number): string {
  if (seconds < 60) return `${seconds} 秒`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} 分钟`;
  return `${Math.floor(seconds / 3600)} 小时 ${Math.floor((seconds % 3600) / 60)} 分`;
}

/** Numbers that follow each other as ranges: 2, 3, 4, 9 → 2–4、9. */
export function rangesText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const one of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === one - 1) last[1] = one;
    else ranges.push([one, one]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join('、');
}

/** What needs somebody, what is fine and what is out of use. */
export function summarize(tills: readonly Till[]) {
  const count = (...states: Till['state'][]) => tills.filter((till) => states.includes(till.state)).length;
  return {
    healthy: count('HEALTHY'),
    waiting: count('LAGGING', 'GAP', 'SILENT'),
    stopped: count('STOPPED'),
    missing: tills.reduce((sum, till) => sum + (till.state === 'STOPPED' ? 0 : till.missing), 0),
    conflicts: tills.reduce((sum, till) => sum + till.conflicts, 0),
  };
}
