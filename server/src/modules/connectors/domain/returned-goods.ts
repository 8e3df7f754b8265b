import { type Fen, fen, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';

/** A line of an offline sale, with its share of what was paid and of what the wallet paid of that. */
export interface SoldLine {
  lineId: string;
  code: string;
  qty: number;
  amountFen: Fen;
  payableFen: Fen;
  walletFen: Fen;
}
/** Pieces by the code of their goods. */
export type Pieces = ReadonlyMap<string, number>;

/** Goods of one code that come back, at what was paid for them. */
export interface ReturnedGoods {
  code: string;
  qty: number;
  amountFen: Fen;
}

const share = (whole: Fen, part: number, of: number): Fen =>
  of === 0 ? ZERO_FEN : fen(Number((BigInt(whole) * BigInt(part)) / BigInt(of)));

const linesOf = (sold: readonly SoldLine[], code: string): SoldLine[] => sold.filter((line) => line.code === code);
const qtyOf = (lines: readonly SoldLine[]): number => lines.reduce((sum, line) => sum + line.qty, 0);

/** Sums pieces of goods that are named more than once. */
export function piecesOf(lines: readonly { skuCode: string; qty: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { skuCode, qty } of lines) sums.set(skuCode, (sums.get(skuCode) ?? 0) + qty);
  return sums;
}

/** All that has not come back yet. */
export function remainingOf(sold: readonly SoldLine[], back: Pieces): Map<string, number> {
  const sums = piecesOf(sold.map((line) => ({ skuCode: line.code, qty: line.qty })));
  return new Map(
    [...sums].map(([code, qty]) => [code, qty - (back.get(code) ?? 0)] as const).filter(([, qty]) => qty > 0),
  );
}

/**
 * Goods come back at what was paid for them, never more pieces than were sold. Amounts are differences of running shares,
 * so that all pieces together give back exactly what was paid.
 *
 * @param back pieces that came back before
 * @returns the goods, or why they cannot come back, in words for the till
 */
export function bringBack(
  sold: readonly SoldLine[],
  back: Pieces,
  wanted: Pieces,
): { goods: ReturnedGoods[] } | { problem: string } {
  const goods: ReturnedGoods[] = [];
  for (const [code, qty] of wanted) {
    const own = linesOf(sold, code);
    const pieces = qtyOf(own);
    const gone = back.get(code) ?? 0;
    if (qty + gone > pieces) return { problem: `货号 ${code} 最多还能退 ${pieces - gone} 件` };
    const paidFen = sumFen(own.map((line) => line.payableFen));
    goods.push({ code, qty, amountFen: subFen(share(paidFen, gone + qty, pieces), share(paidFen, gone, pieces)) });
  }
  return goods.length > 0 ? { goods } : { problem: '没有可退的商品' };
}

/** What of each line's cash stays once these pieces are back; the sale's points are counted again from it. */
export const cashLeft = (sold: readonly SoldLine[], back: Pieces): { lineId: string; cashFen: Fen }[] =>
  sold.map((line) => {
    const pieces = qtyOf(linesOf(sold, line.code));
    const kept = pieces - (back.get(line.code) ?? 0);
    return { lineId: line.lineId, cashFen: share(subFen(line.payableFen, line.walletFen), kept, pieces) };
  });

/** What the pieces that came back were worth before any discount. */
export const worthOfReturned = (sold: readonly SoldLine[], back: Pieces): Fen =>
  sumFen(
    [...back].map(([code, qty]) => {
      const own = linesOf(sold, code);
      return share(sumFen(own.map((line) => line.amountFen)), qty, qtyOf(own));
    }),
  );
