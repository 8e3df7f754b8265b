import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PromotionInput } from '@shuke/shared/contracts';
import { fen, type Id, type MemberId, type OrderId, sumFen } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import type { Consumer } from '../../platform/access/actor.js';
import { Catalog } from '../catalog/index.js';
import { type MemberMove, MemberMovers } from '../one-id/index.js';
import { Activities } from './application/activities.js';
import { Bargains } from './application/bargains.js';
import { CheckPromotion } from './application/check-promotion.js';
import { GroupSeats } from './application/group-seats.js';
import { MallPromotions } from './application/mall-promotions.js';
import { MallSessions } from './application/mall-sessions.js';
import { PromotionDesk } from './application/promotion-desk.js';
import { PromotionEffects } from './application/promotion-effect.js';
import { PromotionSweeps } from './application/promotion-sweeps.js';
import { Promotions } from './application/promotions.js';
import { PromotionTools } from './application/tools.js';
import { registerPromotionRows } from './persistence/member-rows.js';
import { promotionInvariants } from './promotions.invariants.js';

let bench: TestBench;
let shop: TestShop;
let tools: PromotionTools;
let promotions: Promotions;
let desk: PromotionDesk;
let effects: PromotionEffects;
let mall: MallPromotions;
let sessions: MallSessions;
let bargains: Bargains;
let seats: GroupSeats;
let activities: Activities;
let sweeps: PromotionSweeps;

beforeAll(async () => {
  bench = await openTestBench();
});
afterAll(async () => bench.close());

beforeEach(async () => {
  bench.brandId = bench.ids.next<'brand'>();
  shop = await openTestShop(bench);
  tools = new PromotionTools(bench.database, bench.unitOfWork, bench.clock, bench.ids);
  const catalog = new Catalog(bench.database);
  promotions = new Promotions(bench.database, bench.clock, shop.organization);
  const checks = new CheckPromotion(bench.database, bench.clock, bench.ids, shop.organization);
  desk = new PromotionDesk(tools, shop.organization, checks, promotions);
  effects = new PromotionEffects(tools, shop.organization, desk);
  mall = new MallPromotions(tools, promotions, shop.organization, catalog);
  sessions = new MallSessions(tools, shop.organization, catalog);
  bargains = new Bargains(tools, promotions, catalog, sessions);
  seats = new GroupSeats(tools);
  activities = new Activities(tools, promotions, seats);
  sweeps = new PromotionSweeps(tools, seats, bargains);
});

const hours = (n: number) => new Date(bench.clock.now() + n * 3_600_000).toISOString();
const sku = (product: number, size = 0) => shop.products[product]?.skus[size] as Id<'sku'>;

const draft = (kind: PromotionInput['kind'], terms: Record<string, unknown>, more: Partial<PromotionInput> = {}) => ({
  kind,
  name: `活动 ${kind}`,
  startsAt: hours(-1),
  endsAt: hours(240),
  terms,
  ...more,
});
const reduction = (more: Partial<PromotionInput> = {}): PromotionInput =>
  draft(
    'FULL_REDUCTION',
    { measure: 'MONEY', basis: 'PAID', reward: 'AMOUNT', mode: 'TIERS', tiers: [{ atFen: 100_000, cutFen: 10_000 }] },
    more,
  );
const groupBuy = (): PromotionInput =>
  draft('GROUP_BUY', {
    items: [{ skuId: sku(0), priceFen: 90_000 }],
    size: 2,
    hours: 24,
    joinsPerMember: 5,
    fillsUp: false,
  });

async function publish(input: PromotionInput, actor = shop.hq): Promise<Id<'promotion'>> {
  const { id } = await desk.create(actor, input);
  await desk.run(actor, id as Id, 30);
  await desk.publish(actor, id as Id, { acceptsBelowFloor: true, reason: '测试' });
  return id as Id<'promotion'>;
}

const record = (who: Consumer, orderId: Id<'order'>, uses: Parameters<Promotions['record']>[1]['promotions']) =>
  bench.unitOfWork.run('test', (tx) =>
    promotions.record(tx, {
      brandId: bench.brandId,
      orderId,
      memberId: who.memberId,
      storeId: shop.lake,
      promotions: uses,
    }),
  );
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
const holds = async () => {
  for (const invariant of promotionInvariants)
    expect([invariant.id, await invariant.check(bench.database, bench.brandId)]).toEqual([invariant.id, []]);
};

