import type { PackItem } from '@shuke/shared/contracts';

export type ItemState = PackItem['state'];

/** States only ever go up: events may come late, twice and in any order, and the last word is the highest. */
const RANK: Record<ItemState, number> = {
  WAITING: 0,
  SEEN: 1,
  SKIPPED: 2,
  EXPIRED: 2,
  BLOCKED: 2,
  SENT: 3,
  OPENED: 4,
  ORDERED: 5,
};

/** The states from which an item may go to another: all that are lower. */
export const statesBelow = (state: ItemState): ItemState[] =>
  (Object.keys(RANK) as ItemState[]).filter((one) => RANK[one] < RANK[state]);

export const isDone = (state: ItemState): boolean => RANK[state] >= RANK.SENT;
/** Counted as handled in the pack's progress. */
export const isHandled = (state: ItemState): boolean => RANK[state] >= RANK.SKIPPED;

const TEXT: Record<ItemState, string> = {
  WAITING: '待联系',
  SEEN: '已查看',
  SENT: '已发送',
  OPENED: '顾客已打开',
  ORDERED: '已下单',
  SKIPPED: '已跳过',
  EXPIRED: '已过期',
  BLOCKED: '暂不能发送',
};
export const stateText = (state: ItemState): string => TEXT[state];
