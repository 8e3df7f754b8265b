import { describe, expect, it } from '@jest/globals';
import { type Fen, fen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import { type BasketLine, bearerFen, type PricedPromotion } from '@shuke/shared/rules';
import fc from 'fast-check';
import { anyPromotions } from '../../promotions/testing/any-promotion.js';
import { bestCoupons } from './best-coupons.js';
import type { CouponToPrice } from './coupon-stage.js';
import { type PipelineInput, pricePipeline } from './price-pipeline.js';

const HQ = [{ party: 'HQ' as const, bp: 10_000 }];
const lines: fc.Arbitrary<BasketLine[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({
          skuId: fc.constant(String(id)),
          productId: fc.constant(String(1000 + (id % 7))),
          categoryId: fc.constant(String(2000 + (id % 3))),
          qty: fc.integer({ min: 1, max: 12 }),
          unitPriceFen: fc.oneof(fc.constantFrom(0, 1, 99, 100), fc.integer({ min: 1, max: 300_000 })).map(fen),
          listPriceFen: fc.constant(fen(300_000)),
        }),
      ),
    ),
  );

const coupons: fc.Arbitrary<CouponToPrice[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('AMOUNT', 'PERCENT', 'GIFT', 'FREIGHT', 'FIXED_PRICE'),
      valueFen: fc.integer({ min: 1, max: 50_000 }),
      payBp: fc.integer({ min: 0, max: 9999 }),
      maxFen: fc.integer({ min: 1, max: 60_000 }),
      thresholdFen: fc.integer({ min: 0, max: 100_000 }),
      isJoint: fc.boolean(),
      perOrder: fc.integer({ min: 1, max: 3 }),
      withPromotion: fc.boolean(),
      problem: fc.constantFrom(null, null, null, '已过期'),
    }),
    { maxLength: 6 },
  )
  .map((list) =>
    list.map(
      ({ isJoint, perOrder, withPromotion, problem, ...terms }, at): CouponToPrice => ({
        couponId: String(900 + at),
        name: `券${at}`,
        endsAt: null,
        problem,
        terms: {
          ...terms,
          kind: terms.kind as CouponToPrice['terms']['kind'],
          scope: { mode: 'ALL', categoryIds: [], productIds: [], excludedProductIds: ['1003'], withPromotion },
          stack: { mode: isJoint ? 'JOINT' : 'EXCLUSIVE', category: `c${at % 2}`, perOrder },
          bearers: [
            { party: 'HQ', bp: 3333 },
            { party: 'STORE', bp: 6667 },
          ],
        },
      }),
    ),
  );

const input: fc.Arbitrary<PipelineInput> = fc.record({
  storeName: fc.constant('湖滨店'),
  fulfil: fc.constantFrom('SHIP' as const, 'PICKUP' as const),
  lines,
  promotions: anyPromotions as fc.Arbitrary<PricedPromotion[]>,
  buyer: fc.record({ isNewMember: fc.boolean(), isPickup: fc.boolean() }),
  level: fc.option(
    fc.record({ level: fc.constant(2), name: fc.constant('银峰'), payBp: fc.integer({ min: 5_000, max: 10_000 }) }),
  ),
  activity: fc.constant(null),
  coupons,
  points: fc.option(
    fc.record({
      points: fc.oneof(fc.constant('MAX' as const), fc.nat(100_000)),
      available: fc.nat(100_000),
      terms: fc.record({
        pointsPerYuan: fc.constantFrom(1, 10, 100, 150),
        maxShareBp: fc.integer({ min: 0, max: 10_000 }),
        multiple: fc.constantFrom(1, 10, 100),
        bearers: fc.constant(HQ),
      }),
    }),
  ),
  freight: fc.record({
    deliveryFeeFen: fc.integer({ min: 0, max: 2000 }).map(fen),
    freeFromFen: fc.option(fc.integer({ min: 0, max: 100_000 }).map(fen)),
    freeForLevel: fc.constant(null),
  }),
  walletWishFen: fc.oneof(fc.constant('MAX' as const), fc.integer({ min: 0, max: 100_000 }).map(fen)),
  walletBalanceFen: fc.integer({ min: 0, max: 500_000 }).map(fen),
});

const sum = (list: readonly Fen[]) => sumFen(list);

