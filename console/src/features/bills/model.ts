import type { BillDay, BillDifference } from '../../lib/types';
import type { Tone } from '../../ui/status';

export const DIFFERENCE_CLASS: Record<BillDifference['class'], string> = {
  LONG: '微信多一笔',
  SHORT: '微信少一笔',
  STATE: '状态不一致',
  AMOUNT: '金额不一致',
  FEE: '手续费不一致',
  FILE: '账单文件不对',
};
export const BILL: Record<BillDifference['bill'], string> = { TRADE: '交易账单', SPLIT: '分账账单' };
export const SIDE_KIND: Record<NonNullable<BillDifference['ours']>['kind'], string> = {
  PAY: '付款',
  REFUND: '退款',
  SPLIT: '分账',
  RETURN: '分账回退',
};
export const BILL_DAY: Record<BillDay['state'], { tone: Tone; word: string }> = {
  DONE: { tone: 'good', word: '已核对' },
  EMPTY: { tone: 'off', word: '当天没有交易' },
  WAIT: { tone: 'idle', word: '等微信出账单' },
  REFUSED: { tone: 'bad', word: '校验不通过' },
};

/** The amount of one side that the difference is about: the fee where fees differ. Nothing, where that side has no such line. */
export function sideFen(row: Pick<BillDifference, 'class'>, side: BillDifference['ours']): number | null {
  if (!side?.isDone) return null;
  return row.class === 'FEE' ? side.feeFen : side.amountFen;
}

/** +1.00 and −1.00: who has more, told by the sign. */
export const signed = (text: string, fen: number): string => (fen > 0 ? `+${text}` : text);
