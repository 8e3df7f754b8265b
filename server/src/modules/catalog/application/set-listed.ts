import { Inject, Injectable } from '@nestjs/common';
import type { StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import type { ProductId } from '../domain/types.js';
import { ShelvingStore } from '../persistence/shelving.store.js';
import { KeepListingRules } from './keep-listing-rules.js';

/** Puts a product on a store's shelf or takes it off. */
@Injectable()
export class SetListed {
  private readonly rows = new ShelvingStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(KeepListingRules) private readonly rules: KeepListingRules,
  ) {}

  /**
   * @throws AppError NOT_FOUND for a foreign store or unknown product; LISTING_DENIED, OWN_GOODS_ELSEWHERE, MUST_LIST and
   *   DELIST_NEEDS_APPROVAL where headquarters' rules say otherwise
   */
  async run(actor: Desk, storeId: StoreId, productId: ProductId, isListed: boolean): Promise<void> {
    const store = await this.organization.requireStore(actor, storeId);
    await this.rules.requireAllowed(actor, store, productId, isListed);
    await this.unitOfWork.run('set listed', async (tx) => {
      if (!(await this.rows.lockProduct(tx, actor.brandId, productId))) throw refuse('NOT_FOUND');
      await this.rows.setListed(tx, actor.brandId, storeId, [productId], isListed);
    });
  }
}
