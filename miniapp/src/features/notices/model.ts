import type { NoticeMoment, OrderDetail } from '@shuke/shared/contracts';

/** Which news may be offered after a payment; null when there is none to come. */
export function askAfterPaying(
  order: Pick<OrderDetail, 'state' | 'pickupCode' | 'presale'>,
  isOfGroup: boolean,
): NoticeMoment | null {
  if (order.presale?.due === 'TAIL') return 'PAID_DEPOSIT';
  if (isOfGroup) return 'PAID_GROUP';
  if (order.state === 'TO_SHIP') return 'PAID_SHIP';
  return order.state === 'TO_PICKUP' && order.pickupCode ? 'PAID_PICKUP' : null;
}
