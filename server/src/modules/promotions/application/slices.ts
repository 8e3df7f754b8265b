import type { Id, StoreId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { SetAsideStore, type Shift } from '../../inventory/index.js';
import { leftOf } from '../domain/open-slices.js';
import { playOf } from '../domain/plays/all-plays.js';
import { type Promotion, reaches, type StoreFacts } from '../domain/promotion.js';
import type { SliceRow } from '../persistence/counter-rows.js';
import { PromotionStore } from '../persistence/promotion.store.js';
import { SliceStore } from '../persistence/slice.store.js';

type SkuId = Id<'sku'>;
type Change = Pick<SliceRow, 'storeId' | 'skuId'> & { held: number | null };

/**
 * The goods of a seckill's slices. They are set aside when it is published, so that the usual price cannot sell them,
 * and what nobody has bought is let go when it is paused, ended or over, or when a store leaves it. Shelves are locked
 * before counters, as orders do.
 */
export class Slices {
  private readonly stock = new SetAsideStore();
  private readonly slices = new SliceStore();
  private readonly rows = new PromotionStore();

  /**
   * Makes the slices of a locked promotion what its state says; doing it again changes nothing. A store that has too
   * little gives what it has.
   * @param stores all stores of the brand
   * @returns the SKUs of which no store could set anything aside, while the promotion is published
   */
  async follow(tx: Tx, promotion: Promotion, stores: readonly StoreFacts[]): Promise<SkuId[]> {
    const skuIds = playOf(promotion.kind).skuIds(promotion.terms) as SkuId[];
    const isSliced = skuIds.some((skuId) => playOf(promotion.kind).sliceQty(promotion.terms, skuId) !== null);
    if (!isSliced) return [];
    const { brandId, id } = promotion;
    const isOn = promotion.state === 'PUBLISHED' && tx.now < promotion.endsAt;
    const taking = new Set(isOn ? stores.filter((store) => reaches(promotion, store)).map((one) => one.id) : []);
    const holding = (await this.slices.of(tx, brandId, [id])).filter((one) => one.held !== null);
    const touched = [...new Set([...taking, ...holding.map((one) => one.storeId)])];
    const usual = await this.stock.lockUsual(tx, brandId, touched, skuIds);
    // Read again under the locks: what is left of a slice changes only while its shelf is locked.
    const known = new Map((await this.slices.of(tx, brandId, [id])).map((one) => [keyOf(one), one]));
    const [changes, shifts]: [Change[], Shift[]] = [[], []];
    for (const [key, free] of usual) {
      const [storeId, skuId] = key.split(':') as [StoreId, SkuId];
      const now = known.get(key) ?? { used: 0, held: null };
      const wanted = taking.has(storeId) ? (playOf(promotion.kind).sliceQty(promotion.terms, skuId) ?? 0) : null;
      const change = wanted === null ? letGo(now) : takeMore(now, wanted, free);
      if (!change) continue;
      changes.push({ storeId, skuId, held: change.held });
      if (change.delta !== 0) shifts.push({ storeId, skuId, delta: change.delta });
    }
    await this.slices.setHeld(tx, brandId, id, changes);
    await this.stock.shift(tx, brandId, shifts);
    await this.rows.setHolding(tx, promotion, isOn);
    const after = new Map([...known, ...changes.map((one) => [keyOf(one), one] as const)]);
    const given = new Set([...after.values()].filter((one) => (one.held ?? 0) > 0).map((one) => one.skuId));
    return isOn ? skuIds.filter((skuId) => !given.has(skuId)) : [];
  }
}

const keyOf = ({ storeId, skuId }: { storeId: string; skuId: string }): string => `${storeId}:${skuId}`;

type Now = Pick<SliceRow, 'used' | 'held'>;

/** A slice that holds nothing has what was bought of it before; it gets at most what is still missing to its size. */
function takeMore(now: Now, wanted: number, free: number): { held: number; delta: number } | null {
  const base = now.held ?? now.used;
  const delta = Math.max(0, Math.min(free, wanted - base));
  return now.held === base && delta === 0 ? null : { held: base + delta, delta };
}

const letGo = (now: Now): { held: null; delta: number } | null =>
  now.held === null ? null : { held: null, delta: -leftOf(now) };
