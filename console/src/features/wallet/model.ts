import { exactCount, moneyText, percentText, shareBp } from '../../lib/money';
import type { Tone } from '../../ui/status';
import type { Activity, ActivityInput, Adjustment, BalanceRefund, TopUp } from './api';

export const ACTIVITY_STATE: Record<Activity['state'], string> = {
  RUNNING: '进行中',
  WAITING: '还没开始',
  ENDED: '已结束',
  STOPPED: '已停止',
};
export const ACTIVITY_TONE: Record<Activity['state'], Tone> = {
  RUNNING: 'good',
  WAITING: 'idle',
  ENDED: 'off',
  STOPPED: 'off',
};
export const TOP_UP_STATE: Record<TopUp['state'], string> = {
  CREATED: '待付款',
  CREDITED: '已到账',
  CLOSED: '没有付',
  PARTLY_REFUNDED: '退了一部分',
  REFUNDED: '已退完',
};
export const TOP_UP_TONE: Record<TopUp['state'], Tone> = {
  CREATED: 'idle',
  CREDITED: 'good',
  CLOSED: 'off',
  PARTLY_REFUNDED: 'warn',
  REFUNDED: 'off',
};
export const REFUND_STATE: Record<BalanceRefund['state'], string> = {
  REVIEW: '待审核',
  SENDING: '退款中',
  DONE: '已退',
  REFUSED: '已拒绝',
  FAILED: '失败',
};
export const REFUND_TONE: Record<BalanceRefund['state'], Tone> = {
  REVIEW: 'warn',
  SENDING: 'go',
  DONE: 'good',
  REFUSED: 'off',
  FAILED: 'bad',
};
export const ADJUSTMENT_STATE: Record<Adjustment['state'], string> = {
  WAITING: '待批准',
  APPROVED: '已批准',
  REFUSED: '已拒绝',
};
export const ADJUSTMENT_TONE: Record<Adjustment['state'], Tone> = { WAITING: 'warn', APPROVED: 'good', REFUSED: 'off' };
export const POLICY = {
  PROPORTIONAL: '本金和赠送按比例一起扣',
  PRINCIPAL_FIRST: '先扣本金',
  BONUS_FIRST: '先扣赠送',
} as const;

export type TierDraft = ActivityInput['tiers'][number];

/** A tier as a consumer reads it, with how much of the price is given away. */
export function tierText(tier: Pick<TierDraft, 'payFen' | 'bonusFen' | 'points'>, hasCoupon: boolean): string {
  const yuan = (fen: number) => moneyText(fen).replace('.00', '');
  const gifts = [
    tier.bonusFen > 0 ? yuan(tier.bonusFen) : '',
    tier.points > 0 ? `${exactCount(tier.points)} 积分` : '',
    hasCoupon ? '一张券' : '',
  ].filter(Boolean);
  const share = tier.bonusFen > 0 ? `（等于 ${percentText(shareBp(tier.bonusFen, tier.payFen))} 的让利）` : '';
  return `充 ${yuan(tier.payFen)}${gifts.length > 0 ? ` 送 ${gifts.join('、')}` : '，没有赠送'}${share}`;
}

/** What is wrong with a set of tiers under the caps; null when it can be published. */
export function tiersProblem(tiers: readonly Partial<TierDraft>[], capFen: number): string | null {
  if (tiers.length === 0) return '至少要有一档';
  const pays = new Set<number>();
  for (const { payFen, bonusFen } of tiers) {
    if (payFen === undefined || payFen === null || payFen < 100) return '每一档都要写充多少，至少 1 元';
    if (pays.has(payFen)) return `${moneyText(payFen)} 写了两档，只能留一档`;
    pays.add(payFen);
    if (payFen + (bonusFen ?? 0) > capFen)
      return `充 ${moneyText(payFen)} 到账 ${moneyText(payFen + (bonusFen ?? 0))}，超过余额上限 ${moneyText(capFen)}`;
  }
  return null;
}
