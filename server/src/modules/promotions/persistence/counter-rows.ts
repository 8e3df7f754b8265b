import { type Fen, type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import type { CounterUse } from '../domain/counters.js';

/** What is added to a counter, as uses keep it. */
export type StoredCounter = Pick<CounterUse, 'promotionId' | 'counter' | 'count' | 'fen'>;

/** How much of a counter is used. */
export interface UsedCounter {
  count: number;
  fen: Fen;
  /** Pieces that a slice was given of the stock; null for what is no slice or holds nothing. */
  held: number | null;
}

/** One store's slice of a SKU. */
export interface SliceRow {
  promotionId: string;
  storeId: StoreId;
  skuId: Id<'sku'>;
  used: number;
  held: number | null;
}

export interface CounterRow {
  promotion_id: string;
  counter: string;
  used_count: string;
  used_fen: string;
  held_count: string | null;
}
export const COUNTER = 'promotion_id, counter, used_count, used_fen, held_count';

export const usedOf = (row: CounterRow): UsedCounter => ({
  count: Number(row.used_count),
  fen: parseFen(row.used_fen),
  held: row.held_count === null ? null : Number(row.held_count),
});

/** The counter of a slice: `K:<store>:<sku>`. */
export const sliceCounter = (storeId: string, skuId: string): string => `K:${storeId}:${skuId}`;
export const isSlice = (counter: string): boolean => counter.startsWith('K:');
export const readSlice = (counter: string) => {
  const [, storeId = '', skuId = ''] = counter.split(':');
  return { storeId: storeId as StoreId, skuId: skuId as Id<'sku'> };
};

/** Whether adding to a counter passes its limit; a slice has no more than it was given of the stock. */
export const isPassed = (one: CounterUse, after: UsedCounter): boolean =>
  (one.limitCount !== null && after.count > one.limitCount) ||
  (one.limitFen !== null && after.fen > one.limitFen) ||
  (isSlice(one.counter) && after.count > (after.held ?? 0));

export const counterKey = (one: { promotionId: string; counter: string }): string =>
  `${one.promotionId}|${one.counter}`;
