import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { openidOf } from '../../../simulators/src/core/index.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { effects } from './money-journeys.js';
import { type Buyer, buy, expectQuiet, fillShelves, handOver, settle, splitOf } from './sale-steps.js';

jest.setTimeout(60_000);

const HOUR_S = 3600;
let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
});
afterAll(() => e2e.close());
beforeEach(async () => {
  lin = await e2e.consumer('lin');
});
afterEach(async () => {
  e2e.sims.core.faults.clear();
  await settle(e2e);
  await expectQuiet(e2e);
});

const refuse = (method: string, path: string, times: number) =>
  e2e.sims.core.faults.add({
    target: 'pay',
    method,
    path,
    kind: '5xx',
    status: 403,
    body: { code: 'NO_AUTH', message: '商户没有分账权限' },
    times,
  });

/** Two pieces, handed over, at the end of the after-sale window; then one piece goes back. */
async function soldTwo(): Promise<{ id: string; lineId: string }> {
  const order = await buy(e2e, lin, { qty: 2, guideCode: 'NORTH' });
  await handOver(e2e, order.pickupCode);
  await e2e.pass(7 * DAY_MS - 60_000);
  return { id: order.id, lineId: order.lines[0]?.id ?? '' };
}

const refundOne = async ({ id, lineId }: { id: string; lineId: string }) => {
  lin = await e2e.consumer('lin');
  await lin.api.mall.requestRefund({
    params: { id },
    body: { reason: '颜色不合适', lines: [{ lineId, qty: 1 }] },
  });
};

const halves = [
  ['CHANNEL', 600],
  ['BRAND', 18_000],
  ['GUIDE', 5_000],
  ['FRANCHISEE', 76_400],
];

describe('a refund while a split waits for a person', () => {
  it('pay-31 inv a split that the channel refused is planned anew from what the refund left', async () => {
    const sold = await soldTwo();
    refuse('POST', '/profitsharing/orders$', 1);
    await settle(e2e, 120);
    expect((await splitOf(e2e, sold.id)).state).toBe('ATTENTION');
    await refundOne(sold);
    await settle(e2e, 120);
    expect(effects(e2e, sold.id).order?.refunded).toBe(100_000);
    await settle(e2e, 7 * HOUR_S);
    const split = await splitOf(e2e, sold.id);
    expect(split.legs.map((leg) => [leg.party, leg.fen])).toEqual(halves);
    expect(split.receivers.map((one) => [one.party, one.amountFen, one.state])).toEqual([
      ['BRAND', 18_000, 'SUCCESS'],
      ['GUIDE', 5_000, 'SUCCESS'],
    ]);
  });

  it('pay-31 a split that was sent and whose answer is refused ends first, then the share comes back', async () => {
    const sold = await soldTwo();
    refuse('GET', '/profitsharing/orders/', 1);
    await settle(e2e, 120);
    expect((await splitOf(e2e, sold.id)).state).toBe('ATTENTION');
    await refundOne(sold);
    await settle(e2e, 7 * HOUR_S);
    expect(effects(e2e, sold.id).order?.refunded).toBe(100_000);
    const split = await splitOf(e2e, sold.id);
    expect(split.receivers.map((one) => [one.party, one.amountFen, one.returnedFen])).toEqual([
      ['BRAND', 36_000, 18_000],
      ['GUIDE', 10_000, 0],
    ]);
  });

  it('pay-25 pay-31 a split that is planned anew after a refused amount does not wait for the refund that waits for it', async () => {
    const sold = await soldTwo();
    e2e.sims.core.faults.add({
      target: 'pay',
      method: 'POST',
      path: '/profitsharing/orders$',
      kind: '5xx',
      status: 400,
      body: { code: 'INVALID_REQUEST', message: '分账金额超出最大分账比例' },
      times: 1,
    });
    await settle(e2e, 120);
    expect((await splitOf(e2e, sold.id)).state).toBe('PROCESSING');
    await refundOne(sold);
    await settle(e2e, 2 * HOUR_S);
    expect(effects(e2e, sold.id).order?.refunded).toBe(100_000);
    const split = await splitOf(e2e, sold.id);
    expect([split.state, split.legs.map((leg) => [leg.party, leg.fen])]).toEqual(['FINISHED', halves]);
  });

  it('pay-20 pay-31 inv who was paid by an earlier request is not paid again when a later one stops and a refund comes', async () => {
    const sold = await soldTwo();
    const match = openidOf(e2e.shop.appid, 'guide');
    const { nextResults } = e2e.sims.pay.sim.settings;
    nextResults.push({ op: 'split', match, result: 'CLOSED', failReason: 'NO_RELATION', times: 1 });
    await settle(e2e, 120);
    expect((await splitOf(e2e, sold.id)).state).toBe('ATTENTION');
    refuse('POST', '/receivers/add$', 1);
    await settle(e2e, 1200);
    const paid = (await splitOf(e2e, sold.id)).receivers.map((one) => [one.party, one.amountFen, one.state]);
    expect(paid.slice(0, 2)).toEqual([
      ['BRAND', 36_000, 'SUCCESS'],
      ['GUIDE', 10_000, 'CLOSED'],
    ]);
    await refundOne(sold);
    await settle(e2e, 7 * HOUR_S);
    const done = effects(e2e, sold.id);
    expect(done.order?.refunded).toBe(100_000);
    const gets = done.splits.flatMap((one) => one.receivers).filter((one) => one.result === 'SUCCESS');
    expect(gets.map((one) => one.amount)).toEqual([36_000]);
    expect(done.returns.map((one) => [one.amount, one.result])).toEqual([[18_000, 'SUCCESS']]);
    // The guide's half stays owed and comes on top of the next share.
    expect((await splitOf(e2e, sold.id)).legs.map((leg) => [leg.party, leg.fen])).toEqual(halves);
  });
});
