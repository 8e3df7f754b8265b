import type { BrandId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { storeProblem } from '../domain/store-rules.js';
import type { Franchisee, Guide, RegionId, Store } from '../domain/types.js';
import {
  insertBrand,
  insertFranchisees,
  insertGuides,
  insertRegion,
  insertSetups,
  insertStores,
  type NewBrand,
  type NewStore,
  updateBrandSettings,
  updateUndoMinutes,
} from '../persistence/creation.store.js';
import { OrganizationStore } from '../persistence/organization.store.js';

const rows = new OrganizationStore();

export type BrandDraft = NewBrand;
export type StoreDraft = NewStore;
/** A guide to be hired; what a new guide does not have yet may be left out. */
export type GuideDraft = Pick<Guide, 'brandId' | 'id' | 'storeId' | 'code' | 'wecomUserid' | 'name' | 'avatarUrl'> &
  Partial<Omit<Guide, 'storeName'>>;

/** Founds a brand under a prepared id. */
export const createBrand = (tx: Tx, draft: BrandDraft): Promise<void> => insertBrand(tx, draft);

/** Replaces a brand's settings, for banners that name products which exist only after the brand. */
export const setBrandSettings = (tx: Tx, brandId: BrandId, settings: Record<string, unknown>): Promise<void> =>
  updateBrandSettings(tx, brandId, settings);

/**
 * Sets how long a guide may undo alone what was done at the counter, as part of a larger change; call `Organization.forget`
 * after the commit.
 */
export const setUndoMinutes = (tx: Tx, brandId: BrandId, minutes: number): Promise<void> =>
  updateUndoMinutes(tx, brandId, minutes);

export const createRegion = (tx: Tx, draft: { brandId: BrandId; id: RegionId; name: string }): Promise<void> =>
  insertRegion(tx, draft);

export const createFranchisee = (tx: Tx, draft: Franchisee): Promise<void> => insertFranchisees(tx, [draft]);

/**
 * Opens stores under prepared ids.
 * @throws Error for a store that breaks a rule; this is for seeds and imports, where a bad row is a mistake of ours.
 */
export async function createStores(tx: Tx, drafts: readonly StoreDraft[]): Promise<void> {
  for (const draft of drafts) {
    const problem = storeProblem(draft);
    if (problem) throw new Error(`store ${draft.code}: ${problem}`);
  }
  await insertStores(tx, drafts);
  await insertSetups(tx, drafts);
}
export const createStore = (tx: Tx, draft: StoreDraft): Promise<void> => createStores(tx, [draft]);

/** Hires guides under prepared ids. */
export const createGuides = (tx: Tx, drafts: readonly GuideDraft[]): Promise<void> =>
  insertGuides(
    tx,
    drafts.map((draft) => ({
      role: 'GUIDE',
      status: 'ACTIVE',
      receiverOpenid: null,
      receiverState: 'NONE',
      configId: null,
      qrUrl: null,
      secondsPerItem: 60,
      paceSamples: 0,
      joinedAt: tx.now,
      ...draft,
    })),
  );
export const createGuide = (tx: Tx, draft: GuideDraft): Promise<void> => createGuides(tx, [draft]);

/** Opens, pauses or closes a store as part of a larger change; call `Organization.forget` after the commit. */
export async function setStoreStatus(
  tx: Tx,
  brandId: BrandId,
  storeId: Store['id'],
  status: Store['status'],
): Promise<void> {
  await rows.setStatus(tx, brandId, storeId, status);
}
