import { DAY_MS, type StoreId } from '@shuke/shared/kernel';
import type { MallSettings } from './mall-settings.js';
import type { Store } from './types.js';

/** Where a member belongs in a brand that keeps areas apart. */
export interface Belonging {
  homeStoreId: StoreId;
  homeAt: Date;
  passStoreId: StoreId | null;
  passUntil: Date | null;
}

/** Which stores a visitor may see and buy in: all of them, or exactly these. */
export type Reach = 'ALL' | ReadonlySet<StoreId>;

/**
 * The stores that a visitor reaches (reference/features.md B1, rule 3). STRICT: the store of the area alone; CITY: all of
 * its city; a guide link or a scanned code opens one more store for some days. Nobody is locked in a store that no longer
 * serves: then every store is within reach until another one is decided. In a brand with one mall there is one store.
 */
export function reachOf(
  settings: MallSettings,
  stores: ReadonlyMap<StoreId, Store>,
  belonging: Belonging | null,
  nowMs: number,
): Reach {
  const { mallMode, brandStoreId, isolation } = settings;
  if (mallMode === 'BRAND' && brandStoreId) return new Set([brandStoreId]);
  if (isolation === 'SOFT' || !belonging) return 'ALL';
  // Who has not come for long is asked again where they are.
  if (nowMs - belonging.homeAt.getTime() > settings.lastChosenDays * DAY_MS) return 'ALL';
  const home = stores.get(belonging.homeStoreId);
  if (!home || home.status === 'CLOSED' || home.status === 'DRAFT') return 'ALL';
  const reach = new Set<StoreId>([home.id]);
  if (isolation === 'CITY') for (const store of stores.values()) if (store.city === home.city) reach.add(store.id);
  if (belonging.passStoreId && belonging.passUntil && belonging.passUntil.getTime() > nowMs)
    reach.add(belonging.passStoreId);
  if (mallMode === 'BOTH' && brandStoreId) reach.add(brandStoreId);
  return reach;
}

export const isWithin = (reach: Reach, storeId: StoreId): boolean => reach === 'ALL' || reach.has(storeId);
