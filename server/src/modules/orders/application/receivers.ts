import { Inject, Injectable } from '@nestjs/common';
import type { OrderDetail, Receiver, StoreOrder } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import type { Guide } from '../../../platform/access/actor.js';
import { Accesses, maskName, maskPhone } from '../../members/index.js';
import type { Order, OrderAddress } from '../domain/order.js';
import { refuseOrder } from './order-errors.js';
import { OrderQueries, type Page } from './order-queries.js';
import { Orders } from './orders.js';

const HIDDEN = '****';
const regionOf = (address: OrderAddress): string => `${address.province}${address.city}${address.district}`;

/** Enough to tell two parcels apart, too little to find somebody. */
const masked = (address: OrderAddress): Receiver => ({
  name: maskName(address.name),
  phone: maskPhone(address.phone),
  region: regionOf(address),
  detail: HIDDEN,
});

/** What a guide reads of an order without having asked for its receiver. */
export const withoutReceiver = (detail: OrderDetail): OrderDetail => ({
  ...detail,
  address: detail.address && {
    ...detail.address,
    name: maskName(detail.address.name),
    phone: maskPhone(detail.address.phone),
    detail: HIDDEN,
  },
});

type Asked = { state?: 'TO_SHIP' | 'TO_PICKUP' | 'SHIPPED'; cursor?: string; limit?: number };

/** Whom a store's parcels go to: masked in the list, in full when a guide asks, and the consumer sees who asked. */
@Injectable()
export class Receivers {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OrderQueries) private readonly queries: OrderQueries,
    @Inject(Accesses) private readonly accesses: Accesses,
  ) {}

  /** A page of the own store's orders to send or hand over. */
  list(actor: Guide, { state, cursor, limit }: Asked): Promise<Page<StoreOrder>> {
    return this.queries.storeList(
      {
        brandId: actor.brandId,
        storeIds: [actor.storeId],
        states: state ? [state] : ['TO_SHIP', 'TO_PICKUP', 'SHIPPED'],
        channel: 'MINIAPP',
      },
      cursor,
      limit,
      (order) => (isOnItsWay(order) && order.address ? masked(order.address) : null),
    );
  }

  /**
   * The receiver in full, for writing the waybill or for a question on the way; noted for the consumer to read.
   * @throws AppError NOT_FOUND for an order of another store, ORDER_STATE when nothing is to be sent any more
   */
  async show(actor: Guide, orderId: Id): Promise<Receiver> {
    const order = await this.orders.visible(actor, orderId);
    if (!isOnItsWay(order) || !order.address) throw refuseOrder('ORDER_STATE');
    const { name, phone, detail } = order.address;
    if (order.memberId) await this.accesses.note(actor, order.memberId, 'RECEIVER');
    return { name, phone, region: regionOf(order.address), detail };
  }
}

const isOnItsWay = ({ state }: Order): boolean => state === 'TO_SHIP' || state === 'SHIPPED';
