import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { asId, type BrandId, type OrderId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { type Order, OrderHolds, Orders } from '../../orders/index.js';
import { Organization, pickupHoldUntil } from '../../organization/index.js';
import { remindOfPickupAt } from '../domain/pickup-reminder.js';
import { type NoticeDraft, NoticeStore } from '../persistence/notice.store.js';
import { NoticeBook } from './notice-book.js';

/**
 * Puts a reminder aside for each order that is fetched in a store, due the day before the store stops keeping it. Whether it
 * is still true is looked at when it is due. A group's goods are kept from the moment when the group is complete.
 */
@Injectable()
export class RemindOfPickups implements OnModuleInit {
  private readonly rows = new NoticeStore();

  constructor(
    @Inject(NoticeBook) private readonly book: NoticeBook,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  onModuleInit(): void {
    const isFetched = ({ payload }: DomainEvent) => payload['fulfil'] === 'PICKUP';
    const paid = (tx: Tx, brandId: BrandId, events: readonly DomainEvent[]) =>
      this.take(
        tx,
        brandId,
        events.filter(isFetched).map(({ payload }) => payload['orderId'] as OrderId),
      );
    registerHandler({
      name: 'notices.remind-of-pickup.paid',
      type: 'order.paid',
      handle: (tx, event) => paid(tx, event.brandId, [event]),
      handleMany: paid,
    });
    registerHandler({
      name: 'notices.remind-of-pickup.group',
      type: 'group-buy.succeeded',
      handle: (tx, event) => this.take(tx, event.brandId, event.payload['orderIds'] as OrderId[]),
    });
  }

  private async take(tx: Tx, brandId: BrandId, orderIds: readonly OrderId[]): Promise<void> {
    if (orderIds.length === 0 || !(await this.book.live(brandId, 'PICKUP_EXPIRING', tx))) return;
    const drafts: NoticeDraft[] = [];
    for (const order of await this.orders.store.many(tx, brandId, orderIds)) {
      const draft = await this.draft(tx, order);
      if (draft) drafts.push(draft);
    }
    await this.rows.insert(tx, brandId, drafts);
  }

  private async draft(tx: Tx, order: Order): Promise<NoticeDraft | null> {
    const { id: orderId, memberId, brandId } = order;
    if (order.fulfil !== 'PICKUP' || !memberId || (await OrderHolds.keepsGoods(tx, order))) return null;
    const store = await this.organization.store(brandId, order.storeId);
    if (!store) return null;
    const holdUntil = pickupHoldUntil(store, tx.now.getTime());
    const remindAt = remindOfPickupAt(tx.now.getTime(), holdUntil);
    if (remindAt === null) return null;
    return {
      id: this.ids.next<'subscribe-notice'>(),
      kind: 'PICKUP_EXPIRING',
      memberId,
      // One for each order, whichever of its events comes first and however often.
      eventId: asId<'event'>(orderId),
      facts: { orderId, holdUntil: new Date(holdUntil).toISOString() },
      notBefore: new Date(remindAt),
      goodUntil: new Date(holdUntil),
    };
  }
}
