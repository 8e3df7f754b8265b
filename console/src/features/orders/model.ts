import { allocate, allocateWithin, type Fen, fen, sumFen } from '@shuke/shared/kernel';
import type { Leg, OrderDetail, OrderLine } from '../../lib/types';

/** How many pieces of each line are to be refunded. */
export type Picks = Record<string, number>;

export const leftQty = (line: OrderLine): number => Math.max(line.qty - line.refundedQty, 0);
export const leftFen = (line: OrderLine): Fen => fen(Math.max(line.payableFen - line.refundedFen, 0));

/**
 * What k pieces of a line give back: the line's stored payable amount spread evenly over the pieces that are left, the
 * odd fen on the first ones, everything when all pieces go. An estimate: the server's answer decides.
 */
export function lineRefund(line: OrderLine, qty: number): Fen {
  const pieces = leftQty(line);
  if (qty <= 0 || pieces === 0) return fen(0);
  if (qty >= pieces) return leftFen(line);
  const shares = allocate(
    leftFen(line),
    Array.from({ length: pieces }, () => 1n),
  );
  return sumFen(shares.slice(0, qty));
}

export interface RefundPreview {
  amount: Fen;
  rows: { id: string; name: string; qty: number; fen: Fen }[];
  /** The freight that comes back with a whole refund. */
  freight: Fen;
}

/** A whole refund returns everything not yet refunded; a refund of lines returns those lines. */
export function previewRefund(order: OrderDetail, picks: Picks | 'ALL'): RefundPreview {
  const rows = order.lines
    .map((line) => {
      const qty = picks === 'ALL' ? leftQty(line) : Math.min(picks[line.id] ?? 0, leftQty(line));
      return { id: line.id, name: `${line.name} ${line.spec}`.trim(), qty, fen: lineRefund(line, qty) };
    })
    .filter((row) => row.qty > 0);
  const goods = sumFen(rows.map((row) => row.fen));
  const amount = picks === 'ALL' ? fen(Math.max(order.totalFen - order.refundedFen, 0)) : goods;
  return { amount, rows, freight: fen(amount - goods) };
}

/** Who gives back how much, if the parties share the refund as they share the order now; null when they cannot. */
export function previewParties(amount: Fen, legs: readonly Leg[]): { leg: Leg; fen: Fen }[] | null {
  const caps = legs.map((leg) => fen(Math.max(leg.fen, 0)));
  if (legs.length === 0 || sumFen(caps) < amount) return null;
  const parts = allocateWithin(amount, caps.map(BigInt), caps);
  return legs.map((leg, index) => ({ leg, fen: parts[index] ?? fen(0) }));
}

/** The lines of the request, or undefined for the whole order. */
export const wantedLines = (picks: Picks | 'ALL') =>
  picks === 'ALL'
    ? undefined
    : Object.entries(picks)
        .filter(([, qty]) => qty > 0)
        .map(([lineId, qty]) => ({ lineId, qty }));

export const goodsText = (lines: readonly OrderLine[]): string => {
  const [first] = lines;
  if (!first) return '—';
  return lines.length === 1 ? `${first.name} ×${first.qty}` : `${first.name} 等 ${lines.length} 种`;
};
