import type { PaySim } from './sim.js';
import type { Balances, Bucket, Movement } from './types.js';

export interface MovementNote {
  business: string;
  businessId: string;
  remark?: string;
  voucher?: string;
}

/** A merchant's balances, opened with the world's opening balance on first sight. */
export function balancesOf(sim: PaySim, mchid: string): Balances {
  const known = sim.state.balances[mchid];
  if (known) return known;
  const opening = sim.merchant(mchid)?.openingBalance ?? 0;
  const opened: Balances = { available: opening, frozen: 0, unsettled: 0, operation: 0 };
  sim.state.balances[mchid] = opened;
  return opened;
}

/** Money in (positive) or out (negative) of one account, with its line in the fund flow. */
export function move(
  sim: PaySim,
  mchid: string,
  bucket: Bucket,
  amount: number,
  note: MovementNote,
): Movement | undefined {
  if (amount === 0) return undefined;
  const balances = balancesOf(sim, mchid);
  balances[bucket] += amount;
  if (balances[bucket] < 0) throw new Error(`balance ${bucket} of ${mchid} would fall to ${balances[bucket]}`);
  const basic = balances.available + balances.frozen + balances.unsettled;
  const movement: Movement = {
    flowId: sim.newId('1900009231'),
    at: sim.now(),
    mchid,
    account: bucket === 'operation' ? 'OPERATION' : 'BASIC',
    amount,
    balance: bucket === 'operation' ? balances.operation : basic,
    business: note.business,
    businessId: note.businessId,
    remark: note.remark ?? '',
    voucher: note.voucher ?? note.businessId,
  };
  sim.state.movements.push(movement);
  sim.touch();
  return movement;
}

/** Money that changes its state inside one account: no line in the fund flow. */
export function shift(sim: PaySim, mchid: string, from: Bucket, to: Bucket, amount: number): void {
  const balances = balancesOf(sim, mchid);
  balances[from] -= amount;
  balances[to] += amount;
  if (balances[from] < 0) throw new Error(`balance ${from} of ${mchid} would fall to ${balances[from]}`);
  sim.touch();
}

/** A share of an amount in basis points, half up. */
export function shareHalfUp(amount: number, basisPoints: number): number {
  const scaled = amount * basisPoints + 5000;
  return (scaled - (scaled % 10_000)) / 10_000;
}

/** `whole` × part ÷ total, half up, in integers. */
export function proportionHalfUp(whole: number, part: number, total: number): number {
  return Number((2n * BigInt(whole) * BigInt(part) + BigInt(total)) / (2n * BigInt(total)));
}
