import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fen, type OrderId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import type { Consumer } from '../../platform/access/actor.js';
import type { Queryable } from '../../platform/database/database.js';
import { clearingInvariants } from '../clearing/clearing.invariants.js';
import { MemberMovers } from '../one-id/index.js';
import { registerMemberRows } from './application/follow-member.js';
import { couponInvariants } from './coupons.invariants.js';
import type { CouponId, TemplateId } from './domain/types.js';
import { CouponStore } from './persistence/coupon.store.js';
import { couponWorld, template, terms } from './testing/coupon-world.js';

let bench: TestBench;
let shop: TestShop;
let world: ReturnType<typeof couponWorld>;
beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  world = couponWorld(bench, shop);
});
afterAll(async () => {
  await allIsEven();
  await bench.close();
});

async function allIsEven(): Promise<void> {
  for (const one of [...couponInvariants, ...clearingInvariants])
    expect([one.id, await one.check(bench.database, bench.brandId)]).toEqual([one.id, []]);
}

const run = <T>(work: Parameters<TestBench['unitOfWork']['run']>[1]) =>
  bench.unitOfWork.run('test', work) as Promise<T>;
const take = (actor: Consumer, id: TemplateId, key = `k-${bench.ids.next()}`) =>
  world.member.take(actor, id, key, null);
const stateOf = async (id: string) => {
  const [row] = await bench.database.query<{ state: string }>(
    'SELECT state FROM coupon WHERE brand_id = ? AND id = ?',
    [bench.brandId, id],
  );
  return row?.state;
};
const lock = (actor: Consumer, orderId: OrderId, couponId: string, amount = 5000) =>
  run<void>((tx) =>
    world.coupons.lock(tx, {
      brandId: bench.brandId,
      memberId: actor.memberId,
      orderId,
      until: new Date(tx.now.getTime() + 1_800_000),
      uses: [{ couponId: couponId as CouponId, fen: fen(amount) }],
    }),
  );
const outcomes = async (all: Promise<unknown>[]) => {
  const done = await Promise.allSettled(all);
  return {
    won: done.filter((one) => one.status === 'fulfilled').length,
    codes: [
      ...new Set(done.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code?: string }).code] : []))),
    ],
  };
};

describe('limits', () => {
  it('pain-02 two hundred takes side by side of a coupon limited to 30 give exactly 30', async () => {
    const id = await world.publish({ totalCount: 30 });
    const people = await Promise.all(Array.from({ length: 200 }, () => shop.member()));
    const { won, codes } = await outcomes(people.map((one) => take(one, id)));
    expect([won, codes]).toEqual([30, ['COUPON_OVER']]);
  });

  it('never issues more than the budget covers in the worst case, and gives an expired coupon’s part back', async () => {
    const id = await world.publish({ budgetFen: 17_000 });
    const people = await Promise.all(Array.from({ length: 6 }, () => shop.member()));
    expect(await outcomes(people.map((one) => take(one, id)))).toEqual({ won: 3, codes: ['COUPON_OVER'] });
    bench.clock.advance(8 * 86_400_000);
    while ((await world.sweeps.expire(bench.brandId)) > 0);
    expect((await outcomes(people.map((one) => take(one, id, 'again')))).won).toBeGreaterThan(0);
  });

  it('gives one member no more than the limit, however often the button is pressed; the same press gives the same coupon', async () => {
    const id = await world.publish();
    const actor = await shop.member();
    const { won, codes } = await outcomes(Array.from({ length: 12 }, () => take(actor, id)));
    expect([won, codes]).toEqual([1, ['COUPON_LIMIT']]);
    const daily = await world.publish({ take: { ...template().take, perMember: 2, perDay: 1 } });
    const first = await take(actor, daily, 'same-press');
    expect((await take(actor, daily, 'same-press')).id).toBe(first.id);
    await expect(take(actor, daily)).rejects.toMatchObject({ code: 'COUPON_LIMIT' });
    bench.clock.advance(86_400_000);
    expect((await take(actor, daily)).id).not.toBe(first.id);
  });

  it('refuses whom a template is not for, with the reason, in the centre and at the taking', async () => {
    const id = await world.publish({ take: { ...template().take, newMembersOnly: true } });
    const actor = await shop.member();
    const orderId = await world.order(actor.memberId, shop.lake);
    await bench.database.execute('UPDATE sales_order SET paid_at = ? WHERE brand_id = ? AND id = ?', [
      bench.clock.date(),
      bench.brandId,
      orderId,
    ]);
    const shown = (await world.member.centre(actor, {})).find((one) => one.templateId === id);
    expect(shown).toMatchObject({ state: 'NOT_FOR_YOU', reason: '仅限还没有下过单的新会员' });
    await expect(take(actor, id)).rejects.toMatchObject({ code: 'COUPON_NOT_FOR_YOU' });
    await bench.database.execute('DELETE FROM sales_order WHERE brand_id = ? AND id = ?', [bench.brandId, orderId]);
  });

  it('leaves nothing behind in the caller’s transaction when an attempt is refused', async () => {
    const id = await world.publish({ totalCount: 1 });
    const wish = async () => ({
      brandId: bench.brandId,
      memberId: (await shop.member()).memberId,
      templateId: id,
      source: 'GAME' as const,
      sourceId: '1',
    });
    const [a, b] = [await wish(), await wish()];
    const result = await run<unknown[]>(async (tx) => [
      await world.coupons.tryIssue(tx, a),
      await world.coupons.tryIssue(tx, b),
    ]);
    expect(result[0]).toHaveProperty('couponId');
    expect(result[1]).toHaveProperty('refusal.code', 'COUPON_OVER');
  });
});

