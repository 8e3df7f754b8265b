import { Inject, Injectable } from '@nestjs/common';
import type { GuideCard, StoreCard } from '@shuke/shared/contracts';
import type { BrandId, GuideId, MemberId, StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { isWithin, type Reach } from '../domain/isolation.js';
import { openingState } from '../domain/opening.js';
import type { Brand, Franchisee, FranchiseeId, Guide, Position, Store, StoreAt } from '../domain/types.js';
import { OrganizationStore } from '../persistence/organization.store.js';
import { refuseStore } from './organization-errors.js';
import { Reaches } from './reaches.js';
import { metresBetween, type Snapshot, Snapshots } from './snapshot.js';

/** The door to brands, stores and guides. Answers come from a snapshot in memory, so asking costs no statement. */
@Injectable()
export class Organization {
  private readonly snapshots: Snapshots;
  private readonly rows = new OrganizationStore();
  private readonly reaches: Reaches;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.snapshots = new Snapshots(database, this.rows);
    this.reaches = new Reaches(database, clock);
  }

  /** @throws AppError NOT_FOUND when there is no such brand. */
  async snapshot(brandId: BrandId): Promise<Snapshot> {
    const snapshot = await this.snapshots.of(brandId);
    if (!snapshot) throw refuse('NOT_FOUND');
    return snapshot;
  }

  /** Has the next question read the database again; to be called after the commit of a change to stores or guides. */
  forget(brandId: BrandId): void {
    this.snapshots.forget(brandId);
  }

  /** @throws AppError NOT_FOUND */
  async brand(brandId: BrandId): Promise<Brand> {
    return (await this.snapshot(brandId)).brand;
  }

  /** All brands, for work that goes through them one by one. */
  brandIds(): Promise<BrandId[]> {
    return this.rows.brandIds(this.database);
  }

  /** By the short code that people type. */
  async brandByCode(code: string): Promise<Brand | null> {
    const id = await this.snapshots.brandIdBy('code', code);
    return id ? this.brand(id) : null;
  }

  async brandByAppid(appid: string): Promise<Brand | null> {
    const id = await this.snapshots.brandIdBy('appid', appid);
    return id ? this.brand(id) : null;
  }

  async brandByCorp(corpId: string): Promise<Brand | null> {
    const id = await this.snapshots.brandIdBy('corp_id', corpId);
    return id ? this.brand(id) : null;
  }

  async store(brandId: BrandId, storeId: StoreId): Promise<Store | null> {
    return (await this.snapshot(brandId)).storeById.get(storeId) ?? null;
  }

  async storeByCode(brandId: BrandId, code: string): Promise<Store | null> {
    return (await this.snapshot(brandId)).storeByCode.get(code) ?? null;
  }

  /** All stores by code, whatever their status. */
  async stores(brandId: BrandId): Promise<readonly Store[]> {
    return (await this.snapshot(brandId)).stores;
  }

  /** The stores of some ids; an unknown id is left out. */
  async storesByIds(brandId: BrandId, ids: readonly StoreId[]): Promise<Map<StoreId, Store>> {
    const { storeById } = await this.snapshot(brandId);
    return new Map(ids.flatMap((id) => (storeById.has(id) ? [[id, storeById.get(id) as Store] as const] : [])));
  }

  /** Guides who left are found too: ask `status` where it matters. */
  async guide(brandId: BrandId, guideId: GuideId): Promise<Guide | null> {
    return (await this.snapshot(brandId)).guideById.get(guideId) ?? null;
  }

  async guideByCode(brandId: BrandId, code: string): Promise<Guide | null> {
    return (await this.snapshot(brandId)).guideByCode.get(code) ?? null;
  }

  /** By WeCom userid, without regard to case, as WeCom itself does. */
  async guideByUserid(brandId: BrandId, userid: string): Promise<Guide | null> {
    return (await this.snapshot(brandId)).guideByUserid.get(userid.toLowerCase()) ?? null;
  }

  async guidesOfStore(brandId: BrandId, storeId: StoreId): Promise<readonly Guide[]> {
    return (await this.snapshot(brandId)).guidesByStore.get(storeId) ?? [];
  }

  async guides(brandId: BrandId): Promise<readonly Guide[]> {
    return (await this.snapshot(brandId)).guides;
  }

  async franchisee(brandId: BrandId, id: FranchiseeId): Promise<Franchisee | null> {
    return (await this.snapshot(brandId)).franchisees.get(id) ?? null;
  }

  async franchisees(brandId: BrandId): Promise<readonly Franchisee[]> {
    return [...(await this.snapshot(brandId)).franchisees.values()];
  }

  /**
   * Which stores' rows an actor may see (product.md E1): headquarters, the system and point-of-sale connectors the whole
   * brand, a franchisee its own stores, a guide the own store, consumers and guests none.
   */
  async scopeOf(actor: Actor): Promise<StoreId[] | 'ALL'> {
    switch (actor.kind) {
      case 'hq':
      case 'system':
      case 'pos':
        return 'ALL';
      case 'franchisee':
        return (await this.stores(actor.brandId))
          .filter((store) => store.franchiseeId === actor.franchiseeId)
          .map((store) => store.id);
      case 'guide':
        return [actor.storeId];
      default:
        return [];
    }
  }

  /**
   * A store that the actor may act in; consumers and guests may look at every store that is not being prepared, as far as
   * the brand's isolation lets them reach (product.md M2).
   * @throws AppError NOT_FOUND for a foreign or unknown store, without saying which; STORE_OUT_OF_REACH with the store that
   *   serves the consumer instead.
   */
  async requireStore(actor: Actor, storeId: StoreId): Promise<Store> {
    const store = await this.store(actor.brandId, storeId);
    if (!store) throw refuse('NOT_FOUND');
    if (actor.kind === 'consumer' || actor.kind === 'guest') {
      if (store.status === 'DRAFT') throw refuse('NOT_FOUND');
      await this.requireReach(actor, store.id);
      return store;
    }
    const scope = await this.scopeOf(actor);
    if (scope !== 'ALL' && !scope.includes(store.id)) throw refuse('NOT_FOUND');
    return store;
  }

  /** The stores that an actor may see and buy in besides the row scope of desks. */
  async reachOf(actor: Actor): Promise<Reach> {
    return this.reaches.of(await this.snapshot(actor.brandId), actor);
  }

  /** To be called after a change of where a member belongs. */
  forgetReach(memberId: MemberId): void {
    this.reaches.forget(memberId);
  }

  private async requireReach(actor: Actor, storeId: StoreId): Promise<void> {
    const snapshot = await this.snapshot(actor.brandId);
    const reach = await this.reaches.of(snapshot, actor);
    if (!isWithin(reach, storeId))
      throw refuseStore('STORE_OUT_OF_REACH', { storeIds: reach === 'ALL' ? [] : [...reach] });
    if (actor.kind === 'consumer' && reach === 'ALL' && snapshot.brand.mall.isolation !== 'SOFT')
      await this.reaches.settle(actor.brandId, actor.memberId, storeId);
  }

  /** A store as front ends show it; with a position, how far it is. */
  storeCard(store: Store, from?: Position | null): StoreCard {
    return this.storeCardAt({ store, distanceM: from ? metresBetween(from, store) : null });
  }

  storeCardAt({ store, distanceM }: StoreAt): StoreCard {
    const { isOpenNow, text } = openingState(store, this.clock.now());
    return {
      id: store.id,
      code: store.code,
      name: store.name,
      city: store.city,
      district: store.district,
      address: store.address,
      phone: store.phone,
      latitude: store.latitude,
      longitude: store.longitude,
      kind: store.kind,
      status: store.status,
      hours: { open: store.openAt, close: store.closeAt },
      isOpenNow,
      openText: text,
      distanceM,
      canShip: store.canShip,
      canPickup: store.canPickup,
      deliveryFeeFen: store.deliveryFeeFen,
      imageUrl: store.imageUrl,
      canDeliver: store.setup.service.delivery.isOn,
    };
  }

  guideCard(guide: Guide): GuideCard {
    return {
      id: guide.id,
      name: guide.name,
      avatarUrl: guide.avatarUrl,
      title: guide.role === 'MANAGER' ? '店长' : '导购',
      storeId: guide.storeId,
      storeName: guide.storeName,
      qrUrl: guide.qrUrl,
      wecomUserid: guide.wecomUserid,
      code: guide.code,
    };
  }

  /** Open stores by distance, nearest first. */
  async near(brandId: BrandId, position: Position, limit: number): Promise<{ store: Store; distanceM: number }[]> {
    return (await this.snapshot(brandId)).near(position, limit);
  }

  /** The open stores around a store, nearest first, without itself: sixty at most. */
  async neighbours(brandId: BrandId, store: Store): Promise<readonly { store: Store; distanceM: number }[]> {
    return (await this.snapshot(brandId)).neighbours(store);
  }

  /** The store a consumer chose last and the exclusive guide (专属导购), if any; one statement. */
  visitorOf(on: Queryable, brandId: BrandId, memberId: MemberId) {
    return this.rows.visitorOf(on, brandId, memberId);
  }
}
