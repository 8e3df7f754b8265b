import {
  addFen,
  allocate,
  type Fen,
  fenFromBigInt,
  minFen,
  mulFen,
  subFen,
  sumFen,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import {
  hasPresent,
  type LostDiscount,
  type PaidCondition,
  type StillEarned,
  stillEarnedBy,
} from './lost-conditions.js';

/** A line as far as a refund needs it; every share was stored when the order was submitted. */
export interface PaidLine {
  lineId: string;
  skuId: string;
  unitPriceFen: Fen;
  qty: number;
  payableFen: Fen;
  walletFen: Fen;
  /** What points took off this line. */
  pointsFen: Fen;
  refundedQty: number;
  refundedFen: Fen;
  refundedWalletFen: Fen;
  /** Of a present: what one piece costs whoever keeps it without its condition, and how many were kept so before. */
  present?: { unitPriceFen: Fen; keptQty: number };
}

export interface PaidOrder {
  lines: readonly PaidLine[];
  freightFen: Fen;
  /** What of the freight the wallet paid. */
  freightWalletFen: Fen;
  pointsUsed: number;
  /** Discounts that hang on something; only brands that recompute conditions look at them. */
  conditions: readonly PaidCondition[];
  /** Given back before, by refunds that did not fail. */
  before: { freightFen: Fen; points: number };
}

export interface RefundWish {
  /** Pieces per line, or null for all that are left. */
  lines: readonly { lineId: string; qty: number }[] | null;
  /** The freight comes back with the last pieces. */
  withFreight: boolean;
  /** KEEP leaves a discount whose condition no longer holds with the consumer. */
  condition: 'KEEP' | 'RECOMPUTE';
  /** Pieces that other cases ask back: they do not count among what stays. */
  pending?: readonly { lineId: string; qty: number }[];
  /** Presents that the consumer keeps for their price, although what stays does not earn them. */
  kept?: readonly { lineId: string; qty: number }[];
}

/** Pieces of a present that what stays does not earn, and that are neither given back nor paid. */
export interface FallenPresent {
  lineId: string;
  qty: number;
  priceFen: Fen;
}

export interface RefundShares {
  lines: { lineId: string; qty: number; amountFen: Fen; walletFen: Fen }[];
  freightFen: Fen;
  freightWalletFen: Fen;
  totalFen: Fen;
  cashFen: Fen;
  walletFen: Fen;
  pointsBack: number;
  /** Held back because a condition no longer holds; it comes back when everything does. */
  withheldFen: Fen;
  /** What this refund was too small to hold back; the next refunds of the order are less by it. */
  excessFen: Fen;
  /** Which discounts are not earned any more by what stays; their sum is what is held back and what exceeds it. */
  lost: LostDiscount[];
  /** What is held back of this refund for presents that are kept; it comes back with them. */
  keptFen: Fen;
  kept: { lineId: string; qty: number }[];
  fallen: FallenPresent[];
}

/** The part of a share that belongs to so many of its pieces; all pieces take all of it. */
const partOf = (share: Fen, pieces: number, qty: number): Fen =>
  fenFromBigInt((BigInt(share) * BigInt(pieces)) / BigInt(qty));

const sumOf = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0);
const atLeastZero = (amount: Fen): Fen => (amount > 0 ? amount : ZERO_FEN);

interface Due {
  line: PaidLine;
  qty: number;
  cashFen: Fen;
  walletFen: Fen;
}

function duesOf(order: PaidOrder, wish: RefundWish): Due[] | null {
  const wanted = new Map<string, number>();
  for (const { lineId, qty } of wish.lines ?? []) {
    const line = order.lines.find((one) => one.lineId === lineId);
    if (!line || wanted.has(lineId) || qty < 1 || line.refundedQty + qty > line.qty) return null;
    wanted.set(lineId, qty);
  }
  return order.lines.map((line) => {
    const qty = wish.lines ? (wanted.get(line.lineId) ?? 0) : line.qty - line.refundedQty;
    const pieces = line.refundedQty + qty;
    const cash = partOf(subFen(line.payableFen, line.walletFen), pieces, line.qty);
    const wallet = partOf(line.walletFen, pieces, line.qty);
    return {
      line,
      qty,
      cashFen: atLeastZero(subFen(cash, subFen(line.refundedFen, line.refundedWalletFen))),
      walletFen: atLeastZero(subFen(wallet, line.refundedWalletFen)),
    };
  });
}

const piecesOf = (all: readonly { lineId: string; qty: number }[] | undefined, lineId: string): number =>
  sumOf((all ?? []).filter((one) => one.lineId === lineId).map((one) => one.qty));

/** What the pieces that stay still earn. With KEEP no discount is lost, and presents alone are looked at. */
function earnedBy(order: PaidOrder, dues: readonly Due[], { condition, pending }: RefundWish): StillEarned {
  return stillEarnedBy(
    condition === 'KEEP' ? order.conditions.filter(hasPresent) : order.conditions,
    dues.map(({ line, qty }) => ({
      lineId: line.lineId,
      skuId: line.skuId,
      unitPriceFen: line.unitPriceFen,
      qty: line.qty,
      left: Math.max(0, line.qty - line.refundedQty - qty - piecesOf(pending, line.lineId)),
    })),
  );
}

