import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, type Id, type MemberId, type StoreId, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { PromotionUse } from '@shuke/shared/rules';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { SetAsideStore } from '../../inventory/index.js';
import { Organization } from '../../organization/index.js';
import { countersOf, envelopeUse, merged, monthOf, NO_PROMOTION } from '../domain/counters.js';
import { isOpen, onlyOpen } from '../domain/open-slices.js';
import { type LivePromotion, memberLimitOf, reaches } from '../domain/promotion.js';
import { readSlice } from '../persistence/counter-rows.js';
import { EffectStore } from '../persistence/effect.store.js';
import { PromotionStore } from '../persistence/promotion.store.js';
import { SliceStore } from '../persistence/slice.store.js';
import { UseStore } from '../persistence/use.store.js';
import { refusePromotion } from './promotion-errors.js';
import { PromotionSnapshots } from './promotion-snapshot.js';
import { type CountedUse, countersOfUses, type OrderUses, rowsOf, UseLedger } from './use-ledger.js';

/** The door to promotions. */
@Injectable()
export class Promotions {
  private readonly rows = new PromotionStore();
  private readonly uses = new UseStore();
  private readonly slices = new SliceStore();
  private readonly effects = new EffectStore();
  private readonly setAside = new SetAsideStore();
  private readonly snapshots: PromotionSnapshots;

  constructor(
    @Inject(Database) database: Database,
    @Inject(Clock) clock: Clock,
    @Inject(Organization) private readonly organization: Organization,
  ) {
    this.snapshots = new PromotionSnapshots(database, this.rows, this.slices, clock);
  }

  /** Promotions that count in a store at an instant; no statement while the brand's snapshot is fresh. */
  async live(brandId: BrandId, storeId: StoreId, at: Date): Promise<LivePromotion[]> {
    const published = await this.published(brandId, storeId);
    const { open } = published.length > 0 ? await this.snapshots.withSlices(brandId) : { open: new Set<string>() };
    return published
      .filter(({ promotion }) => promotion.startsAt <= at && at < promotion.endsAt)
      .map((one) => onlyOpen(one, storeId, open));
  }

  /**
   * How many pieces of a SKU one order may take from slices of live seckills in a store, beside what is sold at the usual
   * price. No statement while the brand's snapshot is fresh.
   */
  async fromSlices(brandId: BrandId, storeId: StoreId, at: Date): Promise<(skuId: string) => number> {
    const seckills = (await this.live(brandId, storeId, at)).filter(({ promotion }) => promotion.kind === 'SECKILL');
    if (seckills.length === 0) return () => 0;
    const { open } = await this.snapshots.withSlices(brandId);
    return (skuId) =>
      seckills.reduce(
        (sum, { id, promotion }) => sum + (isOpen(open, id, storeId, skuId) ? Number(promotion.terms['perOrder']) : 0),
        0,
      );
  }

  /** Published promotions of a store that are not over, also those that have not begun. */
  async published(brandId: BrandId, storeId: StoreId): Promise<LivePromotion[]> {
    const all = await this.snapshots.of(brandId);
    if (all.length === 0) return [];
    const store = await this.organization.store(brandId, storeId);
    return store ? all.filter(({ promotion }) => reaches(promotion, store)) : [];
  }

  /**
   * How often a member has used those of some promotions that limit it; no statement when none does.
   * Goes into the pipeline as `buyer.usedCounts`.
   */
  async usedCounts(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    promotions: readonly LivePromotion[],
  ): Promise<Map<string, number>> {
    const limited = promotions.filter(({ promotion }) => memberLimitOf(promotion) !== null);
    const once = limited.filter(({ onlyOneOf }) => onlyOneOf !== undefined);
    const asked = limited.map(({ id, onlyOneOf }) => (onlyOneOf === undefined ? id : NO_PROMOTION));
    const used = await this.uses.memberCounts(on, brandId, memberId, [...new Set(asked)]);
    for (const { id } of once) used.set(id, used.get(NO_PROMOTION) ?? 0);
    return used;
  }

  /** Whether a published promotion is a seckill. No statement. */
  async isSeckill(brandId: BrandId, promotionId: string): Promise<boolean> {
    return (await this.snapshots.of(brandId)).some((one) => one.id === promotionId && one.promotion.kind === 'SECKILL');
  }

