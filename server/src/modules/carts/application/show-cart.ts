import { Inject, Injectable } from '@nestjs/common';
import type { Cart } from '@shuke/shared/contracts';
import { mulFen, type StoreId, sumFen } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Catalog, type Offer } from '../../catalog/index.js';
import { Organization, type Store } from '../../organization/index.js';
import { lineProblem, problemText } from '../../pricing/index.js';
import { type CartProblem, isBuyable, priceChangeText } from '../domain/show-line.js';
import type { CartRow } from '../domain/types.js';
import { CartStore } from '../persistence/cart.store.js';
import { CartStock, type Reach } from './cart-stock.js';

/** A member's cart as one store prices it: two statements, and two more at most when something is out here. */
@Injectable()
export class ShowCart {
  private readonly carts = new CartStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Catalog) private readonly catalog: Catalog,
    @Inject(Database) private readonly database: Database,
    @Inject(CartStock) private readonly stock: CartStock,
  ) {}

  /** @throws AppError NOT_FOUND for an unknown store. */
  async run(actor: Consumer, storeId: StoreId): Promise<Cart> {
    const { brandId, memberId } = actor;
    const store = await this.organization.requireStore(actor, storeId);
    const rows = await this.carts.lines(this.database, brandId, memberId);
    const offers = await this.catalog.offers(
      this.database,
      brandId,
      storeId,
      rows.map((row) => row.skuId),
    );
    return this.shown(actor, store, rows, offers);
  }

  /** The cart of lines and offers that were read already. @throws AppError NOT_FOUND for an unknown store. */
  async of(actor: Consumer, storeId: StoreId, rows: readonly CartRow[], offers: readonly Offer[]): Promise<Cart> {
    return this.shown(actor, await this.organization.requireStore(actor, storeId), rows, offers);
  }

  private async shown(
    actor: Consumer,
    store: Store,
    rows: readonly CartRow[],
    offers: readonly Offer[],
  ): Promise<Cart> {
    const qtyOf = new Map(rows.map((row) => [row.skuId, row.qty]));
    const wanted = offers.map((offer) => ({ offer, qty: qtyOf.get(offer.skuId) ?? 1 }));
    const bySku = new Map((await this.stock.reach(actor, store, wanted)).map((one) => [one.offer.skuId, one]));
    // A SKU that headquarters no longer knows has nothing to show and is left out.
    const lines = rows.flatMap((row) => {
      const found = bySku.get(row.skuId);
      return found ? [lineOf(row, found)] : [];
    });
    const selected = lines.filter((line) => line.isSelected && isBuyable(line.problem));
    return {
      storeId: store.id,
      storeName: store.name,
      lines,
      selectedTotalFen: sumFen(selected.map((line) => mulFen(line.priceFen, line.qty))),
      selectedCount: selected.reduce((sum, line) => sum + line.qty, 0),
    };
  }
}

function problemOf(
  row: CartRow,
  { offer, fromElsewhere }: Reach,
): { problem: CartProblem | null; problemText: string | null } {
  const kind = fromElsewhere ? null : lineProblem(offer, row.qty);
  if (kind) {
    const problem = kind === 'OUT_OF_STOCK' || kind === 'NOT_ENOUGH' ? kind : 'NOT_LISTED';
    return { problem, problemText: problemText(kind, offer.available) };
  }
  const text = priceChangeText(row.addedPriceFen, offer.priceFen);
  return text ? { problem: 'PRICE_CHANGED', problemText: text } : { problem: null, problemText: null };
}

function lineOf(row: CartRow, reach: Reach) {
  const { offer, fromElsewhere, nearbyCount } = reach;
  return {
    skuId: offer.skuId,
    productId: offer.productId,
    name: offer.name,
    colour: offer.colour,
    size: offer.size,
    imageUrl: offer.imageUrl,
    qty: row.qty,
    isSelected: row.isSelected,
    priceFen: offer.priceFen,
    addedPriceFen: row.addedPriceFen,
    available: Math.min(offer.available, 99),
    ...(fromElsewhere ? { fromElsewhere } : {}),
    ...(nearbyCount > 0 ? { nearbyCount } : {}),
    ...problemOf(row, reach),
  };
}
