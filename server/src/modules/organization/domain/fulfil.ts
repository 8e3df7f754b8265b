import {
  addDays,
  businessDay,
  DAY_MS,
  type Fen,
  moneyText,
  shanghaiClock,
  startOfBusinessDay,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import { openingState } from './opening.js';
import { distanceText } from './resolve-store.js';
import type { Store } from './types.js';

export interface SlotOffer {
  /** `2026-11-22.14:00` */
  id: string;
  day: string;
  from: string;
  to: string;
  capacity: number;
}
export type DeliveryProblem = 'OFF' | 'STORE_NOT_OPEN' | 'NO_POSITION' | 'TOO_FAR' | 'BELOW_MINIMUM' | 'NO_SLOT';

const SLOT_DAYS = 3;
const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
const instantOf = (day: string, time: string): number => startOfBusinessDay(day) + minutes(time) * 60_000;
/** 1 is Monday, as the slots of stores count. */
const weekdayOf = (day: string): number => shanghaiClock(startOfBusinessDay(day)).weekday || 7;

export interface PickupOffer {
  isOffered: boolean;
  isPreorder: boolean;
  readyAt: number | null;
  holdUntil: number | null;
  text: string;
}

/**
 * When goods can be fetched: within pickup hours after the time to get them ready, on the same day when there is time, else
 * on the next. A store that is out of hours, or has no time left today, takes such orders only when the brand lets it
 * (reference/features.md B1, edge cases).
 */
export function pickupOffer(store: Store, nowMs: number, canPreorder: boolean): PickupOffer {
  const none = (text: string): PickupOffer => ({
    isOffered: false,
    isPreorder: false,
    readyAt: null,
    holdUntil: null,
    text,
  });
  if (!store.canPickup) return none('这家店暂不支持自提');
  if (store.status !== 'OPEN') return none('门店暂停营业，暂时不能自提');
  const { from, to, readyMinutes, holdDays } = store.setup.service.pickup;
  const { isToday, readyAt } = readyOf(store, nowMs);
  const { isOpenNow } = openingState(store, nowMs);
  const isPreorder = !isOpenNow || !isToday;
  if (isPreorder && !canPreorder)
    return none(isOpenNow ? '今天来不及备货了，明天再来下单吧' : '门店现在不在营业时间，暂时不能自提');
  return {
    isOffered: true,
    isPreorder,
    readyAt,
    holdUntil: pickupHoldUntil(store, nowMs),
    text: isPreorder
      ? `${isToday ? '今天' : '明天'} ${from} 起可取，为你保留 ${holdDays} 天`
      : `约 ${readyMinutes} 分钟备好，今天 ${to} 前可取`,
  };
}

/** Today while there is time to get goods ready within pickup hours, else when these begin on the next day. */
function readyOf(store: Store, nowMs: number): { isToday: boolean; readyAt: number } {
  const { from, to, readyMinutes } = store.setup.service.pickup;
  const today = businessDay(nowMs);
  const { isOpenNow } = openingState(store, nowMs);
  // A store that has not opened yet gets nothing ready before its hours; one that has shut does so on the next day.
  const opensLater = !isOpenNow && nowMs < instantOf(today, store.openAt);
  const startsAt = opensLater ? instantOf(today, store.openAt) : nowMs + readyMinutes * 60_000;
  const ready = Math.max(startsAt, instantOf(today, from));
  const isToday = (isOpenNow || opensLater) && ready <= instantOf(today, to);
  return { isToday, readyAt: isToday ? ready : instantOf(addDays(today, 1), from) };
}

/** Until when a store keeps goods that were ordered now (UTC ms): the end of the last day in Shanghai. */
export function pickupHoldUntil(store: Store, orderedAtMs: number): number {
  const lastDay = addDays(businessDay(readyOf(store, orderedAtMs).readyAt), store.setup.service.pickup.holdDays);
  return startOfBusinessDay(lastDay) + DAY_MS - 1;
}

/** The fee of a local delivery: by distance, free from an amount on; null beyond the last tier. */
export function deliveryFee(store: Store, distanceM: number, goodsFen: Fen): Fen | null {
  const { tiers, freeFromFen, radiusM } = store.setup.service.delivery;
  if (distanceM > radiusM) return null;
  const tier = tiers.find((one) => distanceM <= one.upToM);
  if (!tier) return null;
  return freeFromFen !== null && goodsFen >= freeFromFen ? ZERO_FEN : tier.feeFen;
}

/** The slots of the next days that still leave the store time to set out. */
export function slotsOf(store: Store, nowMs: number): SlotOffer[] {
  const { slots, leadMinutes } = store.setup.service.delivery;
  const days = Array.from({ length: SLOT_DAYS }, (_, at) => addDays(businessDay(nowMs), at));
  return days
    .flatMap((day) =>
      slots
        .filter((slot) => slot.weekdays.includes(weekdayOf(day)))
        .map(({ from, to, capacity }) => ({ id: `${day}.${from}`, day, from, to, capacity })),
    )
    .filter((slot) => instantOf(slot.day, slot.to) - leadMinutes * 60_000 >= nowMs)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Why a store cannot deliver to somebody now, or null. */
export function deliveryProblem(
  store: Store,
  nowMs: number,
  distanceM: number | null,
  goodsFen: Fen | null,
): DeliveryProblem | null {
  const { isOn, minFen } = store.setup.service.delivery;
  if (!isOn) return 'OFF';
  if (!openingState(store, nowMs).isOpenNow) return 'STORE_NOT_OPEN';
  if (distanceM === null) return 'NO_POSITION';
  if (deliveryFee(store, distanceM, ZERO_FEN) === null) return 'TOO_FAR';
  if (goodsFen !== null && goodsFen < minFen) return 'BELOW_MINIMUM';
  return slotsOf(store, nowMs).length === 0 ? 'NO_SLOT' : null;
}

export function deliveryText(problem: DeliveryProblem | null, store: Store, distanceM: number | null): string {
  const { radiusM, minFen } = store.setup.service.delivery;
  const words: Record<DeliveryProblem, string> = {
    OFF: '这家店暂不支持同城配送',
    STORE_NOT_OPEN: '门店现在没有营业，暂时不能同城配送',
    NO_POSITION: '告诉我们你的位置，看看能不能送到',
    TOO_FAR: `超出了配送范围（${distanceText(radiusM)} 内可送）`,
    BELOW_MINIMUM: `满 ${moneyText(minFen)} 起送`,
    NO_SLOT: '配送时段都约满了',
  };
  return problem ? words[problem] : `离门店 ${distanceText(distanceM ?? 0)}，可以送到`;
}
