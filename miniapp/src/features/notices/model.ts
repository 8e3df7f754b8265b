import type { NoticeMoment, OrderDetail } from '@shuke/shared/contracts';

/** Which news will be offered once this is paid, so that it is known by then and the page after it stands still. */
export function askAhead(order: { fulfil: string; isOfGroup: boolean; isPresale: boolean }): NoticeMoment {
  if (order.isPresale) return 'PAID_DEPOSIT';
  if (order.isOfGroup) return 'PAID_GROUP';
  return order.fulfil === 'PICKUP' || order.fulfil === 'SCAN_AND_GO' ? 'PAID_PICKUP' : 'PAID_SHIP';
}

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
