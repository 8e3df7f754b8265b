import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { AssetLedger } from '../../asset-ledger/index.js';

export interface PointsBalance {
  balance: number;
  pending: number;
  held: number;
  available: number;
  owed: number;
  isFrozen: boolean;
}

/** What a member has, in one statement. A negative balance is what a refund took back after it was spent. */
export async function pointsBalance(
  ledger: AssetLedger,
  on: Queryable,
  brandId: BrandId,
  memberId: MemberId,
): Promise<PointsBalance> {
  const { balance, pending, held, owed, frozenReason } = await ledger.account(on, brandId, memberId, 'POINTS');
  const isFrozen = frozenReason !== null;
  return { balance, pending, held, owed, isFrozen, available: isFrozen ? 0 : Math.max(0, balance - held) };
}
