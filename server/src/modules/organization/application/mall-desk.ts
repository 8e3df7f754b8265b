import { Inject, Injectable } from '@nestjs/common';
import type { AreaOverlap, MallSettings as MallSettingsView, StoreEntry } from '@shuke/shared/contracts';
import { DAY_MS, type MemberId, type StoreId, startOfBusinessDay } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { changedMall, type MallSettingsChange, mallProblem } from '../domain/mall-settings.js';
import { type ResolveRule, TIE_M } from '../domain/resolve-store.js';
import { boxOfArea, overlapOf } from '../domain/service-area.js';
import type { Store } from '../domain/types.js';
import { MallStore } from '../persistence/mall.store.js';
import { Organization } from './organization.js';
import { refuseStore } from './organization-errors.js';
import { metresBetween, type Snapshot } from './snapshot.js';

const LIMIT = 50;
const OVERLAPS_MAX = 200;

export interface EntryFilter {
  storeId?: string;
  memberId?: string;
  rule?: ResolveRule;
  cursor?: string;
  limit?: number;
}

/** Headquarters' view of store malls: settings, overlapping areas, and who entered where by which rule. */
@Injectable()
export class MallDesk {
  private readonly rows = new MallStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  async settings(actor: Desk): Promise<MallSettingsView> {
    return (await this.organization.brand(actor.brandId)).mall;
  }

  /** @throws AppError CONFLICT when somebody else changed them, MALL_SETTINGS for a mode that cannot work */
  async update(actor: Desk, change: MallSettingsChange & { version: number }): Promise<MallSettingsView> {
    const { version, ...wanted } = change;
    const snapshot = await this.organization.snapshot(actor.brandId);
    const after = changedMall(snapshot.brand.mall, wanted);
    const problem = mallProblem(after, (id) => snapshot.storeById.has(id));
    if (problem) throw refuseStore('MALL_SETTINGS', undefined, problem);
    const isSaved =
      snapshot.brand.mall.version === version &&
      (await this.unitOfWork.run('mall settings', (tx) => this.rows.saveSettings(tx, actor.brandId, after, version)));
    this.organization.forget(actor.brandId);
    if (!isSaved) throw refuse('CONFLICT');
    return after;
  }

  /** Pairs of open stores whose service areas share ground, those of different owners first, then the worst. */
  async overlaps(actor: Desk, city?: string): Promise<AreaOverlap[]> {
    const snapshot = await this.organization.snapshot(actor.brandId);
    const open = snapshot.stores.filter((store) => store.status === 'OPEN' && (!city || store.city === city));
    const found: AreaOverlap[] = [];
    for (const [a, b] of touching(open)) {
      const overlap = overlapOf(a, b);
      if (overlap) found.push(overlapView(snapshot, a, b, overlap));
    }
    return found
      .sort(
        (x, y) => Number(y.isBetweenOwners) - Number(x.isBetweenOwners) || y.sharedOfSmallerBp - x.sharedOfSmallerBp,
      )
      .slice(0, OVERLAPS_MAX);
  }

  /** @throws AppError NOT_FOUND for a store outside the scope */
  async entries(actor: Desk, filter: EntryFilter): Promise<{ items: StoreEntry[]; nextCursor: string | null }> {
    const limit = filter.limit ?? LIMIT;
    const query = {
      brandId: actor.brandId,
      scope: await this.scopeOf(actor, filter.storeId),
      storeId: filter.storeId as StoreId | undefined,
      memberId: filter.memberId as MemberId | undefined,
      rule: filter.rule,
    };
    const rows = await this.rows.entries(this.database, query, readCursor(filter.cursor, [DIGITS])?.[0], limit);
    const snapshot = await this.organization.snapshot(actor.brandId);
    return pageOf(
      rows,
      limit,
      (row): StoreEntry => ({
        id: row.id,
        at: row.at.toISOString(),
        memberId: row.member_id,
        memberName: row.nickname,
        storeId: row.store_id,
        storeName: row.store_id ? (snapshot.storeById.get(row.store_id)?.name ?? null) : null,
        rule: row.rule,
        tieBreak: row.tie_break,
        isUncertain: row.is_uncertain === 1,
        wantedStoreId: row.wanted_store_id,
        distanceM: row.distance_m,
      }),
      (row) => makeCursor(row.id),
    );
  }

  /** @throws AppError NOT_FOUND for a store outside the scope */
  async entrySummary(actor: Desk, filter: { storeId?: string; from?: string; to?: string }) {
    return this.rows.entryCounts(this.database, {
      brandId: actor.brandId,
      scope: await this.scopeOf(actor, filter.storeId),
      storeId: filter.storeId as StoreId | undefined,
      from: filter.from ? new Date(startOfBusinessDay(filter.from)) : undefined,
      to: filter.to ? new Date(startOfBusinessDay(filter.to) + DAY_MS) : undefined,
    });
  }

  private async scopeOf(actor: Desk, storeId: string | undefined): Promise<StoreId[] | 'ALL'> {
    if (storeId) await this.organization.requireStore(actor, storeId as StoreId);
    return this.organization.scopeOf(actor);
  }
}

/**
 * Pairs of stores whose areas' boxes touch, each once. Going from west to east a store is compared with those that begin
 * before it ends, so that thousands of stores cost no more than their neighbours.
 */
function* touching(stores: readonly Store[]): Generator<[Store, Store]> {
  const boxes = stores.map((store) => ({ store, box: boxOfArea(store) })).sort((a, b) => a.box.west - b.box.west);
  for (const [at, { store, box }] of boxes.entries())
    for (let next = at + 1; next < boxes.length; next += 1) {
      const other = boxes[next];
      if (!other || other.box.west > box.east) break;
      if (other.box.south <= box.north && box.south <= other.box.north)
        yield store.id < other.store.id ? [store, other.store] : [other.store, store];
    }
}

function overlapView(
  snapshot: Snapshot,
  a: Store,
  b: Store,
  overlap: NonNullable<ReturnType<typeof overlapOf>>,
): AreaOverlap {
  const place = (store: Store) => ({
    storeId: store.id,
    storeName: store.name,
    franchiseeName: store.franchiseeId ? (snapshot.franchisees.get(store.franchiseeId)?.name ?? null) : null,
    priority: store.setup.priority,
  });
  const first = a.setup.priority === b.setup.priority ? null : a.setup.priority > b.setup.priority ? a : b;
  const tie = first
    ? `距离相差不到 ${TIE_M} 米时归 ${first.name}`
    : `距离相差不到 ${TIE_M} 米时没有优先级可比，请设优先级`;
  return {
    a: place(a),
    b: place(b),
    city: a.city,
    distanceM: metresBetween(a, b),
    ...overlap,
    isBetweenOwners: a.franchiseeId !== b.franchiseeId,
    tieBreak: `重叠处归离得更近的店；${tie}`,
  };
}
