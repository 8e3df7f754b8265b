import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, fillShelves } from './sale-steps.js';

jest.setTimeout(120_000);

let e2e: E2e;
let lin: Buyer;
let deskA: Api;
let deskB: Api;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  lin = await e2e.consumer('lin');
  deskA = await e2e.desk(`fa-${e2e.brandId}`, 'a-long-password');
  deskB = await e2e.desk(`fb-${e2e.brandId}`, 'a-long-password');
});
afterAll(() => e2e.close());

const product = (at: number) => e2e.shop.products[at]?.id ?? '';
const sku = (at: number) => e2e.shop.products[at]?.skus[0] ?? '';
const basket = (storeId: string, at: number, qty: number) => ({
  storeId,
  lines: [{ skuId: sku(at), qty }],
  fulfil: 'PICKUP' as const,
});

/** Franchisee B's stores alone give ¥100 off from ¥1000 on. */
async function promoteInShanghai(): Promise<void> {
  const now = e2e.sims.clock.now();
  const { franchiseeB } = e2e.shop;
  const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  await hq.console.setPromotionEnvelope({
    params: { franchiseeId: franchiseeB.kind === 'franchisee' ? franchiseeB.franchiseeId : '' },
    body: { month: new Date(now).toISOString().slice(0, 7), budgetFen: 2_000_000 },
  });
  const { id } = await deskB.console.createPromotion({
    body: {
      kind: 'FULL_REDUCTION',
      name: '静安寺店满减',
      budgetFen: 1_000_000,
      startsAt: new Date(now - 1000).toISOString(),
      endsAt: new Date(now + 7 * 86_400_000).toISOString(),
      terms: {
        measure: 'MONEY',
        basis: 'PAID',
        reward: 'AMOUNT',
        mode: 'TIERS',
        tiers: [{ atFen: 100_000, cutFen: 10_000 }],
      },
    },
  });
  await deskB.console.runPromotion({ params: { id }, body: { days: 30 } });
  await deskB.console.publishPromotion({ params: { id }, body: { acceptsBelowFloor: true, reason: '开业' } });
}

it('pain-08 one SKU has a price, a stock and a promotion of its own in each of two stores', async () => {
  const { north, shanghai } = e2e.shop;
  await deskA.console.setPrice({ params: { id: north, skuId: sku(0) }, body: { priceFen: 90_000 } });
  await deskB.console.setPrice({ params: { id: shanghai, skuId: sku(0) }, body: { priceFen: 105_000 } });
  await deskA.console.setStock({ params: { id: north, skuId: sku(0) }, body: { onHand: 1, reason: '盘点' } });
  await deskB.console.setStock({ params: { id: shanghai, skuId: sku(0) }, body: { onHand: 7, reason: '盘点' } });
  await promoteInShanghai();
  const seen = async (storeId: string) => {
    const detail = await lin.api.mall.product({ params: { id: product(0) }, query: { storeId } });
    const one = detail.skus.find((found) => found.id === sku(0));
    return [one?.priceFen, one?.available];
  };
  expect([await seen(north), await seen(shanghai)]).toEqual([
    [90_000, 1],
    [105_000, 7],
  ]);
  const total = async (storeId: string, qty = 1) =>
    (await lin.api.mall.preview({ body: basket(storeId, 0, qty) })).totalFen;
  expect([await total(north), await total(shanghai)]).toEqual([90_000, 95_000]);
  const order = await lin.api.mall.submitOrder({ body: { ...basket(north, 0, 1), expectedTotalFen: 90_000 } });
  expect([(await seen(north))[1], (await seen(shanghai))[1]]).toEqual([0, 7]);
  await expect(
    lin.api.mall.submitOrder({ body: { ...basket(north, 0, 1), expectedTotalFen: 90_000 } }),
  ).rejects.toMatchObject({ code: expect.stringMatching(/SOLD_OUT|NOT_ENOUGH/) });
  await lin.api.mall.cancelOrder({ params: { id: order.id } });
});

it('pain-09 what one store does not sell appears nowhere in it: list, search, category, home, detail, cart, promotion', async () => {
  const { north, shanghai } = e2e.shop;
  await deskA.console.setListed({ params: { id: north, productId: product(2) }, body: { isListed: false } });
  const found = async (storeId: string, query: object = {}) =>
    (await lin.api.mall.products({ query: { storeId, ...query } })).items.some((one) => one.id === product(2));
  const categoryId = e2e.shop.categories[0] ?? '';
  for (const query of [{}, { q: '羽绒服 2' }, { categoryId }, { sort: 'price-asc' as const }])
    expect([query, await found(north, query), await found(shanghai, query)]).toEqual([query, false, true]);
  const home = await lin.api.mall.home({ query: { storeId: north } });
  expect(JSON.stringify(home)).not.toContain(product(2));
  expect(JSON.stringify(await lin.api.mall.home({ query: { storeId: shanghai } }))).toContain(product(2));
  const counts = async (storeId: string) =>
    (await lin.api.mall.categories({ query: { storeId } })).find((one) => one.id === categoryId)?.productCount;
  expect([await counts(north), await counts(shanghai)]).toEqual([1, 2]);
  await lin.api.mall.addToCart({ body: { storeId: shanghai, skuId: sku(2), qty: 1 } }).catch(() => undefined);
  const cart = await lin.api.mall.cart({ query: { storeId: north } });
  const line = cart.lines.find((one) => one.skuId === sku(2));
  expect([undefined, 'NOT_LISTED']).toContain(line?.problem ?? undefined);
  await expect(lin.api.mall.preview({ body: basket(north, 2, 1) })).rejects.toMatchObject({
    code: expect.stringMatching(/^[A-Z_]+$/),
  });
  const promotions = await lin.api.mall.promotions({ query: { storeId: north } });
  expect(JSON.stringify(promotions)).not.toContain('静安寺店满减');
  expect(JSON.stringify(await lin.api.mall.promotions({ query: { storeId: shanghai } }))).toContain('静安寺店满减');
});

it('takes out of the cart what was bought out of it, and leaves it alone when something is bought at once', async () => {
  const { shanghai } = e2e.shop;
  for (const at of [0, 1]) await lin.api.mall.addToCart({ body: { storeId: shanghai, skuId: sku(at), qty: 1 } });
  const inCart = async () => {
    const { lines } = await lin.api.mall.cart({ query: { storeId: shanghai } });
    return [0, 1].map((at) => lines.some((line) => line.skuId === sku(at)));
  };
  const buy = async (wish: { fromCart?: boolean }) => {
    const { totalFen } = await lin.api.mall.preview({ body: basket(shanghai, 1, 1) });
    const { id } = await lin.api.mall.submitOrder({
      body: { ...basket(shanghai, 1, 1), expectedTotalFen: totalFen, ...wish },
    });
    await lin.api.mall.cancelOrder({ params: { id } });
  };
  await buy({});
  expect(await inCart()).toEqual([true, true]);
  await buy({ fromCart: true });
  expect(await inCart()).toEqual([true, false]);
});
