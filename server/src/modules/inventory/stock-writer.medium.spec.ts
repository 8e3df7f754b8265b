import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Id, OrderId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import { AppError } from '../../platform/errors/app-error.js';
import { type Companion, StockWriter } from './application/stock-writer.js';
import type { Hold } from './domain/types.js';

let bench: TestBench;
let shop: TestShop;
beforeAll(async () => {
  bench = await openTestBench();
});
beforeEach(async () => {
  bench.brandId = bench.ids.next<'brand'>();
  shop = await openTestShop(bench);
});
afterAll(() => bench.close());

const hold = (lines: [product: number, size: number, qty: number][], more: Partial<Hold> = {}): Hold => ({
  brandId: bench.brandId,
  orderId: bench.ids.next<'order'>() as OrderId,
  storeId: shop.north,
  lines: lines.map(([product, size, qty]) => {
    const found = shop.products[product];
    return { skuId: found?.skus[size] as Id<'sku'>, productId: found?.id as Id<'product'>, qty };
  }),
  ...more,
});
const codeOf = (done: Promise<void>): Promise<string> =>
  done.then(
    () => 'held',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const shelf = async (storeId: string, skuId: string) => {
  const [row] = await bench.database.query<{ reserved: number; held: string | null }>(
    `SELECT k.reserved, (SELECT SUM(qty) FROM reservation r WHERE r.brand_id = k.brand_id AND r.store_id = k.store_id AND r.sku_id = k.sku_id AND r.state = 'HELD') AS held
     FROM stock k WHERE k.brand_id = ? AND k.store_id = ? AND k.sku_id = ?`,
    [bench.brandId, storeId, skuId],
  );
  return [Number(row?.reserved), Number(row?.held ?? 0)];
};

describe('the stock writer', () => {
  it('holds exactly what is there, refuses each of the others for itself, and writes few transactions', async () => {
    let groups = 0;
    const counting: Companion<Hold> = async () => {
      groups += 1;
      return { refusal: () => null, taken: () => undefined, write: async () => undefined };
    };
    const writer = new StockWriter(bench.unitOfWork, counting);
    const codes = await Promise.all(Array.from({ length: 200 }, () => codeOf(writer.reserve(hold([[0, 0, 1]])))));
    expect(codes.filter((code) => code === 'held')).toHaveLength(10);
    expect(codes.filter((code) => code === 'SOLD_OUT')).toHaveLength(190);
    expect(groups).toBeLessThan(10);
    expect(await shelf(shop.north, shop.products[0]?.skus[0] ?? '')).toEqual([10, 10]);
  });

  it('neither deadlocks nor mixes up stores when two writers hold several SKUs in opposite order', async () => {
    const writers = [new StockWriter(bench.unitOfWork, null, { most: 7 }), new StockWriter(bench.unitOfWork)];
    const wishes = Array.from({ length: 60 }, (_, at) =>
      hold(
        at % 2
          ? [
              [0, 0, 1],
              [1, 0, 2],
            ]
          : [
              [1, 0, 2],
              [0, 0, 1],
            ],
        { storeId: at % 3 ? shop.north : shop.lake },
      ),
    );
    const codes = await Promise.all(wishes.map((wish, at) => codeOf((writers[at % 2] as StockWriter).reserve(wish))));
    // Ten pieces of the second SKU in each store, two in each order.
    expect(codes.filter((code) => code === 'held')).toHaveLength(10);
    for (const storeId of [shop.north, shop.lake]) {
      expect(await shelf(storeId, shop.products[0]?.skus[0] ?? '')).toEqual([5, 5]);
      expect(await shelf(storeId, shop.products[1]?.skus[0] ?? '')).toEqual([10, 10]);
    }
  });

  it('holds a request that is sent twice once, and lets the requests beside it pass', async () => {
    const writer = new StockWriter(bench.unitOfWork);
    const twice = hold([[2, 0, 1]]);
    const codes = await Promise.all(
      [twice, hold([[2, 0, 1]]), twice, hold([[2, 0, 1]])].map((one) => codeOf(writer.reserve(one))),
    );
    expect(codes.filter((code) => code === 'held')).toHaveLength(3);
    expect(codes.find((code) => code !== 'held')).toMatch(/Duplicate/);
    expect(await shelf(shop.north, shop.products[2]?.skus[0] ?? '')).toEqual([3, 3]);
  });

  it('answers nobody before the commit, and changes nothing when what belongs to it cannot be written', async () => {
    let isWritten = false;
    const failing: Companion<Hold> = async () => ({
      refusal: () => null,
      taken: () => undefined,
      write: async () => {
        isWritten = true;
        throw new Error('the disk is full');
      },
    });
    const code = await codeOf(new StockWriter(bench.unitOfWork, failing).reserve(hold([[0, 1, 1]])));
    expect([isWritten, code]).toEqual([true, 'Error: the disk is full']);
    expect(await shelf(shop.north, shop.products[0]?.skus[1] ?? '')).toEqual([0, 0]);
  });

  it('says that it is busy instead of letting a queue grow without end', async () => {
    const writer = new StockWriter(bench.unitOfWork, null, { backlog: 5, most: 2, flights: 1 });
    const codes = await Promise.all(Array.from({ length: 30 }, () => codeOf(writer.reserve(hold([[1, 1, 1]])))));
    expect(new Set(codes)).toEqual(new Set(['held', 'BUSY']));
    const held = codes.filter((code) => code === 'held').length;
    expect(await shelf(shop.north, shop.products[1]?.skus[1] ?? '')).toEqual([held, held]);
  });
});
