import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Id } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import { countingStatements } from '../../../test/harness/statements.js';
import type { Consumer } from '../../platform/access/actor.js';
import type { Database } from '../../platform/database/database.js';
import { WalletPins } from '../assets/index.js';
import { Catalog } from '../catalog/index.js';
import { CrossStore, Inventory, SoldOut } from '../inventory/index.js';
import { Levels } from '../levels/index.js';
import { Deliveries } from '../organization/index.js';
import { BuyerTermsReader, Pricing } from '../pricing/index.js';
import { Promotions } from '../promotions/index.js';
import { CartStock } from './application/cart-stock.js';
import { Carts } from './application/carts.js';
import { ChangeCart } from './application/change-cart.js';
import { KeepAddresses } from './application/keep-addresses.js';
import { PreviewOrder } from './application/preview-order.js';
import { ShowCart } from './application/show-cart.js';

let bench: TestBench;
let shop: TestShop;
let me: Consumer;
let show: ShowCart;
let stockOn: (on: Database) => CartStock;
let change: ChangeCart;
let keep: KeepAddresses;
let preview: PreviewOrder;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  const catalog = new Catalog(bench.database);
  keep = new KeepAddresses(bench.database, bench.unitOfWork, bench.ids);
  // No coupon, point or wallet is wished for here, so nobody asks for them.
  const [coupons, points, wallet, ledger] = [null, null, null, null] as never[];
  const promotions = new Promotions(bench.database, bench.clock, shop.organization);
  const cross = new CrossStore(shop.organization);
  const soldOut = new SoldOut(shop.organization, bench.database, bench.unitOfWork, bench.ids, cross, bench.clock);
  stockOn = (on) => new CartStock(shop.organization, promotions, cross, soldOut, on, bench.clock);
  const stock = stockOn(bench.database);
  show = new ShowCart(shop.organization, catalog, bench.database, stock);
  change = new ChangeCart(shop.organization, catalog, bench.database, bench.unitOfWork, bench.clock, stock);
  const levels = new Levels(bench.database, ledger as never, bench.ids, bench.clock);
  const terms = new BuyerTermsReader(
    promotions,
    coupons as never,
    points as never,
    wallet as never,
    levels,
    bench.clock,
  );
  const deliveries = new Deliveries(shop.organization, bench.clock);
  const pricing = new Pricing(catalog, shop.organization, terms, deliveries, cross);
  const pins = new WalletPins(null as never, null as never, bench.database);
  const none = null as never;
  preview = new PreviewOrder(shop.organization, pricing, new Carts(bench.database), bench.database, none, pins);
});
beforeEach(async () => {
  me = await shop.member();
});
afterAll(() => bench.close());

const sku = (product: number, size: number) => shop.products[product]?.skus[size] as Id<'sku'>;
const home = {
  name: '小满',
  phone: '13800000000',
  province: '浙江省',
  city: '杭州市',
  district: '上城区',
  detail: '东坡路 1 号',
};

