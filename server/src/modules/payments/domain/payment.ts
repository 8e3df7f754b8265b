import type { BrandId, Fen, Id } from '@shuke/shared/kernel';

/** CREATED before WeChat has answered, PREPAID with a prepay_id; PAID and CLOSED are final. */
export type PaymentState = 'CREATED' | 'PREPAID' | 'PAID' | 'CLOSED';

/** Which part of the subject's price is paid: all of it, or a presale's deposit and later its tail. */
export type PaymentPurpose = 'FULL' | 'DEPOSIT' | 'TAIL';

/** What a payment is for: an order, a top-up of the wallet, whatever a module registers. */
export interface PaymentRef {
  brandId: BrandId;
  subject: string;
  subjectId: Id;
  purpose?: PaymentPurpose;
}

export interface PaymentRow {
  brandId: BrandId;
  id: Id<'payment'>;
  subject: string;
  subjectId: Id;
  purpose: PaymentPurpose;
  /** NONE: nothing was left to pay in cash, so nobody was asked. */
  channel: 'WECHAT' | 'NONE';
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

/** Our number for WeChat is derived from what is paid, never fresh per attempt, so that a repeat is the same order. */
export const outTradeNoOf = (subjectId: Id, purpose: PaymentPurpose = 'FULL'): string =>
  `P${subjectId}${purpose === 'FULL' ? '' : `-${purpose}`}`;