  /** The time to pay that used seckills demand, in minutes; null when none of them does. No statement. */
  async payMinutes(brandId: BrandId, uses: readonly PromotionUse[]): Promise<number | null> {
    if (uses.length === 0) return null;
    const used = new Set(uses.map((use) => use.promotionId));
    const minutes = (await this.snapshots.of(brandId)).flatMap(({ id, promotion }) =>
      used.has(id) && promotion.kind === 'SECKILL' ? [Number(promotion.terms['payMinutes'])] : [],
    );
    return minutes.length === 0 ? null : Math.min(...minutes);
  }

  /**
   * Counts an order's promotions against their limits and budgets, inside the transaction that submits it. However many
   * submit at once, exactly as many get in as a limit says (pain-02). No statement for an order without promotions.
   * @throws AppError PROMOTION_USED_UP naming the promotion; PROMOTION_OVER when it has ended or been paused meanwhile
   */
  async record(tx: Tx, order: OrderUses): Promise<void> {
    if (order.promotions.length === 0) return;
    const counted = await this.counted(tx, order);
    const full = await this.uses.count(tx, order.brandId, countersOfUses(counted));
    if (full) throw refusePromotion('PROMOTION_USED_UP', { promotionId: full.promotionId }, full.text);
    await this.uses.insert(tx, order, rowsOf(counted));
  }

  /**
   * Opens the limits of many orders at once, locked until the transaction ends: each order is asked in its turn, and what
   * got through is written with three statements in all. The limits are those of {@link record}.
   */
  async ledger(tx: Tx, orders: readonly OrderUses[]): Promise<UseLedger> {
    const ledger = new UseLedger(this.uses);
    for (const order of orders) {
      const counted = await this.counted(tx, order).catch((error) => {
        if (error instanceof AppError) return error;
        throw error;
      });
      ledger.plan(order, counted);
    }
    await ledger.lock(tx);
    return ledger;
  }

  private async counted(tx: Tx, order: OrderUses): Promise<CountedUse[]> {
    const { brandId, memberId, storeId } = order;
    const known = new Map((await this.snapshots.of(brandId)).map((one) => [one.id, one.promotion]));
    const facts = { memberId, storeId, at: tx.now };
    const envelopes = order.promotions.some((use) => known.get(use.promotionId)?.franchiseeId)
      ? await this.effects.envelopes(tx, brandId, monthOf(tx.now))
      : null;
    const byPromotion = new Map<string, PromotionUse[]>();
    for (const use of order.promotions)
      byPromotion.set(use.promotionId, [...(byPromotion.get(use.promotionId) ?? []), use]);
    return [...byPromotion].map(([promotionId, uses]) => {
      const promotion = known.get(promotionId);
      if (!promotion || tx.now >= promotion.endsAt) throw refusePromotion('PROMOTION_OVER', { promotionId });
      const counters = countersOf(promotion, uses, facts);
      if (promotion.franchiseeId !== null) {
        const total = sumFen(uses.map((use) => use.fen));
        const budgetFen = envelopes?.get(promotion.franchiseeId)?.budgetFen ?? ZERO_FEN;
        counters.push(envelopeUse(promotion, total, tx.now, budgetFen));
      }
      return { promotion, uses, counters };
    });
  }

  /**
   * Gives an order's promotions back to their limits (closed, timed out: pain-03); twice is once. Its pieces of a slice,
   * which the caller has let go in the same transaction, are set aside again while the slice holds stock.
   */
  async release(tx: Tx, brandId: BrandId, orderId: Id): Promise<void> {
    const counted = await this.uses.release(tx, brandId, orderId);
    const holding = await this.slices.lockHolding(tx, brandId, counted);
    await this.setAside.shift(
      tx,
      brandId,
      holding.map((one) => ({ ...readSlice(one.counter), delta: one.count })),
    );
    const sorted = merged(counted.map((one) => ({ ...one, limitCount: null, limitFen: null, text: '' })));
    await this.uses.uncount(tx, brandId, sorted);
  }

  /** Has the next question read again; after the commit of a change. */
  forget(brandId: BrandId): void {
    this.snapshots.forget(brandId);
  }
}
