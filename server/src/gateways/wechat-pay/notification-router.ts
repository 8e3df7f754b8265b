import type { Fen } from '@shuke/shared/kernel';
import { amount, asObject, instant, type Json, optionalText, text } from './json-reader.js';
import type { VerifiedNotification } from './notification.js';
import { type Payment, type Refund, readPayment, readRefund } from './payment-types.js';
import { readTransfer, type Transfer } from './transfers.js';

/** Told to a merchant that received a share (or got one back). Use it as a reason to query, not as the truth. */
export interface SplitNotice {
  mchid: string;
  subMchid: string | null;
  transactionId: string;
  orderId: string;
  outOrderNo: string;
  receiver: { type: string; account: string; amount: Fen; description: string };
  succeededAtMs: number | null;
}

export type RoutedNotification =
  | { kind: 'PAYMENT'; payment: Payment }
  | { kind: 'REFUND'; refund: Refund; mchid: string; subMchid: string | null }
  | { kind: 'SPLIT'; notice: SplitNotice }
  | { kind: 'SPLIT_RETURN'; notice: SplitNotice }
  | { kind: 'TRANSFER'; transfer: Transfer }
  | { kind: 'ECHO' }
  /** Complaints, punishments, risk: for people to look at, since they can delay money and block splits. */
  | { kind: 'ADVISORY'; eventType: string; resource: Json }
  | { kind: 'UNKNOWN'; eventType: string; originalType: string }
  /** Signed by WeChat and yet without the promised fields: keep it, alarm, and query. */
  | { kind: 'UNREADABLE'; eventType: string; originalType: string; message: string };

const ADVISORY = /^(COMPLAINT|VIOLATION|RISKTRADE)\./;

/**
 * Decides what a verified notification is. The original type comes first and the summary second, because a split is
 * also announced as TRANSACTION.SUCCESS: by its event type alone it would be taken for a payment.
 */
export function routeNotification(notification: VerifiedNotification): RoutedNotification {
  const { eventType, originalType } = notification;
  try {
    return route(notification);
  } catch (error) {
    return { kind: 'UNREADABLE', eventType, originalType, message: (error as Error).message };
  }
}

function route({ eventType, originalType, summary, resource }: VerifiedNotification): RoutedNotification {
  const sharing =
    originalType === 'profitsharing' || summary.includes('分账') || eventType.startsWith('PROFITSHARING.');
  if (sharing) {
    const back = summary.includes('回退') || eventType === 'PROFITSHARING.RETURN';
    return { kind: back ? 'SPLIT_RETURN' : 'SPLIT', notice: readNotice(resource) };
  }
  if (originalType === 'transaction' && eventType.startsWith('TRANSACTION.'))
    return { kind: 'PAYMENT', payment: readPayment(resource) };
  if (originalType === 'refund' || eventType.startsWith('REFUND.')) {
    const mchid = optionalText(resource, 'sp_mchid') ?? text(resource, 'mchid');
    return { kind: 'REFUND', refund: readRefund(resource), mchid, subMchid: optionalText(resource, 'sub_mchid') };
  }
  if (eventType === 'MCHTRANSFER.BILL.FINISHED') return { kind: 'TRANSFER', transfer: readTransfer(resource) };
  if (eventType.startsWith('SECURITY_ECHO.')) return { kind: 'ECHO' };
  if (ADVISORY.test(eventType)) return { kind: 'ADVISORY', eventType, resource };
  return { kind: 'UNKNOWN', eventType, originalType };
}

function readNotice(resource: Json): SplitNotice {
  const receiver = asObject(resource['receiver']);
  return {
    mchid: optionalText(resource, 'sp_mchid') ?? text(resource, 'mchid'),
    subMchid: optionalText(resource, 'sub_mchid'),
    transactionId: text(resource, 'transaction_id'),
    orderId: text(resource, 'order_id'),
    outOrderNo: text(resource, 'out_order_no'),
    receiver: {
      type: text(receiver, 'type'),
      account: text(receiver, 'account'),
      amount: amount(receiver, 'amount'),
      description: optionalText(receiver, 'description') ?? '',
    },
    succeededAtMs: instant(resource, 'success_time'),
  };
}
