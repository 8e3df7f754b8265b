import { Inject, Injectable } from '@nestjs/common';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { Offer } from '../../catalog/index.js';
import { CrossStore, SoldOut } from '../../inventory/index.js';
import { Organization, type Store } from '../../organization/index.js';
import { lineProblem, withSlice } from '../../pricing/index.js';
import { Promotions } from '../../promotions/index.js';

/** What can be had of a SKU that somebody wants in a store. */
export interface Reach {
  /** The store's offer, with the pieces that a live seckill sells. */
  offer: Offer;
  /** Another store that sends what this one lacks, where the brand lets goods be sent across. */
  fromElsewhere: { storeId: string; storeName: string } | null;
  /** Stores near by that have it, when this one cannot give it. */
  nearbyCount: number;
}

const isStockProblem = (kind: ReturnType<typeof lineProblem>): boolean =>
  kind === 'OUT_OF_STOCK' || kind === 'NOT_ENOUGH';

/** Looks beyond a store's own shelf for what is out there. No statement while the shelf has everything. */
@Injectable()
export class CartStock {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Promotions) private readonly promotions: Promotions,
    @Inject(CrossStore) private readonly cross: CrossStore,
    @Inject(SoldOut) private readonly soldOut: SoldOut,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** What can be had of each wanted SKU; two statements at most. */
  async reach(actor: Consumer, store: Store, wanted: readonly { offer: Offer; qty: number }[]): Promise<Reach[]> {
    const fromSlices = await this.promotions.fromSlices(actor.brandId, store.id, this.clock.date());
    const lines = wanted.map(({ offer, qty }) => {
      const reached = withSlice(offer, Math.min(qty, fromSlices(offer.skuId)));
      return { offer: reached, qty, kind: lineProblem(reached, qty) };
    });
    const short = lines.filter((one) => isStockProblem(one.kind)).map(piecesOf);
    const sources = store.canShip
      ? await this.cross.covering(this.database, actor.brandId, store.id, short)
      : new Map<string, never>();
    const out = lines.filter(
      ({ offer, kind }) => (isStockProblem(kind) && !sources.has(offer.skuId)) || kind === 'NOT_LISTED',
    );
    const nearby = await this.soldOut.nearbyCounts(actor, store, out.map(piecesOf));
    const { storeById } = await this.organization.snapshot(actor.brandId);
    return lines.map(({ offer }) => {
      const source = storeById.get(sources.get(offer.skuId) ?? store.id);
      const fromElsewhere = source && source.id !== store.id ? { storeId: source.id, storeName: source.name } : null;
      return { offer, fromElsewhere, nearbyCount: nearby.get(offer.skuId) ?? 0 };
    });
  }

  /** Whether one piece of what the shelf no longer has at the usual price can be had all the same. */
  async isReachable(actor: Consumer, store: Store, offer: Offer): Promise<boolean> {
    const [found] = await this.reach(actor, store, [{ offer, qty: 1 }]);
    return found !== undefined && (found.fromElsewhere !== null || lineProblem(found.offer, 1) === null);
  }
}

const piecesOf = ({ offer, qty }: { offer: Offer; qty: number }) => ({ skuId: offer.skuId, qty });
