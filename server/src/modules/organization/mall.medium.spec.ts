import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, businessDay, DAY_MS, fen, type Id, startOfBusinessDay } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import type { Consumer } from '../../platform/access/actor.js';
import { ChooseStore } from './application/choose-store.js';
import { createStores } from './application/create.js';
import { Deliveries } from './application/deliveries.js';
import { Enter } from './application/enter.js';
import { ShowFulfilOptions } from './application/fulfil-options.js';
import { ListStores } from './application/list-stores.js';
import { MallDesk } from './application/mall-desk.js';
import { KeepStoreService } from './application/store-service.js';

let bench: TestBench;
let shop: TestShop;
let enter: Enter;
let choose: ChooseStore;
let list: ListStores;
let desk: MallDesk;
let keep: KeepStoreService;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  enter = new Enter(shop.organization, bench.database, bench.unitOfWork, bench.ids, bench.clock);
  choose = new ChooseStore(shop.organization, bench.unitOfWork);
  list = new ListStores(shop.organization);
  desk = new MallDesk(shop.organization, bench.database, bench.unitOfWork);
  keep = new KeepStoreService(shop.organization, bench.unitOfWork);
});
afterAll(() => bench.close());

const lakeside = { latitude: 30.2577, longitude: 120.1646 };
async function set(change: Omit<Parameters<MallDesk['update']>[1], 'version'>): Promise<void> {
  const { version } = await desk.settings(shop.hq);
  await desk.update(shop.hq, { version, ...change });
}
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const touch = (member: Consumer, storeId: Id<'store'>) => codeOf(shop.organization.requireStore(member, storeId));
const listed = async (member: Consumer) => (await list.run(member, {})).items.map((one) => one.id);

describe('strict isolation', () => {
  beforeAll(() => set({ isolation: 'STRICT' }));

  it('keeps a consumer in the store of the area: no switch, no other store in the list, no other shelf', async () => {
    const member = await shop.member();
    const { resolution } = await enter.run(member, lakeside);
    expect(resolution).toMatchObject({ store: { id: shop.lake }, canSwitch: false, isolation: 'STRICT' });
    expect(await listed(member)).toEqual([shop.lake]);
    expect(await codeOf(choose.run(member, shop.north))).toBe('STORE_OUT_OF_REACH');
    expect(await touch(member, shop.shanghai)).toBe('STORE_OUT_OF_REACH');
    expect(await touch(member, shop.lake)).toBe('done');
  });

  it('lets a bare address of another store decide nothing, and records what was wanted', async () => {
    const member = await shop.member();
    await enter.run(member, lakeside);
    const { resolution } = await enter.run(member, { ...lakeside, storeId: shop.north });
    expect(resolution).toMatchObject({ rule: 'ISOLATED', store: { id: shop.lake } });
    const [entry] = (await desk.entries(shop.hq, { memberId: member.memberId })).items;
    expect(entry).toMatchObject({ rule: 'ISOLATED', storeId: shop.lake, wantedStoreId: shop.north });
  });

  it('lets a guide’s link win for some days, and never moves the home by it', async () => {
    const member = await shop.member();
    await enter.run(member, lakeside);
    const { resolution } = await enter.run(member, { guideCode: 'SHANG' });
    expect(resolution).toMatchObject({ rule: 'GUIDE', store: { id: shop.shanghai } });
    expect([await touch(member, shop.shanghai), await touch(member, shop.lake)]).toEqual(['done', 'done']);
    expect(await touch(member, shop.north)).toBe('STORE_OUT_OF_REACH');
    bench.clock.advance(8 * DAY_MS);
    shop.organization.forgetReach(member.memberId);
    expect(await touch(member, shop.shanghai)).toBe('STORE_OUT_OF_REACH');
    expect(await listed(member)).toEqual([shop.lake]);
  });

  it('cannot be gone around by never entering: the first store that is touched is the home', async () => {
    const member = await shop.member();
    expect(await touch(member, shop.north)).toBe('done');
    expect(await touch(member, shop.lake)).toBe('STORE_OUT_OF_REACH');
  });

  it('asks again where somebody is who has not come for long', async () => {
    const member = await shop.member();
    await enter.run(member, lakeside);
    bench.clock.advance(31 * DAY_MS);
    shop.organization.forgetReach(member.memberId);
    const there = { latitude: 31.2237, longitude: 121.4452 };
    expect((await enter.run(member, there)).resolution).toMatchObject({ store: { id: shop.shanghai } });
    expect(await touch(member, shop.lake)).toBe('STORE_OUT_OF_REACH');
  });
});