/** Presents that are kept for their price, and those of which nobody has said yet what becomes of them. */
function presentsOf(dues: readonly Due[], wish: RefundWish, earned: StillEarned['presents']) {
  const free = new Map(earned);
  const found = dues.flatMap(({ line, qty }) => {
    if (!line.present) return [];
    const left = line.qty - line.refundedQty - qty;
    const kept = Math.min(left, line.present.keptQty + piecesOf(wish.kept, line.lineId));
    const open = Math.max(0, left - kept - piecesOf(wish.pending, line.lineId));
    const still = Math.min(open, free.get(line.skuId) ?? 0);
    free.set(line.skuId, (free.get(line.skuId) ?? 0) - still);
    const { unitPriceFen } = line.present;
    return [{ lineId: line.lineId, keptFen: mulFen(unitPriceFen, kept), unitPriceFen, qty: open - still }];
  });
  return {
    keptFen: sumFen(found.map((one) => one.keptFen)),
    fallen: found
      .filter((one) => one.qty > 0)
      .map(({ lineId, qty, unitPriceFen }) => ({ lineId, qty, priceFen: mulFen(unitPriceFen, qty) })),
  };
}

/** Takes what is held back from the cash first, then from the wallet: first what was held back before, then line by line. */
function holdBack(dues: readonly Due[], amount: Fen): void {
  let open = amount;
  const sorted = [...dues.filter((due) => due.qty === 0), ...dues.filter((due) => due.qty > 0)];
  for (const source of ['cashFen', 'walletFen'] as const) {
    for (const due of sorted) {
      const cut = minFen(open, due[source]);
      due[source] = subFen(due[source], cut);
      open = subFen(open, cut);
    }
  }
}

/** Points of the pieces given back so far; together with the last piece all of them. */
function pointsDue(order: PaidOrder, dues: readonly Due[]): number {
  const weights = order.lines.map((line) => BigInt(line.pointsFen));
  if (order.pointsUsed === 0 || weights.every((weight) => weight === 0n)) return 0;
  const shares = allocate(order.pointsUsed as Fen, weights);
  return sumFen(
    dues.map((due, index) => partOf(shares[index] ?? ZERO_FEN, due.line.refundedQty + due.qty, due.line.qty)),
  );
}

/**
 * What a refund gives back, per source, from the shares stored at submission (pain-05: today's promotions play no role).
 * Each source's part of all pieces given back so far, less what was given back before: so no sequence of refunds ever
 * exceeds what a source paid, and the last one takes the remainder. What was held back for a lost condition is owed
 * again by itself once everything comes back; a loss greater than one refund makes the next ones less, by the same sums.
 * The price of a present that is kept goes the same way: owed again with each refund and held back again, until the
 * present itself comes back.
 *
 * @returns null when a wish asks for a line or for pieces that are not there
 */
export function refundShares(order: PaidOrder, wish: RefundWish): RefundShares | null {
  const dues = duesOf(order, wish);
  if (!dues || dues.every((due) => due.qty === 0)) return null;
  const due = sumFen(dues.map((one) => addFen(one.cashFen, one.walletFen)));
  // Never more than this refund: a consumer who gives goods back does not pay for it.
  const { lost, presents } = earnedBy(order, dues, wish);
  const { keptFen: priceFen, fallen } = presentsOf(dues, wish, presents);
  const lostFen = sumFen(lost.map((one) => one.fen));
  const keptFen = minFen(priceFen, due);
  const withheldFen = minFen(lostFen, subFen(due, keptFen));
  holdBack(dues, addFen(withheldFen, keptFen));
  const isAll = dues.every((one) => one.line.refundedQty + one.qty === one.line.qty);
  const freightFen = isAll && wish.withFreight ? subFen(order.freightFen, order.before.freightFen) : ZERO_FEN;
  const freightWalletFen = freightFen > 0 ? minFen(order.freightWalletFen, freightFen) : ZERO_FEN;
  const lines = dues
    .filter((one) => one.qty > 0 || one.cashFen > 0 || one.walletFen > 0)
    .map((one) => ({
      lineId: one.line.lineId,
      qty: one.qty,
      amountFen: addFen(one.cashFen, one.walletFen),
      walletFen: one.walletFen,
    }));
  const totalFen = addFen(sumFen(lines.map((line) => line.amountFen)), freightFen);
  const walletFen = addFen(sumFen(lines.map((line) => line.walletFen)), freightWalletFen);
  return {
    lines,
    freightFen,
    freightWalletFen,
    totalFen,
    cashFen: subFen(totalFen, walletFen),
    walletFen,
    pointsBack: Math.max(0, pointsDue(order, dues) - order.before.points),
    withheldFen,
    excessFen: subFen(lostFen, withheldFen),
    lost,
    keptFen,
    kept: [...(wish.kept ?? [])],
    fallen,
  };
}
