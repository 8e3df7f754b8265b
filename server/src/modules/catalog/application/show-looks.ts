import { Inject, Injectable } from '@nestjs/common';
import type { ProductCard } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import type { ProductId } from '../domain/types.js';
import { LooksStore } from '../persistence/looks.store.js';

/** What a product is worn with. Asked for beside the product's page, which does not wait for it. */
@Injectable()
export class ShowLooks {
  private readonly rows = new LooksStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
  ) {}

  /**
   * The pieces the brand named that this store has now, in the brand's order; a piece that is not here is left out.
   * @throws AppError NOT_FOUND for an unknown product or store
   */
  async run(actor: Actor, storeId: StoreId, productId: ProductId): Promise<{ items: ProductCard[] }> {
    const store = await this.organization.requireStore(actor, storeId);
    const codes = await this.rows.codes(this.database, actor.brandId, productId);
    if (codes === null) throw refuse('NOT_FOUND');
    if (codes.length === 0) return { items: [] };
    const items = await this.rows.inStock(this.database, actor.brandId, store.id, codes);
    return { items: items.sort((a, b) => codes.indexOf(a.code) - codes.indexOf(b.code)) };
  }
}
