import type { GoodsScopeInput, PlayKind } from '@shuke/shared/contracts';
import { fen } from '@shuke/shared/kernel';
import fc from 'fast-check';
import type { Terms } from '../domain/play.js';
import { type LivePromotion, type PromotionId, readyToPrice } from '../domain/promotion.js';
import { plainPromotion } from './plain-promotion.js';

const money = (most: number) => fc.integer({ min: 1, max: most });
const sku = fc.integer({ min: 1, max: 30 }).map(String);
const skuRows = <T>(value: fc.Arbitrary<T>) =>
  fc.uniqueArray(fc.tuple(sku, value), { minLength: 1, maxLength: 6, selector: ([skuId]) => skuId });

const tiers = fc.uniqueArray(money(50_000), { minLength: 1, maxLength: 3 }).map((at) => [...at].sort((a, b) => a - b));
/** Terms of each play that its form would accept. */
export const anyTerms: Record<string, fc.Arbitrary<Terms>> = {
  FULL_REDUCTION: fc
    .record({
      at: tiers,
      reward: fc.constantFrom('AMOUNT', 'PERCENT', 'GIFT'),
      basis: fc.constantFrom('PAID', 'LIST'),
      cap: fc.option(money(20_000)),
    })
    .map(({ at, reward, basis, cap }) => ({
      measure: 'MONEY',
      basis,
      reward,
      mode: 'TIERS',
      ...(cap ? { capFen: cap } : {}),
      tiers: at.map((atFen, index) => ({
        atFen,
        cutFen: Math.max(1, Math.trunc(atFen / 3)),
        payBp: 9_000 - index * 500,
        giftSkuId: '99',
        giftQty: 1,
      })),
    })),
  N_FOR_X: fc.record({
    mode: fc.constantFrom('PRICE', 'NTH'),
    n: fc.integer({ min: 2, max: 4 }),
    priceFen: money(200_000),
    payBp: fc.integer({ min: 0, max: 9_900 }),
    first: fc.constantFrom('CHEAPEST', 'DEAREST'),
    times: fc.integer({ min: 1, max: 5 }),
  }),
  LIMITED_DISCOUNT: fc.record({
    mode: fc.constantFrom('PERCENT', 'CUT'),
    payBp: fc.integer({ min: 100, max: 9_900 }),
    cutFen: money(10_000),
    perOrder: fc.integer({ min: 1, max: 8 }),
  }),
  SECKILL: skuRows(money(100_000)).map((rows) => ({
    items: rows.map(([skuId, priceFen]) => ({ skuId, priceFen, sliceQty: 10 })),
    perOrder: 2,
    payMinutes: 5,
  })),
  BUNDLE: fc.record({
    mode: fc.constant('FIXED'),
    parts: skuRows(fc.integer({ min: 1, max: 2 })).map((rows) => rows.map(([skuId, qty]) => ({ skuId, qty }))),
    priceFen: money(200_000),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  ADD_ON: fc.record({
    atFen: money(50_000),
    items: skuRows(money(20_000)).map((rows) => rows.map(([skuId, priceFen]) => ({ skuId, priceFen, most: 2 }))),
    kinds: fc.integer({ min: 1, max: 3 }),
  }),
  NEW_MEMBER: fc.record({
    items: skuRows(money(100)).map((rows) => rows.map(([skuId, priceFen]) => ({ skuId, priceFen }))),
    pickupOnly: fc.boolean(),
  }),
};

const scope: fc.Arbitrary<GoodsScopeInput> = fc.constantFrom<GoodsScopeInput>(
  { kind: 'ALL', ids: [] },
  { kind: 'CATEGORIES', ids: ['2000', '2001'] },
  { kind: 'PRODUCTS', ids: ['1001', '1002', '1003'], exceptProductIds: ['1002'] },
);

/** Any few promotions of all plays that a cart can meet, with different ids, stacking, budgets and bearers. */
export const anyPromotions: fc.Arbitrary<LivePromotion[]> = fc
  .array(
    fc.constantFrom(...(Object.keys(anyTerms) as PlayKind[])).chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        terms: anyTerms[kind] as fc.Arbitrary<Terms>,
        scope,
        mode: fc.constantFrom('JOINT' as const, 'JOINT' as const, 'EXCLUSIVE' as const),
        group: fc.constantFrom('A', 'B'),
        allowsCoupons: fc.boolean(),
        allowsPoints: fc.boolean(),
        priority: fc.nat(3),
        hqBp: fc.integer({ min: 1, max: 9_999 }),
        budget: fc.option(money(30_000)),
      }),
    ),
    { maxLength: 8 },
  )
  .map((list) =>
    list.map(({ mode, group, allowsCoupons, allowsPoints, hqBp, budget, ...one }, at) =>
      readyToPrice(
        plainPromotion(one.kind, one.terms, {
          id: String(500 + at) as PromotionId,
          name: `活动${at}`,
          scope: one.scope,
          stacking: { mode, group, allowsCoupons, allowsPoints },
          priority: one.priority,
          bearers: [
            { party: 'HQ', bp: hqBp },
            { party: 'FRANCHISEE', bp: 10_000 - hqBp },
          ],
          budgetFen: budget === null ? null : fen(budget),
        }),
      ),
    ),
  );
