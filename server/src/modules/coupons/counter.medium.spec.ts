import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoreId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import type { Consumer, Guide } from '../../platform/access/actor.js';
import { clearingInvariants } from '../clearing/clearing.invariants.js';
import { couponInvariants } from './coupons.invariants.js';
import type { CouponId, TemplateId } from './domain/types.js';
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
  for (const one of [...couponInvariants, ...clearingInvariants])
    expect([one.id, await one.check(bench.database, bench.brandId)]).toEqual([one.id, []]);
  await bench.close();
});

const guide = (place: 'lake' | 'north' | 'shanghai', isManager = false): Guide => ({
  kind: 'guide',
  brandId: bench.brandId,
  guideId: shop.guides[place],
  storeId: shop[place],
  isManager,
});
const take = (actor: Consumer, id: TemplateId) => world.member.take(actor, id, `k-${bench.ids.next()}`, null);
const codes = async (all: Promise<unknown>[]) =>
  (await Promise.allSettled(all))
    .map((one) => (one.status === 'fulfilled' ? 'OK' : (one.reason as { code: string }).code))
    .sort();

describe('a coupon at the counter', () => {
  it('is looked up with the sum explained, taken in once by one of two stores, and repeated with the same receipt', async () => {
    const actor = await shop.member('林小满');
    const coupon = await take(actor, await world.publish());
    const seen = await world.counter.lookUp(guide('lake'), { code: coupon.code, amountFen: 39_900 });
    expect(seen).toMatchObject({ isUsable: true, discountFen: 5000, payFen: 34_900, memberText: '林小满' });
    const wish = { code: coupon.code, amountFen: 39_900, expectedDiscountFen: 5000 };
    expect(
      await codes([
        world.counter.redeem(guide('lake'), wish, 'a-press'),
        world.counter.redeem(guide('north'), wish, 'b-press'),
      ]),
    ).toEqual(['COUPON_NOT_USABLE', 'OK']);
    const place = (await world.counter.listForGuide(guide('lake'), {})).items.length > 0 ? 'lake' : 'north';
    const key = place === 'lake' ? 'a-press' : 'b-press';
    const again = await world.counter.redeem(guide(place), wish, key);
    expect(again).toMatchObject({ discountFen: 5000, payFen: 34_900, state: 'DONE', canReverse: true });
    expect(await world.counter.lookUp(guide('north'), { code: coupon.code })).toMatchObject({
      isUsable: false,
      explain: '这张券已经使用过了',
    });
  });

  it('is not taken for another one, or for another bill, under the key of an earlier tap', async () => {
    const actor = await shop.member();
    const [first, second] = [await take(actor, await world.publish()), await take(actor, await world.publish())];
    const { qrText } = await world.desk.show(actor, first.id as CouponId);
    const done = await world.counter.redeem(guide('lake'), { code: first.code, amountFen: 39_900 }, 'one-key');
    const under = (wish: { code: string; amountFen: number }) => world.counter.redeem(guide('lake'), wish, 'one-key');
    const mismatch = { code: 'IDEMPOTENCY_MISMATCH' };
    await expect(under({ code: second.code, amountFen: 39_900 })).rejects.toMatchObject(mismatch);
    await expect(under({ code: first.code, amountFen: 49_900 })).rejects.toMatchObject(mismatch);
    bench.clock.advance(40 * 86_400_000);
    expect((await under({ code: qrText, amountFen: 39_900 })).id).toBe(done.id);
    bench.clock.advance(-40 * 86_400_000);
  });

  it('names what is missing: goods, threshold, store, forged code', async () => {
    const actor = await shop.member();
    const [category] = shop.categories;
    const scope = { ...terms().scope, mode: 'CATEGORY' as const, categoryIds: [category as string] };
    const coupon = await take(
      actor,
      await world.publish({
        terms: terms({ scope, thresholdFen: 20_000, stores: { ...terms().stores, franchise: 'NONE' } }) as never,
      }),
    );
    const why = async (at: Guide, more: object) =>
      (await world.counter.lookUp(at, { code: coupon.code, ...more })).problems[0]?.code;
    expect(await why(guide('lake'), { amountFen: 50_000 })).toBe('NEED_ITEMS');
    expect(await why(guide('lake'), { items: [{ skuCode: 'XL1001-GN-0', qty: 1, unitPriceFen: 50_000 }] })).toBe(
      'SCOPE',
    );
    expect(await why(guide('lake'), { items: [{ skuCode: 'XL1000-GN-0', qty: 1, unitPriceFen: 19_900 }] })).toBe(
      'THRESHOLD',
    );
    expect(await why(guide('north'), { amountFen: 50_000 })).toBe('STORE');
    expect(
      await why(guide('lake'), { items: [{ skuCode: 'XL1000-GN-0', qty: 1, unitPriceFen: 30_000 }] }),
    ).toBeUndefined();
    const { qrText } = await world.desk.show(actor, coupon.id as CouponId);
    const forged = `${qrText.slice(0, 30)}${qrText[30] === 'A' ? 'B' : 'A'}${qrText.slice(31)}`;
    await expect(world.counter.lookUp(guide('lake'), { code: forged })).rejects.toMatchObject({ code: 'COUPON_CODE' });
    expect((await world.counter.lookUp(guide('lake'), { code: qrText })).couponId).toBe(coupon.id);
  });

  it("is undone by the same clerk within the brand's minutes, later only by the manager, and is free again", async () => {
    const settings = await world.couponDesk.settings(shop.hq);
    await world.couponDesk.setSettings(shop.hq, { ...settings, reverseMinutes: 3 });
    const actor = await shop.member();
    const coupon = await take(actor, await world.publish({ budgetFen: 5000 }));
    const wish = { code: coupon.code, amountFen: 3000 };
    const first = await world.counter.redeem(guide('lake'), wish, 'first-one');
    expect(first).toMatchObject({ discountFen: 3000, payFen: 0 });
    await expect(world.counter.reverse(guide('north', true), first.id, '扫错了')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await world.counter.reverse(guide('lake'), first.id, '扫错了');
    const second = await world.counter.redeem(guide('lake'), wish, 'second-one');
    bench.clock.advance(3 * 60_000 + 1);
    await expect(world.counter.reverse(guide('lake'), second.id, '顾客不要了')).rejects.toMatchObject({
      code: 'REVERSE_NOT_ALLOWED',
      message: '3 分钟内由本人撤销，之后请店长处理',
    });
    expect(await world.counter.reverse(guide('lake', true), second.id, '顾客不要了')).toMatchObject({
      state: 'REVERSED',
    });
    await expect(world.counter.reverse(guide('lake', true), second.id, '再来')).rejects.toMatchObject({
      code: 'ALREADY_REVERSED',
    });
    expect((await world.counter.lookUp(guide('lake'), { code: coupon.code })).isUsable).toBe(true);
  });

  it('pain-24 taken in without network at two stores: the first to arrive has it, the second is compensated, repeats change nothing', async () => {
    const actor = await shop.member();
    const coupon = await take(actor, await world.publish());
    const { qrText } = await world.desk.show(actor, coupon.id as CouponId);
    bench.clock.advance(60_000);
    const redeemedAt = bench.clock.date();
    bench.clock.advance(2 * 3_600_000);
    const use = (clientKey: string, more = {}) => ({
      clientKey,
      token: qrText,
      amountFen: 20_000,
      discountFen: 5000,
      redeemedAt,
      ...more,
    });
    const sync = async (place: 'lake' | 'north', ...uses: ReturnType<typeof use>[]) =>
      (await world.counter.sync(guide(place), uses)).results.map((one) => one.result);
    expect(await sync('north', use('device-n-1'))).toEqual(['DONE']);
    expect(await sync('lake', use('device-l-1'))).toEqual(['COMPENSATED']);
    expect(await sync('lake', use('device-l-1'))).toEqual(['REPEATED']);
    // A store is made good once for a coupon, and not for one that it took in itself.
    expect(await sync('lake', use('device-l-9'))).toEqual(['STORE_BEARS']);
    expect(await sync('north', use('device-n-9'))).toEqual(['STORE_BEARS']);
    expect(await sync('lake', use('device-l-2', { discountFen: 5001 }))).toEqual(['REFUSED']);
    expect(await sync('lake', use('device-l-3', { redeemedAt: new Date(redeemedAt.getTime() + 86_400_000) }))).toEqual([
      'REFUSED',
    ]);
    const legs = await bench.database.query<{ party: string; fen: string }>(
      `SELECT l.party, l.fen FROM clearing_entry e JOIN clearing_leg l ON l.brand_id = e.brand_id AND l.entry_id = e.id
       WHERE e.brand_id = ? AND e.kind = 'COUPON_CONFLICT' ORDER BY l.position`,
      [bench.brandId],
    );
    expect(legs.map((leg) => [leg.party, Number(leg.fen)])).toEqual([
      [`STORE:${shop.lake}`, 5000],
      ['HQ', -5000],
    ]);
    // Undone, headquarters no longer makes good for it.
    const [again] = (await world.counter.sync(guide('lake'), [use('device-l-1')])).results;
    const undone = again?.receipt?.id ?? '';
    await world.counter.reverse(guide('lake', true), undone, '误上传');
    const left = await bench.database.query<{ party: string; fen: string }>(
      `SELECT l.party, SUM(l.fen) AS fen FROM clearing_entry e JOIN clearing_leg l ON l.brand_id = e.brand_id AND l.entry_id = e.id
       WHERE e.brand_id = ? AND e.subject_id LIKE ? GROUP BY l.party`,
      [bench.brandId, `%:${undone}%`],
    );
    expect(left.map((leg) => Number(leg.fen))).toEqual([0, 0]);
  });

  it('makes a store good for it once, however many of its devices hand in the same code at the same moment', async () => {
    const actor = await shop.member();
    const coupon = await take(actor, await world.publish());
    const { qrText: token } = await world.desk.show(actor, coupon.id as CouponId);
    const redeemedAt = bench.clock.date();
    const use = { token, amountFen: 20_000, discountFen: 5000, redeemedAt };
    const sync = async (place: 'lake' | 'north', clientKey: string) =>
      (await world.counter.sync(guide(place), [{ ...use, clientKey }])).results.map((one) => one.result)[0];
    expect(await sync('north', 'burst-n')).toBe('DONE');
    const results = await Promise.all([1, 2, 3, 4].map((n) => sync('lake', `burst-l-${n}`)));
    expect(results.sort()).toEqual(['COMPENSATED', 'STORE_BEARS', 'STORE_BEARS', 'STORE_BEARS']);
  });

  it('is taken in by the clerk’s number on the consumer’s phone; five wrong ones, also side by side, close it for a while', async () => {
    const actor = await shop.member();
    const id = await world.publish({ take: { ...template().take, perMember: 2 } });
    const [coupon, other] = [await take(actor, id), await take(actor, id)];
    const pin = world.tokens.pin(shop.lake, shop.guides.lake, bench.clock.now());
    const byPin = (couponId: string, number: string, key: string, storeId: StoreId = shop.lake) =>
      world.pins.redeem(actor, couponId as CouponId, { storeId, pin: number, amountFen: 9900, key });
    const wrong = pin === '000000' ? '000001' : '000000';
    const guesses = await codes(Array.from({ length: 8 }, (_, at) => byPin(coupon.id, wrong, `guess-${at}`)));
    expect(guesses.filter((code) => code === 'PIN_WRONG')).toHaveLength(5);
    await expect(byPin(coupon.id, pin, 'right-now')).rejects.toMatchObject({ code: 'PIN_LOCKED' });
    expect(await byPin(other.id, pin, 'right-now')).toMatchObject({
      state: 'DONE',
      channel: 'PIN',
      guideId: shop.guides.lake,
    });
  });

  it('gives nobody more guesses for having more coupons, and counts no right number', async () => {
    const guesser = await shop.member();
    const id = await world.publish({ take: { ...template().take, perMember: 16 } });
    const mine: string[] = [];
    for (let nth = 0; nth < 16; nth += 1) mine.push((await take(guesser, id)).id);
    const pin = () => world.tokens.pin(shop.lake, shop.guides.lake, bench.clock.now());
    const byPin = (nth: number, number: string, key: string) => {
      const wish = { storeId: shop.lake, pin: number, amountFen: 9900, key };
      return world.pins.redeem(guesser, mine[nth] as CouponId, wish);
    };
    const wrong = pin() === '000000' ? '000001' : '000000';
    for (let nth = 0; nth < 12; nth += 1) expect((await byPin(nth, pin(), `right-${nth}`)).state).toBe('DONE');
    const guesses = await codes(Array.from({ length: 12 }, (_, at) => byPin(12 + (at % 3), wrong, `guess-${at}`)));
    expect(guesses.filter((code) => code === 'PIN_WRONG')).toHaveLength(10);
    expect(guesses.filter((code) => code === 'PIN_LOCKED')).toHaveLength(2);
    await expect(byPin(15, pin(), 'right-now')).rejects.toMatchObject({ code: 'PIN_LOCKED' });
    bench.clock.advance(10 * 60_000);
    expect(await byPin(15, pin(), 'right-later')).toMatchObject({ state: 'DONE' });
  });
});

describe('a guide’s coupons', () => {
  it('are given from the own quota, set aside at once, taken by one person each, first come first served', async () => {
    const id = await world.publish({ totalCount: 5, guidePerDay: 4 });
    const left = async () => (await world.bank.list(guide('lake'), {})).items.find((one) => one.templateId === id);
    expect((await left())?.leftText).toBe('今天还能发 4 张');
    const card = await world.bank.drop(guide('lake'), id, 3, '湖滨店福利群', null);
    expect(card.leftText).toBe('今天还能发 1 张');
    expect((await left())?.leftCount).toBe(2);
    await expect(world.bank.drop(guide('lake'), id, 2, '湖滨店福利群', null)).rejects.toMatchObject({
      code: 'GUIDE_QUOTA',
    });
    const people = await Promise.all(Array.from({ length: 10 }, () => shop.member()));
    const all = await codes(
      people.flatMap((one) => [world.offers.take(one, card.token), world.offers.take(one, card.token)]),
    );
    const takers = await bench.database.query(
      'SELECT member_id FROM coupon_offer_taker WHERE brand_id = ? AND offer_id = ?',
      [bench.brandId, card.sendId],
    );
    expect(takers).toHaveLength(3);
    expect(all.filter((code) => code !== 'OK' && code !== 'OFFER_OVER')).toEqual([]);
  });

  it('are bounded by what all of them together may cost in a month, whatever their own quotas say', async () => {
    const [one, other] = [await world.publish({ guidePerDay: 9 }), await world.publish({ guidePerDay: 9 })];
    const settings = await world.couponDesk.settings(shop.hq);
    await world.couponDesk.setSettings(shop.hq, { ...settings, guideMonthFen: 15_000 });
    await world.bank.drop(guide('shanghai'), one, 2, '群', null);
    await expect(world.bank.drop(guide('shanghai'), other, 2, '群', null)).rejects.toMatchObject({
      code: 'GUIDE_QUOTA',
      message: '你本月的发券金额已到上限',
    });
    await world.bank.drop(guide('shanghai'), other, 1, '群', null);
    await world.couponDesk.setSettings(shop.hq, settings);
  });

  it('for one friend are for this friend only, and no guide can send to another guide’s friend', async () => {
    const id = await world.publish({ guidePerDay: 2 });
    const [friend, other] = [await shop.member('小满'), await shop.member()];
    const [external, now] = [`wm-${bench.brandId}`, bench.clock.date()];
    await bench.database.execute(
      "INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, unionid, member_id, updated_at) VALUES (?,?,'小满','',2,NULL,?,?)",
      [bench.brandId, external, friend.memberId, now],
    );
    await bench.database.execute(
      "INSERT INTO contact_relation (brand_id, guide_id, external_userid, state, remark, add_way, welcome_state, added_at, checked_at) VALUES (?,?,?,'FRIEND','',1,'SENT',?,?)",
      [bench.brandId, shop.guides.north, external, now, now],
    );
    await expect(world.bank.sendTo(guide('lake'), external, id, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const card = await world.bank.sendTo(guide('north'), external, id, null);
    expect(card.words).toContain('小满，给你留了一张满减券');
    await expect(world.offers.take(other, card.token)).rejects.toMatchObject({ code: 'COUPON_NOT_FOR_YOU' });
    const couponId = await world.offers.take(friend, card.token);
    expect(await world.offers.take(friend, card.token)).toBe(couponId);
    expect((await world.member.one(friend, couponId)).sourceText).toBe('导购林静送你');
  });

  it('come back to the quota when the card was not sent, and to the total when nobody took them in time', async () => {
    const id = await world.publish({ totalCount: 4, guidePerDay: 4 });
    const card = await world.bank.drop(guide('north'), id, 4, '群', null);
    await world.offers.report(guide('north'), card.sendId, 'CANCELLED');
    const second = await world.bank.drop(guide('north'), id, 4, '群', null);
    await world.offers.report(guide('north'), second.sendId, 'SENT');
    await world.offers.take(await shop.member(), second.token);
    bench.clock.advance(73 * 3_600_000);
    await world.offers.endDue(bench.brandId);
    await expect(world.offers.take(await shop.member(), second.token)).rejects.toMatchObject({ code: 'OFFER_OVER' });
    world.book.forget(bench.brandId);
    const [item] = (await world.bank.list(guide('north'), {})).items.filter((one) => one.templateId === id);
    expect(item).toMatchObject({ leftCount: 3, givenCount: 1 });
  });
});

describe('the clearing', () => {
  it('closes a day with what each pair of parties still owes, once', async () => {
    bench.clock.advance(86_400_000);
    expect(await world.closeDays.run(bench.brandId)).toBeGreaterThan(0);
    expect(await world.closeDays.run(bench.brandId)).toBe(0);
    const nets = await bench.database.query('SELECT fen FROM clearing_net WHERE brand_id = ?', [bench.brandId]);
    expect(nets.length).toBeGreaterThan(0);
  });
});
