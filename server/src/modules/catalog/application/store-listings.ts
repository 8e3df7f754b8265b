import { Inject, Injectable } from '@nestjs/common';
import type { StoreListing } from '@shuke/shared/contracts';
import type { BrandId, Id, StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization, type Store } from '../../organization/index.js';
import { listingVerdict } from '../domain/listing-rules.js';
import type { CategoryId, ProductId } from '../domain/types.js';
import { ApprovalStore } from '../persistence/approval.store.js';
import { DeskStore } from '../persistence/desk.store.js';
import { RulesStore } from '../persistence/rules.store.js';

const LIMIT = 20;
export const PRODUCT_CODE = /^[\x21-\x7e]{1,40}$/;

/** A store's shelf at the desk: the whole catalogue with what this store lists, asks and has. */
@Injectable()
export class StoreListings {
  private readonly rows = new DeskStore();
  private readonly rules = new RulesStore();
  private readonly approvals = new ApprovalStore();

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
    const store = await this.organization.requireStore(actor, storeId);
    const limit = query.limit ?? LIMIT;
    const listings = await this.rows.listings(this.database, storeId, {
      brandId: actor.brandId,
      limit,
      q: query.q,
      categoryId: query.categoryId as CategoryId | undefined,
      franchiseeId: store.franchiseeId,
      after: readCursor(query.cursor, [PRODUCT_CODE])?.[0],
    });
    await this.annotate(actor.brandId, store, listings);
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
    const store = await this.organization.store(brandId, storeId);
    if (store) await this.annotate(brandId, store, [listing]);
    return listing;
  }

  /** Says beside each product what headquarters' rules say, and what waits for its approval. */
  private async annotate(brandId: BrandId, store: Store, listings: StoreListing[]): Promise<void> {
    const products = await this.rules.products(
      this.database,
      brandId,
      listings.map((one) => one.productId as ProductId),
    );
    const rules = await this.rules.list(this.database, brandId);
    const subjects = listings.flatMap((one) => [one.productId, ...one.skus.map((sku) => sku.skuId)]) as Id[];
    const pending = await this.approvals.pending(this.database, brandId, store.id, subjects);
    for (const listing of listings) {
      const product = products.get(listing.productId as ProductId);
      listing.rule = product ? listingVerdict(rules, store, product) : null;
      const asked = [listing.productId, ...listing.skus.map((sku) => sku.skuId)].find((id) => pending.has(id as Id));
      listing.pendingText = asked ? (pending.get(asked as Id) ?? null) : null;
    }
  }
}
