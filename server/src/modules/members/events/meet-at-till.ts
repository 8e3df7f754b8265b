import type { MemberId } from '@shuke/shared/kernel';
import type { IdSource } from '../../../platform/ids/id-source.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import type { Memberships } from '../application/memberships.js';
import { MembersStore } from '../persistence/members.store.js';
import { PeopleStore } from '../persistence/people.store.js';

/** Who buys at a till is a member like everybody who pays; a record of an old file wakes up when its owner is met. */
export function meetAtTill(ids: IdSource, memberships: Memberships): void {
  const members = new MembersStore();
  const people = new PeopleStore();
  registerHandler({
    name: 'members.meet-at-till',
    type: 'pos.order.recorded',
    handle: async (tx, { brandId, payload }) => {
      const memberId = payload['memberId'] as MemberId | null;
      if (!memberId) return;
      const storeId = (payload['storeId'] ?? null) as string | null;
      await memberships.note(tx, brandId, [{ memberId, action: 'PAY', storeId }]);
      if (!(await members.wake(tx, brandId, memberId))) return;
      const text = '在门店再次遇见，历史资料已启用';
      await people.note(tx, brandId, [{ id: ids.next(), memberId, kind: 'WOKEN', text, by: 'system', at: tx.now }]);
    },
  });
}
