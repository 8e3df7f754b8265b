import { Inject, Injectable } from '@nestjs/common';
import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Catalog, type Offer } from '../../catalog/index.js';
import { Organization } from '../../organization/index.js';
import { lineProblem, problemText } from '../../pricing/index.js';
import { CART_LINES_MAX, type CartRow, LINE_QTY_MAX } from '../domain/types.js';
import { CartStore } from '../persistence/cart.store.js';
import { refuseCart } from './cart-errors.js';
import { CartStock } from './cart-stock.js';

type SkuId = Id<'sku'>;

/** Puts pieces into a member's cart, changes a line or takes it out. */
@Injectable()
export class ChangeCart {
  private readonly carts = new CartStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CartStock) private readonly stock: CartStock,
  ) {}

  /**
   * Adds pieces; three statements with what the answer needs.
   * @returns the cart's lines afterwards and the store's offers for them
   * @throws AppError NOT_FOUND; CANNOT_ADD when the store does not sell it now; CART_FULL
   */
  async add(
    actor: Consumer,
    storeId: StoreId,
    skuId: SkuId,
    qty: number,
  ): Promise<{ rows: CartRow[]; offers: Offer[] }> {
    const { brandId, memberId } = actor;
    const store = await this.organization.requireStore(actor, storeId);
    const before = await this.carts.lines(this.database, brandId, memberId);
    const others = before.filter((line) => line.skuId !== skuId);
    const wanted = [skuId, ...others.map((line) => line.skuId)];
    const offers = await this.catalog.offers(this.database, brandId, storeId, wanted);
    const offer = offers.find((one) => one.skuId === skuId);
    if (!offer) throw refuse('NOT_FOUND');
    // Asking for more than there is shows in the cart; only what cannot be sold at all is kept out of it.
    const problem = lineProblem(offer, 1);
    if (problem && !(problem === 'OUT_OF_STOCK' && (await this.stock.isReachable(actor, store, offer))))
      throw refuseCart('CANNOT_ADD', { problem }, problemText(problem, offer.available));
    const known = before.find((line) => line.skuId === skuId);
    if (!known && before.length >= CART_LINES_MAX) throw refuseCart('CART_FULL');
    const { productId, priceFen } = offer;
    const now = this.clock.date();
    await this.carts.add(this.database, { brandId, memberId, storeId, skuId, productId, qty, priceFen }, now);
    const added = {
      skuId,
      qty: Math.min((known?.qty ?? 0) + qty, LINE_QTY_MAX),
      isSelected: true,
      addedPriceFen: priceFen,
    };
    return { rows: [added, ...others], offers };
  }

  /**
   * Sets a line's quantity (0 takes it out) or selection; a new quantity accepts the price shown with it.
   * @throws AppError NOT_FOUND for a SKU that is not in the cart
   */
  async set(
    actor: Consumer,
    storeId: StoreId,
    skuId: SkuId,
    change: { qty?: number; isSelected?: boolean },
  ): Promise<void> {
    const { brandId, memberId } = actor;
    await this.organization.requireStore(actor, storeId);
    if (change.qty === 0) return this.remove(actor, [skuId]);
    const offers = change.qty === undefined ? [] : await this.catalog.offers(this.database, brandId, storeId, [skuId]);
    const isChanged = await this.unitOfWork.run('set cart line', (tx) =>
      this.carts.change(tx, brandId, memberId, skuId, {
        qty: change.qty ?? null,
        isSelected: change.isSelected ?? null,
        priceFen: offers[0]?.priceFen ?? null,
      }),
    );
    if (!isChanged) throw refuse('NOT_FOUND');
  }

  private remove(actor: Consumer, skuIds: readonly SkuId[]): Promise<void> {
    return this.unitOfWork.run('remove from cart', (tx) =>
      this.carts.remove(tx, [{ brandId: actor.brandId, memberId: actor.memberId, skuIds }]),
    );
  }
}