describe('isolation by city', () => {
  beforeAll(() => set({ isolation: 'CITY' }));

  it('lets a consumer switch inside the city and not beyond', async () => {
    const member = await shop.member();
    await enter.run(member, lakeside);
    expect(await codeOf(choose.run(member, shop.north))).toBe('done');
    expect(await codeOf(choose.run(member, shop.shanghai))).toBe('STORE_OUT_OF_REACH');
    expect(new Set(await listed(member))).toEqual(new Set([shop.lake, shop.north]));
  });
});

describe('mall modes', () => {
  it('a brand mall is one store for everybody, and cannot be opened without one', async () => {
    await expect(set({ mallMode: 'BRAND', brandStoreId: null })).rejects.toMatchObject({ code: 'MALL_SETTINGS' });
    await set({ mallMode: 'BRAND', brandStoreId: shop.lake, isolation: 'SOFT' });
    const member = await shop.member();
    expect((await enter.run(member, { storeId: shop.north })).resolution).toMatchObject({
      rule: 'BRAND_MALL',
      store: { id: shop.lake },
      canSwitch: false,
    });
    expect(await touch(member, shop.north)).toBe('STORE_OUT_OF_REACH');
  });

  it('both side by side: the brand mall when asked for, else the store mall', async () => {
    await set({ mallMode: 'BOTH' });
    const member = await shop.member();
    expect((await enter.run(member, { ...lakeside, mall: 'BRAND' })).resolution.rule).toBe('BRAND_MALL');
    expect((await enter.run(member, lakeside)).resolution.rule).toBe('SERVICE_AREA');
    await set({ mallMode: 'STORE' });
  });

  it('are changed by one person at a time', async () => {
    await expect(desk.update(shop.hq, { version: 0, isolation: 'SOFT' })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('service areas', () => {
  const ring = [
    [120.1, 30.2],
    [120.2, 30.2],
    [120.2, 30.3],
    [120.1, 30.3],
    [120.1, 30.2],
  ];
  const versionOf = async (id: Id<'store'>) => (await keep.area(shop.hq, id)).version;

  it('reports overlaps to headquarters, those between owners first, and the runtime follows the priority', async () => {
    const [first] = await desk.overlaps(shop.hq, '杭州');
    expect(first).toMatchObject({ isBetweenOwners: true, city: '杭州' });
    expect(first?.sharedOfSmallerBp).toBeGreaterThan(3000);
    const half = { latitude: (30.2576 + 30.2716) / 2, longitude: (120.1645 + 120.1637) / 2 };
    await keep.changeArea(shop.hq, shop.north, {
      version: await versionOf(shop.north),
      kind: 'RADIUS',
      radiusM: 3000,
      priority: 5,
    });
    const member = await shop.member();
    expect((await enter.run(member, half)).resolution).toMatchObject({ store: { id: shop.north } });
    const [entry] = (await desk.entries(shop.hq, { memberId: member.memberId })).items;
    expect(entry).toMatchObject({ rule: 'SERVICE_AREA', tieBreak: 'PRIORITY' });
  });

  it('are polygons when drawn, and a crooked one is refused with what is wrong', async () => {
    const version = await versionOf(shop.shanghai);
    const draw = (points: number[][]) =>
      keep.changeArea(shop.hq, shop.shanghai, {
        version,
        kind: 'POLYGON',
        radiusM: 100,
        priority: 9,
        polygon: { type: 'Polygon', coordinates: [points] },
      });
    await expect(draw(ring.slice(0, 4))).rejects.toMatchObject({ code: 'AREA' });
    expect((await draw(ring)).kind).toBe('POLYGON');
    // A far store whose drawn area holds the position serves it; the nearer ones win by distance while they serve too.
    const farField = { latitude: 30.215, longitude: 120.11 };
    expect((await enter.run(await shop.member(), farField)).resolution.store?.id).toBe(shop.shanghai);
  });
});

describe('a crowded city', () => {
  it('still finds the store whose drawn area holds the position, however many stores stand nearer', async () => {
    const own = await openTestBench();
    try {
      const crowd = await openTestShop(own);
      const lake = await crowd.organization.requireStore(crowd.hq, crowd.lake);
      const stores = Array.from({ length: 25 }, (_, at) => ({
        ...lake,
        brandId: own.brandId,
        id: own.ids.next<'store'>(),
        code: `K${at}`,
        latitude: lake.latitude + 0.0001 * at,
        serviceRadiusM: 1,
      }));
      await own.unitOfWork.run('open stores', async (tx) => {
        await createStores(tx, stores);
        await tx.execute('UPDATE store SET service_radius_m = 1 WHERE brand_id = ? AND id = ?', [
          own.brandId,
          crowd.lake,
        ]);
        await tx.execute('UPDATE store SET service_radius_m = 1 WHERE brand_id = ? AND id = ?', [
          own.brandId,
          crowd.north,
        ]);
        await tx.execute('UPDATE store SET service_radius_m = 400000 WHERE brand_id = ? AND id = ?', [
          own.brandId,
          crowd.shanghai,
        ]);
      });
      crowd.organization.forget(own.brandId);
      const visit = new Enter(crowd.organization, own.database, own.unitOfWork, own.ids, own.clock);
      expect((await visit.run(await crowd.member(), lakeside)).resolution).toMatchObject({
        rule: 'SERVICE_AREA',
        store: { id: crowd.shanghai },
      });
      const pairs = await new MallDesk(crowd.organization, own.database, own.unitOfWork).overlaps(crowd.hq);
      // The wide area holds every other one: as many pairs as there are other open stores, each told once.
      expect(pairs.filter((one) => [one.a.storeId, one.b.storeId].includes(crowd.shanghai))).toHaveLength(27);
    } finally {
      await own.close();
    }
  });
});

describe('local delivery', () => {
  const slots = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '14:00', to: '16:00', capacity: 2 }];
  const delivery = {
    isOn: true,
    radiusM: 5000,
    minFen: 5000,
    freeFromFen: 50_000,
    leadMinutes: 60,
    tiers: [
      { upToM: 2000, feeFen: 600 },
      { upToM: 5000, feeFen: 1000 },
    ],
    slots,
  };

  it('is kept by the franchisee of the store and by no other', async () => {
    const { version } = await keep.service(shop.hq, shop.north);
    const change = { version, delivery };
    await expect(keep.changeService(shop.franchiseeB, shop.north, change)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await keep.changeService(shop.franchiseeA, shop.north, change)).delivery.slots).toEqual(slots);
    const gap = { version: version + 1, delivery: { ...delivery, radiusM: 9000 } };
    await expect(keep.changeService(shop.franchiseeA, shop.north, gap)).rejects.toMatchObject({ code: 'SERVICE' });
  });

  it('says fee, minimum and slots, and why not', async () => {
    const show = new ShowFulfilOptions(shop.organization, bench.database, bench.clock);
    const guest = { kind: 'guest' as const, brandId: bench.brandId };
    const ask = async (given: Parameters<ShowFulfilOptions['run']>[2]) =>
      (await show.run(guest, shop.north, given)).delivery;
    expect(await ask({ ...lakeside, goodsFen: 10_000 })).toMatchObject({ problem: null, feeFen: 600 });
    expect(await ask({ ...lakeside, goodsFen: 60_000 })).toMatchObject({ problem: null, feeFen: 0 });
    expect(await ask({ ...lakeside, goodsFen: 4000 })).toMatchObject({ problem: 'BELOW_MINIMUM' });
    expect(await ask({ latitude: 31, longitude: 121 })).toMatchObject({ problem: 'TOO_FAR', feeFen: null });
    expect(await ask({})).toMatchObject({ problem: 'NO_POSITION' });
  });

  it('out of hours delivers nothing and takes pickups for tomorrow, as far as the brand lets it', async () => {
    const show = new ShowFulfilOptions(shop.organization, bench.database, bench.clock);
    const guest = { kind: 'guest' as const, brandId: bench.brandId };
    const night = bench.clock.now();
    bench.clock.advance(13 * 3_600_000);
    const late = await show.run(guest, shop.north, lakeside);
    expect(late.delivery.problem).toBe('STORE_NOT_OPEN');
    expect(late.pickup).toMatchObject({ isOffered: true, isPreorder: true });
    await set({ canPreorderPickup: false });
    expect((await show.run(guest, shop.north, lakeside)).pickup.isOffered).toBe(false);
    await set({ canPreorderPickup: true });
    bench.clock.advance(24 * 3_600_000 - (bench.clock.now() - night));
  });

  it('before it opens says today for a pickup, and late in the day that today is too late', async () => {
    const show = new ShowFulfilOptions(shop.organization, bench.database, bench.clock);
    const guest = { kind: 'guest' as const, brandId: bench.brandId };
    const began = bench.clock.now();
    const at = async (hour: number) => {
      // Shanghai's hour of the next day.
      const midnight = startOfBusinessDay(addDays(businessDay(began), 1));
      bench.clock.advance(midnight + hour * 3_600_000 - bench.clock.now());
      return show.run(guest, shop.north, {});
    };
    const early = await at(7);
    expect(early).toMatchObject({
      isOpenNow: false,
      pickup: { isPreorder: true, text: '今天 10:00 起可取，为你保留 7 天' },
    });
    expect(early.pickup.readyAt?.slice(11, 16)).toBe('02:00');
    await set({ canPreorderPickup: false });
    const late = await at(21.5);
    expect(late).toMatchObject({
      isOpenNow: true,
      pickup: { isOffered: false, text: '今天来不及备货了，明天再来下单吧' },
    });
    await set({ canPreorderPickup: true });
    bench.clock.advance(24 * 3_600_000 * 3 - (bench.clock.now() - began));
  });

  it('gives a slot to as many orders as it holds, and a place back to the next', async () => {
    const deliveries = new Deliveries(shop.organization, bench.clock);
    const show = new ShowFulfilOptions(shop.organization, bench.database, bench.clock);
    const { delivery: offered } = await show.run(shop.hq, shop.north, lakeside);
    const slot = offered.slots[0]?.id ?? '';
    const book = (orderId: Id<'order'>) =>
      bench.unitOfWork.run('book', (tx) =>
        deliveries.book(tx, {
          brandId: bench.brandId,
          orderId,
          storeId: shop.north,
          slot,
          feeFen: fen(600),
          distanceM: 1500,
        }),
      );
    const orders = Array.from({ length: 8 }, () => bench.ids.next<'order'>());
    const results = await Promise.all(orders.map((id) => codeOf(book(id))));
    expect(results.filter((one) => one === 'done')).toHaveLength(2);
    expect(new Set(results)).toEqual(new Set(['done', 'SLOT_FULL']));
    const winner = orders[results.indexOf('done')] as Id<'order'>;
    for (let twice = 0; twice < 2; twice += 1)
      await bench.unitOfWork.run('release', (tx) => deliveries.release(tx, bench.brandId, winner));
    expect(await codeOf(book(bench.ids.next()))).toBe('done');
    expect(await codeOf(book(bench.ids.next()))).toBe('SLOT_FULL');
  });
});
