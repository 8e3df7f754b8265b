import { addFen, type Fen, fenFromBigInt, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { OrderState } from './order-state.js';

/** A line as far as a refund needs it; the payable share was stored when the order was submitted. */
export interface RefundableLine {
  lineId: string;
  qty: number;
  payableFen: Fen;
  refundedQty: number;
  refundedFen: Fen;
}

export interface RefundAmount {
  lines: { lineId: string; qty: number; amountFen: Fen }[];
  freightFen: Fen;
  totalFen: Fen;
}

/**
 * What refunding some pieces of a line gives back: the stored share in proportion to all pieces returned so far, less
 * what was given back already. The last piece takes the remainder, so the parts always sum to what was paid for the
 * line, and today's prices play no role (pain 5: reference/features.md C).
 */
export function lineRefund(line: RefundableLine, qty: number): Fen {
  const target = fenFromBigInt((BigInt(line.payableFen) * BigInt(line.refundedQty + qty)) / BigInt(line.qty));
  return subFen(target, line.refundedFen);
}

/**
 * What a refund gives back. Without a wish everything that is left is refunded. The freight comes back when goods that
 * had not left are refunded and nothing of the order remains.
 *
 * @param wanted pieces per line, or null for all
 * @returns null when a wish asks for a line or for pieces that are not there
 */
export function refundAmount(
  lines: readonly RefundableLine[],
  wanted: readonly { lineId: string; qty: number }[] | null,
  freight: { paidFen: Fen; refundedFen: Fen },
  state: OrderState,
): RefundAmount | null {
  const asked =
    wanted ??
    lines
      .filter((line) => line.refundedQty < line.qty)
      .map((line) => ({ lineId: line.lineId, qty: line.qty - line.refundedQty }));
  const parts: RefundAmount['lines'] = [];
  for (const { lineId, qty } of asked) {
    const line = lines.find((one) => one.lineId === lineId);
    if (!line || parts.some((part) => part.lineId === lineId) || qty < 1 || line.refundedQty + qty > line.qty)
      return null;
    parts.push({ lineId, qty, amountFen: lineRefund(line, qty) });
  }
  const takes = (line: RefundableLine) => parts.find((part) => part.lineId === line.lineId)?.qty ?? 0;
  const isAll = lines.every((line) => line.refundedQty + takes(line) === line.qty);
  const hasNotLeft = state === 'TO_SHIP' || state === 'TO_PICKUP';
  const freightFen = isAll && hasNotLeft ? subFen(freight.paidFen, freight.refundedFen) : ZERO_FEN;
  return { lines: parts, freightFen, totalFen: addFen(sumFen(parts.map((part) => part.amountFen)), freightFen) };
}
