import { describe, expect, it } from '@jest/globals';
import type { Id } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { inSkuOrder } from './types.js';

const lines = fc.array(
  fc.record({
    skuId: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map((id) => id.toString() as Id<'sku'>),
    qty: fc.integer({ min: 1, max: 999 }),
  }),
  { maxLength: 20 },
);

describe('pieces in SKU order', () => {
  it('come in the numeric order of their ids, each once, and keep every piece', () => {
    fc.assert(
      fc.property(lines, (wanted) => {
        const pieces = inSkuOrder([...wanted, ...wanted]);
        const ids = pieces.map((one) => BigInt(one.skuId));
        expect(ids.every((id, at) => at === 0 || (ids[at - 1] ?? 0n) < id)).toBe(true);
        const total = (list: typeof wanted) => list.reduce((sum, one) => sum + one.qty, 0);
        expect(total(pieces)).toBe(2 * total(wanted));
      }),
    );
  });

  it('refuse a quantity that is no number of pieces', () => {
    for (const qty of [0, -1, 1.5, Number.NaN])
      expect(() => inSkuOrder([{ skuId: '1' as Id<'sku'>, qty }])).toThrow(RangeError);
  });
});
