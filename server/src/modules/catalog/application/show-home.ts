import { Inject, Injectable } from '@nestjs/common';
import { type mallRoutes, type ResponseOf } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Organization } from '../../organization/index.js';
import { cardOf } from '../persistence/rows.js';
import { ShelfStore } from '../persistence/shelf.store.js';

const NEW_ARRIVALS = 6;
const RECOMMENDED = 12;

/** A store's home page: three statements, run side by side. */
@Injectable()
export class ShowHome {
  private readonly shelf = new ShelfStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** @throws AppError NOT_FOUND */
  async run(actor: Actor, storeId: StoreId): Promise<ResponseOf<typeof mallRoutes.home>> {
    const { brandId } = actor;
    const store = await this.organization.requireStore(actor, storeId);
    const { settings } = await this.organization.brand(brandId);
    const shelf = async (sort: 'newest' | 'recommended', limit: number) => {
      const rows = await this.shelf.page(this.database, { brandId, storeId, sort, limit });
      return rows.slice(0, limit).map(cardOf);
    };
    const [categories, newArrivals, recommended] = await Promise.all([
      this.shelf.categories(this.database, brandId, storeId),
      shelf('newest', NEW_ARRIVALS),
      shelf('recommended', RECOMMENDED),
    ]);
    return {
      store: this.organization.storeCard(store),
      banners: settings.banners.map((banner) => ({ ...banner })),
      categories,
      newArrivals,
      recommended,
    };
  }
}
