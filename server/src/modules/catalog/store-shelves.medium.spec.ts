import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProductInput } from '@shuke/shared/contracts';
import { DAY_MS, type Id, type StoreId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import type { DomainEvent } from '../../platform/outbox/event.js';
import { handlersOf } from '../../platform/outbox/registry.js';
import { MallDesk } from '../organization/application/mall-desk.js';
import { Approvals } from './application/approvals.js';
import { Catalog } from './application/catalog.js';
import { EditParts, EditProduct } from './application/edit-product.js';
import { KeepCategories } from './application/keep-categories.js';
import { KeepListingRules } from './application/keep-listing-rules.js';
import { ListProducts } from './application/list-products.js';
import { PricePlans } from './application/price-plans.js';
import { Reprice } from './application/reprice.js';
import { SetListed } from './application/set-listed.js';
import { SetPrice } from './application/set-price.js';
import { StoreListings } from './application/store-listings.js';
import { UpdateProduct } from './application/update-product.js';
import { catalogInvariants } from './catalog.invariants.js';
import { registerToShelve } from './events/to-shelve.js';

let bench: TestBench;
let shop: TestShop;
let reprice: Reprice;
let wishes: Approvals;
let prices: SetPrice;
let plans: PricePlans;
let rules: KeepListingRules;
let edit: EditProduct;
let list: SetListed;
let catalog: Catalog;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  const { database, unitOfWork, ids } = bench;
  reprice = new Reprice(ids);
  wishes = new Approvals(shop.organization, database, unitOfWork, ids, reprice);
  prices = new SetPrice(shop.organization, unitOfWork, reprice, wishes);
  plans = new PricePlans(shop.organization, database, unitOfWork, ids, reprice);
  rules = new KeepListingRules(shop.organization, database, unitOfWork, ids);
  edit = new EditProduct(shop.organization, database, unitOfWork, new EditParts(ids, reprice, wishes));
  list = new SetListed(shop.organization, unitOfWork, rules);
  catalog = new Catalog(database);
});
afterAll(async () => {
  for (const { id, check } of catalogInvariants)
    expect([id, await check(bench.database, bench.brandId)]).toEqual([id, []]);
  await bench.close();
});

const productId = (at: number) => shop.products[at]?.id as Id<'product'>;
const skuId = (at: number, size = 0) => shop.products[at]?.skus[size] as Id<'sku'>;
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const priceIn = async (storeId: StoreId, sku: Id<'sku'>) =>
  (await catalog.offers(bench.database, bench.brandId, storeId, [sku]))[0]?.priceFen;
const shelf = async (storeId: StoreId) =>
  (await new ListProducts(bench.database).run(bench.brandId, storeId, {})).items.map((one) => one.id);
async function setApprovals(approvals: { priceBelowListBp: number | null; delisting: boolean; ownGoods: boolean }) {
  const desk = new MallDesk(shop.organization, bench.database, bench.unitOfWork);
  const { version } = await desk.settings(shop.hq);
  await desk.update(shop.hq, { version, approvals });
}

const draft = (code: string, more: Partial<ProductInput> = {}): ProductInput => ({
  code,
  categoryId: shop.categories[0] as string,
  name: '手作围巾',
  subtitle: '',
  description: '',
  images: ['/files/uploads/a.png'],
  sellingPoints: [],
  attributes: [],
  care: '',
  sizeTable: [],
  colours: [{ name: '灰', hex: '#888888', imageUrl: '/files/uploads/a.png' }],
  badge: null,
  listPriceFen: 19_900,
  floorFen: 15_000,
  ceilingFen: 22_000,
  rankScore: 10,
  skus: [{ code: `${code}-1`, colour: '灰', size: '均码' }],
  ...more,
});

/** Has shelves follow what was said of goods so far, as the outbox does. */
async function followShelves(): Promise<void> {
  const rows = await bench.database.query<{ payload: unknown }>(
    "SELECT payload FROM outbox WHERE brand_id = ? AND type = 'product.to-shelve' ORDER BY id",
    [bench.brandId],
  );
  for (const { payload } of rows) {
    const event = { brandId: bench.brandId, payload: typeof payload === 'string' ? JSON.parse(payload) : payload };
    for (const { handle } of handlersOf('product.to-shelve'))
      await bench.unitOfWork.run('follow', (tx) => handle(tx, event as DomainEvent));
  }
}

