import { basisPoints, type Fen, fen, floorShare, minFen, WHOLE_BP } from '@shuke/shared/kernel';
import type { OfflineToken } from './offline-token.js';

/** What a device without network took in. */
export interface OfflineUse {
  clientKey: string;
  token: string;
  amountFen: number;
  discountFen: number;
  redeemedAt: Date;
}

/** A phone's clock may be this far off. */
const CLOCK_SLACK_MS = 5 * 60_000;

/**
 * Why a use without network is not believed; null when it is. Nothing is taken in before it was issued: a time before
 * that is a slow clock and no older code.
 *
 * @param slackMs how far the clock of the device may be off
 */
export function offlineProblem(
  token: OfflineToken,
  use: OfflineUse,
  nowMs: number,
  slackMs = CLOCK_SLACK_MS,
): string | null {
  const at = use.redeemedAt.getTime();
  if (at > nowMs + slackMs) return '核销时间在未来，请检查设备时间';
  if (at < token.issuedAt.getTime() - slackMs) return '核销时间比券码还早，请检查设备时间';
  if (at > token.expiresAt.getTime()) return '核销时券码已过期';
  if (!token.isPlain) return '这张券限定了商品、门店或时段，不能离线核销';
  return use.discountFen === offlineDiscount(token, fen(use.amountFen)) ? null : '优惠金额与券面不符';
}

/** What a plain coupon takes off a bill; the same rule as online, from the code alone. */
function offlineDiscount(token: OfflineToken, bill: Fen): Fen | null {
  if (bill < token.thresholdFen) return null;
  if (token.kind === 'AMOUNT') return minFen(fen(token.valueFen), bill);
  if (token.kind === 'PERCENT') return minFen(floorShare(bill, basisPoints(WHOLE_BP - token.payBp)), fen(token.maxFen));
  return null;
}