describe('a coupon in orders', () => {
  it('pain-02 one coupon in fifty orders at once: one wins', async () => {
    const actor = await shop.member();
    const coupon = await take(actor, await world.publish());
    const orders = await Promise.all(Array.from({ length: 50 }, () => world.order(actor.memberId, shop.lake)));
    const { won, codes } = await outcomes(orders.map((orderId) => lock(actor, orderId, coupon.id)));
    expect([won, codes]).toEqual([1, ['COUPON_TAKEN']]);
    for (const orderId of orders) await run((tx) => world.coupons.release(tx, bench.brandId, orderId));
    expect(await stateOf(coupon.id)).toBe('AVAILABLE');
  });

  it('pain-03 is back after the order was given up, however often that is said, and keeps a grace when it expired meanwhile', async () => {
    const actor = await shop.member();
    const coupon = await take(actor, await world.publish());
    const orderId = await world.order(actor.memberId, shop.lake);
    await lock(actor, orderId, coupon.id);
    bench.clock.advance(9 * 86_400_000);
    await world.sweeps.expire(bench.brandId);
    expect(await stateOf(coupon.id)).toBe('LOCKED');
    for (let time = 0; time < 2; time += 1) await run((tx) => world.coupons.release(tx, bench.brandId, orderId));
    const [held] = await world.coupons.held(bench.database, bench.brandId, actor.memberId, bench.clock.date());
    expect(held).toMatchObject({
      id: coupon.id,
      state: 'AVAILABLE',
      validUntil: new Date(bench.clock.now() + 72 * 3_600_000),
    });
    const { history } = await world.member.detail(actor, coupon.id as CouponId);
    expect(history.map((step) => step.text)).toEqual([
      '在领券中心领取',
      '下单占用',
      '订单关闭，券已退回，延长到 72 小时后',
    ]);
  });

  it('pain-04 takes exactly the instance that was asked for and says why another cannot be had', async () => {
    const id = await world.publish({ take: { ...template().take, perMember: 3 } });
    const actor = await shop.member();
    const [first, second] = [await take(actor, id), await take(actor, id)];
    const [orderA, orderB] = [
      await world.order(actor.memberId, shop.lake),
      await world.order(actor.memberId, shop.lake),
    ];
    await lock(actor, orderA, second.id);
    expect([await stateOf(first.id), await stateOf(second.id)]).toEqual(['AVAILABLE', 'LOCKED']);
    await expect(lock(actor, orderB, second.id)).rejects.toMatchObject({
      code: 'COUPON_TAKEN',
      message: '「满减券」订单占用中，请换一张',
    });
    await expect(lock(await shop.member(), orderB, first.id)).rejects.toMatchObject({ code: 'COUPON_NOT_YOURS' });
    await expect(lock(actor, orderB, first.id, 5001)).rejects.toMatchObject({ code: 'COUPON_TAKEN' });
    const held = await world.coupons.held(bench.database, bench.brandId, actor.memberId, bench.clock.date());
    expect(held.map((one) => one.state).sort()).toEqual(['AVAILABLE', 'LOCKED']);
    await run((tx) => world.coupons.release(tx, bench.brandId, orderA));
  });

  it('is used when paid, charges its bearers, is taken back in parts with the lines, and comes back whole with the order', async () => {
    const actor = await shop.member();
    const coupon = await take(actor, await world.publish());
    const orderId = await world.order(actor.memberId, shop.north);
    await lock(actor, orderId, coupon.id, 4001);
    bench.clock.advance(8 * 86_400_000);
    for (let time = 0; time < 2; time += 1) await run((tx) => world.coupons.use(tx, bench.brandId, orderId));
    // What a return could cost stays set aside.
    await allIsEven();
    await world.setOrderState(orderId, 'TO_SHIP');
    const legs = () =>
      bench.database.query<{ kind: string; party: string; fen: string }>(
        `SELECT e.kind, l.party, l.fen FROM clearing_entry e JOIN clearing_leg l ON l.brand_id = e.brand_id AND l.entry_id = e.id
         WHERE e.brand_id = ? AND e.subject_id LIKE ? ORDER BY e.id, l.position`,
        [bench.brandId, `${coupon.id}:%`],
      );
    const store = `STORE:${shop.north}`;
    const franchisee = `FRANCHISEE:${(shop.franchiseeA as { franchiseeId: string }).franchiseeId}`;
    expect((await legs()).map((leg) => [leg.party, Number(leg.fen)])).toEqual([
      [store, 4001],
      ['HQ', -2401],
      [franchisee, -1600],
    ]);
    const share = {
      brandId: bench.brandId,
      orderId,
      refundId: bench.ids.next(),
      shares: [{ couponId: coupon.id as CouponId, fen: fen(1333) }],
    };
    await run((tx) => world.coupons.takeBackShare(tx, share));
    await run((tx) => world.coupons.giveBack(tx, bench.brandId, orderId, 72));
    const sums = new Map<string, number>();
    for (const leg of await legs()) sums.set(leg.party, (sums.get(leg.party) ?? 0) + Number(leg.fen));
    expect([...sums.values()]).toEqual([0, 0, 0]);
    expect(await stateOf(coupon.id)).toBe('AVAILABLE');
  });

  it('stays with its version when the template changes, and is withdrawn with the open order when headquarters says so', async () => {
    const id = await world.publish();
    const actor = await shop.member();
    const coupon = await take(actor, id);
    await world.templates.update(shop.hq, id, template({ terms: terms({ valueFen: 1000 }) as never }));
    const [held] = await world.coupons.held(bench.database, bench.brandId, actor.memberId, bench.clock.date());
    expect([held?.version, held?.terms.valueFen]).toEqual([1, 5000]);
    const orderId = await world.order(actor.memberId, shop.lake);
    await lock(actor, orderId, coupon.id);
    const other = await take(await shop.member(), id);
    expect(await world.couponDesk.revoke(shop.hq, id, { reason: '活动取消' })).toEqual({
      revoked: 1,
      usedKept: 0,
      lockedKept: 1,
    });
    await run((tx) => world.coupons.release(tx, bench.brandId, orderId));
    expect([await stateOf(coupon.id), await stateOf(other.id)]).toEqual(['REVOKED', 'REVOKED']);
  });
});