describe('prices over time', () => {
  const hour = 3_600_000;
  const at = (ms: number) => new Date(bench.clock.now() + ms).toISOString();
  const plan = (wish: Partial<Parameters<PricePlans['add']>[2]>, actor = shop.franchiseeA) =>
    plans.add(actor, shop.north, {
      skuId: skuId(0),
      priceFen: 90_000,
      startsAt: at(hour),
      endsAt: at(3 * hour),
      note: '周末价',
      ...wish,
    });

  it('begin and end by themselves and leave the price of before', async () => {
    await prices.run(shop.franchiseeA, shop.north, skuId(0), 95_000);
    const made = await plan({});
    expect(made.state).toBe('WAITING');
    expect(await codeOf(plan({ startsAt: at(2 * hour), endsAt: null }))).toBe('PLAN_OVERLAP');
    expect(await codeOf(plan({ priceFen: 1 }))).toBe('OUTSIDE_CORRIDOR');
    expect(await codeOf(plan({ startsAt: at(9 * hour), endsAt: at(8 * hour) }))).toBe('PLAN_TIME');
    expect(await codeOf(plan({ startsAt: at(9 * hour), endsAt: null }, shop.franchiseeB))).toBe('NOT_FOUND');
    bench.clock.advance(2 * hour);
    await plans.sweep(bench.clock.date());
    await plans.sweep(bench.clock.date());
    expect(await priceIn(shop.north, skuId(0))).toBe(90_000);
    bench.clock.advance(2 * hour);
    await plans.sweep(bench.clock.date());
    expect(await priceIn(shop.north, skuId(0))).toBe(95_000);
    const { items } = await plans.history(shop.franchiseeA, shop.north, { productId: productId(0) });
    expect(items.map((one) => [one.cause, one.beforeFen, one.afterFen])).toEqual([
      ['PLAN_END', 90_000, 95_000],
      ['PLAN_START', 95_000, 90_000],
      ['STORE', null, 95_000],
    ]);
  });

  it('leave the price of before also where a corridor pulled the planned one along', async () => {
    const sku = skuId(2);
    const live = await plan({ skuId: sku, priceFen: 90_000 });
    bench.clock.advance(2 * hour);
    await plans.sweep(bench.clock.date());
    const update = new UpdateProduct(bench.unitOfWork, reprice);
    await update.run(shop.hq, productId(2), { version: 0, floorFen: 95_000 });
    expect(await priceIn(shop.north, sku)).toBe(95_000);
    await plans.cancel(shop.franchiseeA, shop.north, live.id as Id<'plan'>);
    expect(await priceIn(shop.north, sku)).toBe(100_000);
    await update.run(shop.hq, productId(2), { version: 1, floorFen: 85_000 });
  });

  it('are refused at their beginning when the corridor has moved, and end at once when cancelled', async () => {
    const waiting = await plan({ skuId: skuId(1), priceFen: 86_000 });
    const update = new UpdateProduct(bench.unitOfWork, reprice);
    await update.run(shop.hq, productId(1), { version: 0, floorFen: 88_000 });
    bench.clock.advance(2 * hour);
    await plans.sweep(bench.clock.date());
    const states = async () =>
      new Map((await plans.list(shop.hq, shop.north, {})).items.map((one) => [one.id, one.state]));
    expect((await states()).get(waiting.id)).toBe('REFUSED');
    const live = await plan({ skuId: skuId(1), endsAt: null });
    bench.clock.advance(2 * hour);
    await plans.sweep(bench.clock.date());
    expect(await priceIn(shop.north, skuId(1))).toBe(90_000);
    await plans.cancel(shop.franchiseeA, shop.north, live.id as Id<'plan'>);
    expect(await priceIn(shop.north, skuId(1))).toBe(100_000);
    expect(await codeOf(plans.cancel(shop.franchiseeA, shop.north, live.id as Id<'plan'>))).toBe('PLAN_OVER');
  });

  it('tell the lowest of the last seven days, of the list price too', async () => {
    const lowest = async (storeId: StoreId, days = 7) =>
      (
        await catalog.lowestPrices(
          bench.database,
          bench.brandId,
          storeId,
          [skuId(0), skuId(2)],
          new Date(bench.clock.now() - days * DAY_MS),
        )
      ).get(skuId(0));
    expect([await lowest(shop.north), await lowest(shop.lake)]).toEqual([90_000, 100_000]);
    bench.clock.advance(8 * DAY_MS);
    expect(await lowest(shop.north)).toBe(95_000);
    await new UpdateProduct(bench.unitOfWork, reprice).run(shop.hq, productId(0), { version: 0, listPriceFen: 88_000 });
    expect(await lowest(shop.lake)).toBe(88_000);
  });
});

describe('pain-08 one SKU in two stores', () => {
  it('pain-08 has a price and a shelf of its own in each', async () => {
    await prices.run(shop.franchiseeA, shop.north, skuId(2), 93_000);
    await prices.run(shop.franchiseeB, shop.shanghai, skuId(2), 104_000);
    expect(await Promise.all([shop.lake, shop.north, shop.shanghai].map((id) => priceIn(id, skuId(2))))).toEqual([
      100_000, 93_000, 104_000,
    ]);
    await list.run(shop.franchiseeB, shop.shanghai, productId(2), false);
    expect([
      (await shelf(shop.shanghai)).includes(productId(2)),
      (await shelf(shop.north)).includes(productId(2)),
    ]).toEqual([false, true]);
  });
});

