import type { BrandId, Fen, Id, OrderId } from '@shuke/shared/kernel';

/** CREATED before WeChat has answered, PREPAID with a prepay_id; PAID and CLOSED are final. */
export type PaymentState = 'CREATED' | 'PREPAID' | 'PAID' | 'CLOSED';

export interface PaymentRow {
  brandId: BrandId;
  id: Id<'payment'>;
  orderId: OrderId;
  accountId: string;
  mchid: string;
  subMchid: string | null;
  outTradeNo: string;
  openid: string;
  amountFen: Fen;
  state: PaymentState;
  profitSharing: boolean;
  requestBody: string | null;
  prepayId: string | null;
  prepayAt: Date | null;
  transactionId: string | null;
  paidAt: Date | null;
  isLate: boolean;
  feeFen: Fen;
  checks: number;
}

/** A prepay_id lives two hours whatever the order's deadline says; a little less is the safe reading (pay-07). */
export const PREPAY_LIFE_MS = 110 * 60_000;

/** When to ask WeChat about an unpaid order after the n-th look (reference/wechat-pay.md §3.3), in seconds. */
const CHECK_AFTER_SECONDS = [5, 30, 60, 180, 300, 600, 1800];

/** The pause before the next query of a payment or refund. */
export const checkPauseMs = (checks: number): number =>
  (CHECK_AFTER_SECONDS[Math.min(checks, CHECK_AFTER_SECONDS.length - 1)] ?? 1800) * 1000;

/** Our number for WeChat is derived from the order's id, never fresh per attempt, so that a repeat is the same order. */
export const outTradeNoOf = (orderId: OrderId): string => `P${orderId}`;
