import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { countSold } from '../application/count-sold.js';

const orderIds = (events: readonly DomainEvent[]): string[] =>
  events.map((event) => event.payload['orderId']).filter((id): id is string => typeof id === 'string');

/** Listens for paid orders. */
export function registerCountSold(): void {
  registerHandler({
    name: 'catalog.count-sold',
    type: 'order.paid',
    handle: (tx, event) => countSold(tx, event.brandId, orderIds([event])),
    handleMany: (tx, brandId, events) => countSold(tx, brandId, orderIds(events)),
  });
}