describe('the cart', () => {
  it('adds up pieces of a SKU and totals what is selected', async () => {
    await change.add(me, shop.lake, sku(0, 0), 1);
    await change.add(me, shop.lake, sku(0, 0), 2);
    await change.add(me, shop.lake, sku(1, 0), 1);
    expect(await show.run(me, shop.lake)).toMatchObject({ selectedTotalFen: 400_000, selectedCount: 4 });
    await change.set(me, shop.lake, sku(1, 0), { isSelected: false });
    expect(await show.run(me, shop.lake)).toMatchObject({ selectedTotalFen: 300_000, selectedCount: 3 });
    await change.set(me, shop.lake, sku(0, 0), { qty: 0 });
    expect((await show.run(me, shop.lake)).lines.map((line) => line.skuId)).toEqual([sku(1, 0)]);
  });

  it('is shown as the asked store prices it, saying how prices differ and what is missing', async () => {
    await change.add(me, shop.lake, sku(0, 0), 1);
    await change.add(me, shop.lake, sku(1, 0), 3);
    await change.add(me, shop.lake, sku(2, 0), 1);
    const { brandId } = bench;
    await bench.database.execute(
      'INSERT INTO store_price (brand_id, store_id, sku_id, product_id, price_fen, updated_at) VALUES (?,?,?,?,98000,?)',
      [brandId, shop.north, sku(0, 0), shop.products[0]?.id ?? '', bench.clock.date()],
    );
    await bench.database.execute('UPDATE stock SET on_hand = 2 WHERE brand_id = ? AND store_id = ? AND sku_id = ?', [
      brandId,
      shop.north,
      sku(1, 0),
    ]);
    await bench.database.execute(
      'UPDATE listing SET is_listed = 0 WHERE brand_id = ? AND store_id = ? AND product_id = ?',
      [brandId, shop.north, shop.products[2]?.id ?? ''],
    );
    const cart = await show.run(me, shop.north);
    const problems = new Map(cart.lines.map((line) => [line.skuId, [line.problem, line.problemText]]));
    expect(problems.get(sku(0, 0))).toEqual(['PRICE_CHANGED', '比加入时便宜了 ¥20']);
    expect(problems.get(sku(1, 0))).toEqual(['NOT_ENOUGH', '这家店只剩 2 件了']);
    expect(problems.get(sku(2, 0))?.[0]).toBe('NOT_LISTED');
    expect(cart).toMatchObject({ storeName: '武林店', selectedTotalFen: 98_000, selectedCount: 1 });
    expect((await show.run(me, shop.lake)).lines.every((line) => line.problem === null)).toBe(true);
    await expect(change.add(me, shop.north, sku(2, 1), 1)).rejects.toMatchObject({ code: 'CANNOT_ADD' });
  });

  it('looks beyond the store for what is out there: who sends it, and how many stores near by have it', async () => {
    const [one, two] = [sku(0, 0), sku(1, 0)];
    await change.add(me, shop.north, one, 1);
    await change.add(me, shop.north, two, 1);
    const empty = (skuId: string, storeIds: readonly string[]) =>
      bench.database.execute(
        `UPDATE stock SET on_hand = reserved WHERE brand_id = ? AND sku_id = ? AND store_id IN (${storeIds.map(() => '?').join(',')})`,
        [bench.brandId, skuId, ...storeIds],
      );
    await empty(one, [shop.north]);
    const lineOf = async (skuId: string) => (await show.run(me, shop.north)).lines.find((line) => line.skuId === skuId);
    const out = await lineOf(one);
    expect(out).toMatchObject({ problem: 'OUT_OF_STOCK', problemText: '这家店暂时没货了' });
    expect(out?.nearbyCount).toBeGreaterThan(0);
    expect(out?.fromElsewhere).toBeUndefined();
    expect(await lineOf(two)).not.toHaveProperty('nearbyCount');
    const crossStore = {
      source: 'NEAREST',
      warehouseStoreId: null,
      maxDistanceM: 50_000,
      costBearer: 'SELLING',
      costFen: 0,
    };
    const settings = JSON.stringify({ crossStore });
    await bench.database.execute('INSERT INTO brand_mall (brand_id, settings, version, updated_at) VALUES (?,?,1,?)', [
      bench.brandId,
      settings,
      bench.clock.date(),
    ]);
    shop.organization.forget(bench.brandId);
    expect(await lineOf(one)).toMatchObject({ problem: null, fromElsewhere: { storeName: expect.any(String) } });
    expect((await show.run(me, shop.north)).selectedCount).toBe(2);
    // It can also be put into the cart, and nobody is told of it when no store has it.
    expect((await change.add(me, shop.north, one, 1)).rows[0]).toMatchObject({ skuId: one, qty: 2 });
    await empty(one, [shop.north, shop.lake, shop.shanghai]);
    expect(await lineOf(one)).toMatchObject({ problem: 'OUT_OF_STOCK' });
    await expect(change.add(me, shop.north, one, 1)).rejects.toMatchObject({ code: 'CANNOT_ADD' });
  });

  it('is read in two statements and is nobody else’s', async () => {
    await change.add(me, shop.lake, sku(0, 1), 1);
    const { database, statements } = countingStatements(bench.database);
    await new ShowCart(shop.organization, new Catalog(database), database, stockOn(database)).run(me, shop.lake);
    expect(statements).toHaveLength(2);
    const other = await shop.member();
    expect((await show.run(other, shop.lake)).lines).toEqual([]);
    await expect(change.set(other, shop.lake, sku(0, 1), { qty: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('addresses', () => {
  const defaults = async () => (await keep.list(me)).filter((one) => one.isDefault).map((one) => one.id);

  it('have exactly one default while there is any', async () => {
    const first = await keep.add(me, home);
    expect(first.isDefault).toBe(true);
    const second = await keep.add(me, { ...home, isDefault: true });
    expect(await defaults()).toEqual([second.id]);
    await keep.update(me, second.id, { ...home, isDefault: false });
    expect(await defaults()).toEqual([second.id]);
    await keep.update(me, first.id, { ...home, name: '大雪', isDefault: true });
    expect(await defaults()).toEqual([first.id]);
    await keep.remove(me, first.id);
    expect(await defaults()).toEqual([second.id]);
  });

  it('keep one default when several are added at once', async () => {
    await Promise.all(Array.from({ length: 5 }, () => keep.add(me, { ...home, isDefault: true })));
    expect(await defaults()).toHaveLength(1);
  });

  it('of somebody else are not found', async () => {
    const mine = await keep.add(me, home);
    const other = await shop.member();
    await expect(keep.update(other, mine.id, home)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(keep.remove(other, mine.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the preview of an order', () => {
  const lines = (qty: number) => [{ skuId: sku(0, 1), qty }];

  it('explains goods and freight, and takes the default address', async () => {
    const address = await keep.add(me, home);
    const shown = await preview.run(me, { storeId: shop.lake, lines: lines(2), fulfil: 'SHIP' });
    expect(shown).toMatchObject({ goodsFen: 200_000, freightFen: 600, totalFen: 200_600, guideName: null });
    expect(shown.address?.id).toBe(address.id);
    expect(shown.steps.map((step) => step.explain)).toEqual([
      '2 件商品，按 湖滨店 的售价',
      '这家店的送货费，商品满 ¥3,000 免运费',
    ]);
  });

  it('ships free above the threshold and hints at the pickup', async () => {
    const free = await preview.run(me, { storeId: shop.lake, lines: lines(3), fulfil: 'SHIP' });
    expect(free).toMatchObject({ freightFen: 0, address: null });
    const pickup = await preview.run(me, { storeId: shop.lake, lines: lines(1), fulfil: 'PICKUP' });
    expect(pickup).toMatchObject({ freightFen: 0, totalFen: 100_000 });
    expect(pickup.pickupHint).toContain('湖滨店');
  });

  it('is refused for goods that are short, naming them, and for a store that does not sell', async () => {
    const inventory = new Inventory(bench.ids);
    const taken = { brandId: bench.brandId, orderId: bench.ids.next<'order'>(), storeId: shop.shanghai };
    const line = { skuId: sku(0, 1), productId: shop.products[0]?.id as Id<'product'>, qty: 9 };
    await bench.unitOfWork.run('reserve', (tx) => inventory.reserve(tx, { ...taken, lines: [line] }));
    await expect(preview.run(me, { storeId: shop.shanghai, lines: lines(2), fulfil: 'SHIP' })).rejects.toMatchObject({
      code: 'LINES_NOT_SELLABLE',
      message: '这家店只剩 1 件了',
      detail: { problems: [{ skuId: sku(0, 1), kind: 'NOT_ENOUGH', available: 1 }] },
    });
    const paused = preview.run(me, { storeId: shop.paused, lines: lines(1), fulfil: 'SHIP' });
    await expect(paused).rejects.toMatchObject({ code: 'STORE_NOT_SELLING' });
  });

  it('does not take somebody else’s address', async () => {
    const other = await shop.member();
    const theirs = await keep.add(other, home);
    const request = { storeId: shop.lake, lines: lines(1), fulfil: 'SHIP' as const, addressId: theirs.id };
    await expect(preview.run(me, request)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
