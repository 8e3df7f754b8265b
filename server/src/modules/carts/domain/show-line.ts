import { type Fen, moneyText, subFen } from '@shuke/shared/kernel';

export type CartProblem = 'NOT_LISTED' | 'OUT_OF_STOCK' | 'NOT_ENOUGH' | 'PRICE_CHANGED';

/** 「比加入时便宜了 ¥20」; null when the price is the same. */
export function priceChangeText(addedFen: Fen, nowFen: Fen): string | null {
  if (addedFen === nowFen) return null;
  return nowFen < addedFen
    ? `比加入时便宜了 ${moneyText(subFen(addedFen, nowFen))}`
    : `比加入时贵了 ${moneyText(subFen(nowFen, addedFen))}`;
}

/** A line with such a problem can still be bought; it only deserves a word. */
export const isBuyable = (problem: CartProblem | null): boolean => problem === null || problem === 'PRICE_CHANGED';
