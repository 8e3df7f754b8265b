import { addFen, allocate, type Fen, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { PlayLine } from '@shuke/shared/rules';

/** One piece of a line. */
export interface Piece {
  at: number;
  priceFen: Fen;
}

/** The free pieces of lines one by one, dearest first; equal prices in the basket's own order. */
export const piecesOf = (lines: readonly PlayLine[], most = 999): Piece[] =>
  lines
    .flatMap((line) =>
      Array.from({ length: Math.min(line.freeQty, most) }, () => ({ at: line.at, priceFen: line.unitPriceFen })),
    )
    .sort((a, b) => b.priceFen - a.priceFen || a.at - b.at);

/** Adds a cut that is spread over pieces by their price, so that a part that is returned gives back its own share. */
export function spreadOver(cuts: Map<number, { qty: number; fen: Fen }>, set: readonly Piece[], cut: Fen): void {
  const shares = allocate(
    cut,
    set.map((piece) => BigInt(piece.priceFen)),
  );
  for (const [at, piece] of set.entries()) addCut(cuts, piece.at, shares[at] ?? ZERO_FEN);
}

/** Adds one piece with its cut to a line's. */
export function addCut(cuts: Map<number, { qty: number; fen: Fen }>, at: number, cut: Fen): void {
  const had = cuts.get(at);
  cuts.set(at, { qty: (had?.qty ?? 0) + 1, fen: addFen(had?.fen ?? ZERO_FEN, cut) });
}

export const cutList = (cuts: ReadonlyMap<number, { qty: number; fen: Fen }>) =>
  [...cuts].map(([at, cut]) => ({ at, ...cut }));

/** What a set of pieces saves at a price together; nothing when the price is not lower. */
export function savedOn(set: readonly Piece[], priceFen: Fen): Fen {
  const sum = sumFen(set.map((piece) => piece.priceFen));
  return sum > priceFen ? subFen(sum, priceFen) : ZERO_FEN;
}
