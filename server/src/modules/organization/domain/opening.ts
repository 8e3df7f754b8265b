import { shanghaiClock } from '@shuke/shared/kernel';
import type { Store } from './types.js';

export interface OpeningState {
  isOpenNow: boolean;
  text: string;
}

/**
 * Whether a store can serve anybody who enters now: an open one always; one that is out of hours when it ships parcels or
 * takes pickups for the next day (reference/features.md B1, edge cases).
 */
export const canServe = (
  store: Pick<Store, 'status' | 'openAt' | 'closeAt' | 'canShip' | 'canPickup'>,
  nowMs: number,
  canPreorderPickup: boolean,
): boolean =>
  store.status === 'OPEN' &&
  (openingState(store, nowMs).isOpenNow || store.canShip || (store.canPickup && canPreorderPickup));

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

/** Whether a store is open at an instant (ms, UTC), and the words for it: 「营业中 · 22:00 打烊」. */
export function openingState(store: Pick<Store, 'status' | 'openAt' | 'closeAt'>, nowMs: number): OpeningState {
  if (store.status === 'PAUSED') return { isOpenNow: false, text: '暂停营业' };
  if (store.status === 'CLOSED') return { isOpenNow: false, text: '已停业' };
  if (store.status === 'DRAFT') return { isOpenNow: false, text: '筹备中' };
  const [open, close] = [minutesOf(store.openAt), minutesOf(store.closeAt)];
  if (open === close) return { isOpenNow: true, text: '24 小时营业' };
  const now = shanghaiClock(nowMs).minutes;
  // Closing before opening means that the store stays open past midnight.
  const isOpenNow = open < close ? now >= open && now < close : now >= open || now < close;
  if (isOpenNow) return { isOpenNow, text: `营业中 · ${store.closeAt} 打烊` };
  return now < open
    ? { isOpenNow, text: `还没开门 · 今天 ${store.openAt} 营业` }
    : { isOpenNow, text: `已打烊 · 明天 ${store.openAt} 营业` };
}