describe('gifts', () => {
  it('freeze the coupon, arrive once, keep its end, count for the receiver and cannot be given on', async () => {
    const id = await world.publish();
    const [giver, receiver, late] = [await shop.member(), await shop.member(), await shop.member()];
    const coupon = await take(giver, id);
    const token = await world.gifts.give(giver, coupon.id as CouponId);
    await expect(lock(giver, await world.order(giver.memberId, shop.lake), coupon.id)).rejects.toMatchObject({
      code: 'COUPON_TAKEN',
    });
    await expect(world.gifts.accept(giver, token)).rejects.toMatchObject({ code: 'GIFT_OWN' });
    const { won } = await outcomes([receiver, late].map((one) => world.gifts.accept(one, token)));
    expect(won).toBe(1);
    const owner = (await world.gifts.look(receiver, token)).gift.receiverId === receiver.memberId ? receiver : late;
    const [held] = await world.coupons.held(bench.database, bench.brandId, owner.memberId, bench.clock.date());
    expect([held?.id, held?.validUntil.toISOString()]).toEqual([coupon.id, coupon.validUntil]);
    await expect(world.gifts.give(owner, coupon.id as CouponId)).rejects.toMatchObject({ code: 'COUPON_CANNOT_GIVE' });
    await expect(take(owner, id)).rejects.toMatchObject({ code: 'COUPON_LIMIT' });
  });

  it('cannot be given a second time by somebody who looked at them before a friend had them', async () => {
    const [giver, friend] = [await shop.member(), await shop.member()];
    const coupon = await take(giver, await world.publish());
    const find = CouponStore.prototype.find;
    const slow = jest.spyOn(CouponStore.prototype, 'find').mockImplementationOnce(async function (
      this: CouponStore,
      ...of
    ) {
      const seen = await find.apply(this, of);
      await world.gifts.accept(friend, await world.gifts.give(giver, coupon.id as CouponId));
      return seen;
    });
    await expect(world.gifts.give(giver, coupon.id as CouponId)).rejects.toMatchObject({ code: 'COUPON_TAKEN' });
    slow.mockRestore();
    expect(await stateOf(coupon.id)).toBe('AVAILABLE');
  });

  it('are withdrawn on their way like any other coupon: nobody accepts one that headquarters has taken back', async () => {
    const id = await world.publish();
    const giver = await shop.member();
    const coupon = await take(giver, id);
    const token = await world.gifts.give(giver, coupon.id as CouponId);
    await world.couponDesk.revoke(shop.hq, id, { reason: '活动取消' });
    await expect(world.gifts.accept(await shop.member(), token)).rejects.toMatchObject({ code: 'GIFT_OVER' });
    await world.gifts.takeBack(giver, token);
    expect(await stateOf(coupon.id)).toBe('REVOKED');
  });

  it('go back to the giver after a day, and may then be given again', async () => {
    const giver = await shop.member();
    const coupon = await take(giver, await world.publish());
    const token = await world.gifts.give(giver, coupon.id as CouponId);
    bench.clock.advance(24 * 3_600_000 + 1);
    expect(await world.gifts.returnDue(bench.brandId)).toBe(1);
    await expect(world.gifts.accept(await shop.member(), token)).rejects.toMatchObject({ code: 'GIFT_OVER' });
    expect(await stateOf(coupon.id)).toBe('AVAILABLE');
    await world.gifts.give(giver, coupon.id as CouponId);
  });
});

