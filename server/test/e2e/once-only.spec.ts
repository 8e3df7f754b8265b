import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import type { TemplateInput } from '@shuke/shared/contracts';
import type { MemberId } from '@shuke/shared/kernel';
import { AssetLedger } from '../../src/modules/asset-ledger/index.js';
import { template } from '../../src/modules/coupons/testing/template.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { atOnce, publishNow, times } from './at-once.js';
import { type Buyer, fillShelves, headquarters, payOnPhone, settle } from './sale-steps.js';

jest.setTimeout(180_000);

/** Twenty at once is more than the connections of the process, so that they wait for one another in the middle. */
const CROWD = 20;
let e2e: E2e;
let hq: Api;
let lin: Buyer;
let friends: Buyer[];
beforeAll(async () => {
  e2e = await openE2e({ consumers: CROWD });
  await fillShelves(e2e);
  hq = await headquarters(e2e);
  lin = await e2e.consumer('lin');
  friends = [];
  for (let at = 0; at < CROWD; at += 1) friends.push(await e2e.consumer(`buyer${at}`));
});
afterAll(async () => {
  const broken = await e2e.broken();
  await e2e.close();
  expect(broken).toEqual([]);
});

const twenty = <T>(act: () => Promise<T>) => atOnce(times(CROWD, act));
const everybody = <T>(act: (who: Buyer) => Promise<T>) => atOnce(friends.map((who) => () => act(who)));
const idsOf = (list: readonly { id: string }[]): string[] => [...new Set(list.map((one) => one.id))];
const rowsOf = async (sql: string, ...values: string[]): Promise<number> => {
  const [row] = await e2e.bench.database.query<{ n: string }>(sql, [e2e.brandId, ...values]);
  return Number(row?.n ?? 0);
};

async function couponsOf(more: Partial<TemplateInput> = {}): Promise<string> {
  const { id } = await hq.console.createCouponTemplate({ body: template(more) });
  await hq.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
  return id;
}
const issuedOf = (templateId: string) =>
  rowsOf('SELECT COUNT(*) AS n FROM coupon WHERE brand_id = ? AND template_id = ?', templateId);

describe('twenty at once take no more coupons than there are', () => {
  it('one each for a person, and together what the template has', async () => {
    const one = await couponsOf();
    const mine = await twenty(() => lin.api.mall.takeCoupon({ params: { id: one }, body: {} }));
    expect([mine.made.length, await issuedOf(one)]).toEqual([1, 1]);
    const three = await couponsOf({ totalCount: 3 });
    const theirs = await everybody((who) => who.api.mall.takeCoupon({ params: { id: three }, body: {} }));
    expect([theirs.made.length, await issuedOf(three)]).toEqual([3, 3]);
  });

  it('a present goes to one friend, or back to its giver, and never to both', async () => {
    const id = await couponsOf();
    const coupon = await lin.api.mall.takeCoupon({ params: { id }, body: {} });
    const gifts = await twenty(() => lin.api.mall.giveCoupon({ params: { id: coupon.id } }));
    expect(new Set(gifts.made.map((gift) => gift.token)).size).toBe(1);
    const token = gifts.made[0]?.token ?? '';
    const ends = await atOnce<{ id: string }>([
      ...friends.map((who) => () => who.api.mall.acceptGift({ params: { token } })),
      () => lin.api.mall.takeGiftBack({ params: { token } }),
    ]);
    expect(ends.made).toHaveLength(1);
    const wallets = await Promise.all(
      [lin, ...friends].map(({ api }) => api.mall.coupons({ query: { tab: 'USABLE' } })),
    );
    expect(wallets.flatMap(({ items }) => items.filter((one) => one.templateId === id))).toHaveLength(1);
  });

  it('a card in a group gives as many as its guide put into it, one each', async () => {
    const id = await couponsOf({ guidePerDay: 12 });
    const guide = await e2e.guide('north');
    const card = await guide.guide.dropCoupons({ body: { templateId: id, count: 3 } });
    const params = { token: card.token };
    const own = await twenty(() => lin.api.mall.takeOffer({ params }));
    expect(idsOf(own.made)).toHaveLength(1);
    const theirs = await everybody((who) => who.api.mall.takeOffer({ params }));
    expect([theirs.made.length, await issuedOf(id)]).toEqual([2, 3]);
    // Twelve a day, three of them given: twenty cards of five at once are one card.
    const cards = await twenty(() => guide.guide.dropCoupons({ body: { templateId: id, count: 5 } }));
    expect(cards.made).toHaveLength(1);
  });

  it('a code is the first one’s, and a counter takes a coupon in once', async () => {
    const id = await couponsOf();
    await hq.console.importCouponCodes({ params: { id }, body: { codes: ['ONCE-2026-0001'] } });
    const owners = await everybody((who) => who.api.mall.addCouponCode({ body: { code: 'ONCE-2026-0001' } }));
    expect([owners.made.length, await issuedOf(id)]).toEqual([1, 1]);
    const other = await couponsOf();
    const coupon = await lin.api.mall.takeCoupon({ params: { id: other }, body: {} });
    const { qrText } = await lin.api.mall.showCoupon({ params: { id: coupon.id } });
    const [lake, north] = [await e2e.guide('lake'), await e2e.guide('north')];
    const body = { code: qrText, amountFen: 19_900, expectedDiscountFen: 5000 };
    const taken = await atOnce(
      Array.from({ length: CROWD }, (_, at) => () => (at % 2 ? lake : north).guide.redeemCoupon({ body })),
    );
    expect(idsOf(taken.made)).toHaveLength(1);
    expect(
      await rowsOf('SELECT COUNT(*) AS n FROM coupon_redemption WHERE brand_id = ? AND coupon_id = ?', coupon.id),
    ).toBe(1);
  });
});

