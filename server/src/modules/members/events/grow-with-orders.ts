import type { MemberId } from '@shuke/shared/kernel';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import type { Members } from '../application/members.js';

const memberIds = (events: readonly DomainEvent[]): MemberId[] => [
  ...new Set(
    events.map((event) => event.payload['memberId'] as MemberId | null | undefined).filter((id) => id != null),
  ),
];

/** Keeps growth and level in step with what was paid and refunded. */
export function growWithOrders(members: Members): void {
  for (const type of ['order.paid', 'order.refunded']) {
    registerHandler({
      name: `members.grow-on-${type}`,
      type,
      handle: (tx, event) => members.refreshGrowth(tx, event.brandId, memberIds([event])),
      handleMany: (tx, brandId, events) => members.refreshGrowth(tx, brandId, memberIds(events)),
    });
  }
}
