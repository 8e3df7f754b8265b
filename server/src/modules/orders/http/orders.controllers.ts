import { Controller, Inject } from '@nestjs/common';
import { consoleRoutes, guideRoutes, mallRoutes } from '@shuke/shared/contracts';
import type { Id, MemberId, StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer, Guide } from '../../../platform/access/actor.js';
import { Contract, Given, type In, type Out, Who } from '../../../platform/http/contract.decorator.js';
import { Organization } from '../../organization/index.js';
import { OrderPayment } from '../application/order-payment.js';
import { OrderQueries } from '../application/order-queries.js';
import { Orders } from '../application/orders.js';
import { Receivers, withoutReceiver } from '../application/receivers.js';
import { RushOrders } from '../application/rush-orders.js';
import type { OrderState } from '../domain/order-state.js';

const TABS: Record<string, readonly OrderState[] | undefined> = {
  ALL: undefined,
  PENDING_PAY: ['PENDING_PAY'],
  TO_SHIP: ['TO_SHIP'],
  TO_RECEIVE: ['SHIPPED'],
  TO_PICKUP: ['TO_PICKUP'],
  DONE: ['RECEIVED', 'FINISHED', 'REFUNDED', 'CLOSED'],
};

/** The consumer's own orders. */
@Controller()
export class MallOrdersController {
  constructor(
    @Inject(RushOrders) private readonly rushOrders: RushOrders,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OrderQueries) private readonly queries: OrderQueries,
    @Inject(OrderPayment) private readonly payment: OrderPayment,
  ) {}

  @Contract(mallRoutes.submitOrder)
  async submit(
    @Who() actor: Consumer,
    @Given() input: In<typeof mallRoutes.submitOrder>,
  ): Out<typeof mallRoutes.submitOrder> {
    const order = await this.rushOrders.run(actor, input.body, input.idempotencyKey ?? '');
    const isToBePaid = input.body.startPayment === true && order.state === 'PENDING_PAY';
    const payment = isToBePaid ? await this.payment.get().begin(actor, order) : null;
    const detail = await this.queries.detailOf(order);
    return payment ? { ...detail, payment } : detail;
  }

  @Contract(mallRoutes.orders)
  list(@Who() actor: Consumer, @Given() { query }: In<typeof mallRoutes.orders>): Out<typeof mallRoutes.orders> {
    return this.queries.list(
      {
        brandId: actor.brandId,
        memberId: actor.memberId,
        states: TABS[query.tab ?? 'ALL'],
        ...(query.channel ? { channel: query.channel } : {}),
      },
      query.cursor,
      query.limit,
    );
  }

  @Contract(mallRoutes.order)
  one(@Who() actor: Consumer, @Given() { params }: In<typeof mallRoutes.order>): Out<typeof mallRoutes.order> {
    return this.queries.detail({ brandId: actor.brandId, memberId: actor.memberId }, params.id as Id);
  }

  @Contract(mallRoutes.confirmReceipt)
  async receive(
    @Who() actor: Consumer,
    @Given() { params }: In<typeof mallRoutes.confirmReceipt>,
  ): Out<typeof mallRoutes.confirmReceipt> {
    return this.queries.detailOf(await this.orders.receive(actor, params.id as Id));
  }
}

/** A store's orders at the counter. */
@Controller()
export class GuideOrdersController {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OrderQueries) private readonly queries: OrderQueries,
    @Inject(Receivers) private readonly receivers: Receivers,
  ) {}

  @Contract(guideRoutes.storeOrders)
  list(
    @Who() actor: Guide,
    @Given() { query }: In<typeof guideRoutes.storeOrders>,
  ): Out<typeof guideRoutes.storeOrders> {
    return this.receivers.list(actor, query);
  }

  @Contract(guideRoutes.receiver)
  receiver(
    @Who() actor: Guide,
    @Given() { params }: In<typeof guideRoutes.receiver>,
  ): Out<typeof guideRoutes.receiver> {
    return this.receivers.show(actor, params.id as Id);
  }

  @Contract(guideRoutes.pickup)
  async pickup(
    @Who() actor: Guide,
    @Given() { params }: In<typeof guideRoutes.pickup>,
  ): Out<typeof guideRoutes.pickup> {
    return this.queries.atCounter(await this.orders.byPickupCode(actor, params.code));
  }

  @Contract(guideRoutes.verifyPickup)
  async verify(
    @Who() actor: Guide,
    @Given() { params }: In<typeof guideRoutes.verifyPickup>,
  ): Out<typeof guideRoutes.verifyPickup> {
    return this.queries.atCounter(await this.orders.handOver(actor, params.code));
  }

  @Contract(guideRoutes.ship)
  async ship(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.ship>,
  ): Out<typeof guideRoutes.ship> {
    return withoutReceiver(await this.queries.atCounter(await this.orders.ship(actor, params.id as Id, body)));
  }
}

/** Local deliveries of a guide's store. */
@Controller()
export class GuideDeliveriesController {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OrderQueries) private readonly queries: OrderQueries,
  ) {}

  @Contract(guideRoutes.sendOut)
  async sendOut(
    @Who() actor: Guide,
    @Given() { params, body }: In<typeof guideRoutes.sendOut>,
  ): Out<typeof guideRoutes.sendOut> {
    return withoutReceiver(await this.queries.atCounter(await this.orders.sendOut(actor, params.id as Id, body)));
  }

  @Contract(guideRoutes.delivered)
  async delivered(
    @Who() actor: Guide,
    @Given() { params }: In<typeof guideRoutes.delivered>,
  ): Out<typeof guideRoutes.delivered> {
    return withoutReceiver(await this.queries.atCounter(await this.orders.delivered(actor, params.id as Id)));
  }
}

/** Orders at the desk of headquarters and franchisees. */
@Controller()
export class ConsoleOrdersController {
  constructor(
    @Inject(Orders) private readonly orders: Orders,
    @Inject(OrderQueries) private readonly queries: OrderQueries,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  @Contract(consoleRoutes.orders)
  async list(
    @Who() actor: Actor,
    @Given() { query }: In<typeof consoleRoutes.orders>,
  ): Out<typeof consoleRoutes.orders> {
    const scope = await this.organization.scopeOf(actor);
    const wanted = query.storeId as StoreId | undefined;
    const storeIds = wanted === undefined ? scope : scope === 'ALL' || scope.includes(wanted) ? [wanted] : [];
    const filter = {
      brandId: actor.brandId,
      storeIds,
      memberId: query.memberId as MemberId | undefined,
      states: query.state ? [query.state] : undefined,
      channel: query.channel,
      q: query.q,
      fromDay: query.from,
      toDay: query.to,
    };
    return this.queries.list(filter, query.cursor, query.limit);
  }

  @Contract(consoleRoutes.order)
  async one(@Who() actor: Actor, @Given() { params }: In<typeof consoleRoutes.order>): Out<typeof consoleRoutes.order> {
    return this.queries.detail(
      { brandId: actor.brandId, storeIds: await this.organization.scopeOf(actor) },
      params.id as Id,
    );
  }

  @Contract(consoleRoutes.shipOrder)
  async ship(
    @Who() actor: Actor,
    @Given() { params, body }: In<typeof consoleRoutes.shipOrder>,
  ): Out<typeof consoleRoutes.shipOrder> {
    return this.queries.detailOf(await this.orders.ship(actor, params.id as Id, body));
  }
}