describe('limits of promotions', () => {
  it('pain-02 let exactly as many orders in as the limit says, however many submit at once', async () => {
    const id = await publish(reduction({ totalLimit: 7 }));
    const who = await shop.member();
    const use = [{ promotionId: id, skuId: null, qty: 1, fen: fen(10_000) }];
    await promotions.live(bench.brandId, shop.lake, bench.clock.date());
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(record(who, bench.ids.next<'order'>(), use))),
    );
    expect(codes.filter((code) => code === 'done')).toHaveLength(7);
    expect(codes.filter((code) => code === 'PROMOTION_USED_UP')).toHaveLength(13);
    await holds();
  });

  it('pain-03 are restored when an order is closed, once however often it is closed', async () => {
    const id = await publish(reduction({ memberLimit: 1, budgetFen: 10_000 }));
    const who = await shop.member();
    const use = [{ promotionId: id, skuId: null, qty: 1, fen: fen(10_000) }];
    const first = bench.ids.next<'order'>();
    await record(who, first, use);
    expect(await codeOf(record(who, bench.ids.next<'order'>(), use))).toBe('PROMOTION_USED_UP');
    for (const _ of [1, 2]) await bench.unitOfWork.run('test', (tx) => promotions.release(tx, bench.brandId, first));
    expect(await codeOf(record(who, bench.ids.next<'order'>(), use))).toBe('done');
    await holds();
    const effect = await effects.effect(shop.hq, id);
    expect(effect).toMatchObject({ orderCount: 1, discountFen: 10_000, byBearer: [{ party: 'HQ', fen: 10_000 }] });
  });

  it('keep a seckill to its slice in each store, twenty buyers at once', async () => {
    const terms = { items: [{ skuId: sku(1), priceFen: 90_000, sliceQty: 5 }], perOrder: 1, payMinutes: 5 };
    const id = await publish(draft('SECKILL', terms, { memberLimit: 1 }));
    await promotions.live(bench.brandId, shop.lake, bench.clock.date());
    const people = await Promise.all(Array.from({ length: 20 }, () => shop.member()));
    const use = [{ promotionId: id, skuId: sku(1), qty: 1, fen: fen(10_000) }];
    const codes = await Promise.all(people.map((who) => codeOf(record(who, bench.ids.next<'order'>(), use))));
    expect(codes.filter((code) => code === 'done')).toHaveLength(5);
    const card = await mall.one(shop.hq, id, shop.lake);
    expect(card.items[0]).toMatchObject({ leftQty: 0, sliceQty: 5, priceFen: 90_000, shelfPriceFen: 100_000 });
    await holds();
  });
});

describe('a person with two accounts', () => {
  it('is a new member once: the limit follows the uses through a merge and back', async () => {
    const terms = { items: [{ skuId: sku(2), priceFen: 100 }], pickupOnly: false };
    const id = await publish(draft('NEW_MEMBER', terms));
    const [first, second] = [await shop.member('旧号'), await shop.member('新号')];
    const use = [{ promotionId: id, skuId: sku(2), qty: 1, fen: fen(99_900) }];
    const orderId = bench.ids.next<'order'>();
    await record(first, orderId, use);
    registerPromotionRows();
    const mover = new Map(MemberMovers.all()).get('promotions.uses');
    const mergeId = bench.ids.next<'merge'>();
    const move = { brandId: bench.brandId, mergeId, from: first.memberId, into: second.memberId } as MemberMove;
    await bench.unitOfWork.run('test', async (tx) => void (await mover?.move(tx, move)));
    expect(await codeOf(record(second, bench.ids.next<'order'>(), use))).toBe('PROMOTION_USED_UP');
    await bench.unitOfWork.run('test', async (tx) => void (await mover?.moveBack(tx, move)));
    expect(await codeOf(record(first, bench.ids.next<'order'>(), use))).toBe('PROMOTION_USED_UP');
    expect(await codeOf(record(second, bench.ids.next<'order'>(), use))).toBe('done');
    await bench.unitOfWork.run('test', async (tx) => void (await mover?.move(tx, move)));
    await bench.unitOfWork.run('test', (tx) => promotions.release(tx, bench.brandId, orderId));
    await holds();
  });
});

