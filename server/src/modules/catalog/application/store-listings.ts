import { Inject, Injectable } from '@nestjs/common';
import type { StoreListing } from '@shuke/shared/contracts';
import type { BrandId, StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import type { CategoryId, ProductId } from '../domain/types.js';
import { DeskStore } from '../persistence/desk.store.js';

const LIMIT = 20;
export const PRODUCT_CODE = /^[\x21-\x7e]{1,40}$/;

/** A store's shelf at the desk: the whole catalogue with what this store lists, asks and has. */
@Injectable()
export class StoreListings {
  private readonly rows = new DeskStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** @throws AppError NOT_FOUND for a store outside the actor's scope. */
  async list(
    actor: Desk,
    storeId: StoreId,
    query: { q?: string; categoryId?: string; cursor?: string; limit?: number },
  ): Promise<{ items: StoreListing[]; nextCursor: string | null }> {
    await this.organization.requireStore(actor, storeId);
    const limit = query.limit ?? LIMIT;
    const listings = await this.rows.listings(this.database, storeId, {
      brandId: actor.brandId,
      limit,
      q: query.q,
      categoryId: query.categoryId as CategoryId | undefined,
      after: readCursor(query.cursor, [PRODUCT_CODE])?.[0],
    });
    return pageOf(
      listings,
      limit,
      (one) => one,
      (one) => makeCursor(one.code),
    );
  }

  /**
   * One product on one store's shelf; the caller has checked that the actor may see the store.
   * @throws AppError NOT_FOUND
   */
  async one(brandId: BrandId, storeId: StoreId, productId: ProductId): Promise<StoreListing> {
    const [listing] = await this.rows.listings(this.database, storeId, { brandId, productId, limit: 1 });
    if (!listing) throw refuse('NOT_FOUND');
    return listing;
  }
}
