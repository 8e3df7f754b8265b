import { type Fen, fen, mulFen, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { CouponLine } from './types.js';

/** A piece of goods as a till names it. */
export interface BillItem {
  productId: string;
  categoryId: string;
  qty: number;
  unitPriceFen: number;
}

/** A bill without items is one line, which only coupons for all goods can judge. */
export const wholeBill = (amountFen: number): CouponLine[] => [
  lineOf({ productId: '0', categoryId: '0', qty: 1, unitPriceFen: amountFen }),
];

/** The goods of a bill. One below the sum of its pieces was lowered at the till already; a coupon counts on what is left. */
export function billLines(items: readonly BillItem[], amountFen: number | null): CouponLine[] {
  const lines = items.map(lineOf);
  const whole = sumFen(lines.map((line) => line.amountFen));
  return amountFen !== null && amountFen < whole ? scaled(lines, whole, fen(amountFen)) : lines;
}

const lineOf = ({ productId, categoryId, qty, unitPriceFen }: BillItem): CouponLine => ({
  productId,
  categoryId,
  qty,
  unitPriceFen: fen(unitPriceFen),
  amountFen: mulFen(fen(unitPriceFen), qty),
  hasPromotion: false,
});

/** Each line's share of a lower bill, rounded down: a coupon must not count on money that nobody pays. */
const scaled = (lines: readonly CouponLine[], whole: Fen, bill: Fen): CouponLine[] =>
  lines.map((line) => ({
    ...line,
    amountFen: whole === 0 ? line.amountFen : fen(Number((BigInt(line.amountFen) * BigInt(bill)) / BigInt(whole))),
  }));

/** What remains to pay after a coupon. */
export const payAfter = (amountFen: Fen, discountFen: Fen): Fen =>
  discountFen > amountFen ? ZERO_FEN : subFen(amountFen, discountFen);