describe('promotions at the desk', () => {
  it('are published only after a run of their present version on past orders, and count at once', async () => {
    const { id, version } = await desk.create(shop.hq, reduction());
    expect(await codeOf(desk.publish(shop.hq, id as Id, {}))).toBe('PROMOTION_NEEDS_RUN');
    await desk.run(shop.hq, id as Id, 30);
    await desk.update(shop.hq, id as Id, version, reduction({ name: '改过' }));
    expect(await codeOf(desk.publish(shop.hq, id as Id, {}))).toBe('PROMOTION_NEEDS_RUN');
    expect(await codeOf(desk.update(shop.hq, id as Id, version, reduction()))).toBe('CONFLICT');
    await desk.run(shop.hq, id as Id, 30);
    expect((await desk.publish(shop.hq, id as Id, {})).state).toBe('LIVE');
    expect(await promotions.live(bench.brandId, shop.lake, bench.clock.date())).toHaveLength(1);
    await desk.move(shop.hq, id as Id, 'pause');
    expect(await promotions.live(bench.brandId, shop.lake, bench.clock.date())).toHaveLength(0);
  });

  it('name the conflicts with others and refuse a stacked price below the floor unless headquarters says why', async () => {
    await publish(draft('LIMITED_DISCOUNT', { mode: 'PERCENT', payBp: 9_000 }));
    const { id } = await desk.create(shop.hq, reduction());
    const check = await desk.check(shop.hq, id as Id);
    expect(check.conflicts).toEqual([expect.objectContaining({ effect: 'STACKS', severity: 'WARN', skuCount: 6 })]);
    // 2 × ¥900 less ¥100 is ¥850 a piece, 1 × ¥900 does not reach ¥1000; 2 pieces: (1800 − 100) / 2 = 850 = the floor.
    expect(check.belowFloorCount).toBe(0);
    const { id: deep } = await desk.create(
      shop.hq,
      reduction({
        terms: {
          measure: 'MONEY',
          basis: 'PAID',
          reward: 'AMOUNT',
          mode: 'TIERS',
          tiers: [{ atFen: 150_000, cutFen: 20_000 }],
        },
      }),
    );
    await desk.run(shop.hq, deep as Id, 30);
    expect(await codeOf(desk.publish(shop.hq, deep as Id, {}))).toBe('PROMOTION_BELOW_FLOOR');
    expect((await desk.one(shop.hq, deep as Id)).lastRun?.check.worst[0]).toMatchObject({
      worstFen: 80_000,
      floorFen: 85_000,
      isBelowFloor: true,
    });
  });

  it('show what a draft would have cost on past orders, by who bears it', async () => {
    const who = await shop.member();
    const orderId = bench.ids.next<'order'>();
    await bench.database.execute(
      `INSERT INTO sales_order (brand_id, id, order_no, channel, kind, member_id, store_id, state, fulfil, goods_fen, freight_fen, total_fen, refunded_fen, remark, created_at, paid_at)
       VALUES (?,?,?,'MINIAPP','SALE',?,?,'FINISHED','SHIP',200000,0,200000,0,'',?,?)`,
      [bench.brandId, orderId, orderId, who.memberId, shop.north, bench.clock.date(), bench.clock.date()],
    );
    await bench.database.execute(
      `INSERT INTO order_line (brand_id, order_id, id, sku_id, product_id, category_id, code, name, spec, qty, unit_price_fen, amount_fen, payable_fen, refunded_qty, refunded_fen)
       VALUES (?,?,?,?,?,?,'C','N','S',2,100000,200000,200000,0,0)`,
      [bench.brandId, orderId, bench.ids.next(), sku(0), shop.products[0]?.id ?? '', shop.categories[0] ?? ''],
    );
    const bearers: PromotionInput['bearers'] = [
      { party: 'HQ', bp: 3_000 },
      { party: 'FRANCHISEE', bp: 7_000 },
    ];
    const { id } = await desk.create(shop.hq, reduction({ bearers }));
    expect(await desk.run(shop.hq, id as Id, 30)).toMatchObject({
      orderCount: 1,
      changedCount: 1,
      discountFen: 10_000,
      byBearer: [
        { party: 'HQ', fen: 3_000 },
        { party: 'FRANCHISEE', fen: 7_000 },
      ],
      samples: [{ goodsFen: 200_000, beforeFen: 200_000, afterFen: 190_000 }],
    });
  });

  it('keep a discount honest against the lowest deal price of the seven days before', async () => {
    await bench.database.execute(
      'INSERT INTO price_low (brand_id, store_id, sku_id, day, deal_fen, shelf_fen) VALUES (?,?,?,?,?,NULL)',
      [bench.brandId, shop.lake, sku(0), '2026-11-20', 88_000],
    );
    const { id } = await desk.create(
      shop.hq,
      draft('LIMITED_DISCOUNT', { mode: 'PERCENT', payBp: 9_000 }, { storeIds: [shop.lake] }),
    );
    const check = await desk.check(shop.hq, id as Id);
    expect(check.dishonestCount).toBe(1);
    await desk.run(shop.hq, id as Id, 1);
    expect(await codeOf(desk.publish(shop.hq, id as Id, { acceptsBelowFloor: true, reason: '清仓' }))).toBe(
      'PROMOTION_BELOW_FLOOR',
    );
  });

  it('note the lowest shelf price of today once, however often the sweep runs', async () => {
    await sweeps.noteLows();
    await sweeps.noteLows();
    const rows = await bench.database.query<{ shelf_fen: string }>(
      'SELECT shelf_fen FROM price_low WHERE brand_id = ? AND store_id = ? AND day = ?',
      [bench.brandId, shop.lake, '2026-11-22'],
    );
    expect(rows.map((row) => row.shelf_fen)).toEqual(Array(6).fill('100000'));
  });
});

