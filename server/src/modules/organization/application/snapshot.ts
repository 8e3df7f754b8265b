import type { BrandId, GuideId, StoreId } from '@shuke/shared/kernel';
import { around, distance } from 'geokdbush';
import KDBush from 'kdbush';
import type { Database } from '../../../platform/database/database.js';
import { openTransaction } from '../../../platform/database/transaction-context.js';
import { log } from '../../../platform/observability/log.js';
import { serves } from '../domain/service-area.js';
import type { Brand, Franchisee, FranchiseeId, Guide, Position, Store } from '../domain/types.js';
import type { OrganizationRows, OrganizationStore } from '../persistence/organization.store.js';

/** As many as a page ever asks for; more would only fill memory. */
const NEIGHBOURS_KEPT = 60;

/** One brand's organization as it was a moment ago, indexed for every question that a hot page asks. */
export class Snapshot {
  readonly brand: Brand;
  readonly stores: readonly Store[];
  readonly guides: readonly Guide[];
  readonly franchisees: ReadonlyMap<FranchiseeId, Franchisee>;
  readonly storeById: ReadonlyMap<StoreId, Store>;
  readonly storeByCode: ReadonlyMap<string, Store>;
  readonly guideById: ReadonlyMap<GuideId, Guide>;
  readonly guideByCode: ReadonlyMap<string, Guide>;
  readonly guideByUserid: ReadonlyMap<string, Guide>;
  readonly guidesByStore: ReadonlyMap<StoreId, Guide[]>;
  private readonly open: readonly Store[];
  private readonly index: KDBush | null;
  private readonly neighbourhoods = new Map<StoreId, { store: Store; distanceM: number }[]>();

  constructor(rows: OrganizationRows) {
    this.brand = rows.brand;
    this.stores = rows.stores;
    this.guides = rows.guides;
    this.franchisees = new Map(rows.franchisees.map((one) => [one.id, one]));
    this.storeById = new Map(rows.stores.map((store) => [store.id, store]));
    this.storeByCode = new Map(rows.stores.map((store) => [store.code, store]));
    this.guideById = new Map(rows.guides.map((guide) => [guide.id, guide]));
    this.guideByCode = new Map(rows.guides.map((guide) => [guide.code, guide]));
    // WeCom treats userids without regard to case.
    this.guideByUserid = new Map(rows.guides.map((guide) => [guide.wecomUserid.toLowerCase(), guide]));
    this.guidesByStore = byStore(rows.guides);
    this.open = rows.stores.filter((store) => store.status === 'OPEN');
    this.index = this.open.length > 0 ? new KDBush(this.open.length) : null;
    for (const store of this.open) this.index?.add(store.longitude, store.latitude);
    this.index?.finish();
  }

  /** Open stores by distance, nearest first. */
  near(position: Position, limit: number): { store: Store; distanceM: number }[] {
    if (!this.index) return [];
    return around(this.index, position.longitude, position.latitude, limit).flatMap((at) => {
      const store = this.open[at];
      return store ? [{ store, distanceM: metresBetween(position, store) }] : [];
    });
  }

  /**
   * Open stores whose area holds a position, nearest first. Looks at all of them: an area may be drawn far from its store,
   * with many others in between.
   */
  serving(position: Position): { store: Store; distanceM: number }[] {
    return this.open
      .filter((store) => serves(store, position))
      .map((store) => ({ store, distanceM: metresBetween(position, store) }))
      .sort((a, b) => a.distanceM - b.distanceM);
  }

  /** The open stores around a store, nearest first, without itself; found once for the life of the snapshot. */
  neighbours(store: Store): readonly { store: Store; distanceM: number }[] {
    const known = this.neighbourhoods.get(store.id);
    if (known) return known;
    const found = this.near(store, NEIGHBOURS_KEPT + 1).filter((one) => one.store.id !== store.id);
    this.neighbourhoods.set(store.id, found);
    return found;
  }
}

function byStore(guides: readonly Guide[]): Map<StoreId, Guide[]> {
  const groups = new Map<StoreId, Guide[]>();
  for (const guide of guides) {
    const group = groups.get(guide.storeId);
    if (group) group.push(guide);
    else groups.set(guide.storeId, [guide]);
  }
  return groups;
}

/** Great-circle distance in whole metres. */
export const metresBetween = (a: Position, b: Position): number =>
  Math.round(distance(a.longitude, a.latitude, b.longitude, b.latitude) * 1000);

interface Kept {
  snapshot: Snapshot;
  /** When it has to be read again, in the process's own monotonic milliseconds. */
  until: number;
}

const FRESH_MS = 2000;
/** Reading a very large organization every two seconds would cost more than it is worth, so its age follows its cost. */
const COST_FACTOR = 20;

/** Keeps one snapshot per brand; see README.md, "How fresh is it". */
export class Snapshots {
  private readonly kept = new Map<BrandId, Kept>();
  private readonly loading = new Map<BrandId, Promise<Snapshot | null>>();
  private readonly brandIds = new Map<string, BrandId>();

  constructor(
    private readonly database: Database,
    private readonly store: OrganizationStore,
  ) {}

  /** The brand's organization, at most about two seconds old; null when there is no such brand. */
  async of(brandId: BrandId): Promise<Snapshot | null> {
    const kept = this.kept.get(brandId);
    if (kept && performance.now() < kept.until) return kept.snapshot;
    if (kept && openTransaction() !== null) {
      // Waiting for a second connection while holding one could starve the pool: inside a transaction a slightly older
      // snapshot is used and the new one is read meanwhile.
      this.load(brandId).catch((error) => log.warn({ err: error }, 'the organization could not be read'));
      return kept.snapshot;
    }
    return this.load(brandId);
  }

  /** The brand of a mini-program or corporation; these never change hands, so a found one is kept for good. */
  async brandIdBy(column: 'appid' | 'code' | 'corp_id', value: string): Promise<BrandId | null> {
    const key = `${column}:${value}`;
    const known = this.brandIds.get(key);
    if (known) return known;
    const found = await this.store.brandIdBy(this.database, column, value);
    if (found) this.brandIds.set(key, found);
    return found;
  }

  /** Has the next reader read again; call after the commit of a change. */
  forget(brandId: BrandId): void {
    this.kept.delete(brandId);
    this.loading.delete(brandId);
  }

  private load(brandId: BrandId): Promise<Snapshot | null> {
    const running = this.loading.get(brandId);
    if (running) return running;
    const startedAt = performance.now();
    const load = this.store
      .load(this.database, brandId)
      .then((rows) => {
        const snapshot = rows ? new Snapshot(rows) : null;
        const now = performance.now();
        // A change that was committed while this was being read has already dropped it from the list.
        if (snapshot && this.loading.get(brandId) === load)
          this.kept.set(brandId, { snapshot, until: now + Math.max(FRESH_MS, COST_FACTOR * (now - startedAt)) });
        return snapshot;
      })
      .finally(() => {
        if (this.loading.get(brandId) === load) this.loading.delete(brandId);
      });
    this.loading.set(brandId, load);
    return load;
  }
}
