import type { MemberId } from '@shuke/shared/kernel';
import { registerHandler } from '../../../platform/outbox/registry.js';
import type { MeetAtTill } from '../application/meet-at-till.js';

/** A till has recorded a sale of somebody who is known. */
export function meetAtTill(meeting: MeetAtTill): void {
  registerHandler({
    name: 'members.meet-at-till',
    type: 'pos.order.recorded',
    handle: async (tx, { brandId, payload }) => {
      const memberId = payload['memberId'] as MemberId | null;
      if (memberId) await meeting.run(tx, brandId, memberId, (payload['storeId'] ?? null) as string | null);
    },
  });
}
