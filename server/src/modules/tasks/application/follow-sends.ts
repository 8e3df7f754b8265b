import { type BrandId, DAY_MS, type GuideId, type MemberId, type OrderId, parseFen } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { ItemsStore } from '../persistence/items.store.js';
import { type SendId, SendsStore } from '../persistence/sends.store.js';

/** An order within so many days of a send to the same member is counted as its effect. */
const EFFECT_DAYS = 7;
const items = new ItemsStore();
const sends = new SendsStore();

/** A card was opened: the send reached the customer, whatever the client reports later. */
export async function followOpening(tx: Tx, event: DomainEvent): Promise<void> {
  const { sendId, at } = event.payload as { sendId?: string; at?: string };
  if (!sendId) return;
  const send = await sends.lock(tx, event.brandId, sendId as SendId);
  if (!send) return;
  const openedAt = at ? new Date(at) : tx.now;
  await sends.open(tx, event.brandId, send.id, openedAt);
  if (send.taskItemId) await items.raise(tx, event.brandId, send.taskItemId, 'OPENED', openedAt);
}

/** An order was paid: it follows from the send that it names, or from the member's latest send of the last days. */
export async function followOrder(tx: Tx, event: DomainEvent): Promise<void> {
  const { orderId, memberId, sendId, totalFen } = event.payload as {
    orderId: OrderId;
    memberId: MemberId | null;
    sendId: SendId | null;
    totalFen: unknown;
  };
  const since = new Date(tx.now.getTime() - EFFECT_DAYS * DAY_MS);
  const id = sendId ?? (memberId ? await sends.latestTo(tx, event.brandId, memberId, since) : null);
  const send = id ? await sends.lock(tx, event.brandId, id) : null;
  if (!send) return;
  await sends.ordered(tx, event.brandId, send.id, orderId);
  if (!send.taskItemId) return;
  await items.raise(tx, event.brandId, send.taskItemId, 'ORDERED', tx.now);
  await items.order(tx, event.brandId, send.taskItemId, orderId, parseFen(totalFen));
}

/** Only orders that name a send, or whose member was sent something lately, are looked at one by one. */
async function followOrders(tx: Tx, brandId: BrandId, events: readonly DomainEvent[]): Promise<void> {
  const since = new Date(tx.now.getTime() - EFFECT_DAYS * DAY_MS);
  const members = events.map((event) => event.payload['memberId'] as MemberId | null).filter((id) => id !== null);
  const reached = await sends.reachedSince(tx, brandId, [...new Set(members)], since);
  for (const event of events) {
    const { sendId, memberId } = event.payload as { sendId: SendId | null; memberId: MemberId | null };
    if (sendId || (memberId && reached.has(memberId))) await followOrder(tx, event);
  }
}

/** Who has left cannot write to anybody: what was still to do is over, and the customers come into other packs. */
async function freezeLeaver(tx: Tx, event: DomainEvent): Promise<void> {
  await items.freeze(tx, event.brandId, event.payload['guideId'] as GuideId);
}

export function registerTaskHandlers(): void {
  registerHandler({ name: 'tasks.leaver', type: 'guide.left', handle: freezeLeaver });
  registerHandler({ name: 'tasks.opened', type: 'send.opened', handle: followOpening });
  registerHandler({ name: 'tasks.ordered', type: 'order.paid', handle: followOrder, handleMany: followOrders });
  registerHandler({ name: 'tasks.ordered-offline', type: 'pos.order.recorded', handle: followOrder });
}
