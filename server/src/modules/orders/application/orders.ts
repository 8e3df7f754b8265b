import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Actor, Consumer, Guide } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { HandOvers } from '../../hand-overs/index.js';
import { Organization } from '../../organization/index.js';
import { goodsWords, type Order } from '../domain/order.js';
import { OrderStore } from '../persistence/order.store.js';
import { refuseOrder } from './order-errors.js';
import { OrderQueries } from './order-queries.js';
import { PickupPlaces } from './pickup-place.js';
import { ProgressOrder } from './progress-order.js';

/** What people do with orders at a counter or a desk, and what other modules may ask of orders. */
@Injectable()
export class Orders {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(OrderStore) readonly store: OrderStore,
    @Inject(ProgressOrder) readonly progress: ProgressOrder,
    @Inject(OrderQueries) readonly queries: OrderQueries,
    @Inject(HandOvers) private readonly handOvers: HandOvers,
  ) {}

  /** Reads an order that the actor may see. @throws AppError NOT_FOUND */
  async visible(actor: Actor, orderId: Id): Promise<Order> {
    const order = await this.store.find(this.database, actor.brandId, orderId);
    if (!order || !(await this.sees(actor, order))) throw refuse('NOT_FOUND');
    return order;
  }

  private async sees(actor: Actor, order: Order): Promise<boolean> {
    switch (actor.kind) {
      case 'consumer':
        return order.memberId === actor.memberId;
      case 'guide':
        return this.isHere(actor, order);
      case 'hq':
      case 'system':
        return true;
      case 'franchisee': {
        const scope = await this.organization.scopeOf(actor);
        return scope === 'ALL' || scope.includes(order.storeId);
      }
      default:
        return false;
    }
  }

  /** Ships an order of a store in the actor's scope. */
  async ship(actor: Actor, orderId: Id, shipping: { company: string; trackingNo: string }): Promise<Order> {
    return this.change(actor, orderId, (tx, order) => this.progress.ship(tx, order, shipping));
  }

  /** A local delivery leaves the guide's store. @throws AppError ORDER_STATE for any other order */
  async sendOut(actor: Guide, orderId: Id, courier: { courier: string; phone?: string }): Promise<Order> {
    return this.change(actor, orderId, (tx, order) => this.progress.sendOut(tx, order, courier));
  }

  /** A local delivery has arrived. @throws AppError ORDER_STATE for any other order */
  async delivered(actor: Guide, orderId: Id): Promise<Order> {
    return this.change(actor, orderId, (tx, order) => this.progress.delivered(tx, order));
  }

  /** The consumer confirms receipt. */
  async receive(actor: Consumer, orderId: Id): Promise<Order> {
    return this.change(actor, orderId, (tx, order) => this.progress.receive(tx, order));
  }

  /** An order of the guide's own store, or a pickup that has moved there. */
  private async isHere(actor: Guide, order: Order): Promise<boolean> {
    if (order.storeId === actor.storeId) return true;
    return (await PickupPlaces.of(this.database, order.brandId, order.id)) === actor.storeId;
  }

  /** Finds the order of a pickup code in the guide's own store. */
  async byPickupCode(actor: Guide, code: string): Promise<Order> {
    const order = await this.store.findByPickupCode(this.database, actor.brandId, code);
    if (!order || !(await this.isHere(actor, order))) throw refuseOrder('PICKUP_CODE');
    return order;
  }

  /** Hands the goods over against the code; a second tap is refused by the state. */
  async handOver(actor: Guide, code: string): Promise<Order> {
    const found = await this.byPickupCode(actor, code);
    return this.change(actor, found.id, async (tx, order) => {
      await this.progress.handOver(tx, order);
      const what = { subjectId: order.id, subjectNo: order.orderNo, title: goodsWords(order) };
      await this.handOvers.note(tx, actor, { kind: 'ORDER', ...what });
    });
  }

  private async change(
    actor: Actor,
    orderId: Id,
    act: (tx: Parameters<Parameters<UnitOfWork['run']>[1]>[0], order: Order) => Promise<void>,
  ): Promise<Order> {
    await this.visible(actor, orderId);
    await this.unitOfWork.run('change order', async (tx) => {
      const order = await this.store.lock(tx, actor.brandId, orderId);
      if (!order) throw refuse('NOT_FOUND');
      await act(tx, order);
    });
    return this.reload(actor.brandId, orderId);
  }

  private async reload(brandId: BrandId, orderId: Id): Promise<Order> {
    const order = await this.store.find(this.database, brandId, orderId);
    if (!order) throw refuse('NOT_FOUND');
    return order;
  }
}