const credit = async (who: Buyer, points: number): Promise<void> => {
  const { ids, unitOfWork } = e2e.bench;
  const ref = `ADJUST:once:${ids.next()}`;
  await unitOfWork.run('give', (tx) =>
    e2e.app.get(AssetLedger).credit(tx, e2e.brandId, 'POINTS', who.memberId as MemberId, [
      {
        lot: { kind: 'POINTS', amount: points, originKind: 'ADJUST', originId: ids.next(), title: '调整' },
        cause: { kind: 'ADJUST', ref, title: '调整' },
      },
    ]),
  );
};
const goodOf = (more: { stock: number; perPersonLimit: number | null }) =>
  hq.console.createPointsGood({
    body: {
      kind: 'GOODS',
      name: '帆布袋',
      imageUrl: '/files/demo/bag.jpg',
      description: '',
      points: 100,
      couponTemplateId: null,
      isListed: true,
      position: 1,
      ...more,
    },
  });

describe('twenty at once exchange no more points than there are presents', () => {
  it('not more than the stock, than a person may, than the points are enough for', async () => {
    const body = { qty: 1, storeId: e2e.shop.north };
    for (const who of friends) await credit(who, 100);
    await credit(lin, 1000);
    const three = await goodOf({ stock: 3, perPersonLimit: 1 });
    const theirs = await everybody((who) => who.api.mall.redeemPoints({ params: { id: three.id }, body }));
    expect([theirs.made.length, theirs.codes]).toEqual([3, ['GOOD_SOLD_OUT']]);
    const two = await goodOf({ stock: 50, perPersonLimit: 2 });
    const mine = await twenty(() => lin.api.mall.redeemPoints({ params: { id: two.id }, body }));
    expect([mine.made.length, mine.codes]).toEqual([2, ['GOOD_LIMIT']]);
    const many = await goodOf({ stock: 50, perPersonLimit: null });
    const rest = await twenty(() => lin.api.mall.redeemPoints({ params: { id: many.id }, body }));
    expect([rest.made.length, rest.codes]).toEqual([8, ['POINTS_NOT_ENOUGH']]);
    expect(await lin.api.mall.points()).toMatchObject({ available: 0 });
  });

  it('a present is handed over once, or given up, and never both', async () => {
    await credit(lin, 100);
    const good = await goodOf({ stock: 1, perPersonLimit: null });
    const params = { id: good.id };
    const made = await lin.api.mall.redeemPoints({ params, body: { qty: 1, storeId: e2e.shop.north } });
    const code = made.pickupCode ?? '';
    const [guide, desk] = [await e2e.guide('north'), await headquarters(e2e)];
    const ends = await atOnce<unknown>([
      ...Array.from({ length: CROWD }, () => () => guide.guide.handOverExchange({ params: { code } })),
      () => desk.console.cancelPointsExchange({ params: { id: made.id } }),
    ]);
    expect(ends.made).toHaveLength(1);
    const { state } = await lin.api.mall.pointsExchange({ params: { id: made.id } });
    expect(await lin.api.mall.points()).toMatchObject({ available: state === 'CANCELLED' ? 100 : 0 });
  });
});

