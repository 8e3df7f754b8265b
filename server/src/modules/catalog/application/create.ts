import type { BrandId, StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { isSound } from '../domain/corridor.js';
import type { ProductId } from '../domain/types.js';
import { toShelve } from '../events/to-shelve.js';
import {
  type CategoryDraft,
  insertCategories,
  insertProducts,
  insertStorePrices,
  type ProductDraft,
  type StorePriceDraft,
} from '../persistence/creation.store.js';
import { ShelvingStore } from '../persistence/shelving.store.js';

const shelving = new ShelvingStore();

export const createCategories = (tx: Tx, drafts: readonly CategoryDraft[]): Promise<void> =>
  insertCategories(tx, drafts);

/**
 * Adds products with their SKUs under prepared ids, on sale.
 * @throws Error for a corridor that does not hold the list price
 */
export async function createProducts(tx: Tx, drafts: readonly ProductDraft[]): Promise<void> {
  const unsound = drafts.find((draft) => !isSound(draft));
  if (unsound) throw new Error(`product ${unsound.code}: the corridor does not hold the list price`);
  await insertProducts(tx, drafts);
  for (const brandId of new Set(drafts.map((draft) => draft.brandId)))
    toShelve(
      tx,
      brandId,
      drafts.filter((draft) => draft.brandId === brandId).map((draft) => draft.id),
    );
}

/** Sets store prices before or after listing; the caller lists (again) afterwards, which brings listing prices up to date. */
export const createStorePrices = (tx: Tx, brandId: BrandId, prices: readonly StorePriceDraft[]): Promise<void> =>
  insertStorePrices(tx, brandId, prices);

/** Lists products in a store at the prices that hold there now: one statement for any number of products. */
export async function listProductsInStore(
  tx: Tx,
  brandId: BrandId,
  storeId: StoreId,
  productIds: readonly ProductId[],
): Promise<void> {
  if (productIds.length > 0) await shelving.setListed(tx, brandId, storeId, productIds, true);
}
