import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, businessDay, type Id, type OrderId, type StoreId, startOfBusinessDay } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import type { Consumer } from '../../platform/access/actor.js';
import { StoreListings } from '../catalog/index.js';
import { CrossStore } from './application/cross-store.js';
import { Inventory } from './application/inventory.js';
import { PushStock, type StockMessage } from './application/push-stock.js';
import { ReconcileFeeds } from './application/reconcile-feeds.js';
import { SoldOut } from './application/sold-out.js';
import { StockDesk } from './application/stock-desk.js';
import type { Hold } from './domain/types.js';
import { inventoryInvariants } from './inventory.invariants.js';

let bench: TestBench;
let shop: TestShop;
let inventory: Inventory;
let soldOut: SoldOut;
let desk: StockDesk;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  const { database, unitOfWork, ids } = bench;
  inventory = new Inventory(ids);
  soldOut = new SoldOut(shop.organization, database, unitOfWork, ids, new CrossStore(shop.organization), bench.clock);
  desk = new StockDesk(shop.organization, database, unitOfWork, new StoreListings(shop.organization, database));
});
afterAll(async () => {
  for (const { id, check } of inventoryInvariants)
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
const stock = async (storeId: StoreId, sku: Id<'sku'>) => {
  const [row] = await bench.database.query<{ on_hand: number; reserved: number }>(
    'SELECT on_hand, reserved FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
    [bench.brandId, storeId, sku],
  );
  return [row?.on_hand, row?.reserved];
};
const setOnHand = (storeId: StoreId, sku: Id<'sku'>, onHand: number) =>
  bench.unitOfWork.run('count', (tx) =>
    inventory.count(tx, { brandId: bench.brandId, storeId, skuId: sku, onHand, reason: '盘点' }),
  );
const reserve = (orderId: OrderId, storeId: StoreId, qty: Record<string, number>, more: Partial<Hold> = {}) =>
  bench.unitOfWork.run('reserve', (tx) =>
    inventory.reserve(tx, {
      brandId: bench.brandId,
      orderId,
      storeId,
      lines: Object.entries(qty).map(([sku, pieces]) => ({
        skuId: sku as Id<'sku'>,
        productId: productId(0),
        qty: pieces,
      })),
      ...more,
    }),
  );

describe('goods sent across stores', () => {
  const fallback = () => ({ storeIds: [shop.north, shop.shanghai], costBearer: 'SELLING' as const, costFen: 800 });

  it('hold what the store lacks in the first other store that has it, and leave from there', async () => {
    const [own, lacking] = [skuId(0), skuId(0, 1)];
    await setOnHand(shop.lake, lacking, 1);
    await setOnHand(shop.north, lacking, 1);
    const order = bench.ids.next<'order'>();
    const wish = { [own]: 2, [lacking]: 3 };
    expect(await codeOf(reserve(order, shop.lake, wish))).toBe('SOLD_OUT');
    expect(await codeOf(reserve(order, shop.lake, wish, { fulfil: 'PICKUP', fallback: fallback() }))).toBe('SOLD_OUT');
    await reserve(order, shop.lake, wish, { fulfil: 'SHIP', fallback: fallback() });
    expect([await stock(shop.lake, own), await stock(shop.shanghai, lacking)]).toEqual([
      [10, 2],
      [10, 3],
    ]);
    await bench.unitOfWork.run('take', (tx) => inventory.take(tx, bench.brandId, order));
    expect([await stock(shop.lake, own), await stock(shop.shanghai, lacking)]).toEqual([
      [8, 0],
      [7, 0],
    ]);
    await bench.unitOfWork.run('back', (tx) =>
      inventory.putBack(tx, bench.brandId, order, [{ skuId: lacking, qty: 1 }], '退货'),
    );
    expect(await stock(shop.shanghai, lacking)).toEqual([8, 0]);
    const [row] = await bench.database.query(
      'SELECT state, cost_bearer, shipping_store_id FROM store_transfer WHERE brand_id = ? AND order_id = ?',
      [bench.brandId, order],
    );
    expect(row).toMatchObject({ state: 'SENT', cost_bearer: 'SELLING', shipping_store_id: shop.shanghai });
  });

  it('are let go everywhere when the order is closed', async () => {
    const order = bench.ids.next<'order'>();
    await setOnHand(shop.lake, skuId(1), 0);
    await reserve(order, shop.lake, { [skuId(1)]: 4 }, { fulfil: 'SHIP', fallback: fallback() });
    expect(await stock(shop.north, skuId(1))).toEqual([10, 4]);
    await bench.unitOfWork.run('release', (tx) => inventory.release(tx, bench.brandId, order));
    expect(await stock(shop.north, skuId(1))).toEqual([10, 0]);
  });

  it('can move to another store as a whole, or not at all', async () => {
    const order = bench.ids.next<'order'>();
    await reserve(order, shop.north, { [skuId(2)]: 2, [skuId(2, 1)]: 3 });
    const move = (to: StoreId) =>
      codeOf(bench.unitOfWork.run('move', (tx) => inventory.moveHold(tx, bench.brandId, order, to)));
    await setOnHand(shop.shanghai, skuId(2, 1), 2);
    expect(await move(shop.shanghai)).toBe('SOLD_OUT');
    expect([await move(shop.lake), await move(shop.lake)]).toEqual(['done', 'done']);
    expect([await stock(shop.north, skuId(2)), await stock(shop.lake, skuId(2, 1))]).toEqual([
      [10, 0],
      [10, 3],
    ]);
  });
});

describe('what stock is for', () => {
  it('counts only for the ways it is meant for', async () => {
    const sku = skuId(2);
    await desk.setChannels(shop.franchiseeB, shop.shanghai, sku, { forPickup: false, forDelivery: true });
    const order = () => bench.ids.next<'order'>();
    expect(await codeOf(reserve(order(), shop.shanghai, { [sku]: 1 }, { fulfil: 'PICKUP' }))).toBe('SOLD_OUT');
    expect(await codeOf(reserve(order(), shop.shanghai, { [sku]: 1 }, { fulfil: 'SHIP' }))).toBe('done');
    const foreign = desk.setChannels(shop.franchiseeA, shop.shanghai, sku, { forPickup: true, forDelivery: true });
    expect(await codeOf(foreign)).toBe('NOT_FOUND');
  });
});

describe('pain-11 stock from another system', () => {
  const push = (message: Partial<StockMessage>) =>
    new PushStock(shop.organization, bench.unitOfWork, bench.ids).run(
      { kind: 'pos', brandId: bench.brandId, connectorId: '77' as Id<'connector'> },
      { storeCode: 'S004', sequence: 1, kind: 'DELTA', rows: [{ skuCode: 'XL1000-GN-0', qty: -1 }], ...message },
    );
  const onHand = async () => (await stock(shop.paused, skuId(0)))[0];

  it('pain-11 applies each change once, notices a lost one, and is in step again after a full count', async () => {
    expect((await push({})).result).toBe('APPLIED');
    expect((await push({})).result).toBe('REPEATED');
    expect(await onHand()).toBe(9);
    expect(await push({ sequence: 3 })).toMatchObject({ result: 'GAP', expected: 2 });
    expect(await push({ sequence: 4 })).toMatchObject({ result: 'GAP', expected: 2 });
    expect(await onHand()).toBe(9);
    expect((await desk.feeds(shop.hq))[0]).toMatchObject({ state: 'GAP', missingFrom: 2 });
    const counted = await push({
      sequence: 5,
      kind: 'SNAPSHOT',
      rows: [
        { skuCode: 'XL1000-GN-0', qty: 6 },
        { skuCode: 'NEVER', qty: 1 },
      ],
    });
    expect(counted).toMatchObject({ result: 'APPLIED', driftPieces: 3, unknownSkus: ['NEVER'] });
    expect((await push({ sequence: 6 })).result).toBe('APPLIED');
    expect(await onHand()).toBe(5);
    expect((await desk.feeds(shop.hq))[0]).toMatchObject({ state: 'IN_STEP', missingFrom: null, driftRows: 1 });
    expect((await desk.drifts(shop.hq, {})).items[0]).toMatchObject({ was: 9, counted: 6, skuCode: 'XL1000-GN-0' });
    expect(await desk.feeds(shop.franchiseeA)).toEqual([]);
  });

  it('pain-11 never counts away what orders hold, and says that the systems differ', async () => {
    await reserve(bench.ids.next(), shop.paused, { [skuId(0)]: 3 });
    await push({ sequence: 7, kind: 'SNAPSHOT', rows: [{ skuCode: 'XL1000-GN-0', qty: 1 }] });
    expect(await stock(shop.paused, skuId(0))).toEqual([3, 3]);
    expect((await desk.drifts(shop.hq, {})).items[0]).toMatchObject({ was: 5, counted: 1 });
  });
});

describe('pain-11 the nightly look at stock from another system', () => {
  const HOUR = 3_600_000;
  let sequence = 100;
  const push = async (kind: StockMessage['kind'], qty: number, skipped = 0) => {
    sequence += 1 + skipped;
    const rows = [{ skuCode: 'XL1002-GN-1', qty }];
    const actor = { kind: 'pos' as const, brandId: bench.brandId, connectorId: '78' as Id<'connector'> };
    const feed = new PushStock(shop.organization, bench.unitOfWork, bench.ids);
    return (await feed.run(actor, { storeCode: 'S004', sequence, kind, rows })).result;
  };
  const reconcile = () => new ReconcileFeeds(bench.database, bench.unitOfWork, bench.clock).run(bench.brandId);
  const reports = async () =>
    (
      await bench.database.query<{ day: string; drift_pieces: number; alarms: string | null }>(
        'SELECT day, drift_pieces, alarms FROM stock_report WHERE brand_id = ? AND source_id = 78 ORDER BY day',
        [bench.brandId],
      )
    ).map((one) => [one.drift_pieces, one.alarms ?? '']);
  const alarmed = async () => {
    const feeds = await desk.feeds(shop.hq);
    return feeds.filter((feed) => feed.alarms.length > 0);
  };
  /** Goes on to noon, and from there to the next night at half past two in Shanghai. */
  const noon = () => goTo(startOfBusinessDay(businessDay(bench.clock.now())) + 12 * HOUR);
  const night = () => goTo(startOfBusinessDay(addDays(businessDay(bench.clock.now()), 1)) + 2.5 * HOUR);
  const goTo = (instant: number) => bench.clock.advance(instant - bench.clock.now());

  it('pain-11 reports each day once and stays quiet while both are in step', async () => {
    // A day on which nothing was apart, with this feed alone.
    await bench.database.execute('DELETE FROM stock_feed WHERE brand_id = ?', [bench.brandId]);
    night();
    noon();
    expect(await push('SNAPSHOT', 10)).toBe('APPLIED');
    expect(await push('DELTA', -1)).toBe('APPLIED');
    night();
    expect([await reconcile(), await reconcile()]).toEqual([1, 0]);
    expect(await reports()).toEqual([[0, '']]);
    expect(await alarmed()).toEqual([]);
  });

  it('pain-11 raises an alarm for pieces that went apart, for a lost message and for a feed that fell silent', async () => {
    noon();
    // The other system counts 40 where we have 9.
    expect(await push('SNAPSHOT', 40)).toBe('APPLIED');
    expect(await push('DELTA', -1, 1)).toBe('GAP');
    night();
    expect(await reconcile()).toBe(1);
    const [, [pieces, text] = []] = await reports();
    expect(pieces).toBe(31);
    expect(text).toContain('缺第');
    expect(text).toContain('相差 31 件');
    expect(await alarmed()).toHaveLength(1);
    const events = await bench.database.query(
      "SELECT id FROM outbox WHERE brand_id = ? AND type = 'stock.feed-alarm'",
      [bench.brandId],
    );
    expect(events).toHaveLength(1);
    noon();
    expect(await push('SNAPSHOT', 40)).toBe('APPLIED');
    night();
    await reconcile();
    expect(await alarmed()).toEqual([]);
    noon();
    night();
    await reconcile();
    expect((await reports()).at(-1)?.[1]).toContain('超过一天没有收到库存消息');
    noon();
    await push('SNAPSHOT', 40);
    night();
    await reconcile();
    expect((await reports()).map(([, alarms]) => alarms !== '')).toEqual([false, true, false, true, false]);
  });
});

describe('something sold out', () => {
  it('is offered by other stores, and told of once when it is back', async () => {
    const member = await shop.member();
    const sku = skuId(1, 1);
    await setOnHand(shop.lake, sku, 0);
    const options = await soldOut.options(member, sku, { storeId: shop.lake });
    expect(options.stores.map((one) => [one.storeId, one.available])).toEqual([
      [shop.north, 10],
      [shop.shanghai, 10],
    ]);
    const notice = await soldOut.ask(member, shop.lake, sku);
    expect((await soldOut.ask(member, shop.lake, sku)).id).toBe(notice.id);
    expect((await soldOut.options(member, sku, { storeId: shop.lake })).isNotified).toBe(true);
    await soldOut.sweep();
    expect((await soldOut.list(member, {})).items[0]?.state).toBe('WAITING');
    await setOnHand(shop.lake, sku, 2);
    await soldOut.sweep();
    await soldOut.sweep();
    expect((await soldOut.list(member, {})).items[0]?.state).toBe('ARRIVED');
    const events = await bench.database.query(
      "SELECT id FROM outbox WHERE brand_id = ? AND type = 'stock.arrived' AND payload LIKE ?",
      [bench.brandId, `%${notice.id}%`],
    );
    expect(events).toHaveLength(1);
    const stranger = await shop.member();
    expect(await codeOf(soldOut.forget(stranger, notice.id as Id<'notice'>))).toBe('NOT_FOUND');
    expect(await codeOf(soldOut.forget(member, notice.id as Id<'notice'>))).toBe('done');
  });

  it('is told of in the order of asking, to as many as there are pieces, and to the next when these do not come', async () => {
    const sku = skuId(1, 0);
    await setOnHand(shop.lake, sku, 0);
    const row: Consumer[] = [];
    for (let place = 0; place < 4; place += 1) {
      bench.clock.advance(1000);
      const member = await shop.member();
      await soldOut.ask(member, shop.lake, sku);
      row.push(member);
    }
    const told = async () => {
      const lists = await Promise.all(row.map((member) => soldOut.list(member, {})));
      return lists.map(({ items }) => items[0]?.state === 'ARRIVED');
    };
    bench.clock.advance(1000);
    // Asking again keeps the place.
    await soldOut.ask(row[0] as Consumer, shop.lake, sku);
    await setOnHand(shop.lake, sku, 2);
    await Promise.all([soldOut.sweep(), soldOut.sweep(), soldOut.sweep()]);
    await soldOut.sweep();
    expect(await told()).toEqual([true, true, false, false]);
    await setOnHand(shop.lake, sku, 3);
    await soldOut.sweep();
    expect(await told()).toEqual([true, true, true, false]);
    bench.clock.advance(2 * 3_600_000 + 2000);
    await soldOut.sweep();
    expect(await told()).toEqual([true, true, true, true]);
  });
});
