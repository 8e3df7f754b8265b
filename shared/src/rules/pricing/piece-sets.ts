import { addFen, allocate, type Fen, fen, subFen, sumFen, ZERO_FEN } from '../../kernel/index.js';

/**
 * How pieces are put together for one price: a bundle or N for X. Plain data, kept with an order's lines, so that a refund
 * prices what stays by the rule of the order and not by today's promotion.
 */
export type SetRule =
  /** Named parts for one price. */
  | { make: 'PARTS'; parts: readonly { skuId: string; qty: number }[]; priceFen: Fen; times: number }
  /** Any N pieces for one price. */
  | { make: 'ANY'; n: number; priceFen: Fen; first: 'DEAREST' | 'CHEAPEST'; times: number }
  /** The cheapest of each N pieces at a ratio of its price. */
  | { make: 'NTH'; n: number; payBp: number; first: 'DEAREST' | 'CHEAPEST'; times: number };

/** The pieces of a line that a set may take. */
export interface PieceLine {
  at: number;
  skuId: string;
  freeQty: number;
  unitPriceFen: Fen;
}

/** What sets take off a line, over so many of its pieces. */
export interface PieceCut {
  at: number;
  qty: number;
  fen: Fen;
}

interface Piece {
  at: number;
  priceFen: Fen;
}

const repeat = ({ at, unitPriceFen }: PieceLine, times: number): Piece[] =>
  Array.from({ length: times }, () => ({ at, priceFen: unitPriceFen }));

const dearestFirst = (a: Piece, b: Piece): number => b.priceFen - a.priceFen || a.at - b.at;

/** Sums cuts by line; a cut of a whole set is spread by price, so that a part that is returned gives back its own share. */
class Cuts {
  private readonly byLine = new Map<number, { qty: number; fen: Fen }>();

  add({ at }: Piece, cut: Fen): void {
    const had = this.byLine.get(at);
    this.byLine.set(at, { qty: (had?.qty ?? 0) + 1, fen: addFen(had?.fen ?? ZERO_FEN, cut) });
  }

  spread(set: readonly Piece[], cut: Fen): void {
    const shares = allocate(
      cut,
      set.map((piece) => BigInt(piece.priceFen)),
    );
    set.forEach((piece, place) => {
      this.add(piece, shares[place] ?? ZERO_FEN);
    });
  }

  list(): PieceCut[] {
    return [...this.byLine].map(([at, cut]) => ({ at, ...cut }));
  }
}

/** What a set of pieces saves at a price together; nothing when the price is not lower. */
function savedOn(set: readonly Piece[], priceFen: Fen): Fen {
  const sum = sumFen(set.map((piece) => piece.priceFen));
  return sum > priceFen ? subFen(sum, priceFen) : ZERO_FEN;
}

function cutParts(rule: Extract<SetRule, { make: 'PARTS' }>, lines: readonly PieceLine[], cuts: Cuts): number {
  const parts = rule.parts.map((part) => ({ ...part, line: lines.find((one) => one.skuId === part.skuId) }));
  const most = Math.min(rule.times, ...parts.map(({ line, qty }) => Math.trunc((line?.freeQty ?? 0) / qty)));
  const set = parts.flatMap(({ line, qty }) => (line ? repeat(line, qty) : []));
  const cut = savedOn(set, rule.priceFen);
  if (cut === 0) return 0;
  for (let made = 0; made < most; made += 1) cuts.spread(set, cut);
  return most;
}

function cutAny(rule: Exclude<SetRule, { make: 'PARTS' }>, lines: readonly PieceLine[], cuts: Cuts): number {
  const { n, times } = rule;
  const pieces = lines.flatMap((line) => repeat(line, Math.min(line.freeQty, n * times))).sort(dearestFirst);
  if (rule.first === 'CHEAPEST') pieces.reverse();
  let sets = 0;
  for (let from = 0; from + n <= pieces.length && sets < times; from += n) {
    const set = pieces.slice(from, from + n).sort(dearestFirst);
    const last = set.at(-1);
    if (rule.make === 'NTH' && last) {
      const off = fen(Number((BigInt(last.priceFen) * BigInt(10_000 - rule.payBp)) / 10_000n));
      for (const piece of set) cuts.add(piece, piece === last ? off : ZERO_FEN);
    } else if (rule.make === 'ANY') {
      const cut = savedOn(set, rule.priceFen);
      // Pieces that cost less by themselves are left alone.
      if (cut === 0) continue;
      cuts.spread(set, cut);
    }
    sets += 1;
  }
  return sets;
}

/**
 * Makes as many sets of the free pieces as the rule allows and the pieces suffice for; pieces beyond the last set cost
 * what they cost. Pure: an order is priced by it, and so is what stays of the order after a refund.
 */
export function cutSets(rule: SetRule, lines: readonly PieceLine[]): { sets: number; cuts: PieceCut[] } {
  const cuts = new Cuts();
  const sets = rule.make === 'PARTS' ? cutParts(rule, lines, cuts) : cutAny(rule, lines, cuts);
  return { sets, cuts: cuts.list() };
}
