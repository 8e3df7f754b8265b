import { Inject, Injectable } from '@nestjs/common';
import type { StoreListing } from '@shuke/shared/contracts';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { StoreListings } from '../../catalog/index.js';
import { Organization } from '../../organization/index.js';
import { Inventory } from './inventory.js';

/** Writes down what was counted on a store's shelf, or its safety stock. */
@Injectable()
export class SetStock {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Inventory) private readonly inventory: Inventory,
    @Inject(StoreListings) private readonly listings: StoreListings,
  ) {}

  /** @throws AppError NOT_FOUND for a foreign store or unknown SKU, COUNT_BELOW_RESERVED */
  async run(
    actor: Desk,
    storeId: StoreId,
    skuId: Id<'sku'>,
    change: { onHand?: number; safety?: number; reason: string },
  ): Promise<StoreListing> {
    await this.organization.requireStore(actor, storeId);
    const productId = await this.unitOfWork.run('set stock', (tx) =>
      this.inventory.count(tx, { brandId: actor.brandId, storeId, skuId, ...change }),
    );
    return this.listings.one(actor.brandId, storeId, productId);
  }
}
