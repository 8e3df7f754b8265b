import { describe, expect, it } from '@jest/globals';
import { fen, type Id, sumFen } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { lineProblem } from './line-problem.js';
import { type LineToPrice, priceOrder } from './price-order.js';

const lines: fc.Arbitrary<LineToPrice[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 12 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc.record({
          skuId: fc.constant(String(id) as Id<'sku'>),
          qty: fc.integer({ min: 1, max: 999 }),
          unitPriceFen: fc.integer({ min: 0, max: 100_000_000 }).map(fen),
        }),
      ),
    ),
  );
const rule = { deliveryFeeFen: fen(600), freeFromFen: fen(39_900) };

describe('pricing an order', () => {
  it('sums lines to goods, goods and freight to the total, and is never negative', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('SHIP' as const, 'PICKUP' as const), (wanted, fulfil) => {
        const price = priceOrder(wanted, '湖滨店', fulfil, rule);
        expect(sumFen(price.lines.map((line) => line.amountFen))).toBe(price.goodsFen);
        expect(sumFen(price.lines.map((line) => line.payableFen))).toBe(price.goodsFen);
        expect(price.totalFen).toBe(price.goodsFen + price.freightFen);
        expect(sumFen(price.steps.map((step) => step.amountFen))).toBe(price.totalFen);
        expect(price.lines.every((line) => line.payableFen >= 0)).toBe(true);
        expect(price.freightFen).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('gives each SKU the same price in whatever order the lines come', () => {
    fc.assert(
      fc.property(
        lines.chain((wanted) =>
          fc.tuple(fc.constant(wanted), fc.shuffledSubarray(wanted, { minLength: wanted.length })),
        ),
        ([wanted, shuffled]) => {
          const bySku = (list: LineToPrice[]) => {
            const price = priceOrder(list, '湖滨店', 'SHIP', rule);
            return { total: price.totalFen, lines: new Map(list.map((line, at) => [line.skuId, price.lines[at]])) };
          };
          expect(bySku(shuffled)).toEqual(bySku(wanted));
        },
      ),
    );
  });

  it.each([
    [39_900, 'SHIP', 0, '商品满 ¥399.00，免运费'],
    [39_899, 'SHIP', 600, '这家店的送货费，商品满 ¥399.00 免运费'],
    [100, 'PICKUP', 0, '到店自提，不收运费'],
  ] as const)('charges freight for goods of %i fen by %s: %i', (goods, fulfil, freight, explain) => {
    const wanted = [{ skuId: '1' as Id<'sku'>, qty: 1, unitPriceFen: fen(goods) }];
    expect(priceOrder(wanted, '湖滨店', fulfil, rule).steps[1]).toEqual({ label: '运费', amountFen: freight, explain });
  });
});

describe('what keeps a line from being sold', () => {
  it('is named in the order in which it matters', () => {
    const fine = { isListed: true, isOnSale: true, available: 2 };
    expect(lineProblem(fine, 2)).toBeNull();
    expect(lineProblem(fine, 3)).toBe('NOT_ENOUGH');
    expect(lineProblem({ ...fine, available: 0 }, 1)).toBe('OUT_OF_STOCK');
    expect(lineProblem({ ...fine, isListed: false, available: 0 }, 1)).toBe('NOT_LISTED');
    expect(lineProblem({ isListed: false, isOnSale: false, available: 0 }, 1)).toBe('OFF_SALE');
    expect(lineProblem(null, 1)).toBe('UNKNOWN');
  });
});
