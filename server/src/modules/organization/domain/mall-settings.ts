import { type Fen, fen, type StoreId, ZERO_FEN } from '@shuke/shared/kernel';

export type MallMode = 'BRAND' | 'STORE' | 'BOTH';
export type Isolation = 'STRICT' | 'CITY' | 'SOFT';

/** What a brand decides for all of its store malls (product.md M1, M2, M3). */
export interface MallSettings {
  mallMode: MallMode;
  /** The store behind the brand mall; without one the brand mall cannot be opened. */
  brandStoreId: StoreId | null;
  isolation: Isolation;
  lastChosenDays: number;
  linkPassDays: number;
  canPreorderPickup: boolean;
  crossStore: {
    source: 'NONE' | 'WAREHOUSE' | 'NEAREST';
    warehouseStoreId: StoreId | null;
    maxDistanceM: number;
    costBearer: 'SELLING' | 'SHIPPING' | 'HQ';
    costFen: Fen;
  };
  approvals: { priceBelowListBp: number | null; delisting: boolean; ownGoods: boolean };
  version: number;
}

/** A brand that has set nothing: store malls, free switching, nothing to be asked for but own goods. */
export const DEFAULT_MALL: MallSettings = {
  mallMode: 'STORE',
  brandStoreId: null,
  isolation: 'SOFT',
  lastChosenDays: 30,
  linkPassDays: 7,
  canPreorderPickup: true,
  crossStore: {
    source: 'NONE',
    warehouseStoreId: null,
    maxDistanceM: 50_000,
    costBearer: 'SELLING',
    costFen: ZERO_FEN,
  },
  approvals: { priceBelowListBp: null, delisting: false, ownGoods: true },
  version: 0,
};

export type MallSettingsChange = Partial<Omit<MallSettings, 'version' | 'crossStore'>> & {
  crossStore?: Omit<MallSettings['crossStore'], 'costFen'> & { costFen: number };
};

/** Settings after a change; what is left out stays. */
export function changedMall(before: MallSettings, change: MallSettingsChange): MallSettings {
  const { crossStore, ...rest } = change;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...before,
    ...given,
    crossStore: crossStore ? { ...crossStore, costFen: fen(crossStore.costFen) } : before.crossStore,
    version: before.version + 1,
  };
}

/** What cannot work: a mode without its store. In Chinese, or null. */
export function mallProblem(settings: MallSettings, isStore: (id: StoreId) => boolean): string | null {
  const { mallMode, brandStoreId, crossStore } = settings;
  if (mallMode !== 'STORE' && (brandStoreId === null || !isStore(brandStoreId)))
    return '开品牌商城要先选一家门店（或总仓）来承接订单';
  if (
    crossStore.source === 'WAREHOUSE' &&
    (crossStore.warehouseStoreId === null || !isStore(crossStore.warehouseStoreId))
  )
    return '由总仓代发要先选一家门店作为总仓';
  return null;
}