describe('the price pipeline', () => {
  it('gives lines that sum to the total, steps that sum to it too, and nothing negative', () => {
    fc.assert(
      fc.property(input, (given) => {
        const order = pricePipeline(given);
        const goodsToPay = order.goodsFen - order.promotionFen - order.couponFen - order.pointsFen;
        expect(sum(order.lines.map((line) => line.amountFen))).toBe(order.goodsFen);
        expect(sum(order.lines.map((line) => line.payableFen))).toBe(goodsToPay);
        expect(goodsToPay + order.freightFen).toBe(order.totalFen);
        expect(sum(order.steps.map((step) => step.amountFen))).toBe(order.totalFen);
        expect(order.walletFen + order.cashFen).toBe(order.totalFen);
        expect(order.cashFen).toBeGreaterThanOrEqual(0);
        expect(order.walletFen).toBeLessThanOrEqual(given.walletBalanceFen);
        for (const line of order.lines) {
          expect(line.payableFen).toBeGreaterThanOrEqual(0);
          expect(line.walletFen).toBeLessThanOrEqual(line.payableFen);
          expect(line.payableFen + sum(line.applied.map((one) => one.fen))).toBe(line.amountFen);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('keeps shares of which the bearers’ parts sum to each discount, and each discount is what its step says', () => {
    fc.assert(
      fc.property(input, (given) => {
        const order = pricePipeline(given);
        const shares = order.lines.flatMap((line) => line.applied);
        for (const share of shares) {
          // A line without a part of the discount stands there only because it helped to reach its threshold.
          expect(share.fen).toBeGreaterThanOrEqual(share.condition ? 0 : 1);
          expect(sum(bearerFen(share.fen, share.bearers).map((one) => one.fen))).toBe(share.fen);
        }
        for (const { id, condition } of shares)
          if (condition && condition.by !== 'SETS') {
            const counted = shares.filter((one) => one.id === id).map((one) => one.condition?.counted ?? 0);
            expect(counted.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(condition.tiers.at(-1)?.at ?? 0);
          }
        const of = (kind: string) => sum(shares.filter((one) => one.kind === kind).map((one) => one.fen));
        expect(of('PROMOTION') + of('LEVEL')).toBe(order.promotionFen);
        expect(of('COUPON')).toBe(order.couponFen);
        expect(of('POINTS')).toBe(order.pointsFen);
        expect(sum(order.promotionUses.map((use) => use.fen))).toBe(of('PROMOTION'));
        for (const coupon of order.usedCoupons) {
          const terms = given.coupons.find((one) => one.couponId === coupon.couponId)?.terms;
          expect(coupon.fen).toBeLessThanOrEqual(
            terms?.kind === 'AMOUNT' ? Math.min(terms.valueFen, terms.maxFen) : (terms?.maxFen ?? 0),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps with goods that one coupon gives away what they counted towards the next one', () => {
    const coupon = (couponId: string, kind: 'GIFT' | 'AMOUNT', thresholdFen: number): CouponToPrice => ({
      couponId,
      name: couponId,
      endsAt: null,
      problem: null,
      terms: {
        kind,
        valueFen: 1_000,
        payBp: 0,
        maxFen: 0,
        thresholdFen,
        scope: { mode: 'ALL', categoryIds: [], productIds: [], excludedProductIds: [], withPromotion: false },
        stack: { mode: 'JOINT', category: couponId, perOrder: 1 },
        bearers: HQ,
      },
    });
    const line = (skuId: string, price: number): BasketLine => ({
      ...{ skuId, productId: skuId, categoryId: '1', qty: 1 },
      ...{ unitPriceFen: fen(price), listPriceFen: fen(price) },
    });
    const order = pricePipeline({
      storeName: '湖滨店',
      fulfil: 'PICKUP',
      lines: [line('1', 9_000), line('2', 3_000), line('3', 3_000)],
      promotions: [],
      buyer: { isNewMember: false, isPickup: true },
      level: null,
      activity: null,
      coupons: [coupon('900', 'GIFT', 0), coupon('901', 'AMOUNT', 10_000)],
      points: null,
      freight: { deliveryFeeFen: ZERO_FEN, freeFromFen: null, freeForLevel: null },
      walletWishFen: ZERO_FEN,
      walletBalanceFen: ZERO_FEN,
    });
    const shares = order.lines.map(({ applied }) => applied.find((one) => one.id === '901'));
    expect(shares.map((one) => one?.fen)).toEqual([0, 500, 500]);
    expect(shares.map((one) => one?.condition?.counted)).toEqual([9_000, 3_000, 3_000]);
  });

  it('gives each SKU the same price and the same shares in whatever order lines, promotions and coupons come', () => {
    fc.assert(
      fc.property(input, fc.infiniteStream(fc.nat(1000)), (given, keys) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((one) => ({ one, key: Number(keys.next().value) }))
            .sort((a, b) => a.key - b.key)
            .map(({ one }) => one);
        const other = {
          ...given,
          lines: shuffled(given.lines),
          promotions: shuffled(given.promotions),
          coupons: shuffled(given.coupons),
        };
        const view = (one: PipelineInput) => {
          const { lines: priced, unusedPromotions, unusedCoupons, ...rest } = pricePipeline(one);
          return {
            ...rest,
            lines: new Map(priced.map((line) => [line.skuId, line])),
            unused: new Set([...unusedPromotions, ...unusedCoupons].map((each) => JSON.stringify(each))),
          };
        };
        expect(view(other)).toEqual(view(given));
      }),
      { numRuns: 300 },
    );
  });

  it('counts promotions before coupons, coupons before points, and freight last', () => {
    fc.assert(
      fc.property(input, (given) => {
        const rank = (label: string) =>
          label === '商品金额' ? 0 : label === '优惠券' ? 2 : label === '积分' ? 3 : label === '运费' ? 4 : 1;
        const { steps, usedCoupons } = pricePipeline(given);
        const freightCoupons = usedCoupons.filter((one) => one.freightFen > 0).length;
        const ranks = steps.slice(0, steps.length - freightCoupons).map((step) => rank(step.label));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });

  it('never lets a piece be in two plays, nor a discount pass its line (a coupon larger than the order leaves zero)', () => {
    const given: PipelineInput = {
      storeName: '湖滨店',
      fulfil: 'PICKUP',
      lines: [{ skuId: '1', productId: '1', categoryId: '1', qty: 1, unitPriceFen: fen(500), listPriceFen: fen(500) }],
      promotions: [],
      buyer: { isNewMember: false },
      level: null,
      activity: null,
      coupons: [],
      points: null,
      freight: { deliveryFeeFen: fen(600), freeFromFen: null, freeForLevel: null },
      walletWishFen: ZERO_FEN,
      walletBalanceFen: ZERO_FEN,
    };
    const coupon = couponOf('1', 9_900);
    expect(pricePipeline({ ...given, coupons: [coupon] })).toMatchObject({ totalFen: 0, couponFen: 500, cashFen: 0 });
  });
});

const couponOf = (couponId: string, valueFen: number, more: Partial<CouponToPrice['terms']> = {}): CouponToPrice => ({
  couponId,
  name: `减${valueFen / 100}`,
  endsAt: null,
  problem: null,
  terms: {
    kind: 'AMOUNT',
    valueFen,
    payBp: 0,
    maxFen: 0,
    thresholdFen: 0,
    scope: { mode: 'ALL', categoryIds: [], productIds: [], excludedProductIds: [], withPromotion: true },
    stack: { mode: 'EXCLUSIVE', category: 'A', perOrder: 1 },
    bearers: HQ,
    ...more,
  },
});

describe('the best coupons', () => {
  const given: PipelineInput = {
    storeName: '湖滨店',
    fulfil: 'SHIP',
    lines: [
      { skuId: '1', productId: '1', categoryId: '1', qty: 2, unitPriceFen: fen(10_000), listPriceFen: fen(10_000) },
    ],
    promotions: [],
    buyer: { isNewMember: false },
    level: null,
    activity: null,
    coupons: [],
    points: null,
    freight: { deliveryFeeFen: fen(600), freeFromFen: null, freeForLevel: null },
    walletWishFen: ZERO_FEN,
    walletBalanceFen: ZERO_FEN,
  };

  it('are two joint ones when they save more than the best single one, with the reason', () => {
    const joint = { stack: { mode: 'JOINT' as const, category: 'A', perOrder: 2 } };
    const best = bestCoupons({
      ...given,
      coupons: [couponOf('1', 5_000), couponOf('2', 3_000, joint), couponOf('3', 4_000, joint)],
    });
    expect(best.couponIds).toEqual(['2', '3']);
    expect(best.fen).toBe(7_000);
    expect(best.reason).toBe('「减40」和「减30」省 ¥70，比只用「减50」多省 ¥20');
  });

  it('pain-04 tell of every coupon that cannot be used the condition that fails', () => {
    const best = bestCoupons({
      ...given,
      coupons: [
        couponOf('1', 5_000, { thresholdFen: 30_000 }),
        couponOf('2', 5_000, {
          scope: { mode: 'PRODUCT', categoryIds: [], productIds: ['9'], excludedProductIds: [], withPromotion: true },
        }),
        { ...couponOf('3', 100), problem: '周末才能用' },
      ],
    });
    expect(best.couponIds).toEqual([]);
    expect(best.unusable.map((one) => one.failing)).toEqual([
      '还差 ¥100 才满 ¥300',
      '订单里没有这张券适用的商品',
      '周末才能用',
    ]);
  });

  it('count what comes back as freight when a discount takes the order below free delivery', () => {
    const freight = { deliveryFeeFen: fen(1_200), freeFromFen: fen(20_000), freeForLevel: null };
    const one = (coupons: CouponToPrice[]) => ({ ...given, fulfil: 'SHIP' as const, freight, coupons });
    const best = bestCoupons(one([couponOf('1', 1_000)]));
    expect([best.couponIds, best.fen, best.reason]).toEqual([[], 0, '用券不会更便宜']);
    expect(bestCoupons(one([couponOf('1', 5_000)]))).toMatchObject({ couponIds: ['1'], fen: 3_800 });
  });

  it('save at least as much as any single coupon and as any pair that the order takes', () => {
    fc.assert(
      fc.property(input, (raw) => {
        const any = { ...raw, points: null };
        const none = pricePipeline({ ...any, coupons: [] }).totalFen;
        const best = bestCoupons(any);
        const chosen = any.coupons.filter((one) => best.couponIds.includes(one.couponId));
        expect(none - pricePipeline({ ...any, coupons: chosen }).totalFen).toBe(best.fen);
        for (const coupon of any.coupons)
          if (pricePipeline({ ...any, coupons: [coupon] }).unusedCoupons.length === 0)
            expect(pricePipeline({ ...any, coupons: [coupon] }).totalFen).toBeGreaterThanOrEqual(none - best.fen);
      }),
      { numRuns: 150 },
    );
  });
});
