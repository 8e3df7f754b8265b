import { Inject, Injectable } from '@nestjs/common';
import type { ScannedItem } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Catalog } from '../../catalog/index.js';
import { Organization } from '../../organization/index.js';

/** Scan and go: what the tag in the consumer's hand costs in this store. */
@Injectable()
export class ScanItem {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** @throws AppError NOT_FOUND for a foreign store, an unknown code, and what this store does not sell */
  async run(actor: Consumer, storeId: StoreId, code: string): Promise<ScannedItem> {
    const store = await this.organization.requireStore(actor, storeId);
    const offer = await this.catalog.offerByCode(this.database, actor.brandId, store.id, code);
    if (!offer?.isListed || !offer.isOnSale) throw refuse('NOT_FOUND');
    const { skuId, productId, skuCode, name, colour, size, imageUrl, priceFen, available } = offer;
    return {
      skuId,
      productId,
      code: skuCode,
      name,
      spec: `${colour} ${size}`,
      imageUrl,
      priceFen,
      available: Math.min(available, 99),
    };
  }
}
