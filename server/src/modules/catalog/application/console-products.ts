import { Inject, Injectable } from '@nestjs/common';
import type { ConsoleProduct } from '@shuke/shared/contracts';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import type { CategoryId, ProductId } from '../domain/types.js';
import { DeskStore } from '../persistence/desk.store.js';
import { PRODUCT_CODE } from './store-listings.js';

const LIMIT = 30;

/** The brand's catalogue at the desk; a franchisee sees all products but counts of its own stores only. */
@Injectable()
export class ConsoleProducts {
  private readonly rows = new DeskStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
  ) {}

  async list(
    actor: Desk,
    query: { q?: string; categoryId?: string; status?: 'ON_SALE' | 'OFF_SALE'; cursor?: string; limit?: number },
  ): Promise<{ items: ConsoleProduct[]; nextCursor: string | null }> {
    const limit = query.limit ?? LIMIT;
    const products = await this.rows.products(this.database, {
      brandId: actor.brandId,
      scope: await this.organization.scopeOf(actor),
      limit,
      q: query.q,
      categoryId: query.categoryId as CategoryId | undefined,
      status: query.status,
      franchiseeId: actor.kind === 'franchisee' ? actor.franchiseeId : undefined,
      after: readCursor(query.cursor, [PRODUCT_CODE])?.[0],
    });
    return pageOf(
      products,
      limit,
      (one) => one,
      (one) => makeCursor(one.code),
    );
  }

  /** @throws AppError NOT_FOUND */
  async one(actor: Desk, productId: ProductId): Promise<ConsoleProduct> {
    const scope = await this.organization.scopeOf(actor);
    const [product] = await this.rows.products(this.database, {
      brandId: actor.brandId,
      scope,
      limit: 1,
      productId,
      franchiseeId: actor.kind === 'franchisee' ? actor.franchiseeId : undefined,
    });
    if (!product) throw refuse('NOT_FOUND');
    return product;
  }
}
