import type { StoreListing } from '@shuke/shared/contracts';
import type { Actors } from './actors.js';

/** The ids that the public API gives for store codes. */
export type StoreIds = ReadonlyMap<string, string>;

/** Every store of the brand by its code, asked from headquarters' list. */
export async function storeIdsOf(actors: Actors): Promise<StoreIds> {
  const api = await actors.desk('hq');
  const codes = new Map<string, string>();
  for (let cursor: string | undefined; ; ) {
    const page = await api.console.stores({ query: { limit: 50, ...(cursor ? { cursor } : {}) } });
    for (const store of page.items) codes.set(store.code, store.id);
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  if (codes.size === 0) throw new Error('the brand has no stores');
  return codes;
}

export const storeOf = (stores: StoreIds, code: string): string => {
  const id = stores.get(code);
  if (!id) throw new Error(`no store ${code}`);
  return id;
};

export async function listingsOf(actors: Actors, storeId: string): Promise<StoreListing[]> {
  const api = await actors.desk('hq');
  const { items } = await api.console.listings({ params: { id: storeId }, query: { limit: 100 } });
  return items.filter((listing) => listing.isListed);
}

export interface Ware {
  skuId: string;
  skuCode: string;
  name: string;
  priceFen: number;
}

/** One SKU of each product that all these stores sell and hold, the dearest first. */
export async function waresOfAll(actors: Actors, storeIds: readonly string[], atLeast: number): Promise<Ware[]> {
  const wares = (await Promise.all(storeIds.map((id) => listingsOf(actors, id)))).map((listings) =>
    listings.flatMap(({ name, skus }) => skus.map((sku) => ({ ...sku, name }))),
  );
  const held = wares.slice(1).map((list) => new Set(list.filter((sku) => sku.available >= atLeast).map(idOf)));
  const seen = new Set<string>();
  return (wares[0] ?? [])
    .filter((sku) => sku.available >= atLeast && held.every((ids) => ids.has(sku.skuId)))
    .filter(({ name }) => !seen.has(name) && seen.add(name))
    .map(({ skuId, code, name, ...sku }) => ({ skuId, skuCode: code, name, priceFen: priceOf(sku) }))
    .sort((a, b) => b.priceFen - a.priceFen);
}

const idOf = ({ skuId }: { skuId: string }): string => skuId;
const priceOf = (sku: { storePriceFen: number | null; listPriceFen: number }): number =>
  sku.storePriceFen ?? sku.listPriceFen;
