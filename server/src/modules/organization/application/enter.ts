import { Inject, Injectable } from '@nestjs/common';
import type { GuideCard, StoreResolution } from '@shuke/shared/contracts';
import { DAY_MS, type StoreId } from '@shuke/shared/kernel';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { isWithin, type Reach } from '../domain/isolation.js';
import { canServe } from '../domain/opening.js';
import {
  EXACT_M,
  FUZZY_UNCERTAINTY_M,
  type Resolution,
  type ResolveFacts,
  resolveStore,
} from '../domain/resolve-store.js';
import { readScene } from '../domain/scene.js';
import { serves } from '../domain/service-area.js';
import type { Guide, Position, Store, StoreAt } from '../domain/types.js';
import { MallStore } from '../persistence/mall.store.js';
import { Organization } from './organization.js';
import { metresBetween, type Snapshot } from './snapshot.js';

/** What the visitor arrived with; every part may be missing. */
export interface Arrival {
  storeId?: string;
  scene?: string;
  guideCode?: string;
  latitude?: number;
  longitude?: number;
  isFuzzy?: boolean;
  /** Radius around the given position in which the true one lies. */
  accuracyM?: number;
  mall?: 'BRAND' | 'STORE';
}

const NEAR_MAX = 20;

export const positionOf = (given: { latitude?: number; longitude?: number }): Position | null =>
  given.latitude !== undefined && given.longitude !== undefined
    ? { latitude: given.latitude, longitude: given.longitude }
    : null;

interface Gathered {
  facts: ResolveFacts;
  guide: Guide | null;
  lastStoreId: StoreId | null;
}

/** Brings a visitor into one store and says why (product.md M2). */
@Injectable()
export class Enter {
  private readonly rows = new MallStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async run(actor: Actor, arrival: Arrival): Promise<{ resolution: StoreResolution; guide: GuideCard | null }> {
    const snapshot = await this.organization.snapshot(actor.brandId);
    const { facts, guide, lastStoreId } = await this.gather(actor, arrival, snapshot);
    const found = resolveStore(facts);
    await this.record(actor, found, facts);
    if (actor.kind === 'consumer') await this.settle(actor, found, facts, snapshot);
    const card = (one: StoreAt) => this.organization.storeCardAt(one);
    const before = lastStoreId && found.store?.store.id !== lastStoreId ? snapshot.storeById.get(lastStoreId) : null;
    const { isolation, mallMode } = snapshot.brand.mall;
    const refusesPosition =
      actor.kind === 'consumer' && (await this.rows.refusesPosition(this.database, actor.brandId, actor.memberId));
    return {
      resolution: {
        store: found.store ? card(found.store) : null,
        rule: found.rule,
        reason: found.reason,
        isUncertain: found.isUncertain,
        candidates: found.candidates.map(card),
        canSwitch: mallMode !== 'BRAND' && canSwitch(await this.organization.reachOf(actor)),
        isolation,
        refusesPosition,
        movedFrom: before && found.store ? { storeId: before.id, storeName: before.name } : null,
      },
      guide: guide ? this.organization.guideCard(guide) : null,
    };
  }

