import { Inject, Injectable } from '@nestjs/common';
import { type Fen, fen, type StoreId, yuanText } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import { corridorText, holds } from '../domain/corridor.js';
import type { ProductId, SkuId } from '../domain/types.js';
import { ShelvingStore } from '../persistence/shelving.store.js';
import { refuseCatalog } from './catalog-errors.js';

/** Sets a store's own price of a SKU inside headquarters' corridor, or clears it. */
@Injectable()
export class SetPrice {
  private readonly rows = new ShelvingStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @param price in fen; null goes back to the list price
   * @returns the product whose price it is
   * @throws AppError NOT_FOUND for a foreign store or unknown SKU; OUTSIDE_CORRIDOR naming the corridor in yuan
   */
  async run(actor: Desk, storeId: StoreId, skuId: SkuId, price: number | null): Promise<ProductId> {
    const { brandId } = actor;
    await this.organization.requireStore(actor, storeId);
    const priceFen: Fen | null = price === null ? null : fen(price);
    return this.unitOfWork.run('set price', async (tx) => {
      const productId = await this.rows.productOfSku(tx, brandId, skuId);
      const product = productId && (await this.rows.lockProduct(tx, brandId, productId));
      if (!productId || !product) throw refuse('NOT_FOUND');
      if (priceFen !== null && !holds(product, priceFen)) {
        const range = corridorText(product);
        const message = `总部允许的价格是 ${range}，¥${yuanText(priceFen)} 超出了范围`;
        throw refuseCatalog(
          'OUTSIDE_CORRIDOR',
          { floorFen: product.floorFen, ceilingFen: product.ceilingFen },
          message,
        );
      }
      await this.rows.setStorePrice(tx, brandId, storeId, { id: skuId, productId }, priceFen);
      await this.rows.refreshPrices(tx, brandId, productId, storeId);
      return productId;
    });
  }
}
