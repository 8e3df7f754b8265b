import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Fen, OrderId, StoreId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { type DeliveryProblem, deliveryFee, deliveryProblem, slotsOf } from '../domain/fulfil.js';
import type { Position } from '../domain/types.js';
import { DeliveryStore } from '../persistence/delivery.store.js';
import { Organization } from './organization.js';
import { refuseStore } from './organization-errors.js';
import { metresBetween } from './snapshot.js';

/** The door to local delivery for the module that makes orders. */
@Injectable()
export class Deliveries {
  private readonly rows = new DeliveryStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * What a local delivery to a position costs now; no statement.
   * @throws AppError NOT_FOUND
   */
  async quote(
    brandId: BrandId,
    storeId: StoreId,
    position: Position,
    goodsFen: Fen,
  ): Promise<{ problem: DeliveryProblem | null; feeFen: Fen | null; distanceM: number }> {
    const store = await this.organization.store(brandId, storeId);
    if (!store) throw refuse('NOT_FOUND');
    const distanceM = metresBetween(position, store);
    const problem = deliveryProblem(store, this.clock.now(), distanceM, goodsFen);
    return { problem, feeFen: deliveryFee(store, distanceM, goodsFen), distanceM };
  }

  /**
   * Takes a place in a slot for an order, in the order's transaction.
   * @throws AppError SLOT_GONE when the slot is over or not the store's, SLOT_FULL when the last place went
   */
  async book(
    tx: Tx,
    order: { brandId: BrandId; orderId: OrderId; storeId: StoreId; slot: string; feeFen: Fen; distanceM: number },
  ): Promise<void> {
    const store = await this.organization.store(order.brandId, order.storeId);
    const slot = store ? slotsOf(store, tx.now.getTime()).find((one) => one.id === order.slot) : undefined;
    if (!slot) throw refuseStore('SLOT_GONE');
    if (!(await this.rows.take(tx, order.brandId, order.storeId, slot.id, slot.capacity)))
      throw refuseStore('SLOT_FULL');
    await this.rows.insertBooking(tx, order);
  }

  /** Gives the place back when the order is closed or refunded; doing it again changes nothing. */
  async release(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    await this.rows.release(tx, brandId, orderId);
  }
}
