import { Inject, Injectable } from '@nestjs/common';
import type { FulfilOptions } from '@shuke/shared/contracts';
import { fen, type StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { deliveryFee, deliveryProblem, deliveryText, pickupOffer, slotsOf } from '../domain/fulfil.js';
import { openingState } from '../domain/opening.js';
import { DeliveryStore } from '../persistence/delivery.store.js';
import { positionOf } from './enter.js';
import { Organization } from './organization.js';
import { metresBetween } from './snapshot.js';

/** Says how a consumer can get goods from a store now. */
@Injectable()
export class ShowFulfilOptions {
  private readonly rows = new DeliveryStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws AppError NOT_FOUND, STORE_OUT_OF_REACH */
  async run(
    actor: Actor,
    storeId: StoreId,
    given: { latitude?: number; longitude?: number; goodsFen?: number },
  ): Promise<FulfilOptions> {
    const store = await this.organization.requireStore(actor, storeId);
    const { canPreorderPickup } = (await this.organization.brand(actor.brandId)).mall;
    const now = this.clock.now();
    const position = positionOf(given);
    const distanceM = position ? metresBetween(position, store) : null;
    const goodsFen = given.goodsFen === undefined ? null : fen(given.goodsFen);
    const rules = store.setup.service;
    const pickup = pickupOffer(store, now, canPreorderPickup);
    const slots = rules.delivery.isOn ? slotsOf(store, now) : [];
    const used = await this.rows.used(
      this.database,
      actor.brandId,
      storeId,
      slots.map((slot) => slot.id),
    );
    const open = slots
      .map((slot) => ({ ...slot, left: slot.capacity - (used.get(slot.id) ?? 0) }))
      .filter((slot) => slot.left > 0);
    const problem = deliveryProblem(store, now, distanceM, goodsFen) ?? (open.length === 0 ? 'NO_SLOT' : null);
    const canShip = store.canShip && store.status === 'OPEN';
    return {
      storeId,
      isOpenNow: openingState(store, now).isOpenNow,
      ship: { isOffered: canShip, text: canShip ? '快递到家' : '这家店暂不发快递' },
      pickup: {
        isOffered: pickup.isOffered,
        isPreorder: pickup.isPreorder,
        readyAt: instant(pickup.readyAt),
        holdUntil: instant(pickup.holdUntil),
        hours: `${rules.pickup.from}-${rules.pickup.to}`,
        text: pickup.text,
      },
      delivery: {
        isOffered: problem === null,
        problem,
        text: deliveryText(problem, store, distanceM),
        distanceM,
        feeFen: distanceM === null ? null : deliveryFee(store, distanceM, goodsFen ?? fen(0)),
        minFen: rules.delivery.minFen,
        freeFromFen: rules.delivery.freeFromFen,
        slots: open.map(({ id, day, from, to, left }) => ({ id, day, from, to, left })),
      },
    };
  }
}

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
