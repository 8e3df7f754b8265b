import { type Fen, fenFromBigInt } from './fen.js';

declare const ratioBrand: unique symbol;

/** A ratio in basis points: 10,000 is the whole. */
export type BasisPoints = number & { readonly [ratioBrand]: true };

/** Ten thousand basis points are the whole. */
export const WHOLE_BP = 10_000;

/**
 * Turns an integer of 0…10,000 into basis points.
 * @throws RangeError for anything else.
 */
export function basisPoints(value: number): BasisPoints {
  if (!Number.isInteger(value) || value < 0 || value > WHOLE_BP)
    throw new RangeError(`not a ratio in basis points: ${value}`);
  return value as BasisPoints;
}

/** floor(amount × ratio): used for caps, where the safe side is the lower one. */
export function floorShare(amount: Fen, ratio: BasisPoints): Fen {
  if (amount < 0) throw new RangeError('a share of a negative amount is not defined');
  return fenFromBigInt((BigInt(amount) * BigInt(ratio)) / BigInt(WHOLE_BP));
}

/** amount × ratio rounded half up: how WeChat Pay charges its fee (reference: wechat-pay, simulator rule 7). */
export function halfUpShare(amount: Fen, ratio: BasisPoints): Fen {
  if (amount < 0) throw new RangeError('a share of a negative amount is not defined');
  return fenFromBigInt((BigInt(amount) * BigInt(ratio) + BigInt(WHOLE_BP / 2)) / BigInt(WHOLE_BP));
}