  private async gather(actor: Actor, arrival: Arrival, snapshot: Snapshot): Promise<Gathered> {
    const visitor =
      actor.kind === 'consumer'
        ? await this.organization.visitorOf(this.database, actor.brandId, actor.memberId)
        : { lastStoreId: null, lastStoreAt: null, guideId: null };
    const { mall } = snapshot.brand;
    const scene = readScene(arrival.scene);
    const position = positionOf(arrival);
    const at = (store: Store | undefined): StoreAt | null =>
      store ? { store, distanceM: position ? metresBetween(position, store) : null } : null;
    const scanned = scene.storeCode ? snapshot.storeByCode.get(scene.storeCode) : undefined;
    const linked = arrival.storeId ? snapshot.storeById.get(arrival.storeId as StoreId) : scanned;
    const invited = activeGuide(snapshot, arrival.guideCode ?? scene.guideCode);
    const exclusive = visitor.guideId ? (snapshot.guideById.get(visitor.guideId) ?? null) : null;
    const guide = invited ?? (exclusive?.status === 'ACTIVE' ? exclusive : null);
    const guideAt = guide ? at(snapshot.storeById.get(guide.storeId)) : null;
    const isRecent =
      visitor.lastStoreAt !== null && this.clock.now() - visitor.lastStoreAt.getTime() <= mall.lastChosenDays * DAY_MS;
    const isBrandMall = mall.mallMode === 'BRAND' || (mall.mallMode === 'BOTH' && arrival.mall === 'BRAND' && !linked);
    const now = this.clock.now();
    return {
      guide,
      lastStoreId: visitor.lastStoreId,
      facts: {
        brandMall: isBrandMall && mall.brandStoreId ? at(snapshot.storeById.get(mall.brandStoreId)) : null,
        linked: at(linked),
        // A guide who sends a link to the own store, and a code on the spot, open the door; a bare address does not.
        linkWins: linked !== undefined && (linked === scanned || invited?.storeId === linked.id),
        guide: guide && guideAt ? { guide, at: guideAt, isExclusive: guide.id === exclusive?.id } : null,
        lastChosen: visitor.lastStoreId && isRecent ? at(snapshot.storeById.get(visitor.lastStoreId)) : null,
        position,
        nearest: position
          ? around(snapshot, position, ({ store }) => canServe(store, now, mall.canPreorderPickup))
          : [],
        uncertaintyM: uncertaintyOf(arrival),
        reach: await this.organization.reachOf(actor),
      },
    };
  }

  /** Keeps the deciding rule, so that "why was I in that store" has an answer later; positions are not kept. */
  private record(actor: Actor, found: Resolution, facts: ResolveFacts): Promise<void> {
    return this.rows.insertEntry(this.database, {
      brandId: actor.brandId,
      id: this.ids.next<'entry'>(),
      member_id: actor.kind === 'consumer' ? actor.memberId : null,
      store_id: found.store?.store.id ?? null,
      rule: found.rule,
      tie_break: found.tieBreak,
      isUncertain: found.isUncertain,
      wanted_store_id: found.rule === 'ISOLATED' ? (facts.linked?.store.id ?? null) : null,
      distance_m: found.store?.distanceM ?? null,
      at: this.clock.date(),
    });
  }

  /** In a brand that keeps areas apart, the first decided store is the home; a link beyond the reach opens one more for a while. */
  private async settle(actor: Consumer, found: Resolution, facts: ResolveFacts, snapshot: Snapshot): Promise<void> {
    const { isolation, linkPassDays } = snapshot.brand.mall;
    const store = found.store?.store;
    if (isolation === 'SOFT' || !store || found.rule === 'BRAND_MALL' || found.rule === 'ISOLATED') return;
    const { brandId, memberId } = actor;
    const isExclusive = found.rule === 'GUIDE' && facts.guide?.isExclusive === true;
    // The home comes first in a reach; coming back to it keeps it for another while.
    const isHome = facts.reach === 'ALL' || [...facts.reach][0] === store.id;
    const isBeyond = !isWithin(facts.reach, store.id);
    await this.unitOfWork.run('settle in a store', async (tx) => {
      await this.rows.setHome(tx, tx.now, { brandId, memberId, storeId: store.id }, isExclusive || isHome);
      if (isBeyond && !isExclusive)
        await this.rows.givePass(tx, brandId, memberId, store.id, new Date(tx.now.getTime() + linkPassDays * DAY_MS));
    });
    this.organization.forgetReach(memberId);
  }
}

/** The nearest stores; where none of them serves the position, also those from farther away that do. */
function around(
  snapshot: Snapshot,
  position: Position,
  isThere: (one: { store: Store }) => boolean,
): { store: Store; distanceM: number }[] {
  const near = snapshot.near(position, NEAR_MAX).filter(isThere);
  if (near.some(({ store }) => serves(store, position))) return near;
  return [...near, ...snapshot.serving(position).filter(isThere)];
}

const canSwitch = (reach: Reach): boolean => reach === 'ALL' || reach.size > 1;

/** An accuracy that the device states wins over the blur that fuzzy positions have by design. */
function uncertaintyOf({ isFuzzy, accuracyM }: Arrival): number {
  const metres = accuracyM ?? (isFuzzy ? FUZZY_UNCERTAINTY_M : 0);
  return metres <= EXACT_M ? 0 : metres;
}

function activeGuide(snapshot: Snapshot, code: string | null): Guide | null {
  const guide = code ? snapshot.guideByCode.get(code) : undefined;
  return guide?.status === 'ACTIVE' ? guide : null;
}
