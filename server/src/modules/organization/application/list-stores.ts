import { Inject, Injectable } from '@nestjs/common';
import type { StoreCard } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
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

/** Open stores near a position or in a city, and which cities have how many. */
@Injectable()
export class ListStores {
  constructor(@Inject(Organization) private readonly organization: Organization) {}

  async run(
    brandId: BrandId,
    query: StoreQuery,
  ): Promise<{ items: StoreCard[]; cities: { name: string; count: number }[] }> {
    const snapshot = await this.organization.snapshot(brandId);
    const open = snapshot.stores.filter((store) => store.status === 'OPEN');
    const position = positionOf(query);
    const ordered: StoreAt[] = position
      ? snapshot.near(position, open.length)
      : open.map((store) => ({ store, distanceM: null }));
    const word = query.q?.trim().toLowerCase() ?? '';
    const fits = ({ store }: StoreAt) =>
      (!query.city || store.city === query.city) &&
      (word === '' ||
        [store.name, store.address, store.district, store.city].some((text) => text.toLowerCase().includes(word)));
    const counts = new Map<string, number>();
    for (const store of open) counts.set(store.city, (counts.get(store.city) ?? 0) + 1);
    const cities = [...counts].map(([name, count]) => ({ name, count }));
    return {
      items: ordered
        .filter(fits)
        .slice(0, query.limit ?? LIMIT)
        .map((one) => this.organization.storeCardAt(one)),
      cities: cities.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
    };
  }
}
