import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { PaymentRow } from '../domain/payment.js';

/**
 * What can be paid. Both methods run in the transaction that books the money; the first locks the subject's row, so that
 * the second changes what the first has seen.
 */
export interface PaymentSubject {
  /** Whether the subject still waits for this money. When it does not, the payment is refunded by itself. */
  isStillWanted(tx: Tx, payment: PaymentRow): Promise<boolean>;
  /** The money is here; `payment.paidAt` says since when. Called once per payment, and only when it was wanted. */
  onPaid(tx: Tx, payment: PaymentRow): Promise<void>;
  /** Whether settlement splits the money among parties; orders only. */
  isSplit?: boolean;
}

const subjects = new Map<string, PaymentSubject>();

/** The kinds of things that are paid through WeChat Pay. */
export const PaymentSubjects = {
  /** Registers a kind when its module starts; the last one with a name wins, so that tests can build the app twice. */
  register(name: string, subject: PaymentSubject): void {
    subjects.set(name, subject);
  },
  /** @throws Error for a kind that nobody registered */
  get(name: string): PaymentSubject {
    const subject = subjects.get(name);
    if (!subject) throw new Error(`nobody knows how to pay for ${name}`);
    return subject;
  },
};
