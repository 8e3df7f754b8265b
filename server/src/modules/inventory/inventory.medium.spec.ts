import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id, OrderId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import { StoreListings } from '../catalog/index.js';
import { Inventory } from './application/inventory.js';
import { SetStock } from './application/set-stock.js';
import { inventoryInvariants } from './inventory.invariants.js';

let bench: TestBench;
let shop: TestShop;
let inventory: Inventory;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  inventory = new Inventory(bench.ids);
});
afterAll(async () => {
  for (const { id, check } of inventoryInvariants)
    expect([id, await check(bench.database, bench.brandId)]).toEqual([id, []]);
  await bench.close();
});

type Line = { skuId: Id<'sku'>; productId: Id<'product'>; qty: number };
const sku = (product: number, size: number, qty: number): Line => ({
  skuId: shop.products[product]?.skus[size] as Id<'sku'>,
  productId: shop.products[product]?.id as Id<'product'>,
  qty,
});
const newOrder = () => bench.ids.next<'order'>();
const reserve = (orderId: OrderId, lines: Line[], storeId = shop.lake) =>
  bench.unitOfWork.run('reserve', (tx) => inventory.reserve(tx, { brandId: bench.brandId, orderId, storeId, lines }));
const act = (verb: 'release' | 'take', orderId: OrderId) =>
  bench.unitOfWork.run(verb, (tx) => inventory[verb](tx, bench.brandId, orderId));
const putBack = (orderId: OrderId, lines: Line[]) =>
  bench.unitOfWork.run('put back', (tx) => inventory.putBack(tx, bench.brandId, orderId, lines, '退款退货'));
const stock = async ({ skuId }: Line, storeId = shop.lake) => {
  const [row] = await bench.database.query<{ on_hand: number; reserved: number; safety: number }>(
    'SELECT on_hand, reserved, safety FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
    [bench.brandId, storeId, skuId],
  );
  return row ? { ...row } : null;
};

describe('stock', () => {
  it('lets exactly ten of fifty orders at once have the ten pieces', async () => {
    const line = sku(0, 0, 1);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => reserve(newOrder(), [line])));
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(10);
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as { code: string }] : []));
    expect(new Set(refused.map((one) => one.code))).toEqual(new Set(['SOLD_OUT']));
    expect(await stock(line)).toEqual({ on_hand: 10, reserved: 10, safety: 0 });
  });

  it('reserves crossing orders of the same goods without losing or doubling a piece', async () => {
    const [a, b] = [sku(0, 0, 1), sku(1, 0, 1)];
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, at) => reserve(newOrder(), at % 2 === 0 ? [a, b] : [b, a], shop.north)),
    );
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(10);
    expect(await stock(a, shop.north)).toEqual(await stock(b, shop.north));
  });

  it('refuses an order whole when one line is short, and names that line', async () => {
    const [enough, short] = [sku(1, 0, 4), sku(1, 1, 11)];
    await expect(reserve(newOrder(), [enough, short])).rejects.toMatchObject({
      code: 'SOLD_OUT',
      detail: { skuId: short.skuId, available: 10, lines: [{ skuId: short.skuId, wanted: 11, available: 10 }] },
    });
    expect(await stock(enough)).toMatchObject({ reserved: 0 });
  });

  it('adds the quantities of a SKU that is wanted twice', async () => {
    const line = sku(1, 0, 6);
    await expect(reserve(newOrder(), [line, line], shop.shanghai)).rejects.toMatchObject({ code: 'SOLD_OUT' });
  });

  it('lets go once and takes once, however often it is asked', async () => {
    const [released, taken] = [newOrder(), newOrder()];
    const line = sku(2, 0, 3);
    await reserve(released, [line]);
    await act('release', released);
    await act('release', released);
    await act('take', released);
    expect(await stock(line)).toEqual({ on_hand: 10, reserved: 0, safety: 0 });
    await reserve(taken, [line]);
    await act('take', taken);
    await act('take', taken);
    await act('release', taken);
    expect(await stock(line)).toEqual({ on_hand: 7, reserved: 0, safety: 0 });
    const moved = await bench.database.query(
      'SELECT kind, delta, reason FROM stock_movement WHERE brand_id = ? AND order_id = ?',
      [bench.brandId, taken],
    );
    expect(moved).toEqual([{ kind: 'SALE', delta: -3, reason: '售出' }]);
  });

  it('takes returned pieces back, never more than were sold', async () => {
    const order = newOrder();
    const line = sku(2, 1, 3);
    await reserve(order, [line]);
    await act('take', order);
    await putBack(order, [{ ...line, qty: 2 }]);
    expect(await stock(line)).toMatchObject({ on_hand: 9 });
    await expect(putBack(order, [{ ...line, qty: 2 }])).rejects.toMatchObject({ code: 'RETURN_TOO_MANY' });
    await putBack(order, [{ ...line, qty: 1 }]);
    expect(await stock(line)).toEqual({ on_hand: 10, reserved: 0, safety: 0 });
  });

  it('lets go of refunded pieces that have not left yet, and takes only the rest', async () => {
    const order = newOrder();
    const line = sku(1, 1, 4);
    await reserve(order, [line, sku(1, 0, 1)]);
    await putBack(order, [{ ...line, qty: 1 }, sku(1, 0, 1)]);
    expect(await stock(line)).toEqual({ on_hand: 10, reserved: 3, safety: 0 });
    expect(await stock(sku(1, 0, 1))).toEqual({ on_hand: 10, reserved: 0, safety: 0 });
    await act('take', order);
    expect(await stock(line)).toEqual({ on_hand: 7, reserved: 0, safety: 0 });
  });

  it('is counted inside the own store only, never below what orders hold, and keeps a safety stock', async () => {
    const set = new SetStock(
      shop.organization,
      bench.unitOfWork,
      inventory,
      new StoreListings(shop.organization, bench.database),
    );
    const line = sku(2, 0, 2);
    await reserve(newOrder(), [line], shop.shanghai);
    const listing = await set.run(shop.franchiseeB, shop.shanghai, line.skuId, {
      onHand: 8,
      safety: 5,
      reason: '盘点',
    });
    expect(listing.skus[0]).toMatchObject({ onHand: 8, reserved: 2, safety: 5, available: 1 });
    await expect(reserve(newOrder(), [line], shop.shanghai)).rejects.toMatchObject({ code: 'SOLD_OUT' });
    const tooFew = set.run(shop.franchiseeB, shop.shanghai, line.skuId, { onHand: 1, reason: '盘点' });
    await expect(tooFew).rejects.toMatchObject({ code: 'COUNT_BELOW_RESERVED', detail: { reserved: 2 } });
    const foreign = set.run(shop.franchiseeA, shop.shanghai, line.skuId, { onHand: 9, reason: '盘点' });
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