describe('a franchisee', () => {
  it('runs promotions of its own in its own stores within the envelope, and cannot touch another’s', async () => {
    const own = reduction({ storeIds: [shop.north], budgetFen: 15_000 });
    expect(await codeOf(desk.create(shop.franchiseeA, reduction({ storeIds: [shop.shanghai], budgetFen: 1 })))).toBe(
      'NOT_FOUND',
    );
    const { id } = await desk.create(shop.franchiseeA, own);
    await desk.run(shop.franchiseeA, id as Id, 30);
    expect(await codeOf(desk.publish(shop.franchiseeA, id as Id, {}))).toBe('ENVELOPE_TOO_SMALL');
    if (shop.franchiseeA.kind !== 'franchisee') throw new Error('not a franchisee');
    await effects.setEnvelope(shop.hq, shop.franchiseeA.franchiseeId, '2026-11', 15_000);
    expect((await desk.publish(shop.franchiseeA, id as Id, {})).owner.kind).toBe('FRANCHISEE');
    expect(await codeOf(desk.one(shop.franchiseeB, id as Id))).toBe('NOT_FOUND');
    const at = bench.clock.date();
    expect(await promotions.live(bench.brandId, shop.north, at)).toHaveLength(1);
    expect(await promotions.live(bench.brandId, shop.lake, at)).toHaveLength(0);
    const who = await shop.member();
    const use = [{ promotionId: id, skuId: null, qty: 1, fen: fen(10_000) }];
    expect(await codeOf(record(who, bench.ids.next<'order'>(), use))).toBe('done');
    expect(await codeOf(record(who, bench.ids.next<'order'>(), use))).toBe('PROMOTION_USED_UP');
    expect(await effects.envelopes(shop.franchiseeA, '2026-11')).toMatchObject([
      { budgetFen: 15_000, usedFen: 10_000 },
    ]);
  });

  it('takes its own store out of headquarters’ promotion and back, and no other store', async () => {
    const id = await publish(reduction());
    const at = bench.clock.date();
    await desk.setStore(shop.franchiseeA, id, shop.north, false);
    expect(await promotions.live(bench.brandId, shop.north, at)).toHaveLength(0);
    expect(await promotions.live(bench.brandId, shop.shanghai, at)).toHaveLength(1);
    expect(await codeOf(desk.setStore(shop.franchiseeA, id, shop.shanghai, false))).toBe('NOT_FOUND');
    expect(await codeOf(desk.move(shop.franchiseeA, id, 'end'))).toBe('NOT_FOUND');
    await desk.setStore(shop.franchiseeA, id, shop.north, true);
    expect(await promotions.live(bench.brandId, shop.north, at)).toHaveLength(1);
  });
});

