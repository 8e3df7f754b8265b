import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import { Approvals } from './application/approvals.js';
import { ConsoleProducts } from './application/console-products.js';
import { countSold } from './application/count-sold.js';
import { KeepListingRules } from './application/keep-listing-rules.js';
import { Reprice } from './application/reprice.js';
import { SetListed } from './application/set-listed.js';
import { SetPrice } from './application/set-price.js';
import { StoreListings } from './application/store-listings.js';
import { UpdateProduct } from './application/update-product.js';
import { catalogInvariants } from './catalog.invariants.js';

let bench: TestBench;
let shop: TestShop;
let prices: SetPrice;
let products: ConsoleProducts;
let update: UpdateProduct;
let listings: StoreListings;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  const reprice = new Reprice(bench.ids);
  const wishes = new Approvals(shop.organization, bench.database, bench.unitOfWork, bench.ids, reprice);
  prices = new SetPrice(shop.organization, bench.unitOfWork, reprice, wishes);
  products = new ConsoleProducts(shop.organization, bench.database);
  update = new UpdateProduct(bench.unitOfWork, reprice);
  listings = new StoreListings(shop.organization, bench.database);
});
afterEach(async () => {
  for (const { id, check } of catalogInvariants)
    expect([id, await check(bench.database, bench.brandId)]).toEqual([id, []]);
});
afterAll(() => bench.close());

const productId = (at: number) => shop.products[at]?.id as Id<'product'>;
const skuId = (at: number, size: number) => shop.products[at]?.skus[size] as Id<'sku'>;
const shelfPrice = async (at: number, storeId = shop.north) => {
  const [row] = await bench.database.query(
    'SELECT price_fen, price_max_fen FROM listing WHERE brand_id = ? AND store_id = ? AND product_id = ?',
    [bench.brandId, storeId, productId(at)],
  );
  return row;
};

describe('a store’s own price', () => {
  it('is set inside the corridor and moves the price on the shelf with it', async () => {
    await prices.run(shop.franchiseeA, shop.north, skuId(0, 0), 90_000);
    expect(await shelfPrice(0)).toEqual({ price_fen: '90000', price_max_fen: '100000' });
    expect(await shelfPrice(0, shop.lake)).toEqual({ price_fen: '100000', price_max_fen: '100000' });
    await prices.run(shop.franchiseeA, shop.north, skuId(0, 0), null);
    expect(await shelfPrice(0)).toEqual({ price_fen: '100000', price_max_fen: '100000' });
  });

  it('is refused outside the corridor, naming it in yuan', async () => {
    await expect(prices.run(shop.franchiseeA, shop.north, skuId(0, 0), 84_999)).rejects.toMatchObject({
      code: 'OUTSIDE_CORRIDOR',
      message: '总部允许的价格是 ¥850 ~ ¥1,100，¥849.99 超出了范围',
    });
  });

  it('cannot be set, listed or looked at in another franchisee’s store', async () => {
    const notFound = { code: 'NOT_FOUND' };
    await expect(prices.run(shop.franchiseeA, shop.shanghai, skuId(0, 0), 90_000)).rejects.toMatchObject(notFound);
    await expect(listings.list(shop.franchiseeA, shop.shanghai, {})).rejects.toMatchObject(notFound);
    const set = new SetListed(
      shop.organization,
      bench.unitOfWork,
      new KeepListingRules(shop.organization, bench.database, bench.unitOfWork, bench.ids),
    );
    await expect(set.run(shop.franchiseeA, shop.shanghai, productId(0), false)).rejects.toMatchObject(notFound);
  });
});

