import { addFen, allocate, type Fen, fen, fenFromBigInt, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import { cutSets, type SetCondition, type ThresholdCondition } from '@shuke/shared/rules';

/**
 * When a discount was given: pieces together, goods added at a low price, the sum of the order, coupons. A discount that
 * is lost leaves more to pay, which counts towards the thresholds of the later ones.
 */
export const CONDITION_STAGES = ['SETS', 'ADD_ON', 'ORDER', 'COUPON'] as const;
export type ConditionStage = (typeof CONDITION_STAGES)[number];

/** A discount that hung on something, with each line's share and what the line counted towards it. */
export type PaidCondition = (Omit<ThresholdCondition, 'counted'> | Omit<SetCondition, 'counted'>) & {
  name: string;
  stage: ConditionStage;
  shares: readonly { lineId: string; fen: Fen; counted: number }[];
};
type PaidThreshold = Extract<PaidCondition, { tiers: unknown }>;

/** A discount that is not earned any more, by its name, and how much of it. */
export interface LostDiscount {
  name: string;
  stage: ConditionStage;
  fen: Fen;
}

/** What the goods that stay no longer earn of the discounts, and how many pieces of each SKU they still earn as presents. */
export interface StillEarned {
  lost: LostDiscount[];
  presents: ReadonlyMap<string, number>;
}

/** Pieces of a line that stay, of so many that were bought. */
export interface Staying {
  lineId: string;
  skuId: string;
  unitPriceFen: Fen;
  qty: number;
  left: number;
}

/** A line that stays while its discounts are looked at one after the other. */
interface Line extends Staying {
  /** Pieces that no set has taken yet. */
  free: number;
  /** What lost discounts have added to its price. */
  moreFen: Fen;
}
interface Part {
  line: Line;
  /** What the pieces that stay have of the discount. */
  shareFen: Fen;
  bought: PaidCondition['shares'][number];
}

const floorPart = (whole: number, part: number, of: number): Fen =>
  fenFromBigInt((BigInt(whole) * BigInt(part)) / BigInt(of));
/** Rounded up, so that a fen of rounding never makes a line count less than it did. */
const ceilPart = (whole: number, part: number, of: number): number =>
  Number((BigInt(whole) * BigInt(part) + BigInt(of) - 1n) / BigInt(of));

/** What the goods that stay still earn of the share that they had, at a sum of `counted`. */
function stillEarned({ tiers, isEvery }: PaidThreshold, share: Fen, counted: number): Fen {
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

/** Pieces of price that stay count what they counted, and what they cost more since an earlier discount is lost. */
function countedNow({ by, basis }: PaidThreshold, parts: readonly Part[]): number {
  const grows = by !== 'PIECES' && basis !== 'LIST';
  return parts.reduce((sum, { bought, line: { left, qty, moreFen } }) => {
    // A good that was added at a low price never counted itself.
    const more = grows && bought.counted > 0 ? moreFen : ZERO_FEN;
    return sum + ceilPart(bought.counted, left, qty) + more;
  }, 0);
}

/** What sets of the pieces that stay take off, by the rule of the order; what they take, no other set takes again. */
function setsOf({ rule }: Omit<SetCondition, 'counted'>, parts: readonly Part[]): Fen {
  const lines = parts.map(({ line, bought }, at) => ({
    at,
    skuId: line.skuId,
    unitPriceFen: line.unitPriceFen,
    freeQty: Math.min(line.free, bought.counted),
  }));
  const { cuts } = cutSets(rule, lines);
  for (const { at, qty } of cuts) {
    const part = parts[at];
    if (part) part.line.free -= qty;
  }
  return sumFen(cuts.map((cut) => cut.fen));
}

/** What is lost of one discount, in all and of each line. */
function lossOf(condition: PaidCondition, lines: ReadonlyMap<string, Line>): { fen: Fen; parts: [Line, Fen][] } {
  const parts = condition.shares.flatMap((bought): Part[] => {
    const line = lines.get(bought.lineId);
    return line ? [{ line, bought, shareFen: floorPart(bought.fen, line.left, line.qty) }] : [];
  });
  const share = sumFen(parts.map((part) => part.shareFen));
  const kept =
    condition.by === 'SETS' ? setsOf(condition, parts) : stillEarned(condition, share, countedNow(condition, parts));
  if (kept >= share) return { fen: ZERO_FEN, parts: [] };
  const lost = subFen(share, kept);
  const byLine = allocate(
    lost,
    parts.map((part) => BigInt(part.shareFen)),
  );
  return { fen: lost, parts: parts.map(({ line }, at) => [line, byLine[at] ?? ZERO_FEN]) };
}

/** The present that the goods that stay still earn: never more than all of them earned. */
function presentOf(condition: PaidCondition, lines: ReadonlyMap<string, Line>): { skuId: string; qty: number } | null {
  if (condition.by === 'SETS' || !hasPresent(condition)) return null;
  const parts = condition.shares.flatMap((bought): Part[] => {
    const line = lines.get(bought.lineId);
    return line ? [{ line, bought, shareFen: ZERO_FEN }] : [];
  });
  const then = condition.shares.reduce((sum, one) => sum + one.counted, 0);
  const counted = Math.min(then, countedNow(condition, parts));
  const reached = condition.tiers.filter((tier) => tier.at <= counted).at(-1);
  if (!reached?.gift) return null;
  const times = condition.isEvery ? Math.trunc(counted / reached.at) : 1;
  return { skuId: reached.gift.skuId, qty: reached.gift.qty * times };
}

/** A promotion that gave something on top, and took nothing off. */
export const hasPresent = (condition: PaidCondition): boolean =>
  condition.by !== 'SETS' && condition.tiers.some((tier) => tier.gift !== undefined);

/**
 * The discounts that the goods that stay no longer earn: their share of each, less what they would still get of it by
 * themselves (a lower tier, fewer sets). Never more than that share; what is not lost is left out. And the presents that
 * they still earn, by SKU: what lost discounts of pieces add to their price counts towards them too.
 */
export function stillEarnedBy(conditions: readonly PaidCondition[], staying: readonly Staying[]): StillEarned {
  const lines = new Map(staying.map((one) => [one.lineId, { ...one, free: one.left, moreFen: ZERO_FEN }]));
  const presents = new Map<string, number>();
  const lost = CONDITION_STAGES.flatMap((stage) => {
    const here = conditions.filter((one) => one.stage === stage);
    for (const present of here.map((one) => presentOf(one, lines)))
      if (present) presents.set(present.skuId, (presents.get(present.skuId) ?? 0) + present.qty);
    const losses = here.map((one) => ({ name: one.name, stage, ...lossOf(one, lines) }));
    for (const [line, more] of losses.flatMap((loss) => loss.parts)) line.moreFen = addFen(line.moreFen, more);
    return losses.filter((loss) => loss.fen > 0).map(({ name, fen: amount }) => ({ name, stage, fen: amount }));
  });
  return { lost, presents };
}
