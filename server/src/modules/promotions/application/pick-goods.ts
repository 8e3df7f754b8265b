import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, QueryOf, ResponseOf } from '@shuke/shared/contracts';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Catalog, type ProductId } from '../../catalog/index.js';
import { GoodsStore } from '../persistence/goods.store.js';

const MOST_NAMED = 500;

/** SKUs for the pickers of the desk; a franchisee finds the brand's goods and its own. */
@Injectable()
export class PickGoods {
  private readonly rows = new GoodsStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Catalog) private readonly catalog: Catalog,
  ) {}

  /** By ids when ids are given, else by words of the product's name, its code or the SKU's; the first sixty. */
  async find(
    actor: Desk,
    query: QueryOf<typeof consoleRoutes.promotionGoods>,
  ): Promise<ResponseOf<typeof consoleRoutes.promotionGoods>> {
    const franchiseeId = actor.kind === 'franchisee' ? actor.franchiseeId : null;
    const ids = query.skuIds ? query.skuIds.split(',').slice(0, MOST_NAMED) : null;
    const rows = await this.rows.find(this.database, actor.brandId, { ids, q: query.q?.trim() || null, franchiseeId });
    const names = await this.catalog.productNames(
      actor.brandId,
      rows.map((row) => row.productId as ProductId),
    );
    return rows.map((row) => ({ ...row, imageUrl: names.get(row.productId as ProductId)?.imageUrl ?? '' }));
  }
}