describe('a change of the corridor', () => {
  it('pulls store prices to its edge, says how many, and keeps shelves right', async () => {
    await prices.run(shop.franchiseeA, shop.north, skuId(1, 0), 85_000);
    await prices.run(shop.franchiseeB, shop.shanghai, skuId(1, 1), 110_000);
    await prices.run(shop.hq, shop.lake, skuId(1, 0), 101_000);
    const { version } = await products.one(shop.hq, productId(1));
    const change = { version, listPriceFen: 102_000, floorFen: 95_000, ceilingFen: 105_000 };
    expect(await update.run(shop.hq, productId(1), change)).toBe(2);
    expect(await shelfPrice(1, shop.north)).toEqual({ price_fen: '95000', price_max_fen: '102000' });
    expect(await shelfPrice(1, shop.shanghai)).toEqual({ price_fen: '102000', price_max_fen: '105000' });
    expect(await shelfPrice(1, shop.lake)).toEqual({ price_fen: '101000', price_max_fen: '102000' });
  });

  it('is refused when it does not hold the list price, or when somebody else was first', async () => {
    const { version } = await products.one(shop.hq, productId(2));
    const unsound = update.run(shop.hq, productId(2), { version, floorFen: 100_001 });
    await expect(unsound).rejects.toMatchObject({ code: 'CORRIDOR' });
    await update.run(shop.hq, productId(2), { version, name: '新名字' });
    const late = update.run(shop.hq, productId(2), { version, name: '晚了' });
    await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('never leaves a price outside when a store sets one at the same time', async () => {
    const { version } = await products.one(shop.hq, productId(0));
    await Promise.allSettled([
      update.run(shop.hq, productId(0), { version, floorFen: 98_000 }),
      ...[shop.lake, shop.north, shop.shanghai].map((store) => prices.run(shop.hq, store, skuId(0, 1), 90_000)),
    ]);
    const [row] = await bench.database.query<{ low: string | null }>(
      'SELECT MIN(price_fen) AS low FROM store_price WHERE brand_id = ? AND sku_id = ?',
      [bench.brandId, skuId(0, 1)],
    );
    expect(Number(row?.low ?? 98_000)).toBeGreaterThanOrEqual(98_000);
  });
});

describe('the desk', () => {
  it('shows headquarters the whole brand’s counts and a franchisee its own stores’', async () => {
    expect(await products.one(shop.hq, productId(2))).toMatchObject({
      listedStoreCount: 4,
      totalOnHand: 80,
      skuCount: 2,
    });
    expect(await products.one(shop.franchiseeA, productId(2))).toMatchObject({ listedStoreCount: 1, totalOnHand: 20 });
  });

  it('pages the catalogue and a store’s shelf by product code', async () => {
    const first = await products.list(shop.hq, { limit: 2 });
    const second = await products.list(shop.hq, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map((one) => one.code)).toEqual(['XL1000', 'XL1001', 'XL1002']);
    expect(second.nextCursor).toBeNull();
    const shelf = await listings.list(shop.franchiseeA, shop.north, { limit: 2 });
    const rest = await listings.list(shop.franchiseeA, shop.north, { limit: 2, cursor: shelf.nextCursor ?? '' });
    expect([...shelf.items, ...rest.items].map((one) => [one.code, one.skus.length])).toEqual([
      ['XL1000', 2],
      ['XL1001', 2],
      ['XL1002', 2],
    ]);
  });

  it('counts sold pieces of an order once per line into shelf and product', async () => {
    const orderId = bench.ids.next<'order'>();
    await bench.database.execute(
      `INSERT INTO sales_order (brand_id, id, order_no, channel, kind, store_id, state, fulfil, goods_fen, freight_fen, total_fen, refunded_fen, remark, created_at)
       VALUES (?,?,?,'MINIAPP','SALE',?,'TO_SHIP','SHIP',0,0,0,0,'',?)`,
      [bench.brandId, orderId, orderId, shop.north, bench.clock.date()],
    );
    await bench.database.execute(
      `INSERT INTO order_line (brand_id, order_id, id, sku_id, product_id, code, name, spec, qty, unit_price_fen, amount_fen, payable_fen, refunded_qty, refunded_fen)
       VALUES (?,?,1,?,?,'a','a','',2,0,0,0,0,0), (?,?,2,?,?,'b','b','',3,0,0,0,0,0)`,
      [bench.brandId, orderId, skuId(0, 0), productId(0), bench.brandId, orderId, skuId(0, 1), productId(0)],
    );
    await bench.unitOfWork.run('count', (tx) => countSold(tx, bench.brandId, [orderId]));
    const rows = await bench.database.query(
      'SELECT l.sold_count AS shelf, p.sold_count AS product FROM listing l JOIN product p ON p.brand_id = l.brand_id AND p.id = l.product_id WHERE l.brand_id = ? AND l.store_id = ? AND l.product_id = ?',
      [bench.brandId, shop.north, productId(0)],
    );
    expect(rows).toEqual([{ shelf: 5, product: 5 }]);
  });
});
