import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, StoreId } from '@shuke/shared/kernel';
import { Organization } from '../../organization/index.js';
import type { Fallback } from '../domain/types.js';

const SOURCES_MAX = 10;

/** Which other stores may send what one lacks, by the brand's rule; answered from memory. */
@Injectable()
export class CrossStore {
  constructor(@Inject(Organization) private readonly organization: Organization) {}

  /** Null when goods are not sent across stores; the result is what {@link Hold.fallback} takes. */
  async sourcesFor(brandId: BrandId, storeId: StoreId): Promise<Fallback | null> {
    const snapshot = await this.organization.snapshot(brandId);
    const { source, warehouseStoreId, maxDistanceM, costBearer, costFen } = snapshot.brand.mall.crossStore;
    const store = snapshot.storeById.get(storeId);
    if (source === 'NONE' || !store) return null;
    const near = snapshot
      .near(store, SOURCES_MAX + 1)
      .filter((one) => one.store.id !== storeId && one.store.canShip && one.distanceM <= maxDistanceM)
      .map((one) => one.store.id);
    const storeIds = source === 'WAREHOUSE' && warehouseStoreId ? [warehouseStoreId] : near;
    const others = storeIds.filter((id) => id !== storeId);
    return others.length > 0 ? { storeIds: others, costBearer, costFen } : null;
  }
}