describe('listing rules', () => {
  it('take goods off shelves, put them on, and bind the store until they go', async () => {
    const denied = await rules.add(shop.hq, { effect: 'DENY', storeId: shop.north, productId: productId(1), note: '' });
    expect([denied.unlisted, (await shelf(shop.north)).includes(productId(1))]).toEqual([1, false]);
    expect(await codeOf(list.run(shop.franchiseeA, shop.north, productId(1), true))).toBe('LISTING_DENIED');
    await rules.remove(shop.hq, denied.rule.id as Id<'rule'>);
    const must = await rules.add(shop.hq, { effect: 'MUST_LIST', productId: productId(1), note: '主推' });
    expect(must.listed).toBe(1);
    expect(await codeOf(list.run(shop.franchiseeA, shop.north, productId(1), false))).toBe('MUST_LIST');
    const listing = await new StoreListings(shop.organization, bench.database).one(
      bench.brandId,
      shop.north,
      productId(1),
    );
    expect(listing.rule).toBe('MUST_LIST');
    await rules.remove(shop.hq, must.rule.id as Id<'rule'>);
  });

  it('hold for goods that come after them, come back on sale or move to another category', async () => {
    registerToShelve(rules);
    const [first, second] = shop.categories;
    const must = await rules.add(shop.hq, { effect: 'MUST_LIST', categoryId: first as string, note: '全店必上' });
    const deny = await rules.add(shop.hq, { effect: 'DENY', categoryId: second as string, note: '' });
    const made = await edit.create(shop.hq, draft('NEW1'), 'key-new-1');
    const id = made.id as Id<'product'>;
    await followShelves();
    expect((await shelf(shop.north)).includes(id)).toBe(true);
    const { skus: _, ...rest } = draft('NEW1');
    const skus = made.skus.map((sku) => ({ id: sku.id, code: sku.code, colour: sku.colour, size: sku.size }));
    const moved = await edit.edit(shop.hq, id, made.version, { ...rest, skus, categoryId: second as string });
    await followShelves();
    expect((await shelf(shop.north)).includes(id)).toBe(false);
    const update = new UpdateProduct(bench.unitOfWork, reprice);
    await update.run(shop.hq, id, { version: moved.version, status: 'OFF_SALE' });
    await rules.remove(shop.hq, deny.rule.id as Id<'rule'>);
    const all = await rules.add(shop.hq, { effect: 'MUST_LIST', productId: id, note: '' });
    expect((await shelf(shop.north)).includes(id)).toBe(false);
    await update.run(shop.hq, id, { version: moved.version + 1, status: 'ON_SALE' });
    await followShelves();
    expect((await shelf(shop.north)).includes(id)).toBe(true);
    for (const one of [must, all]) await rules.remove(shop.hq, one.rule.id as Id<'rule'>);
  });

  it('are shown to a franchisee as far as they speak of its stores', async () => {
    await rules.add(shop.hq, { effect: 'ALLOW', storeId: shop.shanghai, note: '' });
    expect(await rules.list(shop.franchiseeA)).toEqual([]);
    expect(await rules.list(shop.franchiseeB)).toHaveLength(1);
  });
});

describe('what needs headquarters’ word', () => {
  beforeAll(() => setApprovals({ priceBelowListBp: 500, delisting: true, ownGoods: true }));

  it('a price far below the list price waits, and counts when it is granted', async () => {
    await prices.run(shop.franchiseeA, shop.north, skuId(1, 1), 90_000);
    expect(await priceIn(shop.north, skuId(1, 1))).toBe(100_000);
    expect(await codeOf(prices.run(shop.franchiseeA, shop.north, skuId(1, 1), 90_000))).toBe('ALREADY_ASKED');
    const [asked] = (await wishes.list(shop.hq, { state: 'PENDING' })).items;
    expect((await wishes.list(shop.franchiseeB, {})).items).toEqual([]);
    expect(await codeOf(wishes.withdraw(shop.franchiseeB, asked?.id as Id<'approval'>))).toBe('NOT_FOUND');
    expect(await wishes.decide(shop.hq, asked?.id as Id<'approval'>, true, '可以')).toMatchObject({
      state: 'APPROVED',
    });
    expect(await priceIn(shop.north, skuId(1, 1))).toBe(90_000);
    expect(await codeOf(wishes.decide(shop.hq, asked?.id as Id<'approval'>, true, ''))).toBe('DECIDED_ALREADY');
  });

  it('taking goods off the shelf', async () => {
    expect(await codeOf(list.run(shop.franchiseeA, shop.north, productId(0), false))).toBe('DELIST_NEEDS_APPROVAL');
    const asked = await wishes.askDelisting(shop.franchiseeA, shop.north, productId(0), '卖不动');
    await wishes.decide(shop.hq, asked.id as Id<'approval'>, true, '');
    expect(await shelf(shop.north)).not.toContain(productId(0));
  });
});