const skuId = (at: number) => e2e.shop.products[at]?.skus[0] ?? '';
/** Orders one piece of some goods at the price that is shown now. */
async function wishFor(who: Buyer, at: number, more: Record<string, unknown> = {}) {
  const wish = { storeId: e2e.shop.north, lines: [{ skuId: skuId(at), qty: 1 }], fulfil: 'PICKUP', ...more };
  const { totalFen } = await who.api.mall.preview({ body: wish as never });
  return () => who.api.mall.submitOrder({ body: { ...wish, expectedTotalFen: totalFen } as never });
}

describe('twenty at once take a promotion as often as it may be taken', () => {
  it('pain-02 of two offers for new members one, whichever of twenty orders was first', async () => {
    const who = friends[0] as Buyer;
    await publishNow(e2e, 'NEW_MEMBER', { items: [{ skuId: skuId(0), priceFen: 100 }], pickupOnly: false });
    await publishNow(e2e, 'NEW_MEMBER', { items: [{ skuId: skuId(1), priceFen: 100 }], pickupOnly: false });
    const wishes = [await wishFor(who, 0), await wishFor(who, 1)];
    const ends = await atOnce(Array.from({ length: CROWD }, (_, at) => wishes[at % 2] as (typeof wishes)[0]));
    expect(ends.made.map((order) => order.totalFen)).toEqual([100]);
    expect(ends.codes.filter((code) => code !== 'PROMOTION_USED_UP' && code !== 'PRICE_CHANGED')).toEqual([]);
    // Both together in one basket are one chance, too, for somebody who has not had theirs.
    const other = friends[1] as Buyer;
    const lines = [0, 1].map((at) => ({ skuId: skuId(at), qty: 1 }));
    const { totalFen } = await (await wishFor(other, 0, { lines }))();
    expect(totalFen).toBeGreaterThan(200);
  });

  it('a bargain begins once for a person, and each friend cuts once', async () => {
    const terms = { items: [{ skuId: skuId(2), floorFen: 50_000 }], helps: 5, hours: 48, needsFloor: true };
    const promotionId = await publishNow(e2e, 'BARGAIN', terms);
    const body = { promotionId, skuId: skuId(2), storeId: e2e.shop.north };
    const begun = await twenty(() => lin.api.mall.startBargain({ body }));
    expect([begun.codes, idsOf(begun.made)]).toEqual([[], [begun.made[0]?.id]]);
    const params = { id: begun.made[0]?.id ?? '' };
    const same = await twenty(() => (friends[0] as Buyer).api.mall.helpBargain({ params }));
    expect(same.made).toHaveLength(1);
    const rest = await everybody((who) => who.api.mall.helpBargain({ params }));
    expect(rest.made).toHaveLength(4);
    expect(await lin.api.mall.bargain({ params })).toMatchObject({ state: 'AT_FLOOR', nowFen: 50_000 });
  });

  it('pain-15 of twenty who pay for a group of three, all have a seat in a full group or their money back', async () => {
    const items = [{ skuId: skuId(2), priceFen: 80_000 }];
    const terms = { items, size: 3, hours: 24, joinsPerMember: 5, fillsUp: false };
    const promotionId = await publishNow(e2e, 'GROUP_BUY', terms);
    const leader = await (await wishFor(lin, 2, { activity: { promotionId } }))();
    await payOnPhone(e2e, lin, leader.id);
    await settle(e2e, 8);
    const { items: groups } = await lin.api.mall.openGroups({
      params: { id: promotionId },
      query: { storeId: e2e.shop.north },
    });
    const activity = { promotionId, sessionId: groups[0]?.id };
    const wishes = await Promise.all(friends.map((who) => wishFor(who, 2, { activity })));
    const { made } = await atOnce(
      wishes.map((wish, at) => async () => ({ order: await wish(), payer: friends[at] as Buyer })),
    );
    expect(made.length).toBeGreaterThanOrEqual(2);
    await Promise.all(made.map(({ order, payer }) => payOnPhone(e2e, payer, order.id)));
    await settle(e2e, 20);
    await e2e.pass(25 * 3_600_000);
    await settle(e2e, 120);
    const states = await e2e.bench.database.query<{ state: string; n: string }>(
      'SELECT state, COUNT(*) AS n FROM group_buy_seat WHERE brand_id = ? AND promotion_id = ? GROUP BY state ORDER BY state',
      [e2e.brandId, promotionId],
    );
    const counts = Object.fromEntries(states.map((row) => [row.state, Number(row.n)]));
    expect(Object.keys(counts).filter((state) => state !== 'PAID' && state !== 'REFUNDED')).toEqual([]);
    expect((counts['PAID'] ?? 0) % 3).toBe(0);
    expect((counts['PAID'] ?? 0) + (counts['REFUNDED'] ?? 0)).toBe(made.length + 1);
  });
});
