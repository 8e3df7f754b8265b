import { Inject, Injectable } from '@nestjs/common';
import type { StoreCard } from '@shuke/shared/contracts';
import type { Actor } from '../../../platform/access/actor.js';
import { isWithin } from '../domain/isolation.js';
import { serves } from '../domain/service-area.js';
import type { StoreAt } from '../domain/types.js';
import { positionOf } from './enter.js';
import { Organization } from './organization.js';

export interface StoreQuery {
  latitude?: number;
  longitude?: number;
  city?: string;
  q?: string;
  limit?: number;
}

const LIMIT = 50;

/** Open stores near a position or in a city, and which cities have how many: those within the visitor's reach. */
@Injectable()
export class ListStores {
  constructor(@Inject(Organization) private readonly organization: Organization) {}

  async run(
    actor: Actor,
    query: StoreQuery,
  ): Promise<{ items: StoreCard[]; cities: { name: string; count: number }[] }> {
    const snapshot = await this.organization.snapshot(actor.brandId);
    const reach = await this.organization.reachOf(actor);
    const open = snapshot.stores.filter((store) => store.status === 'OPEN' && isWithin(reach, store.id));
    const position = positionOf(query);
    const ordered: StoreAt[] = position
      ? snapshot.near(position, snapshot.stores.length).filter(({ store }) => isWithin(reach, store.id))
      : open.map((store) => ({ store, distanceM: null }));
    // Where areas are kept apart, a newcomer's position already says which stores are there to choose from.
    const isApart = snapshot.brand.mall.isolation === 'STRICT' && reach === 'ALL' && position !== null;
    const own = isApart ? ordered.filter(({ store }) => position && serves(store, position)) : ordered;
    const shown = isApart && own.length === 0 ? ordered.slice(0, 1) : own;
    const word = query.q?.trim().toLowerCase() ?? '';
    const fits = ({ store }: StoreAt) =>
      (!query.city || store.city === query.city) &&
      (word === '' ||
        [store.name, store.address, store.district, store.city].some((text) => text.toLowerCase().includes(word)));
    const counts = new Map<string, number>();
    for (const store of open) counts.set(store.city, (counts.get(store.city) ?? 0) + 1);
    const cities = [...counts].map(([name, count]) => ({ name, count }));
    return {
      items: shown
        .filter(fits)
        .slice(0, query.limit ?? LIMIT)
        .map((one) => this.organization.storeCardAt(one)),
      cities: cities.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
    };
  }
}
