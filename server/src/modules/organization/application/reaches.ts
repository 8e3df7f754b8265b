import type { BrandId, MemberId, StoreId } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Database } from '../../../platform/database/database.js';
import { openTransaction } from '../../../platform/database/transaction-context.js';
import { type Belonging, type Reach, reachOf } from '../domain/isolation.js';
import { MallStore } from '../persistence/mall.store.js';
import type { Snapshot } from './snapshot.js';

const FRESH_MS = 2000;
const KEPT_MAX = 20_000;

/** Which stores visitors reach. A brand with free switching costs nothing; the others one statement per member now and then. */
export class Reaches {
  private readonly rows = new MallStore();
  private readonly kept = new Map<MemberId, { belonging: Belonging | null; until: number }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The stores within an actor's reach; desks, guides and guests are not kept apart here. */
  async of(snapshot: Snapshot, actor: Actor): Promise<Reach> {
    const { mall } = snapshot.brand;
    if (actor.kind === 'guest') return reachOf(mall, snapshot.storeById, null, this.clock.now());
    if (actor.kind !== 'consumer' || (mall.isolation === 'SOFT' && mall.mallMode !== 'BRAND')) return 'ALL';
    return reachOf(mall, snapshot.storeById, await this.belonging(actor.brandId, actor.memberId), this.clock.now());
  }

  async belonging(brandId: BrandId, memberId: MemberId): Promise<Belonging | null> {
    const kept = this.kept.get(memberId);
    if (kept && performance.now() < kept.until) return kept.belonging;
    const belonging = await this.rows.belonging(this.database, brandId, memberId);
    if (this.kept.size >= KEPT_MAX) this.kept.clear();
    // Nobody stays without a home for long, so only a found one is worth keeping.
    if (belonging) this.kept.set(memberId, { belonging, until: performance.now() + FRESH_MS });
    return belonging;
  }

  /** Makes the store that a member is found in the home, so that never entering is no way around the isolation. */
  async settle(brandId: BrandId, memberId: MemberId, storeId: StoreId): Promise<void> {
    if (openTransaction() !== null) return;
    await this.rows.setHome(this.database, this.clock.date(), { brandId, memberId, storeId }, true);
    this.forget(memberId);
  }

  /** To be called after the commit of a change of where a member belongs. */
  forget(memberId: MemberId): void {
    this.kept.delete(memberId);
  }
}
