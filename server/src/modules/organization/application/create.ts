import type { BrandId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { storeProblem } from '../domain/store-rules.js';
import type { Franchisee, Guide, RegionId, Store } from '../domain/types.js';
import { insertFranchisees, insertGuides, insertSetups, insertStores } from '../persistence/creation.store.js';

export interface BrandDraft {
  id: BrandId;
  code: string;
  name: string;
  appid: string;
  corpId: string;
  logoUrl: string;
  /** Colours and radius of the front ends; more than the four known fields may be kept. */
  theme: Record<string, unknown>;
  /** `banners` (imageUrl, title, subtitle, productId) and `freeFreightFromFen`. */
  settings: Record<string, unknown>;
}

export type StoreDraft = Omit<Store, 'regionName' | 'version' | 'setup'> & { setup?: Store['setup'] };
/** A guide to be hired; what a new guide does not have yet may be left out. */
export type GuideDraft = Pick<Guide, 'brandId' | 'id' | 'storeId' | 'code' | 'wecomUserid' | 'name' | 'avatarUrl'> &
  Partial<Omit<Guide, 'storeName'>>;

/** Founds a brand under a prepared id. */
export async function createBrand(tx: Tx, draft: BrandDraft): Promise<void> {
  await tx.execute(
    'INSERT INTO brand (id, code, name, appid, corp_id, logo_url, theme, settings, created_at) VALUES (?,?,?,?,?,?,?,?,?)',
    [
      draft.id,
      draft.code,
      draft.name,
      draft.appid,
      draft.corpId,
      draft.logoUrl,
      JSON.stringify(draft.theme),
      JSON.stringify(draft.settings),
      tx.now,
    ],
  );
}

/** Replaces a brand's settings, for banners that name products which exist only after the brand. */
export async function setBrandSettings(tx: Tx, brandId: BrandId, settings: Record<string, unknown>): Promise<void> {
  await tx.execute('UPDATE brand SET settings = ? WHERE id = ?', [JSON.stringify(settings), brandId]);
}

export async function createRegion(tx: Tx, draft: { brandId: BrandId; id: RegionId; name: string }): Promise<void> {
  await tx.execute('INSERT INTO region (brand_id, id, name) VALUES (?,?,?)', [draft.brandId, draft.id, draft.name]);
}

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
  await tx.execute('UPDATE store SET status = ?, version = version + 1, updated_at = ? WHERE brand_id = ? AND id = ?', [
    status,
    tx.now,
    brandId,
    storeId,
  ]);
}
