import { allocate, type Fen, fen, negFen, subFen, sumFen } from '@shuke/shared/kernel';
import type { Leg } from './netting.js';

/**
 * The legs of a discount: whoever gave it up gets it back from those who bear it, by their shares; what the giver bears
 * itself stands on both sides, so that the entry shows the whole discount.
 */
export function bearingLegs(
  giver: Leg['party'],
  discountFen: Fen,
  bearers: readonly { party: Leg['party']; bp: number }[],
): Leg[] {
  const shares = allocate(
    discountFen,
    bearers.map((one) => BigInt(one.bp)),
  );
  return [
    { party: giver, fen: discountFen },
    ...bearers.map((one, at) => ({ party: one.party, fen: negFen(shares[at] ?? fen(0)) })),
  ];
}

/**
 * The part of an entry that is taken back: `part` of `whole` after `before` of it was taken back already. By running
 * totals, so that the parts of a sequence sum to exactly the whole entry.
 */
export function reversedLegs(legs: readonly Leg[], whole: Fen, before: Fen, part: Fen): Leg[] {
  const taken = (sum: Fen): Leg[] => {
    const gets = legs.filter((leg) => leg.fen > 0);
    const owes = legs.filter((leg) => leg.fen < 0);
    const share = (side: readonly Leg[], sign: 1 | -1): Leg[] => {
      const total = fen(sign * sumFen(side.map((leg) => leg.fen)));
      const target = whole === 0 ? fen(0) : fen(Number((BigInt(total) * BigInt(sum)) / BigInt(whole)));
      const parts = allocate(
        target,
        side.map((leg) => BigInt(sign * leg.fen)),
      );
      return side.map((leg, at) => ({ party: leg.party, fen: fen(-sign * (parts[at] ?? 0)) }));
    };
    return [...share(gets, 1), ...share(owes, -1)];
  };
  const until = taken(fen(before + part));
  const already = taken(before);
  return until.map((leg, at) => ({ party: leg.party, fen: subFen(leg.fen, already[at]?.fen ?? fen(0)) }));
}
