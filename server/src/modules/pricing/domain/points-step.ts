import {
  basisPoints,
  type Fen,
  fen,
  floorShare,
  groupedText,
  minFen,
  moneyText,
  negFen,
  sumFen,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import type { Basket, PriceBearer, PriceStepText } from '@shuke/shared/rules';

/** How points pay: so many points are one yuan, at most a share of the goods, in whole multiples. */
export interface PointsTerms {
  pointsPerYuan: number;
  /** Most of the goods that points may pay, in basis points. */
  maxShareBp: number;
  /** Points are used in multiples of this. */
  multiple: number;
  bearers: readonly PriceBearer[];
}

export interface PointsWish {
  /** How many the consumer would like to use; MAX: as many as count. */
  points: number | 'MAX';
  /** How many there are. */
  available: number;
}

export interface PointsOutcome {
  used: number;
  fen: Fen;
  /** Most that could be used here. */
  usable: number;
  usableFen: Fen;
  step: PriceStepText | null;
}

/** Points are a discount on the goods; shares go to lines by what is open to points. Changes the basket given. */
export function applyPoints(basket: Basket, wish: PointsWish, terms: PointsTerms): PointsOutcome {
  const ats = basket.lines.flatMap((_, at) => (basket.openFen(at, 'POINTS') > 0 ? [at] : []));
  const open = sumFen(ats.map((at) => basket.openFen(at, 'POINTS')));
  const cap = minFen(floorShare(basket.leftFen(), basisPoints(terms.maxShareBp)), open);
  const worth = (points: number): Fen => fen(Number((BigInt(points) * 100n) / BigInt(terms.pointsPerYuan)));
  const multiples = (points: number) => points - (points % terms.multiple);
  // The most points whose worth stays within the cap.
  const within = Number((BigInt(cap) * BigInt(terms.pointsPerYuan)) / 100n);
  const usable = multiples(Math.max(0, Math.min(within, wish.available)));
  const usableFen = worth(usable);
  const used = wish.points === 'MAX' ? usable : multiples(Math.max(0, Math.min(wish.points, usable)));
  const amount = worth(used);
  if (amount === 0) return { used: 0, fen: ZERO_FEN, usable, usableFen, step: null };
  const share = { kind: 'POINTS' as const, id: 'POINTS', name: '积分抵扣', bearers: terms.bearers };
  const taken = basket.spread(ats, amount, 'POINTS', share);
  const explain = `${groupedText(used)} 积分抵 ${moneyText(taken)}`;
  return { used, fen: taken, usable, usableFen, step: { label: '积分', amountFen: negFen(taken), explain } };
}
