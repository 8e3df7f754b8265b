import { Inject, Injectable } from '@nestjs/common';
import type { GuideCard, StoreResolution } from '@shuke/shared/contracts';
import type { StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { FUZZY_UNCERTAINTY_M, type ResolveFacts, resolveStore } from '../domain/resolve-store.js';
import { readScene } from '../domain/scene.js';
import type { Guide, Position, Store, StoreAt } from '../domain/types.js';
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
}

const NEAR_MAX = 20;

export const positionOf = (given: { latitude?: number; longitude?: number }): Position | null =>
  given.latitude !== undefined && given.longitude !== undefined
    ? { latitude: given.latitude, longitude: given.longitude }
    : null;

/** Brings a visitor into one store and says why (product.md M2). */
@Injectable()
export class Enter {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async run(actor: Actor, arrival: Arrival): Promise<{ resolution: StoreResolution; guide: GuideCard | null }> {
    const snapshot = await this.organization.snapshot(actor.brandId);
    const visitor =
      actor.kind === 'consumer'
        ? await this.organization.visitorOf(this.database, actor.brandId, actor.memberId)
        : { lastStoreId: null, guideId: null };
    const scene = readScene(arrival.scene);
    const position = positionOf(arrival);
    const at = (store: Store | undefined): StoreAt | null =>
      store ? { store, distanceM: position ? metresBetween(position, store) : null } : null;
    const byStoreCode = scene.storeCode ? snapshot.storeByCode.get(scene.storeCode) : undefined;
    const linked = arrival.storeId ? snapshot.storeById.get(arrival.storeId as StoreId) : byStoreCode;
    const invited = activeGuide(snapshot, arrival.guideCode ?? scene.guideCode);
    const exclusive = visitor.guideId ? (snapshot.guideById.get(visitor.guideId) ?? null) : null;
    const guide = invited ?? (exclusive?.status === 'ACTIVE' ? exclusive : null);
    const guideAt = guide ? at(snapshot.storeById.get(guide.storeId)) : null;
    const facts: ResolveFacts = {
      linked: at(linked),
      guide: guide && guideAt ? { guide, at: guideAt, isExclusive: guide.id === exclusive?.id } : null,
      lastChosen: visitor.lastStoreId ? at(snapshot.storeById.get(visitor.lastStoreId)) : null,
      nearest: position ? snapshot.near(position, NEAR_MAX) : [],
      uncertaintyM: arrival.isFuzzy ? FUZZY_UNCERTAINTY_M : 0,
    };
    const found = resolveStore(facts);
    await this.record(actor, found);
    const card = (one: StoreAt) => this.organization.storeCardAt(one);
    return {
      resolution: {
        store: found.store ? card(found.store) : null,
        rule: found.rule,
        reason: found.reason,
        isUncertain: found.isUncertain,
        candidates: found.candidates.map(card),
      },
      guide: guide ? this.organization.guideCard(guide) : null,
    };
  }

  /** Keeps the deciding rule, so that "why was I in that store" has an answer later. */
  private async record(actor: Actor, found: ReturnType<typeof resolveStore>): Promise<void> {
    await this.database.execute(
      'INSERT INTO store_entry (brand_id, id, member_id, store_id, rule, is_uncertain, distance_m, at) VALUES (?,?,?,?,?,?,?,?)',
      [
        actor.brandId,
        this.ids.next<'entry'>(),
        actor.kind === 'consumer' ? actor.memberId : null,
        found.store?.store.id ?? null,
        found.rule,
        found.isUncertain ? 1 : 0,
        found.store?.distanceM ?? null,
        this.clock.date(),
      ],
    );
  }
}

function activeGuide(snapshot: Snapshot, code: string | null): Guide | null {
  const guide = code ? snapshot.guideByCode.get(code) : undefined;
  return guide?.status === 'ACTIVE' ? guide : null;
}
