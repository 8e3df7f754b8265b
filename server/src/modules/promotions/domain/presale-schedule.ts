import { type Fen, mulFen, subFen } from '@shuke/shared/kernel';
import { rowOf } from './play.js';
import type { PresaleTerms } from './plays/presale.js';
import type { Promotion } from './promotion.js';

/** Two payments of a presale; for everything else an order is paid at once. */
export interface PaymentSchedule {
  depositFen: Fen;
  tailFen: Fen;
  tailFrom: Date;
  tailUntil: Date;
  /** The deposit is kept when the tail is not paid in time. */
  forfeits: boolean;
}

/**
 * The two payments of an order that is a presale with a deposit; null when it is paid at once.
 * @param order `totalFen`: what the whole order costs
 */
export function scheduleOf(
  promotion: Promotion,
  order: { activity: { skuId: string }; qty: number; totalFen: Fen },
): PaymentSchedule | null {
  const terms = promotion.terms as unknown as PresaleTerms;
  const row = rowOf(terms.items, order.activity.skuId);
  if (terms.mode === 'FULL' || !row?.depositFen) return null;
  const depositFen = mulFen(row.depositFen, order.qty);
  return {
    depositFen,
    tailFen: subFen(order.totalFen, depositFen),
    tailFrom: new Date(terms.tailFrom ?? promotion.endsAt),
    tailUntil: new Date(terms.tailUntil ?? promotion.endsAt),
    forfeits: terms.forfeits === true,
  };
}
