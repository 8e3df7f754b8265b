import { Inject, Injectable } from '@nestjs/common';
import type { BodyOf, consoleRoutes, ServiceArea, StoreService } from '@shuke/shared/contracts';
import { fen, type StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { polygonProblem } from '../domain/geo.js';
import { storeProblem } from '../domain/store-rules.js';
import { type StoreServiceRules, serviceProblem } from '../domain/store-setup.js';
import type { Store } from '../domain/types.js';
import { MallStore } from '../persistence/mall.store.js';
import { OrganizationStore } from '../persistence/organization.store.js';
import { Organization } from './organization.js';
import { refuseStore } from './organization-errors.js';

type ServiceChange = BodyOf<typeof consoleRoutes.updateStoreService>;
type AreaChange = BodyOf<typeof consoleRoutes.updateStoreArea>;

/** Where a store serves and how it hands goods over. */
@Injectable()
export class KeepStoreService {
  private readonly rows = new OrganizationStore();
  private readonly mall = new MallStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws AppError NOT_FOUND for a store outside the scope */
  async service(actor: Desk, storeId: StoreId): Promise<StoreService> {
    return serviceView(await this.organization.requireStore(actor, storeId));
  }

  /** @throws AppError NOT_FOUND for a store outside the scope */
  async area(actor: Desk, storeId: StoreId): Promise<ServiceArea> {
    return areaView(await this.organization.requireStore(actor, storeId));
  }

  /**
   * Changes hours, pickup and local delivery: the store's own business, a franchisee's too.
   * @throws AppError NOT_FOUND, CONFLICT, HOURS, SERVICE
   */
  async changeService(actor: Desk, storeId: StoreId, change: ServiceChange): Promise<StoreService> {
    const before = await this.organization.requireStore(actor, storeId);
    const { pickup, delivery, hours } = change;
    const rules: StoreServiceRules = {
      pickup: pickup
        ? { from: pickup.from, to: pickup.to, holdDays: pickup.holdDays, readyMinutes: pickup.readyMinutes }
        : before.setup.service.pickup,
      delivery: delivery
        ? {
            ...delivery,
            minFen: fen(delivery.minFen),
            freeFromFen: delivery.freeFromFen === null ? null : fen(delivery.freeFromFen),
            tiers: delivery.tiers.map((tier) => ({ upToM: tier.upToM, feeFen: fen(tier.feeFen) })),
          }
        : before.setup.service.delivery,
    };
    const problem = serviceProblem(rules);
    if (problem) throw refuseStore('SERVICE', undefined, problem);
    const after: Store = {
      ...before,
      openAt: hours?.open ?? before.openAt,
      closeAt: hours?.close ?? before.closeAt,
      canShip: change.canShip ?? before.canShip,
      canPickup: pickup?.isOn ?? before.canPickup,
      setup: { ...before.setup, service: rules },
    };
    await this.save(before, after, change.version);
    return serviceView({ ...after, version: after.version + 1 });
  }

  /** @throws AppError NOT_FOUND, CONFLICT, AREA naming what is wrong with the polygon */
  async changeArea(actor: Desk, storeId: StoreId, change: AreaChange): Promise<ServiceArea> {
    const before = await this.organization.requireStore(actor, storeId);
    const polygon = change.polygon ?? (change.polygon === null ? null : before.setup.polygon);
    if (change.kind === 'POLYGON' && !polygon) throw refuseStore('AREA', undefined, '先在地图上画出服务范围');
    const problem = polygon ? polygonProblem(polygon) : null;
    if (problem) throw refuseStore('AREA', undefined, problem);
    const after: Store = {
      ...before,
      serviceRadiusM: change.radiusM,
      setup: { ...before.setup, areaKind: change.kind, polygon, priority: change.priority },
    };
    await this.save(before, after, change.version);
    return areaView({ ...after, version: after.version + 1 });
  }

  private async save(before: Store, after: Store, version: number): Promise<void> {
    const problem = storeProblem(after);
    if (problem) throw refuseStore(problem);
    const isSaved =
      before.version === version &&
      (await this.unitOfWork.run('store service', async (tx) => {
        if (!(await this.rows.update(tx, after, version))) return false;
        await this.mall.saveSetup(tx, after);
        return true;
      }));
    this.organization.forget(before.brandId);
    if (!isSaved) throw refuse('CONFLICT');
  }
}

function serviceView(store: Store): StoreService {
  const { pickup, delivery } = store.setup.service;
  return {
    storeId: store.id,
    hours: { open: store.openAt, close: store.closeAt },
    canShip: store.canShip,
    pickup: { isOn: store.canPickup, ...pickup },
    delivery: {
      ...delivery,
      tiers: delivery.tiers.map((tier) => ({ ...tier })),
      slots: delivery.slots.map((slot) => ({ ...slot, weekdays: [...slot.weekdays] })),
    },
    version: store.version,
  };
}

const areaView = (store: Store): ServiceArea => ({
  storeId: store.id,
  kind: store.setup.areaKind,
  radiusM: store.serviceRadiusM,
  polygon: store.setup.polygon as ServiceArea['polygon'],
  priority: store.setup.priority,
  version: store.version,
});
