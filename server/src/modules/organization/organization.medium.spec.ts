import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoreId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import type { Actor } from '../../platform/access/actor.js';
import { ChooseStore } from './application/choose-store.js';
import { ConsoleGuides } from './application/console-guides.js';
import { ConsoleStores } from './application/console-stores.js';
import { Enter } from './application/enter.js';
import { FindGuide } from './application/find-guide.js';
import { ListStores } from './application/list-stores.js';
import { UpdateStore } from './application/update-store.js';

let bench: TestBench;
let shop: TestShop;
let enter: Enter;
let guest: Actor;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  enter = new Enter(shop.organization, bench.database, bench.unitOfWork, bench.ids, bench.clock);
  guest = { kind: 'guest', brandId: bench.brandId };
});
afterAll(() => bench.close());

const lakeside = { latitude: 30.2577, longitude: 120.1646 };
const idOf = async (arrival: Parameters<Enter['run']>[1], actor: Actor = guest) =>
  (await enter.run(actor, arrival)).resolution.store?.id ?? null;

describe('the deciding rule of an entry', () => {
  it('is kept with the store and whether the position left it open', async () => {
    const member = await shop.member();
    await enter.run(member, { storeId: shop.north });
    const rows = await bench.database.query(
      'SELECT store_id, rule, is_uncertain FROM store_entry WHERE brand_id = ? AND member_id = ?',
      [bench.brandId, member.memberId],
    );
    expect(rows).toEqual([{ store_id: shop.north, rule: 'LINK', is_uncertain: 0 }]);
  });
});