describe('a group-buy', () => {
  const buyer = (who: { memberId: MemberId }) => ({
    brandId: bench.brandId,
    memberId: who.memberId,
    storeId: shop.lake,
  });
  async function order(who: Consumer, promotionId: string, sessionId?: string): Promise<OrderId> {
    const lines = [{ skuId: sku(0), qty: 1 }];
    const activity = await activities.facts(buyer(who), { promotionId, ...(sessionId ? { sessionId } : {}) }, lines);
    const orderId = bench.ids.next<'order'>();
    await bench.unitOfWork.run('test', (tx) =>
      activities.attach(tx, { ...buyer(who), orderId, activity, qty: 1, totalFen: fen(90_000) }),
    );
    return orderId;
  }
  const pay = (orderId: OrderId) => bench.unitOfWork.run('test', (tx) => activities.paid(tx, bench.brandId, orderId));
  const seat = async (orderId: OrderId) => {
    const [row] = await bench.database.query<{ state: string; group_id: string; note: string }>(
      'SELECT state, group_id, note FROM group_buy_seat WHERE brand_id = ? AND order_id = ?',
      [bench.brandId, orderId],
    );
    return row as { state: string; group_id: string; note: string };
  };
  const refundsDue = async () =>
    Number(
      (
        await bench.database.query<{ n: string }>(
          "SELECT COUNT(*) AS n FROM outbox WHERE brand_id = ? AND type = 'promotion.refund-due'",
          [bench.brandId],
        )
      )[0]?.n,
    );

  it('pain-15 gives a payment that comes when the group is full a new group, and loses nobody', async () => {
    const id = await publish(groupBuy());
    const people = await Promise.all([shop.member('甲'), shop.member('乙'), shop.member('丙')]);
    const first = await order(people[0] as Consumer, id);
    await pay(first);
    const { group_id: groupId } = await seat(first);
    const [second, third] = [
      await order(people[1] as Consumer, id, groupId),
      await order(people[2] as Consumer, id, groupId),
    ];
    await Promise.all([pay(second), pay(third)]);
    const states = await Promise.all([second, third].map(seat));
    expect(states.map((one) => one.state)).toEqual(['PAID', 'PAID']);
    expect(states.filter((one) => one.group_id === groupId)).toHaveLength(1);
    const full = await sessions.group(people[0] as Consumer, groupId as Id);
    expect(full).toMatchObject({ state: 'SUCCEEDED', joined: 2, isMine: true, canJoin: false });
    expect(await activities.holdsShipping(bench.database, bench.brandId, first)).toBe(false);
    await holds();
  });

  it('pain-15 refunds all of an expired group, and a payment after the promotion’s end', async () => {
    const id = await publish(groupBuy());
    const [a, b] = [await shop.member('甲'), await shop.member('乙')];
    const first = await order(a, id);
    await pay(first);
    const late = await order(b, id, (await seat(first)).group_id);
    expect(await activities.holdsShipping(bench.database, bench.brandId, first)).toBe(true);
    bench.clock.advance(25 * 3_600_000);
    expect(await seats.settleDue()).toBeGreaterThan(0);
    expect(await seat(first)).toMatchObject({ state: 'REFUND_DUE', note: '拼团人数不够，已为你退款' });
    await desk.move(shop.hq, id, 'end');
    await pay(late);
    await pay(late);
    expect((await seat(late)).state).toBe('REFUND_DUE');
    expect(await refundsDue()).toBe(2);
    await bench.unitOfWork.run('test', (tx) => activities.refunded(tx, bench.brandId, first));
    expect((await seat(first)).state).toBe('REFUNDED');
    await holds();
  });
});

