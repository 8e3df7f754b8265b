import { addFen, type BrandId, type Fen, type Id, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { AccrualBody, ChainEntry, ReversalBody, SplitShare } from '@shuke/shared/rules';
import type { Queryable } from '../../../platform/database/database.js';
import { netShares } from '../domain/split-plan.js';
import type { ChainStore } from '../persistence/chain.store.js';

export interface NetOfOrder {
  accrual: AccrualBody;
  reversals: ReversalBody[];
  entries: ChainEntry[];
  /** Per party, after all reversals; sums to what was paid less what was refunded. */
  shares: SplitShare[];
  refundedFen: Fen;
  /** What refunds took from the collector: the refunded amounts less the fee that came back. */
  refundedNetFen: Fen;
}

/** What an order's chain entries amount to now. @throws Error when it was never accrued */
export async function netOfOrder(on: Queryable, chain: ChainStore, brandId: BrandId, orderId: Id): Promise<NetOfOrder> {
  const entries = await chain.ofOrders(on, brandId, [orderId]);
  const accrual = entries.map((entry) => entry.body).find((body): body is AccrualBody => body.kind === 'ACCRUAL');
  if (!accrual) throw new Error(`order ${orderId} has no entitlement`);
  const reversals = entries.map((entry) => entry.body).filter((body): body is ReversalBody => body.kind === 'REVERSAL');
  const reversed = reversals.flatMap((body) => body.shares);
  const shares = netShares(accrual.shares, reversed);
  const refundedFen = reversals.reduce<Fen>((sum, body) => addFen(sum, body.refundFen), ZERO_FEN);
  const feeBack = sumFen(reversed.filter((share) => share.party === 'CHANNEL').map((share) => share.fen));
  return { accrual, reversals, entries, shares, refundedFen, refundedNetFen: subFen(refundedFen, feeBack) };
}

/** Those who get their shares by profit sharing: the channel keeps its fee, the collector what is freed. */
export function sharers(split: { collectMode: 'STORE' | 'BRAND' }, shares: readonly SplitShare[]): SplitShare[] {
  const byChannel = split.collectMode === 'STORE' ? ['BRAND', 'GUIDE'] : ['GUIDE'];
  return shares.filter((share) => byChannel.includes(share.party));
}

/** The share of whoever collects: it arrives by being freed, without a receiver. */
export function collectorShare(
  split: { collectMode: 'STORE' | 'BRAND' },
  shares: readonly SplitShare[],
): SplitShare | null {
  const party = split.collectMode === 'STORE' ? 'FRANCHISEE' : 'BRAND';
  return shares.find((share) => share.party === party) ?? null;
}
