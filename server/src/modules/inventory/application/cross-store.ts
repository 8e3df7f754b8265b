import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, StoreId } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import { Organization } from '../../organization/index.js';
import type { Fallback, Pieces } from '../domain/types.js';
import { StockStore } from '../persistence/stock.store.js';

const SOURCES_MAX = 10;

/** Which other stores may send what one lacks, by the brand's rule; answered from memory. */
@Injectable()
export class CrossStore {
  private readonly rows = new StockStore();

  constructor(@Inject(Organization) private readonly organization: Organization) {}

  /**
   * Which other store would send each SKU that this one lacks; a SKU that nobody has is missing. One statement.
   * @param short pieces that this store cannot give
   */
  async covering(
    on: Queryable,
    brandId: BrandId,
    storeId: StoreId,
    short: readonly Pieces[],
  ): Promise<Map<string, StoreId>> {
    const fallback = await this.sourcesFor(brandId, storeId);
    if (!fallback || short.length === 0) return new Map();
    const free = await this.rows.freeAcross(
      on,
      brandId,
      fallback.storeIds,
      short.map((one) => one.skuId),
    );
    return new Map(
      short.flatMap(({ skuId, qty }) => {
        const source = fallback.storeIds.find((id) => (free.get(`${id}:${skuId}`) ?? 0) >= qty);
        return source ? [[skuId, source] as const] : [];
      }),
    );
  }

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
    const warehouse = warehouseStoreId ? snapshot.storeById.get(warehouseStoreId) : undefined;
    // A warehouse may be one that no consumer enters, but not one that rests or is closing.
    const isSending = warehouse?.status === 'OPEN' || warehouse?.status === 'DRAFT';
    const storeIds = source === 'NEAREST' ? near : warehouse && isSending ? [warehouse.id] : [];
    const others = storeIds.filter((id) => id !== storeId);
    return others.length > 0 ? { storeIds: others, costBearer, costFen } : null;
  }
}