describe('making products', () => {
  it('own goods of a franchisee wait for headquarters and then stand on its shelves only', async () => {
    const made = await edit.create(shop.franchiseeA, draft('OWN1'), 'key-own-1');
    expect((await edit.create(shop.franchiseeA, draft('OWN1'), 'key-own-1')).id).toBe(made.id);
    expect(made).toMatchObject({ status: 'PENDING', ownerName: '拾羽' });
    const id = made.id as Id<'product'>;
    await list.run(shop.franchiseeA, shop.north, id, true);
    expect(await shelf(shop.north)).not.toContain(id);
    expect(await codeOf(list.run(shop.franchiseeB, shop.shanghai, id, true))).toBe('OWN_GOODS_ELSEWHERE');
    expect(await codeOf(edit.show(shop.franchiseeB, id))).toBe('NOT_FOUND');
    const [asked] = (await wishes.list(shop.hq, { state: 'PENDING' })).items;
    await wishes.decide(shop.hq, asked?.id as Id<'approval'>, true, '');
    expect(await shelf(shop.north)).toContain(id);
    const others = await new StoreListings(shop.organization, bench.database).list(shop.hq, shop.shanghai, {
      limit: 100,
    });
    expect(others.items.map((one) => one.productId)).not.toContain(id);
  });

  it('the same tap that comes six times at once makes one product and asks headquarters once', async () => {
    const asked = async () => (await wishes.list(shop.hq, { state: 'PENDING' })).items.length;
    const before = await asked();
    const tap = () => edit.create(shop.franchiseeA, draft('OWN2'), 'key-own-2');
    const made = await Promise.all(Array.from({ length: 6 }, tap));
    expect(new Set(made.map((one) => one.id)).size).toBe(1);
    expect(await asked()).toBe(before + 1);
    expect(await codeOf(edit.create(shop.franchiseeA, draft('OWN2'), 'another-tap'))).toBe('CODE_TAKEN');
    expect(await codeOf(edit.create(shop.franchiseeA, draft('OWN3'), 'key-own-2'))).toBe('IDEMPOTENCY_MISMATCH');
  });

  it('edits keep SKUs, add new ones, move prices by the corridor and refuse what cannot be', async () => {
    const made = await edit.create(shop.hq, draft('HQ1'), 'key-hq-1');
    const id = made.id as Id<'product'>;
    const [first] = made.skus;
    const changed = draft('HQ1', {
      listPriceFen: 20_900,
      skus: [
        { id: first?.id ?? '', code: 'HQ1-1', colour: '灰', size: '均码' },
        { code: 'HQ1-2', colour: '灰', size: '加长', listPriceFen: 21_900 },
      ],
    });
    const after = await edit.edit(shop.hq, id, made.version, changed);
    expect(after.skus.map((sku) => [sku.code, sku.listPriceFen])).toEqual([
      ['HQ1-1', 20_900],
      ['HQ1-2', 21_900],
    ]);
    expect(await codeOf(edit.edit(shop.hq, id, made.version, changed))).toBe('CONFLICT');
    const twice = { skus: [changed.skus[0], changed.skus[0]] as ProductInput['skus'] };
    expect(await codeOf(edit.edit(shop.hq, id, after.version, draft('HQ1', twice)))).toBe('SKU_TWICE');
    expect(await codeOf(edit.create(shop.hq, draft('HQ1', { skus: draft('HQ9').skus }), 'key-hq-2'))).toBe(
      'CODE_TAKEN',
    );
    expect(await codeOf(edit.create(shop.hq, draft('HQ3', { skus: draft('HQ1').skus }), 'key-hq-3'))).toBe(
      'CODE_TAKEN',
    );
    expect(await codeOf(edit.create(shop.hq, draft('HQ4', { floorFen: 30_000 }), 'key-hq-4'))).toBe('CORRIDOR');
    expect(await codeOf(edit.edit(shop.franchiseeA, id, after.version, changed))).toBe('NOT_FOUND');
  });

  it('categories go only when they are empty', async () => {
    const categories = new KeepCategories(bench.database, bench.unitOfWork, bench.ids);
    const made = await categories.put(shop.hq, { name: '配饰', iconUrl: '/files/c.svg', position: 9 });
    expect(await codeOf(categories.remove(shop.hq, shop.categories[0] as Id<'category'>))).toBe('CATEGORY_IN_USE');
    await categories.remove(shop.hq, made.id);
    expect((await categories.list(shop.hq)).map((one) => one.id)).not.toContain(made.id);
  });
});
