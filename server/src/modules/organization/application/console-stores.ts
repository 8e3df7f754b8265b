import { Inject, Injectable } from '@nestjs/common';
import type { ConsoleStore } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import type { Store } from '../domain/types.js';
import { OrganizationStore } from '../persistence/organization.store.js';
import { Organization } from './organization.js';

export interface ConsoleStoreQuery {
  q?: string;
  franchiseeId?: string;
  city?: string;
  cursor?: string;
  limit?: number;
}

const LIMIT = 50;
const CODE = /^[0-9A-Za-z-]{1,20}$/;

/** Stores as headquarters and franchisees see them: in the actor's scope, by code. */
@Injectable()
export class ConsoleStores {
  private readonly rows = new OrganizationStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
  ) {}

  async list(actor: Desk, query: ConsoleStoreQuery): Promise<{ items: ConsoleStore[]; nextCursor: string | null }> {
    const scope = await this.organization.scopeOf(actor);
    const after = readCursor(query.cursor, [CODE])?.[0] ?? '';
    const limit = query.limit ?? LIMIT;
    const word = query.q?.trim().toLowerCase() ?? '';
    const stores = (await this.organization.stores(actor.brandId)).filter(
      (store) =>
        (scope === 'ALL' || scope.includes(store.id)) &&
        (!query.franchiseeId || store.franchiseeId === query.franchiseeId) &&
        (!query.city || store.city === query.city) &&
        (word === '' || store.name.toLowerCase().includes(word) || store.code.toLowerCase().includes(word)) &&
        store.code > after,
    );
    const sorted = stores.sort((a, b) => (a.code < b.code ? -1 : 1)).slice(0, limit + 1);
    const views = await this.views(actor, sorted);
    return pageOf(
      views,
      limit,
      (view) => view,
      (view) => makeCursor(view.code),
    );
  }

  /** @throws AppError NOT_FOUND for a store outside the actor's scope. */
  async one(actor: Desk, storeId: StoreId): Promise<ConsoleStore> {
    const store = await this.organization.requireStore(actor, storeId);
    const [view] = await this.views(actor, [store]);
    return view as ConsoleStore;
  }

  private async views(actor: Desk, stores: readonly Store[]): Promise<ConsoleStore[]> {
    const snapshot = await this.organization.snapshot(actor.brandId);
    const ids = stores.map((store) => store.id);
    const listed = await this.rows.listedCounts(this.database, actor.brandId, ids);
    return stores.map((store) => ({
      id: store.id,
      code: store.code,
      name: store.name,
      kind: store.kind,
      status: store.status,
      regionName: store.regionName,
      franchiseeId: store.franchiseeId,
      franchiseeName: store.franchiseeId ? (snapshot.franchisees.get(store.franchiseeId)?.name ?? null) : null,
      city: store.city,
      district: store.district,
      address: store.address,
      phone: store.phone,
      latitude: store.latitude,
      longitude: store.longitude,
      serviceRadiusM: store.serviceRadiusM,
      hours: { open: store.openAt, close: store.closeAt },
      collectMode: store.collectMode,
      subMchid: store.subMchid,
      deliveryFeeFen: store.deliveryFeeFen,
      canShip: store.canShip,
      canPickup: store.canPickup,
      imageUrl: store.imageUrl,
      guideCount: (snapshot.guidesByStore.get(store.id) ?? []).filter((guide) => guide.status === 'ACTIVE').length,
      listedCount: listed.get(store.id) ?? 0,
      version: store.version,
    }));
  }
}
