import { type Fen, fen, type Id } from '@shuke/shared/kernel';
import type { CouponId } from './types.js';

/** A line as the order stores it: its discounts, its pieces, and how many of them were refunded before. */
export interface DiscountedLine {
  lineId: Id<'line'>;
  qty: number;
  refundedQty: number;
  applied: readonly { kind: string; id: string; fen: Fen }[];
}

/**
 * Each coupon's discount on the pieces that are refunded now, for `Coupons.takeBackShare`. By running totals of pieces, so
 * that all refunds of a line together take back exactly what the coupon took off it.
 *
 * @param refunded pieces of each line that are refunded now; `refundedQty` of the lines is without them
 */
export function couponSharesOf(
  lines: readonly DiscountedLine[],
  refunded: readonly { lineId: string; qty: number }[],
): { couponId: CouponId; fen: Fen }[] {
  const shares = new Map<CouponId, number>();
  for (const { lineId, qty } of refunded) {
    const line = lines.find((one) => one.lineId === lineId);
    if (!line || line.qty <= 0) continue;
    for (const one of line.applied) {
      if (one.kind !== 'COUPON') continue;
      const until = (pieces: number) =>
        Number((BigInt(one.fen) * BigInt(Math.min(pieces, line.qty))) / BigInt(line.qty));
      const part = until(line.refundedQty + qty) - until(line.refundedQty);
      const id = one.id as CouponId;
      shares.set(id, (shares.get(id) ?? 0) + part);
    }
  }
  return [...shares].filter(([, amount]) => amount > 0).map(([couponId, amount]) => ({ couponId, fen: fen(amount) }));
}
