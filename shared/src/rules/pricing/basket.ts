import {
  addFen,
  allocate,
  type Fen,
  fen,
  MoneyError,
  minFen,
  mulFen,
  subFen,
  sumFen,
  WHOLE_BP,
  ZERO_FEN,
} from '../../kernel/index.js';
import type { AppliedShare, BasketLine, DiscountCondition, PriceBearer, Stacking } from './price-types.js';

/** A line while it is being priced. The locked amounts are the part of `leftFen` that a later stage may not lower. */
export interface LineState {
  line: BasketLine;
  amountFen: Fen;
  leftFen: Fen;
  freeQty: number;
  lockedOrderFen: Fen;
  lockedCouponFen: Fen;
  lockedPointsFen: Fen;
  applied: AppliedShare[];
}

type Lock = 'lockedOrderFen' | 'lockedCouponFen' | 'lockedPointsFen';
export type Stage = 'ORDER' | 'COUPON' | 'POINTS';
const LOCK: Record<Stage, Lock> = { ORDER: 'lockedOrderFen', COUPON: 'lockedCouponFen', POINTS: 'lockedPointsFen' };

/** Ids are decimal digits, so the shorter is the smaller. */
export const byId = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

/**
 * The goods of an order while discounts are taken off. Lines stand in the order of their SKU ids whatever order they came
 * in, so that neither the choice of a play nor a remaining fen depends on how a cart lists them.
 */
export class Basket {
  private constructor(readonly lines: readonly LineState[]) {}

  /** @throws MoneyError when a SKU comes twice or a quantity is not a positive whole number */
  static of(lines: readonly BasketLine[]): Basket {
    const sorted = [...lines].sort((a, b) => byId(a.skuId, b.skuId));
    sorted.forEach((line, at) => {
      if (line.skuId === sorted[at - 1]?.skuId) throw new MoneyError(`SKU ${line.skuId} comes twice`);
      if (!Number.isSafeInteger(line.qty) || line.qty <= 0) throw new MoneyError(`not a quantity: ${line.qty}`);
      if (line.unitPriceFen < 0) throw new MoneyError('a price is negative');
    });
    return new Basket(
      sorted.map((line) => {
        const amountFen = mulFen(line.unitPriceFen, line.qty);
        return {
          line,
          amountFen,
          leftFen: amountFen,
          freeQty: line.qty,
          lockedOrderFen: ZERO_FEN,
          lockedCouponFen: ZERO_FEN,
          lockedPointsFen: ZERO_FEN,
          applied: [],
        };
      }),
    );
  }

  copy(): Basket {
    return new Basket(this.lines.map((state) => ({ ...state, applied: [...state.applied] })));
  }

  leftFen(): Fen {
    return sumFen(this.lines.map((state) => state.leftFen));
  }

  /** What a stage may still take from a line. */
  openFen(at: number, stage: Stage): Fen {
    const state = this.at(at);
    return fen(Math.max(0, state.leftFen - state[LOCK[stage]]));
  }

  /**
   * Takes a discount off one line, never more than is left of it.
   * @returns what was taken
   */
  take(at: number, wantedFen: Fen, share: Omit<AppliedShare, 'fen'>): Fen {
    const state = this.at(at);
    if (wantedFen < 0) throw new MoneyError('a discount is negative');
    const taken = minFen(wantedFen, state.leftFen);
    // A line that helped to reach a threshold says so, even where the discount itself fell on others.
    if (taken === 0 && !share.condition) return ZERO_FEN;
    state.leftFen = subFen(state.leftFen, taken);
    state.applied.push({ ...share, fen: taken });
    return taken;
  }

  /** Keeps with a line what a discount hangs on; a line that has no share of it helped to earn it and says so. */
  note(at: number, share: Omit<AppliedShare, 'fen'>, condition: DiscountCondition): void {
    const { applied } = this.at(at);
    const place = applied.findIndex((one) => one.kind === share.kind && one.id === share.id);
    const had = applied[place];
    if (had) applied[place] = { ...had, condition };
    else applied.push({ ...share, fen: ZERO_FEN, condition });
  }

  /** Gives pieces of a line to a play, and closes what is left of their price as the play's stacking says. */
  claim(at: number, qty: number, cutFen: Fen, stacking: Stacking): void {
    const state = this.at(at);
    if (qty > state.freeQty) throw new MoneyError('a play claims pieces that another has');
    state.freeQty -= qty;
    this.lock(at, fen(Math.max(0, mulFen(state.line.unitPriceFen, qty) - cutFen)), stacking);
  }

  /**
   * Spreads a discount over lines by what the stage may take from each, by largest remainder.
   * @param conditions what the discount hangs on, for each of the lines
   * @returns what was taken: at most the sum of what is open
   */
  spread(
    ats: readonly number[],
    wantedFen: Fen,
    stage: Stage,
    share: Omit<AppliedShare, 'fen'>,
    conditions?: readonly DiscountCondition[],
  ): Fen {
    const open = ats.map((at) => this.openFen(at, stage));
    const total = minFen(wantedFen, sumFen(open));
    if (total <= 0) return ZERO_FEN;
    const shares = allocate(
      total,
      open.map((one) => BigInt(one)),
    );
    ats.forEach((at, place) => {
      const condition = conditions?.[place];
      this.take(at, shares[place] ?? ZERO_FEN, condition ? { ...share, condition } : share);
    });
    return total;
  }

  /** Closes lines to later stages as a play on the sum asks. */
  closeLines(ats: readonly number[], stacking: Stacking): void {
    for (const at of ats) this.lock(at, this.at(at).leftFen, stacking);
  }

  private lock(at: number, amount: Fen, stacking: Stacking): void {
    const state = this.at(at);
    const more = (have: Fen) => minFen(addFen(have, amount), state.amountFen);
    if (stacking.mode === 'EXCLUSIVE') state.lockedOrderFen = more(state.lockedOrderFen);
    if (!stacking.allowsCoupons) state.lockedCouponFen = more(state.lockedCouponFen);
    if (!stacking.allowsPoints) state.lockedPointsFen = more(state.lockedPointsFen);
  }

  private at(at: number): LineState {
    const state = this.lines[at];
    if (!state) throw new MoneyError(`no line ${at}`);
    return state;
  }
}

/**
 * What each bearer bears of a discount, by largest remainder; the parts sum to the discount.
 * @throws MoneyError when the bearers do not sum to the whole
 */
export function bearerFen(amount: Fen, bearers: readonly PriceBearer[]): { party: string; fen: Fen }[] {
  if (bearers.reduce((sum, one) => sum + one.bp, 0) !== WHOLE_BP)
    throw new MoneyError('bearers do not sum to the whole');
  const shares = allocate(
    amount,
    bearers.map((one) => BigInt(one.bp)),
  );
  return bearers.map((one, at) => ({ party: one.party, fen: shares[at] ?? ZERO_FEN }));
}
