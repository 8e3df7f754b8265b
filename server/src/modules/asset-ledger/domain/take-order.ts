import { allocate, fen } from '@shuke/shared/kernel';
import type { Lot, LotUse } from './asset-types.js';

/** In which order principal and bonus of one top-up are taken (features.md B7, rule 2). */
export type TakePolicy = 'PROPORTIONAL' | 'PRINCIPAL_FIRST' | 'BONUS_FIRST';

export const availableOf = (lot: Lot): number => (lot.state === 'ACTIVE' ? lot.remaining - lot.held : 0);

const timeOf = (date: Date | null): number => date?.getTime() ?? Number.POSITIVE_INFINITY;
const byId = (a: Lot, b: Lot) => (a.id.length === b.id.length ? (a.id < b.id ? -1 : 1) : a.id.length - b.id.length);

/** Points: what lapses first goes first, then what came first. */
export const byExpiry = (a: Lot, b: Lot): number => {
  const [x, y] = [timeOf(a.expiresAt), timeOf(b.expiresAt)];
  return x === y ? a.createdAt.getTime() - b.createdAt.getTime() || byId(a, b) : x - y;
};
const byAge = (a: Lot, b: Lot): number => a.createdAt.getTime() - b.createdAt.getTime() || byId(a, b);

/** Takes up to the amount in the given order; what cannot be taken is simply not in the sum. */
export function takeInOrder(lots: readonly Lot[], amount: number): LotUse[] {
  const uses: LotUse[] = [];
  let left = amount;
  for (const lot of lots) {
    const take = Math.min(left, availableOf(lot));
    if (take <= 0) continue;
    uses.push({ lotId: lot.id, amount: take, returned: 0 });
    left -= take;
  }
  return uses;
}

/**
 * Takes from the wallet: top-up by top-up, oldest first; within one by the policy. Proportional splits by what is left of
 * principal and bonus, so that the ratio of what remains stays what was promised.
 */
export function takeFromWallet(lots: readonly Lot[], amount: number, policy: TakePolicy): LotUse[] {
  const pairs = new Map<string, Lot[]>();
  for (const lot of [...lots].sort(byAge)) pairs.set(lot.pairId, [...(pairs.get(lot.pairId) ?? []), lot]);
  const uses: LotUse[] = [];
  let left = amount;
  for (const pair of pairs.values()) {
    if (left === 0) break;
    const open = pair.filter((lot) => availableOf(lot) > 0);
    const whole = open.reduce((sum, lot) => sum + availableOf(lot), 0);
    const take = Math.min(left, whole);
    if (take === 0) continue;
    left -= take;
    if (policy === 'PROPORTIONAL') {
      const parts = allocate(
        fen(take),
        open.map((lot) => BigInt(availableOf(lot))),
      );
      open.forEach((lot, index) => {
        const part = parts[index] ?? 0;
        if (part > 0) uses.push({ lotId: lot.id, amount: part, returned: 0 });
      });
    } else {
      const first = policy === 'PRINCIPAL_FIRST' ? 'PRINCIPAL' : 'BONUS';
      uses.push(
        ...takeInOrder(
          [...open].sort((a, b) => Number(b.kind === first) - Number(a.kind === first)),
          take,
        ),
      );
    }
  }
  return uses;
}
