import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import type { Members } from '../application/members.js';
import type { Memberships } from '../application/memberships.js';

const memberIds = (events: readonly DomainEvent[]): MemberId[] => [
  ...new Set(
    events.map((event) => event.payload['memberId'] as MemberId | null | undefined).filter((id) => id != null),
  ),
];

/** Keeps growth and level in step with what was paid and refunded; who pays is a member (支付即会员). */
export function growWithOrders(members: Members, memberships: Memberships): void {
  for (const type of ['order.paid', 'order.refunded']) {
    const work = async (tx: Tx, brandId: BrandId, events: readonly DomainEvent[]) => {
      await members.refreshGrowth(tx, brandId, memberIds(events));
      if (type !== 'order.paid') return;
      const acts = events.flatMap(({ payload }) => {
        const memberId = payload['memberId'] as MemberId | null | undefined;
        const storeId = (payload['storeId'] ?? null) as string | null;
        return memberId ? [{ memberId, action: 'PAY' as const, storeId }] : [];
      });
      await memberships.note(tx, brandId, acts);
    };
    registerHandler({
      name: `members.grow-on-${type}`,
      type,
      handle: (tx, event) => work(tx, event.brandId, [event]),
      handleMany: work,
    });
  }
}
