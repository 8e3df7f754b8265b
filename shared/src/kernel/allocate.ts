import { type Fen, fenFromBigInt, MoneyError, sumFen } from './fen.js';

interface Part {
  index: number;
  amount: bigint;
  remainder: bigint;
}

function byRemainder(a: Part, b: Part): number {
  if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
  return a.index - b.index;
}

/**
 * Divides a non-negative amount over whole-number weights by the largest remainder, so that the parts sum to the whole,
 * each part is within one fen of exact, and a zero weight gets zero. Equal remainders go to the earlier index.
 *
 * @param total amount in fen, ≥ 0
 * @param weights non-negative whole weights, at least one positive unless total is zero
 * @throws MoneyError when the amount cannot be divided over the weights
 */
export function allocate(total: Fen, weights: readonly bigint[]): Fen[] {
  const whole = weights.reduce((sum, weight) => {
    if (weight < 0n) throw new MoneyError('a weight is negative');
    return sum + weight;
  }, 0n);
  if (total < 0) throw new MoneyError('only a non-negative amount can be allocated');
  if (total === 0) return weights.map(() => total);
  if (whole === 0n) throw new MoneyError('there is nobody to allocate to');
  const parts: Part[] = weights.map((weight, index) => {
    const exact = BigInt(total) * weight;
    return { index, amount: exact / whole, remainder: exact % whole };
  });
  let left = BigInt(total) - parts.reduce((sum, part) => sum + part.amount, 0n);
  for (const part of [...parts].sort(byRemainder)) {
    if (left === 0n) break;
    part.amount += 1n;
    left -= 1n;
  }
  return parts.map((part) => fenFromBigInt(part.amount));
}

/**
 * Like {@link allocate}, but no part may pass its cap; what a capped part cannot take goes to the others by weight and,
 * when all weights are used up, to whoever still has room in index order. Used for refunds: the caps are what each party
 * has left, so a party is never reversed below zero and a full refund ends at exactly zero for everybody.
 *
 * @throws MoneyError when the caps together are smaller than the total
 */
export function allocateWithin(total: Fen, weights: readonly bigint[], caps: readonly Fen[]): Fen[] {
  if (weights.length !== caps.length) throw new MoneyError('weights and caps differ in number');
  if (sumFen(caps) < total) throw new MoneyError('the caps are smaller than the amount');
  const given = caps.map(() => 0n);
  const room = (index: number) => BigInt(caps[index] ?? 0) - (given[index] ?? 0n);
  let left = BigInt(total);
  while (left > 0n) {
    const open = caps.map((_, index) => index).filter((index) => room(index) > 0n);
    const weighted = open.filter((index) => (weights[index] ?? 0n) > 0n);
    const target = weighted.length > 0 ? weighted : open;
    const shares = allocate(
      fenFromBigInt(left),
      target.map((index) => (weighted.length > 0 ? (weights[index] ?? 0n) : 1n)),
    );
    let moved = 0n;
    target.forEach((index, position) => {
      const take = BigInt(shares[position] ?? 0) < room(index) ? BigInt(shares[position] ?? 0) : room(index);
      given[index] = (given[index] ?? 0n) + take;
      moved += take;
    });
    left -= moved;
  }
  return given.map((amount) => fenFromBigInt(amount));
}
