import { Inject, Injectable } from '@nestjs/common';
import type { StoreCard } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { OrganizationStore } from '../persistence/organization.store.js';
import { Organization } from './organization.js';

/** Remembers the store that a consumer chose, for the next visit. */
@Injectable()
export class ChooseStore {
  private readonly rows = new OrganizationStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws AppError NOT_FOUND; STORE_OUT_OF_REACH when the brand keeps areas apart and this store is another one's */
  async run(actor: Consumer, storeId: StoreId): Promise<StoreCard> {
    const store = await this.organization.requireStore(actor, storeId);
    await this.unitOfWork.run('choose store', (tx) =>
      this.rows.rememberStore(tx, actor.brandId, actor.memberId, storeId),
    );
    return this.organization.storeCard(store);
  }
}
