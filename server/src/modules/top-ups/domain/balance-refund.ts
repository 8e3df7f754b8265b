import { type Fen, fen, minFen } from '@shuke/shared/kernel';

export interface TopUpRemains {
  paidFen: Fen;
  /** What the top-up promised in bonus; an expired part counts too, since it was part of the deal. */
  bonusFen: Fen;
  principalLeftFen: Fen;
  bonusLeftFen: Fen;
  /** What earlier balance refunds of this top-up gave back, or are about to. */
  refundedFen: Fen;
}

/**
 * What giving up the balance of one top-up pays back. The bonus counts by its ratio, in the consumer's favour: whichever
 * is more of the principal that is left and the paid share of all that is left (3,000 + 1,000: 75 % of what is left).
 * Never more than was paid.
 *
 * Source: reference/features.md B7, law (draft art. 21) and rule 6; to be checked by the brand's counsel.
 */
export function balanceRefund(one: TopUpRemains): { refundFen: Fen; bonusTakenFen: Fen } {
  const left = BigInt(one.principalLeftFen) + BigInt(one.bonusLeftFen);
  const whole = BigInt(one.paidFen) + BigInt(one.bonusFen);
  const byRatio = whole === 0n ? 0n : (left * BigInt(one.paidFen) + whole - 1n) / whole;
  const best = Number(byRatio) > one.principalLeftFen ? fen(Number(byRatio)) : one.principalLeftFen;
  const most = fen(one.paidFen - one.refundedFen);
  return { refundFen: minFen(best, most < 0 ? fen(0) : most), bonusTakenFen: one.bonusLeftFen };
}

/**
 * How many of the points that came with a top-up go with a part of its money: in proportion to what was paid, and with the
 * last fen all of them, so that nobody tops up and gives up for the points. Rounded for the consumer.
 */
export function giftPointsTaken(
  { points, paidFen, refundedFen }: { points: number } & Pick<TopUpRemains, 'paidFen' | 'refundedFen'>,
  refundFen: Fen,
): number {
  if (paidFen === 0) return 0;
  const upTo = (backFen: number) => Number((BigInt(points) * BigInt(Math.min(backFen, paidFen))) / BigInt(paidFen));
  return upTo(refundedFen + refundFen) - upTo(refundedFen);
}
