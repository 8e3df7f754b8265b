import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { NoticeKind } from '@shuke/shared/contracts';
import type { BrandId, MemberId, OrderId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import { Orders } from '../../orders/index.js';
import { NOTICE_RULES } from '../domain/notice-kinds.js';
import { type NoticeDraft, NoticeStore } from '../persistence/notice.store.js';
import { NoticeBook } from './notice-book.js';

type Payload = Record<string, unknown>;
interface Wish {
  kind: NoticeKind;
  memberId: MemberId | null;
  facts: Payload;
}

const toMember =
  (kind: NoticeKind) =>
  (payload: Payload): Wish => ({ kind, memberId: (payload['memberId'] as MemberId | null) ?? null, facts: payload });

const TAKEN_IN_STORE = ['PICKUP', 'SCAN_AND_GO'];
const paid = (payload: Payload): Wish =>
  toMember(TAKEN_IN_STORE.includes(String(payload['fulfil'])) ? 'PICKUP_READY' : 'ORDER_PAID')(payload);

/** What each event says to whom. */
const WISHES: Readonly<Record<string, (payload: Payload) => Wish>> = {
  'order.paid': paid,
  // Handed over by mistake and undone: the goods wait again.
  'order.hand-over-undone': toMember('PICKUP_READY'),
  'order.shipped': toMember('ORDER_SHIPPED'),
  'order.refunded': toMember('REFUND_DONE'),
  'after-sale.decided': toMember('AFTER_SALE_DECIDED'),
  'presale.tail-due': toMember('PRESALE_TAIL'),
  'promotion.refund-due': toMember('GROUP_RESULT'),
  'stock.arrived': toMember('BACK_IN_STOCK'),
  'coupon.expiring': toMember('COUPON_EXPIRING'),
  'top-up.credited': toMember('BALANCE_CHANGED'),
  'wallet.refunded': toMember('BALANCE_CHANGED'),
};

/**
 * Turns events into messages to be sent, in the transaction that takes the event; whether the member wants it is asked when it
 * is sent. A kind without a template costs nothing.
 */
@Injectable()
export class TakeEvents implements OnModuleInit {
  private readonly rows = new NoticeStore();

  constructor(
    @Inject(NoticeBook) private readonly book: NoticeBook,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  onModuleInit(): void {
    for (const [type, wish] of Object.entries(WISHES))
      registerHandler({
        name: `notices.${type}`,
        type,
        handle: (tx, event) => this.take(tx, event.brandId, [event], wish),
        handleMany: (tx, brandId, events) => this.take(tx, brandId, events, wish),
      });
    registerHandler({
      name: 'notices.group-buy.succeeded',
      type: 'group-buy.succeeded',
      handle: (tx, event) => this.takeGroup(tx, event),
    });
  }

  private async take(
    tx: Tx,
    brandId: BrandId,
    events: readonly DomainEvent[],
    wishOf: (payload: Payload) => Wish,
  ): Promise<void> {
    const drafts: NoticeDraft[] = [];
    for (const event of events) drafts.push(...(await this.draft(tx, event, wishOf(event.payload))));
    await this.rows.insert(tx, brandId, drafts);
  }

  /** Everybody of the group is told, each about the own order. */
  private async takeGroup(tx: Tx, event: DomainEvent): Promise<void> {
    if (!(await this.book.live(event.brandId, 'GROUP_RESULT', tx))) return;
    const orderIds = event.payload['orderIds'] as OrderId[];
    const drafts: NoticeDraft[] = [];
    for (const order of await this.orders.store.many(tx, event.brandId, orderIds)) {
      const facts = { orderId: order.id, isSuccess: true };
      drafts.push(...(await this.draft(tx, event, { kind: 'GROUP_RESULT', memberId: order.memberId, facts })));
    }
    await this.rows.insert(tx, event.brandId, drafts);
  }

  private async draft(tx: Tx, event: DomainEvent, { kind, memberId, facts }: Wish): Promise<NoticeDraft[]> {
    if (!memberId || !(await this.book.live(event.brandId, kind, tx))) return [];
    const goodUntil = new Date(tx.now.getTime() + NOTICE_RULES[kind].goodForMs);
    return [{ id: this.ids.next<'subscribe-notice'>(), kind, memberId, eventId: event.id, facts, goodUntil }];
  }
}
