import type { MemberId } from '@shuke/shared/kernel';
import { registerHandler } from '../../../platform/outbox/registry.js';
import type { Members } from '../application/members.js';

/** Keeps growth and level in step with what was paid and refunded. */
export function growWithOrders(members: Members): void {
  for (const type of ['order.paid', 'order.refunded']) {
    registerHandler({
      name: `members.grow-on-${type}`,
      type,
      handle: async (tx, event) => {
        const memberId = event.payload['memberId'] as MemberId | null | undefined;
        if (memberId) await members.refreshGrowth(tx, event.brandId, [memberId]);
      },
    });
  }
}