describe('members who turn out to be one', () => {
  it('share their coupons and their limits, and have their own again after the merge is undone', async () => {
    registerMemberRows(world.journal);
    const id = await world.publish({ take: { ...template().take, perMember: 2 } });
    const [from, into] = [await shop.member(), await shop.member()];
    const [a, b] = [await take(from, id), await take(into, id)];
    const move = {
      brandId: bench.brandId,
      from: from.memberId,
      into: into.memberId,
      mergeId: bench.ids.next<'merge'>(),
      at: bench.clock.date(),
    };
    const mine = MemberMovers.all().filter(([name]) => name.startsWith('coupons'));
    const held = async (one: Consumer) =>
      (await world.coupons.held(bench.database, bench.brandId, one.memberId, bench.clock.date()))
        .map((coupon) => coupon.id)
        .sort();
    await run(async (tx) => {
      for (const [, mover] of mine) await mover.move(tx, move);
    });
    expect([await held(from), await held(into)]).toEqual([[], [a.id, b.id].sort()]);
    await expect(take(into, id)).rejects.toMatchObject({ code: 'COUPON_LIMIT' });
    await run(async (tx) => {
      for (const [, mover] of mine) await mover.moveBack(tx, move);
    });
    expect([await held(from), await held(into)]).toEqual([[a.id], [b.id]]);
    await take(into, id);
    await take(from, id);
  });
});

describe('what a member holds', () => {
  it('is read in one statement while the templates are fresh', async () => {
    const actor = await shop.member();
    await take(actor, await world.publish());
    await world.coupons.held(bench.database, bench.brandId, actor.memberId, bench.clock.date());
    let statements = 0;
    const counting: Queryable = {
      query: (sql, values) => {
        statements += 1;
        return bench.database.query(sql, values);
      },
      execute: (sql, values) => bench.database.execute(sql, values),
    };
    expect(await world.coupons.held(counting, bench.brandId, actor.memberId, bench.clock.date())).toHaveLength(1);
    expect(statements).toBe(1);
  });
});

describe('codes', () => {
  it('become a coupon of the first who enters them', async () => {
    const id = await world.publish({ totalCount: 3 });
    expect(await world.couponDesk.importCodes(shop.hq, id, ['snow-0001', 'SNOW-0002'])).toEqual({
      added: 2,
      known: [],
    });
    expect(await world.couponDesk.importCodes(shop.hq, id, ['SNOW-0001'])).toEqual({ added: 0, known: ['SNOW-0001'] });
    const people = await Promise.all(Array.from({ length: 8 }, () => shop.member()));
    const { won, codes } = await outcomes(people.map((one) => world.member.enterCode(one, ' snow-0001 ')));
    expect([won, codes]).toEqual([1, ['COUPON_CODE']]);
  });
});
