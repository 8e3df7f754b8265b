import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { type E2e, openE2e } from '../harness/e2e.js';
import { soldAndSplit } from './money-journeys.js';
import { expectQuiet, fillShelves, handOver, headquarters, payOnPhone, settle, splitOf } from './sale-steps.js';

jest.setTimeout(90_000);

const HOUR = 3_600_000;
let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
});
afterAll(() => e2e.close());

const inHours = (hours: number) => new Date(e2e.sims.clock.now() + hours * HOUR).toISOString();

const PRICES = { priceFen: 98_000, depositFen: 19_600, worthFen: 60_000 };

async function publishPresale(skuId: string, prices: typeof PRICES): Promise<string> {
  const hq = await headquarters(e2e);
  const terms = {
    mode: 'DEPOSIT',
    items: [{ skuId, ...prices }],
    tailFrom: inHours(48),
    tailUntil: inHours(72),
    shipBy: inHours(200),
    forfeits: true,
  };
  const body = { kind: 'PRESALE', name: '预售', startsAt: inHours(-1), endsAt: inHours(500), terms };
  const { id } = await hq.console.createPromotion({ body: body as never });
  await hq.console.runPromotion({ params: { id }, body: { days: 30 } });
  await hq.console.publishPromotion({ params: { id }, body: { acceptsBelowFloor: true, reason: '活动' } });
  await e2e.sims.clock.advance(6000);
  return id;
}

/** An order whose deposit and, two days later, whose tail are paid. */
async function soldInParts(product: number, prices: typeof PRICES, qty = 1): Promise<string> {
  const skuId = e2e.shop.products[product % 3]?.skus[Math.trunc(product / 3)] ?? '';
  const promotionId = await publishPresale(skuId, prices);
  let lin = await e2e.consumer('lin');
  const wish = {
    storeId: e2e.shop.north,
    lines: [{ skuId, qty }],
    fulfil: 'PICKUP',
    activity: { promotionId },
  };
  const preview = await lin.api.mall.preview({ body: wish as never });
  const { id } = await lin.api.mall.submitOrder({
    body: { ...wish, guideCode: 'NORTH', expectedTotalFen: preview.totalFen } as never,
  });
  await payOnPhone(e2e, lin, id);
  await settle(e2e, 8);
  await e2e.pass(49 * HOUR);
  lin = await e2e.consumer('lin');
  await payOnPhone(e2e, lin, id);
  await settle(e2e, 8);
  return id;
}

it('pay-24 pay-25 divides what the channel lets a presale’s small tail give, and the rest with the next sale', async () => {
  const id = await soldInParts(0, PRICES);
  const lin = await e2e.consumer('lin');
  await handOver(e2e, (await lin.api.mall.order({ params: { id } })).pickupCode);
  await e2e.pass(7 * DAY_MS);
  await settle(e2e, 1500);
  const split = await splitOf(e2e, id);
  expect(split.receivers.map((one) => [one.party, one.amountFen, one.state])).toEqual([
    ['BRAND', 8_451, 'SUCCESS'],
    ['GUIDE', 2_880, 'SUCCESS'],
  ]);
  expect([split.state, split.stateText]).toEqual(['ATTENTION', expect.stringContaining('上限')]);
  const next = await soldAndSplit(e2e, await e2e.consumer('lin'));
  expect((await splitOf(e2e, next)).receivers.map((one) => one.amountFen)).toEqual([19_917, 5_000]);
  await expectQuiet(e2e);
});

