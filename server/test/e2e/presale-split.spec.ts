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

async function publishPresale(skuId: string): Promise<string> {
  const hq = await headquarters(e2e);
  const terms = {
    mode: 'DEPOSIT',
    items: [{ skuId, priceFen: 98_000, depositFen: 19_600, worthFen: 60_000 }],
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

it('pay-24 pay-25 divides what the channel lets a presale’s small tail give, and the rest with the next sale', async () => {
  const skuId = e2e.shop.products[0]?.skus[0] ?? '';
  const promotionId = await publishPresale(skuId);
  let lin = await e2e.consumer('lin');
  const wish = {
    storeId: e2e.shop.north,
    lines: [{ skuId, qty: 1 }],
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
