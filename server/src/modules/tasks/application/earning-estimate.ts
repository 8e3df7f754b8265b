import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Fen, Id, StoreId } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import { Settlement } from '../../settlement/index.js';
import { shelfPrices } from '../persistence/shelf-prices.store.js';

export interface StoreProducts {
  storeId: StoreId;
  productIds: readonly Id<'product'>[];
}
/** The key of one product in one store. */
export const inStore = (storeId: StoreId, productId: Id<'product'>): string => `${storeId}/${productId}`;

/** What a guide may earn when one piece is bought at the store's lowest price, under the split rule in force. */
@Injectable()
export class EarningEstimate {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Settlement) private readonly settlement: Pick<Settlement, 'estimate'>,
  ) {}

  /** One statement for any number of stores; a product that a store does not list is missing. @returns fen by `inStore` */
  async of(brandId: BrandId, wanted: readonly StoreProducts[]): Promise<Map<string, Fen>> {
    const earnings = new Map<string, Fen>();
    for (const { storeId, productId, categoryId, priceFen } of await shelfPrices(this.database, brandId, wanted)) {
      const { guideFen } = await this.settlement.estimate(brandId, storeId, [{ categoryId, payableFen: priceFen }]);
      earnings.set(inStore(storeId, productId), guideFen);
    }
    return earnings;
  }
}
