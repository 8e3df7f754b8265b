import { Inject, Injectable } from '@nestjs/common';
import type { Category } from '@shuke/shared/contracts';
import type { BrandId, StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Organization } from '../../organization/index.js';
import { DeskStore } from '../persistence/desk.store.js';
import { ShelfStore } from '../persistence/shelf.store.js';

/** Categories: what a store lists of each, or all of the brand's for desks. */
@Injectable()
export class ListCategories {
  private readonly shelf = new ShelfStore();
  private readonly desk = new DeskStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** @throws AppError NOT_FOUND */
  async ofStore(actor: Actor, storeId: StoreId): Promise<Category[]> {
    const store = await this.organization.requireStore(actor, storeId);
    return this.shelf.categories(this.database, actor.brandId, store.id);
  }

  all(brandId: BrandId): Promise<{ id: string; name: string }[]> {
    return this.desk.categories(this.database, brandId);
  }
}
