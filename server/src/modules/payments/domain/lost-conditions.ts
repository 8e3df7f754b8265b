import { type Fen, fen, fenFromBigInt, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { DiscountCondition } from '@shuke/shared/rules';

/** A discount that hung on a threshold, with each line's share and what the line counted towards it. */
export interface PaidCondition extends Omit<DiscountCondition, 'counted'> {
  name: string;
  shares: readonly { lineId: string; fen: Fen; counted: number }[];
}

/** A discount that is not earned any more, by its name, and how much of it. */
export interface LostDiscount {
  name: string;
  fen: Fen;
}

/** Pieces of a line that stay, of so many that were bought. */
export interface Staying {
  lineId: string;
  qty: number;
  left: number;
}

const floorPart = (whole: number, part: number, of: number): Fen =>
  fenFromBigInt((BigInt(whole) * BigInt(part)) / BigInt(of));
/** Rounded up, so that a fen of rounding never makes a line count less than it did. */
const ceilPart = (whole: number, part: number, of: number): number =>
  Number((BigInt(whole) * BigInt(part) + BigInt(of) - 1n) / BigInt(of));

/** What the goods that stay still earn of the share that they had, at a sum of `counted`. */
function stillEarned({ tiers, isEvery }: PaidCondition, share: Fen, counted: number): Fen {
  const top = tiers.at(-1);
  if (!top) return share;
  if (isEvery) return fen(Math.trunc(counted / top.at) * (top.cutFen ?? 0));
  if (counted >= top.at) return share;
  const reached = tiers.filter((tier) => tier.at <= counted).at(-1);
  if (!reached) return ZERO_FEN;
  if (reached.payBp !== undefined && top.payBp !== undefined && top.payBp < 10_000)
    return floorPart(share, 10_000 - reached.payBp, 10_000 - top.payBp);
  return reached.cutFen ?? ZERO_FEN;
}

/**
 * The discounts that the goods that stay no longer earn: their share of each, less what a lower tier would still give
 * them. Never more than that share; what is not lost is left out.
 */
export function lostDiscounts(conditions: readonly PaidCondition[], staying: readonly Staying[]): LostDiscount[] {
  const byLine = new Map(staying.map((one) => [one.lineId, one]));
  return conditions
    .map((condition) => {
      const lines = condition.shares.flatMap((share) => {
        const line = byLine.get(share.lineId);
        return line ? [{ ...line, share }] : [];
      });
      const counted = lines.reduce((sum, { share, left, qty }) => sum + ceilPart(share.counted, left, qty), 0);
      const share = sumFen(lines.map((line) => floorPart(line.share.fen, line.left, line.qty)));
      const kept = stillEarned(condition, share, counted);
      return { name: condition.name, fen: kept >= share ? ZERO_FEN : subFen(share, kept) };
    })
    .filter((lost) => lost.fen > 0);
}
