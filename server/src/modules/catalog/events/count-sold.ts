import { registerHandler } from '../../../platform/outbox/registry.js';
import { countSold } from '../application/count-sold.js';

/** Listens for paid orders. */
export function registerCountSold(): void {
  registerHandler({
    name: 'catalog.count-sold',
    type: 'order.paid',
    handle: async (tx, event) => {
      const { orderId } = event.payload;
      if (typeof orderId === 'string') await countSold(tx, event.brandId, orderId);
    },
  });
}
