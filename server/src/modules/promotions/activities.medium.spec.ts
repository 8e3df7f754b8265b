import { describe, expect, it } from '@jest/globals';
import { fen, type Id, type MemberId, type OrderId, sumFen } from '@shuke/shared/kernel';
import type { Consumer } from '../../platform/access/actor.js';

import {
  activities,
  bargains,
  bench,
  codeOf,
  desk,
  draft,
  groupBuy,
  holds,
  hours,
  publish,
  seats,
  sessions,
  shop,
  sku,
  sweeps,
  usePromotionBench,
} from './testing/promotion-bench.js';

usePromotionBench();

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

  it('is not filled by one person twice, nor joined more often than allowed, however many orders wait to be paid', async () => {
    const plain = groupBuy();
    const id = await publish({ ...plain, terms: { ...plain.terms, size: 3, joinsPerMember: 2 } });
    const [leader, friend] = [await shop.member('甲'), await shop.member('乙')];
    const opened = await order(leader, id);
    await pay(opened);
    const { group_id: groupId } = await seat(opened);
    const twice = [await order(friend, id, groupId), await order(friend, id, groupId)] as const;
    const own = [await order(friend, id), await order(friend, id)] as const;
    await Promise.all(twice.map(pay));
    expect((await Promise.all(twice.map(seat))).map((one) => one.state).sort()).toEqual(['PAID', 'REFUND_DUE']);
    expect(await sessions.group(leader, groupId as Id)).toMatchObject({ state: 'OPEN', joined: 2 });
    for (const orderId of own) await pay(orderId);
    expect((await Promise.all(own.map(seat))).map((one) => one.state)).toEqual(['PAID', 'REFUND_DUE']);
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
  it('that need not reach its floor says that it can be ordered, and only to its owner and in time', async () => {
    const terms = { items: [{ skuId: sku(2), floorFen: 77_777 }], helps: 7, hours: 24, needsFloor: false };
    const id = await publish(draft('BARGAIN', terms));
    const me = await shop.member();
    const { id: mine, canOrder } = await bargains.start(me, { promotionId: id, skuId: sku(2), storeId: shop.lake });
    expect(canOrder).toBe(true);
    expect((await sessions.bargain(await shop.member(), mine as Id)).canOrder).toBe(false);
    await desk.move(shop.hq, id, 'pause');
    expect((await sessions.bargain(me, mine as Id)).canOrder).toBe(false);
    await desk.move(shop.hq, id, 'end');
  });

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
    const { items } = await sessions.myPresales(who, {});
    expect(items.map((deal) => deal.state)).toEqual(['TAIL_DUE', 'TAIL_DUE']);
    expect(items.map((deal) => deal.item?.skuId)).toEqual([sku(0), sku(0)]);
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
    // WeChat was silent at the deadline and says now that the tail had been paid: the order took it, so its goods may go.
    await bench.unitOfWork.run('test', (tx) => activities.paid(tx, bench.brandId, orders[1], 'TAIL'));
    expect(await activities.holdsShipping(bench.database, bench.brandId, orders[1])).toBe(false);
  });
});
