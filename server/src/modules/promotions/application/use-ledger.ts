import { addFen, type BrandId, type Id, type MemberId, type StoreId } from '@shuke/shared/kernel';
import type { PromotionUse } from '@shuke/shared/rules';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { type CounterUse, merged } from '../domain/counters.js';
import type { Promotion } from '../domain/promotion.js';
import { counterKey, isPassed, isSlice, type UsedCounter } from '../persistence/counter-rows.js';
import type { UseRow, UseStore } from '../persistence/use.store.js';
import { refusePromotion } from './promotion-errors.js';

/** What an order takes of its promotions, as `pricePipeline` answers in `promotionUses`. */
export interface OrderUses {
  brandId: BrandId;
  orderId: Id<'order'>;
  memberId: MemberId;
  storeId: StoreId;
  promotions: readonly PromotionUse[];
}

/** One promotion of an order with everything that it adds to. */
export interface CountedUse {
  promotion: Promotion;
  uses: readonly PromotionUse[];
  counters: readonly CounterUse[];
}

export const countersOfUses = (counted: readonly CountedUse[]): CounterUse[] =>
  merged(counted.flatMap((one) => one.counters));

/** The rows that keep an order's uses; the counters of a promotion are kept with its first. */
export const rowsOf = (counted: readonly CountedUse[]): UseRow[] =>
  counted.flatMap(({ promotion, uses, counters }) =>
    uses.map((use, at) => ({
      promotionId: promotion.id,
      skuId: use.skuId ?? '0',
      qty: use.qty,
      fen: use.fen,
      bearers: promotion.bearers,
      counters:
        at === 0 ? counters.map(({ promotionId, counter, count, fen }) => ({ promotionId, counter, count, fen })) : [],
    })),
  );

interface Planned {
  order: OrderUses;
  counted: readonly CountedUse[];
  counters: readonly CounterUse[];
  refusal: AppError | null;
}

/**
 * The limits that the orders of one transaction share. The counters are locked and read once; then every order is asked in
 * its turn whether it still fits, in memory, and counts against those after it.
 */
export class UseLedger {
  private readonly plans = new Map<string, Planned>();
  private readonly taken: Planned[] = [];
  private used = new Map<string, UsedCounter>();

  constructor(private readonly uses: UseStore) {}

  plan(order: OrderUses, counted: readonly CountedUse[] | AppError): void {
    const isRefused = counted instanceof AppError;
    this.plans.set(order.orderId, {
      order,
      counted: isRefused ? [] : counted,
      counters: isRefused ? [] : countersOfUses(counted),
      refusal: isRefused ? counted : null,
    });
  }

  async lock(tx: Tx): Promise<void> {
    for (const [brandId, plans] of byBrand([...this.plans.values()])) {
      const counters = merged(plans.flatMap((one) => one.counters));
      const found = await this.uses.lock(tx, brandId, counters);
      for (const [key, used] of found) this.used.set(`${brandId}|${key}`, { ...used });
    }
  }

  /** Why an order does not fit, as things stand after those that were taken before it; null when it does. */
  refusal(orderId: string): AppError | null {
    const plan = this.planOf(orderId);
    if (plan.refusal) return plan.refusal;
    const full = plan.counters.find((one) => {
      const { count, fen: spent, held } = this.usedOf(plan, one);
      return isPassed(one, { count: count + one.count, fen: addFen(spent, one.fen), held });
    });
    if (!full) return null;
    const { promotionId, counter, text } = full;
    return refusePromotion(isSlice(counter) ? 'SECKILL_SOLD_OUT' : 'PROMOTION_USED_UP', { promotionId }, text);
  }

  /** Counts an order that fits. */
  take(orderId: string): void {
    const plan = this.planOf(orderId);
    for (const one of plan.counters) {
      const used = this.usedOf(plan, one);
      used.count += one.count;
      used.fen = (used.fen + one.fen) as typeof used.fen;
    }
    this.taken.push(plan);
  }

  /** Writes what was taken: counters and uses, one statement each for a brand. */
  async write(tx: Tx): Promise<void> {
    for (const [brandId, plans] of byBrand(this.taken)) {
      await this.uses.add(tx, brandId, merged(plans.flatMap((one) => one.counters)));
      await this.uses.insertAll(
        tx,
        plans.map(({ order, counted }) => ({ order, uses: rowsOf(counted) })),
      );
    }
  }

  private planOf(orderId: string): Planned {
    const plan = this.plans.get(orderId);
    if (!plan) throw new Error(`order ${orderId} was not planned`);
    return plan;
  }

  private usedOf({ order }: Planned, counter: CounterUse): UsedCounter {
    const used = this.used.get(`${order.brandId}|${counterKey(counter)}`);
    if (!used) throw new Error(`counter ${counter.counter} was not locked`);
    return used;
  }
}

function byBrand(plans: readonly Planned[]): [BrandId, Planned[]][] {
  const groups = new Map<BrandId, Planned[]>();
  for (const plan of plans) {
    const had = groups.get(plan.order.brandId);
    if (had) had.push(plan);
    else groups.set(plan.order.brandId, [plan]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