it('pay-16 pay-25 gives the fee of deposit and tail back to the fen, and the deposit under a new number once one was closed', async () => {
  // Each fee ends below half a fen, both together above: 228.4 and 117.4 are 345, not 346.
  const id = await soldInParts(1, { priceFen: 98_067, depositFen: 19_567, worthFen: 60_000 });
  const { nextResults } = e2e.sims.pay.sim.settings;
  nextResults.push({ op: 'refund', match: `P${id}-DEPOSIT`, result: 'CLOSED', times: 1 });
  const sold = await splitOf(e2e, id);
  expect(sold.legs.find((leg) => leg.party === 'CHANNEL')?.fen).toBe(345);
  const lin = await e2e.consumer('lin');
  await lin.api.mall.requestRefund({ params: { id }, body: { reason: '不想要了' } });
  await settle(e2e, 200);
  expect((await lin.api.mall.order({ params: { id } })).state).toBe('REFUNDED');
  const numbers = Object.values(e2e.sims.pay.sim.state.refunds).map((one) => [
    one.outRefundNo.replace(/^R\d+/, ''),
    one.amount,
    one.status,
  ]);
  expect(numbers).toEqual([
    ['D', 19_567, 'CLOSED'],
    ['D-2', 19_567, 'SUCCESS'],
    ['', 38_067, 'SUCCESS'],
  ]);
  await expectQuiet(e2e);
});

/** Has the channel close a refund of the tail under every number that one try has. */
const closeTail = (id: string) =>
  e2e.sims.pay.sim.settings.nextResults.push({ op: 'refund', match: `P${id}-TAIL`, result: 'CLOSED', times: 3 });
const refundsOf = (id: string) =>
  Object.values(e2e.sims.pay.sim.state.refunds)
    .filter((one) => one.orderKey.includes(`P${id}-`) && one.status === 'SUCCESS')
    .map((one) => [one.orderKey.replace(/^.*-/, ''), one.amount]);

it('pay-16 tries a presale’s refund again after another one of the order, and both go back whole', async () => {
  const id = await soldInParts(2, PRICES, 3);
  const lin = await e2e.consumer('lin');
  const lineId = (await lin.api.mall.order({ params: { id } })).lines[0]?.id ?? '';
  const askBack = (qty: number) =>
    lin.api.mall.requestAfterSale({
      params: { id },
      body: { kind: 'REFUND_ONLY', lines: [{ lineId, qty }], reason: 'CHANGED_MIND' },
    });
  closeTail(id);
  const first = await askBack(2);
  await settle(e2e, 400);
  expect(await lin.api.mall.afterSale({ params: { id: first.id } })).toMatchObject({ refundState: 'FAILED' });
  expect(refundsOf(id)).toEqual([['DEPOSIT', 1_200]]);
  const second = await askBack(1);
  await settle(e2e, 100);
  expect(await lin.api.mall.afterSale({ params: { id: second.id } })).toMatchObject({ state: 'DONE' });
  await (await headquarters(e2e)).console.retryAfterSaleRefund({ params: { id: first.id } });
  await settle(e2e, 100);
  expect(await lin.api.mall.afterSale({ params: { id: first.id } })).toMatchObject({
    state: 'DONE',
    refundFen: 115_200,
  });
  expect(refundsOf(id)).toEqual([
    ['DEPOSIT', 1_200],
    ['DEPOSIT', 57_600],
    ['TAIL', 114_000],
  ]);
  expect(await lin.api.mall.order({ params: { id } })).toMatchObject({ state: 'REFUNDED', refundedFen: 172_800 });
  await settle(e2e, 300);
  await expectQuiet(e2e);
});

it('pay-16 asks for the same money again, and not twice for a deposit that has gone back', async () => {
  const id = await soldInParts(3, PRICES);
  const lin = await e2e.consumer('lin');
  const askBack = () => lin.api.mall.requestRefund({ params: { id }, body: { reason: '不想要了' } });
  closeTail(id);
  await askBack();
  await settle(e2e, 400);
  expect(refundsOf(id)).toEqual([['DEPOSIT', 19_600]]);
  await askBack();
  await settle(e2e, 100);
  expect(refundsOf(id)).toEqual([
    ['DEPOSIT', 19_600],
    ['TAIL', 38_000],
  ]);
  expect(await lin.api.mall.order({ params: { id } })).toMatchObject({ state: 'REFUNDED', refundedFen: 57_600 });
  await settle(e2e, 300);
  await expectQuiet(e2e);
});
