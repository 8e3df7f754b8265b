import type { AfterSaleRow } from '../../data/types';

type State = AfterSaleRow['state'];
type Case = Pick<AfterSaleRow, 'state' | 'kind' | 'dueAt' | 'isEvidenceAsked'>;

const TEXTS: Record<State, string> = {
  REQUESTED: '等店里答复',
  APPROVED: '等客人退回',
  SENT_BACK: '退回路上',
  RECEIVED: '已收到退货',
  REFUNDING: '退款中',
  RESENT: '换货已寄出',
  DONE: '已完成',
  REFUSED: '没有同意',
  CANCELLED: '已撤销',
};

/** The state as the store says it; the server's own words are those for the customer. */
export function stateWords({ state, kind, isEvidenceAsked }: Case): string {
  if (isEvidenceAsked) return '等客人补充';
  return state === 'RECEIVED' && kind === 'EXCHANGE' ? '等你寄出换货' : TEXTS[state];
}

/** The store has the next step. */
export const isOurTurn = ({ state, kind, isEvidenceAsked }: Case): boolean =>
  (state === 'REQUESTED' && !isEvidenceAsked) || state === 'SENT_BACK' || (state === 'RECEIVED' && kind === 'EXCHANGE');

const DUE: Partial<Record<State, string>> = {
  REQUESTED: '前答复，到点自动同意',
  APPROVED: '前没有退回，会自动撤销',
  SENT_BACK: '前检查，到点自动算收到',
  RESENT: '自动确认收货',
};
/** What happens at the deadline, to be put after it; null where there is none. */
export function dueWords({ state, dueAt, isEvidenceAsked }: Case): string | null {
  if (!dueAt) return null;
  return isEvidenceAsked ? '前没有回复，会自动撤销' : (DUE[state] ?? null);
}
