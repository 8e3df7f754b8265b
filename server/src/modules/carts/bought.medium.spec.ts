import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Id, MemberId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { Carts } from './application/carts.js';
import { CartStore } from './persistence/cart.store.js';

let bench: TestBench;
let shop: TestShop;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
});
afterAll(() => bench.close());

const rows = new CartStore();
const sku = (at: number) => shop.products.flatMap((product) => product.skus)[at] as Id<'sku'>;

async function cartOf(skuIds: readonly Id<'sku'>[]): Promise<MemberId> {
  const { brandId, memberId } = await shop.member();
  const productId = shop.products[0]?.id as Id<'product'>;
  const line = { brandId, memberId, storeId: shop.north, productId, qty: 1, priceFen: 100 as never };
  for (const skuId of skuIds) await rows.add(bench.database, { ...line, skuId }, bench.clock.date());
  return memberId;
}
const left = async (memberId: MemberId) =>
  (await rows.lines(bench.database, bench.brandId, memberId)).map((line) => line.skuId).sort();

/** The transaction with its writing statements written down. */
function watched(tx: Tx): { tx: Tx; written: string[] } {
  const written: string[] = [];
  const execute: Tx['execute'] = (sql, values) => {
    written.push(sql);
    return tx.execute(sql, values);
  };
  return { tx: Object.assign(Object.create(tx) as Tx, { execute }), written };
}

it('takes what a group of orders buys out of each buyer’s own cart, by one statement, and nothing else', async () => {
  const both = [sku(0), sku(1)].sort();
  const [anna, bert, carl] = [await cartOf(both), await cartOf(both), await cartOf(both)];
  const { brandId } = bench;
  const statements = await bench.unitOfWork.run('bought', async (real) => {
    const { tx, written } = watched(real);
    await new Carts(bench.database).removeBought(
      tx,
      { brandId, memberId: anna, skuIds: [sku(0)] },
      { brandId, memberId: bert, skuIds: both },
      // Bought without a cart, and by nobody whom we know.
      { brandId, memberId: carl, skuIds: [] },
      { brandId, memberId: null, skuIds: both },
    );
    return written;
  });
  expect(statements).toHaveLength(1);
  expect([await left(anna), await left(bert), await left(carl)]).toEqual([[sku(1)], [], both]);
});

it('asks the database for nothing when nobody bought out of a cart', async () => {
  const memberId = await cartOf([sku(0)]);
  const statements = await bench.unitOfWork.run('bought', async (real) => {
    const { tx, written } = watched(real);
    await new Carts(bench.database).removeBought(tx, { brandId: bench.brandId, memberId, skuIds: [] });
    return written;
  });
  expect(statements).toEqual([]);
});