describe('a bargain', () => {
  it('ends exactly at the floor with the last help, one help per person and day, twenty friends at once', async () => {
    const terms = { items: [{ skuId: sku(2), floorFen: 77_777 }], helps: 7, hours: 24, needsFloor: true };
    const id = await publish(draft('BARGAIN', terms));
    const me = await shop.member('小满');
    const wish = { promotionId: id, skuId: sku(2), storeId: shop.lake };
    const bargain = await bargains.start(me, wish);
    expect((await bargains.start(me, wish)).id).toBe(bargain.id);
    expect(await codeOf(bargains.help(me, bargain.id as Id))).toBe('BARGAIN_OWN');
    const friends = await Promise.all(Array.from({ length: 20 }, () => shop.member('友')));
    const helps = await Promise.all(
      friends.map((friend) =>
        bargains.help(friend, bargain.id as Id).then(
          (help) => help.cutFen,
          () => null,
        ),
      ),
    );
    const cuts = helps.filter((one) => one !== null);
    expect(cuts).toHaveLength(7);
    expect(sumFen(cuts)).toBe(100_000 - 77_777);
    expect(await sessions.bargain(me, bargain.id as Id)).toMatchObject({
      state: 'AT_FLOOR',
      nowFen: 77_777,
      helpCount: 7,
    });
    const other = await bargains.start(await shop.member('小寒'), wish);
    const helper = friends[helps.findIndex((one) => one !== null)] as Consumer;
    expect(await codeOf(bargains.help(helper, other.id as Id))).toBe('BARGAIN_HELPED_TODAY');
    const buyer = { brandId: bench.brandId, memberId: me.memberId, storeId: shop.lake };
    const activity = await activities.facts(buyer, { promotionId: id, sessionId: bargain.id }, [
      { skuId: sku(2), qty: 1 },
    ]);
    expect(activity.unitPriceFen).toBe(77_777);
    const attach = (orderId: OrderId) =>
      bench.unitOfWork.run('test', (tx) =>
        activities.attach(tx, { ...buyer, orderId, activity, qty: 1, totalFen: fen(77_777) }),
      );
    const orders = [bench.ids.next<'order'>(), bench.ids.next<'order'>()];
    const codes = await Promise.all(orders.map((orderId) => codeOf(attach(orderId))));
    expect([...codes].sort()).toEqual(['BARGAIN_CLOSED', 'done']);
    const won = orders[codes.indexOf('done')] as OrderId;
    await bench.unitOfWork.run('test', (tx) => activities.dropped(tx, bench.brandId, won));
    expect((await sessions.bargain(me, bargain.id as Id)).state).toBe('AT_FLOOR');
    await holds();
  });
});

describe('a presale', () => {
  it('takes a deposit that is worth more, then the tail in its window; a missed tail is kept or refunded as agreed', async () => {
    const terms = {
      mode: 'DEPOSIT',
      items: [{ skuId: sku(0), priceFen: 98_000, depositFen: 5_000, worthFen: 10_000 }],
      tailFrom: hours(48),
      tailUntil: hours(72),
      shipBy: hours(200),
      forfeits: true,
    };
    const id = await publish(draft('PRESALE', terms));
    const who = await shop.member();
    const buyer = { brandId: bench.brandId, memberId: who.memberId, storeId: shop.lake };
    const activity = await activities.facts(buyer, { promotionId: id }, [{ skuId: sku(0), qty: 1 }]);
    expect(activity.unitPriceFen).toBe(93_000);
    const orders = [bench.ids.next<'order'>(), bench.ids.next<'order'>()] as const;
    for (const orderId of orders) {
      const schedule = await bench.unitOfWork.run('test', (tx) =>
        activities.attach(tx, { ...buyer, orderId, activity, qty: 1, totalFen: fen(93_000) }),
      );
      expect(schedule).toMatchObject({ depositFen: 5_000, tailFen: 88_000 });
      await bench.unitOfWork.run('test', (tx) => activities.paid(tx, bench.brandId, orderId, 'DEPOSIT'));
    }
    bench.clock.advance(50 * 3_600_000);
    expect((await sessions.myPresales(who, {})).items.map((deal) => deal.state)).toEqual(['TAIL_DUE', 'TAIL_DUE']);
    await bench.unitOfWork.run('test', (tx) => activities.paid(tx, bench.brandId, orders[0], 'TAIL'));
    bench.clock.advance(30 * 3_600_000);
    await sweeps.lateTails();
    const states = (await sessions.myPresales(who, {})).items.map((deal) => [deal.orderId, deal.state]);
    expect(new Map(states as [string, string][])).toEqual(
      new Map([
        [orders[0], 'PAID'],
        [orders[1], 'FORFEITED'],
      ]),
    );
    expect(await activities.holdsShipping(bench.database, bench.brandId, orders[0])).toBe(false);
  });
});