describe('entering a store', () => {
  it('reads scene codes: a store code links, a guide code brings the guide', async () => {
    expect(await idOf({ scene: 's=S003' })).toBe(shop.shanghai);
    const { resolution, guide } = await enter.run(guest, { scene: encodeURIComponent('g=NORTH') });
    expect(resolution).toMatchObject({ rule: 'GUIDE', store: { id: shop.north } });
    expect(guide).toMatchObject({ code: 'NORTH', title: '导购', storeName: '武林店' });
  });

  it('remembers the store a member chose, and puts the exclusive guide before it', async () => {
    const member = await shop.member();
    await new ChooseStore(shop.organization, bench.unitOfWork).run(member, shop.shanghai);
    expect((await enter.run(member, lakeside)).resolution).toMatchObject({
      rule: 'LAST_CHOSEN',
      store: { id: shop.shanghai },
    });
    await bench.database.execute(
      "INSERT INTO binding (brand_id, member_id, guide_id, store_id, way, bound_at, protected_until, evidence) VALUES (?,?,?,?,'GUIDE_CARD',?,?,'x')",
      [bench.brandId, member.memberId, shop.guides.north, shop.north, bench.clock.date(), bench.clock.date()],
    );
    const found = await enter.run(member, lakeside);
    expect(found.resolution).toMatchObject({ rule: 'GUIDE', reason: '你的专属导购 林静 所在门店' });
    expect(found.guide?.id).toBe(shop.guides.north);
  });

  it('says of a member who refused the position that the phone is not to be asked for it', async () => {
    const member = await shop.member();
    expect((await enter.run(member, {})).resolution.refusesPosition).toBe(false);
    await bench.database.execute(
      "INSERT INTO consent (brand_id, member_id, sub_brand, purpose, version, is_given, source, at) VALUES (?,?,'MAIN','LOCATION','2026.11',0,'MALL',?)",
      [bench.brandId, member.memberId, bench.clock.date()],
    );
    expect((await enter.run(member, {})).resolution.refusesPosition).toBe(true);
  });

  it('asks when a fuzzy position has two stores about as near and decides when it is exact', async () => {
    const fuzzy = await enter.run(guest, { ...lakeside, isFuzzy: true });
    expect(fuzzy.resolution).toMatchObject({ store: null, isUncertain: true });
    expect(fuzzy.resolution.candidates.map((one) => one.id)).toEqual([shop.lake, shop.north]);
    expect((await enter.run(guest, lakeside)).resolution).toMatchObject({
      rule: 'SERVICE_AREA',
      store: { id: shop.lake, openText: '营业中 · 22:00 打烊' },
    });
  });

  it('never proposes the paused store by position, but lets a link into it', async () => {
    const there = { latitude: 30.2087, longitude: 120.2106 };
    expect(await idOf(there)).not.toBe(shop.paused);
    const linked = await enter.run(guest, { storeId: shop.paused });
    expect(linked.resolution).toMatchObject({ rule: 'LINK', store: { status: 'PAUSED', isOpenNow: false } });
  });

  it('lists open stores near a position or in a city, with counts of cities', async () => {
    const list = new ListStores(shop.organization);
    const found = await list.run(guest, lakeside);
    expect(found.items.map((one) => one.id)).toEqual([shop.lake, shop.north, shop.shanghai]);
    expect(found.cities).toEqual([
      { name: '杭州', count: 2 },
      { name: '上海', count: 1 },
    ]);
    expect((await list.run(guest, { city: '上海' })).items.map((one) => one.id)).toEqual([shop.shanghai]);
  });

  it('finds a guide by userid in any case, and no guide card for an unknown code', async () => {
    expect((await shop.organization.guideByUserid(bench.brandId, 'g-lake'))?.id).toBe(shop.guides.lake);
    const find = new FindGuide(shop.organization);
    expect((await find.run(bench.brandId, { scene: 'g=LAKE' })).id).toBe(shop.guides.lake);
    await expect(find.run(bench.brandId, { code: 'NOBODY' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('desks', () => {
  it('show a franchisee its own stores and guides only; a foreign store is not found', async () => {
    const stores = new ConsoleStores(shop.organization, bench.database);
    const guides = new ConsoleGuides(shop.organization, bench.database, bench.clock);
    expect((await stores.list(shop.franchiseeA, {})).items.map((one) => one.id)).toEqual([shop.north]);
    expect((await guides.list(shop.franchiseeA, {})).items.map((one) => one.id)).toEqual([shop.guides.north]);
    await expect(stores.one(shop.franchiseeA, shop.shanghai)).rejects.toMatchObject({ status: 404 });
    await expect(guides.list(shop.franchiseeA, { storeId: shop.shanghai })).rejects.toMatchObject({ status: 404 });
    expect(await guides.one(shop.franchiseeA, shop.guides.north)).toMatchObject({ id: shop.guides.north });
    await expect(guides.one(shop.franchiseeA, shop.guides.lake)).rejects.toMatchObject({ status: 404 });
    await expect(stores.one(shop.hq, '99' as StoreId)).rejects.toMatchObject({ status: 404 });
  });

  it('page through all stores once', async () => {
    const stores = new ConsoleStores(shop.organization, bench.database);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await stores.list(shop.hq, { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((one) => one.code));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(['S001', 'S002', 'S003', 'S004']);
  });

  it('save a store once per version and refuse settings that cannot work', async () => {
    const update = new UpdateStore(shop.organization, bench.unitOfWork);
    const stores = new ConsoleStores(shop.organization, bench.database);
    const { version } = await stores.one(shop.hq, shop.north);
    const imageUrl = '/files/pictures/store-S002.png';
    await update.run(shop.hq, shop.north, { version, phone: '0571-8888', imageUrl });
    expect(await stores.one(shop.hq, shop.north)).toMatchObject({ phone: '0571-8888', imageUrl, version: version + 1 });
    const again = update.run(shop.hq, shop.north, { version, phone: '0571-9999' });
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
    const next = version + 1;
    await expect(update.run(shop.hq, shop.north, { version: next, subMchid: null })).rejects.toMatchObject({
      code: 'COLLECT_NEEDS_MERCHANT',
    });
    await expect(update.run(shop.hq, shop.lake, { version: 0, collectMode: 'STORE' })).rejects.toMatchObject({
      code: 'SELF_COLLECTS_BY_BRAND',
    });
  });
});
