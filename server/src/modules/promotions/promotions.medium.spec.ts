import { describe, expect, it } from '@jest/globals';
import type { PromotionInput } from '@shuke/shared/contracts';
import { fen, type Id, type MemberId } from '@shuke/shared/kernel';
import { Inventory } from '../inventory/index.js';
import { type MemberMove, MemberMovers } from '../one-id/index.js';
import { registerPromotionRows } from './persistence/member-rows.js';

import {
  bench,
  codeOf,
  desk,
  draft,
  effects,
  holds,
  hours,
  mall,
  promotions,
  publish,
  record,
  reduction,
  shop,
  sku,
  sweeps,
  usePromotionBench,
} from './testing/promotion-bench.js';

usePromotionBench();

const hold = (skuId: Id<'sku'>, orderId: Id<'order'>, fromSlice: number) => ({
  brandId: bench.brandId,
  orderId,
  storeId: shop.lake,
  lines: [{ skuId, productId: shop.products[1]?.id as Id<'product'>, qty: 1, fromSlice }],
});
/** An order at the seckill's price: its piece and its limits, as submitting an order takes them. */
const rushFor = (memberId: MemberId, orderId: Id<'order'>, uses: Parameters<typeof record>[2]) =>
  bench.unitOfWork.run('test', async (tx) => {
    const { brandId } = bench;
    await new Inventory(bench.ids).reserve(tx, hold(sku(1), orderId, 1));
    await promotions.record(tx, { brandId, orderId, memberId, storeId: shop.lake, promotions: uses });
  });
const buyAtUsualPrice = (skuId: Id<'sku'>) =>
  bench.unitOfWork.run('test', (tx) => new Inventory(bench.ids).reserve(tx, hold(skuId, bench.ids.next(), 0)));
const closeOrder = (orderId: Id<'order'>) =>
  bench.unitOfWork.run('test', async (tx) => {
    await new Inventory(bench.ids).release(tx, bench.brandId, orderId);
    await promotions.release(tx, bench.brandId, orderId);
  });
const shelf = async (product: number) => {
  const [row] = await bench.database.query<{ reserved: number; aside: number }>(
    'SELECT reserved, set_aside AS aside FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
    [bench.brandId, shop.lake, sku(product)],
  );
  return row;
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
    const codes = await Promise.all(people.map((who) => codeOf(rushFor(who.memberId, bench.ids.next(), use))));
    expect(codes.filter((code) => code === 'done')).toHaveLength(5);
    expect(codes.filter((code) => code === 'SOLD_OUT')).toHaveLength(15);
    expect(await shelf(1)).toEqual({ reserved: 5, aside: 0 });
    const card = await mall.one(shop.hq, id, shop.lake);
    expect(card.items[0]).toMatchObject({ leftQty: 0, sliceQty: 5, priceFen: 90_000, shelfPriceFen: 100_000 });
    await holds();
  });
});

