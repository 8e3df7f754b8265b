import { allocate, type Fen, fen, sumFen } from '@shuke/shared/kernel';

/**
 * Draws the cuts of a bargain: each help gets a share of what there is to cut, the first ones more, so that the last help
 * ends exactly at the floor. Every cut is at least one fen when there is enough to cut.
 * @param random gives 0 ≤ n < most, so that a test can fix it
 * @returns as many cuts as helps, summing to `total`
 */
export function drawCuts(total: Fen, helps: number, random: (most: number) => number): Fen[] {
  const weights = Array.from({ length: helps }, (_, at) => BigInt(50 + random(100) + (at * 4 < helps ? 120 : 0)));
  const base = total >= helps ? 1 : 0;
  const rest = allocate(fen(total - base * helps), weights);
  return rest.map((cut) => fen(cut + base));
}

/** True when cuts end where they should; what is stored is checked again before the first help. */
export const isExact = (cuts: readonly Fen[], startFen: Fen, floorFen: Fen): boolean =>
  sumFen(cuts) === startFen - floorFen && cuts.every((cut) => cut >= 0);

export type SeatFate = { kind: 'SEATED'; completes: boolean } | { kind: 'NEW_GROUP' } | { kind: 'REFUND'; why: string };

/**
 * Where a paid seat goes (pain-15): into its group while that is open, has room and has not run out of time; into a new
 * group when it came too late and the promotion still runs; otherwise the money goes back.
 */
export function seatFate(
  group: { state: 'OPEN' | 'SUCCEEDED' | 'FAILED'; joined: number; size: number; expiresAt: Date } | null,
  promotionRunsUntil: Date | null,
  now: Date,
): SeatFate {
  if (group && group.state === 'OPEN' && group.joined < group.size && now < group.expiresAt)
    return { kind: 'SEATED', completes: group.joined + 1 === group.size };
  if (promotionRunsUntil !== null && now < promotionRunsUntil) return { kind: 'NEW_GROUP' };
  return { kind: 'REFUND', why: group ? '团已经满了或过期了，活动也结束了' : '活动已经结束了' };
}

export type PresaleState = 'DEPOSIT_DUE' | 'DEPOSIT_PAID' | 'TAIL_DUE' | 'PAID' | 'FORFEITED' | 'REFUNDED';

/**
 * The state of a presale that people see: a paid deposit becomes a tail to pay when its window opens, and is kept or
 * given back, as was agreed, from the moment that the window closes.
 */
export function presaleStateAt(
  { state, tailFrom, tailUntil, forfeits }: { state: PresaleState; tailFrom: Date; tailUntil: Date; forfeits: boolean },
  now: Date,
): PresaleState {
  const isLate = state === 'FORFEITED' || (state === 'DEPOSIT_PAID' && now > tailUntil);
  if (isLate) return forfeits ? 'FORFEITED' : 'REFUNDED';
  return state === 'DEPOSIT_PAID' && now >= tailFrom ? 'TAIL_DUE' : state;
}
