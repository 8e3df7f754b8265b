import { Inject, Injectable } from '@nestjs/common';
import { type Fen, fen, type Id, moneyText, type StoreId } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import { isFurtherBelow } from '../domain/corridor.js';
import type { ProductId, SkuId } from '../domain/types.js';
import { type PricedProduct, ShelvingStore } from '../persistence/shelving.store.js';
import { Approvals } from './approvals.js';
import { Reprice } from './reprice.js';

/** Sets a store's own price of a SKU inside headquarters' corridor, or clears it. */
@Injectable()
export class SetPrice {
  private readonly rows = new ShelvingStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Reprice) private readonly reprice: Reprice,
    @Inject(Approvals) private readonly approvals: Approvals,
  ) {}

  /**
   * A franchisee's price that lies further below the list price than the brand lets pass is asked for and not set.
   * @param price in fen; null goes back to the list price
   * @returns the product whose price it is
   * @throws AppError NOT_FOUND for a foreign store or unknown SKU; OUTSIDE_CORRIDOR naming the corridor in yuan;
   *   ALREADY_ASKED
   */
  async run(actor: Desk, storeId: StoreId, skuId: SkuId, price: number | null): Promise<ProductId> {
    const { brandId } = actor;
    await this.organization.requireStore(actor, storeId);
    const { approvals } = (await this.organization.brand(brandId)).mall;
    const priceFen: Fen | null = price === null ? null : fen(price);
    return this.unitOfWork.run('set price', async (tx) => {
      const productId = await this.rows.productOfSku(tx, brandId, skuId);
      const product = productId && (await this.rows.lockProduct(tx, brandId, productId));
      if (!productId || !product) throw refuse('NOT_FOUND');
      if (priceFen !== null) this.reprice.requireInside(product, priceFen);
      const limit = actor.kind === 'franchisee' ? approvals.priceBelowListBp : null;
      if (priceFen !== null && limit !== null && isFurtherBelow(product.listPriceFen, priceFen, limit)) {
        await this.ask(tx, actor, product, { storeId, skuId, priceFen });
        return productId;
      }
      const cause = priceFen === null ? 'CLEARED' : 'STORE';
      await this.reprice.ofStore(tx, brandId, { storeId, skuId, productId }, priceFen, cause, actorLabel(actor));
      return productId;
    });
  }

  private ask(
    tx: Tx,
    actor: Desk,
    product: PricedProduct,
    wish: { storeId: StoreId; skuId: SkuId; priceFen: Fen },
  ): Promise<Id<'approval'>> {
    return this.approvals.ask(tx, actor, {
      kind: 'PRICE',
      store_id: wish.storeId,
      subject_id: wish.skuId,
      payload: { productId: product.id, priceFen: wish.priceFen },
      title: `申请把「${product.name}」卖 ${moneyText(wish.priceFen)}`,
      detail: `吊牌价 ${moneyText(product.listPriceFen)}`,
      reason: '低于吊牌价较多，需要总部同意',
    });
  }
}