describe('the slice of a seckill', () => {
  const terms = (sliceQty: number) => ({
    items: [{ skuId: sku(1), priceFen: 90_000, sliceQty }],
    perOrder: 1,
    payMinutes: 5,
  });

  it('cannot be sold at the usual price from its publication on, and what is left is free again at its end', async () => {
    const id = await publish(draft('SECKILL', terms(6)));
    expect(await shelf(1)).toEqual({ reserved: 0, aside: 6 });
    // Ten are there: four at the usual price, and not one more.
    const codes = await Promise.all(Array.from({ length: 8 }, () => codeOf(buyAtUsualPrice(sku(1)))));
    expect(codes.sort()).toEqual([...Array(4).fill('SOLD_OUT'), ...Array(4).fill('done')]);
    const who = await shop.member();
    const use = [{ promotionId: id, skuId: sku(1), qty: 1, fen: fen(10_000) }];
    const orderId = bench.ids.next<'order'>();
    await rushFor(who.memberId, orderId, use);
    expect(await shelf(1)).toEqual({ reserved: 5, aside: 5 });
    await holds();
    // An order that is not paid gives its piece back to the slice.
    await closeOrder(orderId);
    expect(await shelf(1)).toEqual({ reserved: 4, aside: 6 });
    expect(await codeOf(buyAtUsualPrice(sku(1)))).toBe('SOLD_OUT');
    const late = bench.ids.next<'order'>();
    await rushFor(who.memberId, late, use);
    await desk.move(shop.hq, id, 'end');
    expect(await shelf(1)).toEqual({ reserved: 5, aside: 0 });
    expect(await codeOf(buyAtUsualPrice(sku(1)))).toBe('done');
    // One that is closed afterwards is free for everybody.
    await closeOrder(late);
    expect(await shelf(1)).toEqual({ reserved: 5, aside: 0 });
    await holds();
  });

  it('is let go while the seckill is paused, and set aside again less what was sold', async () => {
    const id = await publish(draft('SECKILL', terms(6)));
    const use = [{ promotionId: id, skuId: sku(1), qty: 1, fen: fen(10_000) }];
    await rushFor((await shop.member()).memberId, bench.ids.next(), use);
    await desk.move(shop.hq, id, 'pause');
    expect(await shelf(1)).toEqual({ reserved: 1, aside: 0 });
    for (let at = 0; at < 6; at += 1) await buyAtUsualPrice(sku(1));
    // Five are missing to the slice and three are left.
    await desk.move(shop.hq, id, 'resume');
    expect(await shelf(1)).toEqual({ reserved: 7, aside: 3 });
    expect((await mall.one(shop.hq, id, shop.lake)).items[0]).toMatchObject({ leftQty: 3, sliceQty: 4 });
    await desk.setStore(shop.hq, id, shop.lake, false);
    expect(await shelf(1)).toEqual({ reserved: 7, aside: 0 });
    await holds();
  });

  it('is let go by a sweep when the time is over', async () => {
    await publish(draft('SECKILL', terms(6), { endsAt: hours(1) }));
    expect(await shelf(1)).toEqual({ reserved: 0, aside: 6 });
    bench.clock.advance(3_600_001);
    await sweeps.followSlices();
    expect(await shelf(1)).toEqual({ reserved: 0, aside: 0 });
    await holds();
  });

  it('needs stock: nothing is published that no store could sell', async () => {
    await bench.database.execute('UPDATE stock SET on_hand = 0 WHERE brand_id = ? AND sku_id = ?', [
      bench.brandId,
      sku(1),
    ]);
    expect(await codeOf(publish(draft('SECKILL', terms(6))))).toBe('PROMOTION_NO_STOCK');
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

describe('two offers for new members', () => {
  const offer = (product: number) =>
    publish(draft('NEW_MEMBER', { items: [{ skuId: sku(product), priceFen: 100 }], pickupOnly: false }));
  const useOf = (promotionId: string) => [{ promotionId, skuId: sku(2), qty: 1, fen: fen(100) }];
  const usedOf = async (memberId: MemberId) => {
    const live = await promotions.live(bench.brandId, shop.lake, bench.clock.date());
    return [...(await promotions.usedCounts(bench.database, bench.brandId, memberId, live)).values()];
  };

  it('are one chance: of twenty orders at once one gets through, the others are told why, and a closed one gives it back', async () => {
    const offers = [await offer(1), await offer(2)];
    const who = await shop.member();
    const orders = Array.from({ length: 20 }, () => bench.ids.next<'order'>());
    const codes = await Promise.all(orders.map((id, at) => codeOf(record(who, id, useOf(offers[at % 2] as Id)))));
    expect(codes.filter((code) => code === 'PROMOTION_USED_UP')).toHaveLength(19);
    const taken = orders[codes.indexOf('done')] as Id<'order'>;
    expect((await usedOf(who.memberId)).slice(0, 2)).toEqual([1, 1]);
    await expect(record(who, bench.ids.next(), useOf(offers[1] as Id))).rejects.toThrow('每人只有一次');
    await bench.unitOfWork.run('test', (tx) => promotions.release(tx, bench.brandId, taken));
    expect(await codeOf(record(who, bench.ids.next(), useOf(offers[1] as Id)))).toBe('done');
    await holds();
  });

  it('stay one chance for a person whose two accounts have taken one each, until both are given back', async () => {
    const offers = [await offer(1), await offer(2)];
    const [first, second] = [await shop.member('旧号'), await shop.member('新号')];
    const [one, two] = [bench.ids.next<'order'>(), bench.ids.next<'order'>()];
    await record(first, one, useOf(offers[0] as Id));
    await record(second, two, useOf(offers[1] as Id));
    registerPromotionRows();
    const mover = new Map(MemberMovers.all()).get('promotions.uses');
    const move = { brandId: bench.brandId, mergeId: bench.ids.next(), from: first.memberId, into: second.memberId };
    await bench.unitOfWork.run('test', async (tx) => void (await mover?.move(tx, move as MemberMove)));
    for (const orderId of [one, two]) {
      expect(await codeOf(record(second, bench.ids.next(), useOf(offers[0] as Id)))).toBe('PROMOTION_USED_UP');
      await bench.unitOfWork.run('test', (tx) => promotions.release(tx, bench.brandId, orderId));
    }
    expect(await codeOf(record(second, bench.ids.next(), useOf(offers[0] as Id)))).toBe('done');
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
