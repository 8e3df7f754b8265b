import type { BrandId } from '@shuke/shared/kernel';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Database } from '../../../platform/database/database.js';
import { openTransaction } from '../../../platform/database/transaction-context.js';
import { log } from '../../../platform/observability/log.js';
import { openSlices } from '../domain/open-slices.js';
import { type LivePromotion, readyToPrice } from '../domain/promotion.js';
import type { PromotionStore } from '../persistence/promotion.store.js';
import type { SliceStore } from '../persistence/slice.store.js';

/** What counts in a brand, and which slices of seckills have something left. */
export interface BrandPromotions {
  promotions: readonly LivePromotion[];
  /** `promotion:store:sku` of slices that hold pieces which nobody has bought. */
  open: ReadonlySet<string>;
}

interface Kept extends BrandPromotions {
  /** When it has to be read again, in the process's own monotonic milliseconds. */
  until: number;
}

const FRESH_MS = 3000;
/** Reading hundreds of promotions costs more than a few, so their age follows their cost. */
const COST_FACTOR = 20;

/** The published promotions of each brand, ready to price, at most a few seconds old. */
export class PromotionSnapshots {
  private readonly kept = new Map<BrandId, Kept>();
  private readonly loading = new Map<BrandId, Promise<BrandPromotions>>();

  constructor(
    private readonly database: Database,
    private readonly store: PromotionStore,
    private readonly slices: SliceStore,
    private readonly clock: Clock,
  ) {}

  async of(brandId: BrandId): Promise<readonly LivePromotion[]> {
    return (await this.withSlices(brandId)).promotions;
  }

  async withSlices(brandId: BrandId): Promise<BrandPromotions> {
    const kept = this.kept.get(brandId);
    if (kept && performance.now() < kept.until) return kept;
    if (kept && openTransaction() !== null) {
      // Waiting for a second connection while holding one could starve the pool.
      this.load(brandId).catch((error) => log.warn({ err: error }, 'the promotions could not be read'));
      return kept;
    }
    return this.load(brandId);
  }

  /** Has the next reader read again; call after the commit of a change. */
  forget(brandId: BrandId): void {
    this.kept.delete(brandId);
    this.loading.delete(brandId);
  }

  private load(brandId: BrandId): Promise<BrandPromotions> {
    const running = this.loading.get(brandId);
    if (running) return running;
    const startedAt = performance.now();
    const load = this.read(brandId)
      .then((found) => {
        const now = performance.now();
        if (this.loading.get(brandId) === load)
          this.kept.set(brandId, { ...found, until: now + Math.max(FRESH_MS, COST_FACTOR * (now - startedAt)) });
        return found;
      })
      .finally(() => {
        if (this.loading.get(brandId) === load) this.loading.delete(brandId);
      });
    this.loading.set(brandId, load);
    return load;
  }

  /** One statement, and one more while a seckill is published. */
  private async read(brandId: BrandId): Promise<BrandPromotions> {
    const rows = await this.store.live(this.database, brandId, this.clock.date());
    const seckills = rows.filter((one) => one.kind === 'SECKILL');
    const slices = await this.slices.of(
      this.database,
      brandId,
      seckills.map((one) => one.id),
    );
    return { promotions: rows.map(readyToPrice), open: openSlices(slices) };
  }
}
