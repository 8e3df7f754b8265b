import type { EventDraft } from '../../../platform/outbox/event.js';
import type { Order } from '../domain/order.js';

export type OrderEventType =
  | 'order.paid'
  | 'order.shipped'
  | 'order.received'
  | 'order.hand-over-undone'
  | 'order.finished'
  | 'order.closed'
  | 'order.refunded';

/** What every order event carries. Amounts in fen; ids as text. */
export interface OrderEventPayload {
  orderId: string;
  storeId: string;
  memberId: string | null;
  guideId: string | null;
  sendId: string | null;
  totalFen: number;
  fulfil: Order['fulfil'];
  /** Only for order.refunded: what this refund gave back. */
  refundFen?: number;
}

export const orderEvent = (type: OrderEventType, order: Order, more: { refundFen?: number } = {}): EventDraft => ({
  brandId: order.brandId,
  type,
  payload: {
    orderId: order.id,
    storeId: order.storeId,
    memberId: order.memberId,
    guideId: order.guideId,
    sendId: order.sendId,
    totalFen: order.totalFen,
    fulfil: order.fulfil,
    ...more,
  } satisfies OrderEventPayload,
});
