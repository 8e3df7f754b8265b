import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, StoreId } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import { PointsMallStore } from '../persistence/points-mall.store.js';

/** Presents for points that wait in stores to be fetched, for whoever closes a store. */
@Injectable()
export class WaitingPresents {
  private readonly rows = new PointsMallStore();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** How many wait in each of some stores, and what they cost in points; a store without any is missing. */
  in(brandId: BrandId, storeIds: readonly StoreId[]): Promise<Map<StoreId, { count: number; points: number }>> {
    return storeIds.length > 0 ? this.rows.waitingIn(this.database, brandId, storeIds) : Promise.resolve(new Map());
  }
}
