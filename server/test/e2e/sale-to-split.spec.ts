import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { businessDay, DAY_MS } from '@shuke/shared/kernel';
import { verifyProof } from '@shuke/shared/rules';
import { type E2e, openE2e } from '../harness/e2e.js';
import { stillDue } from './sale-steps.js';

let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e();
});
afterAll(() => e2e.close());

/** Desk sessions live for twelve hours, so after a jump in time somebody logs in again. */
const headquarters = () => e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');

async function buy(api: Api, openid: string, options: { storeId?: string; guideCode?: string; qty?: number } = {}) {
  const storeId = options.storeId ?? e2e.shop.north;
  const lines = [{ skuId: e2e.shop.products[0]?.skus[0] ?? '', qty: options.qty ?? 1 }];
  const preview = await api.mall.preview({ body: { storeId, lines, fulfil: 'PICKUP' } });
  const order = await api.mall.submitOrder({
    body: { storeId, lines, fulfil: 'PICKUP', expectedTotalFen: preview.totalFen, guideCode: options.guideCode },
  });
  const params = await api.mall.pay({ params: { id: order.id } });
  await e2e.sims.pay.pay({ prepayId: params.package.replace('prepay_id=', ''), openid });
  await e2e.sims.clock.advance(1);
  await e2e.work(5);
  return api.mall.order({ params: { id: order.id } });
}

describe('one sale from the store mall to a verified split', () => {
  it('pays, hands over, waits for the after-sale window, splits, and proves every fen offline', async () => {
    const { api, openid } = await e2e.consumer('lin');
    const paid = await buy(api, openid, { guideCode: 'NORTH' });
    expect(paid).toMatchObject({ state: 'TO_PICKUP', guideName: '林静', totalFen: 100_000 });

    const before = await (await headquarters()).console.orderSplit({ params: { id: paid.id } });
    expect(before.legs.map((leg) => [leg.party, leg.fen])).toEqual([
      ['CHANNEL', 600],
      ['BRAND', 18_000],
      ['GUIDE', 5_000],
      ['FRANCHISEE', 76_400],
    ]);
    expect(before.state).toBe('WAITING');

    const guide = await e2e.guide('north');
    const handed = await guide.guide.verifyPickup({ params: { code: paid.pickupCode ?? '' } });
    expect(handed.state).toBe('RECEIVED');
    await e2e.pass(7 * DAY_MS + 1000);

    const after = await (await headquarters()).console.orderSplit({ params: { id: paid.id } });
    expect(after.stateText).toBe('已分完');
    expect(after.receivers.map((one) => [one.party, one.amountFen, one.state])).toEqual([
      ['BRAND', 18_000, 'SUCCESS'],
      ['GUIDE', 5_000, 'SUCCESS'],
    ]);

    const franchisee = await e2e.desk(`fa-${e2e.brandId}`, 'a-long-password');
    const [day] = (await franchisee.console.statements()).items;
    const proof = await franchisee.console.proof({
      params: { franchiseeId: day?.franchiseeId ?? '', day: day?.day ?? businessDay(0) },
    });
    expect(verifyProof(proof.text)).toMatchObject({
      isRight: true,
      totals: { amountFen: 100_000, franchisee: 76_400 },
    });
    expect(verifyProof(proof.text.replace('76400', '76401')).isRight).toBe(false);
    expect(await e2e.broken()).toEqual([]);
  });

  it('refunds part before the split and splits only what is left', async () => {
    const { api, openid } = await e2e.consumer('chen');
    const order = await buy(api, openid, { qty: 2, guideCode: 'NORTH' });
    await api.mall.requestRefund({
      params: { id: order.id },
      body: { reason: '多买了一件', lines: [{ lineId: order.lines[0]?.id ?? '', qty: 1 }] },
    });
    await e2e.work();
    const refunded = await api.mall.order({ params: { id: order.id } });
    expect(refunded.refunds.map((one) => [one.amountFen, one.state])).toEqual([[100_000, 'SUCCESS']]);
    const guide = await e2e.guide('north');
    await guide.guide.verifyPickup({ params: { code: refunded.pickupCode ?? '' } });
    await e2e.pass(7 * DAY_MS + 1000);
    const split = await (await headquarters()).console.orderSplit({ params: { id: order.id } });
    expect(split.legs.reduce((sum, leg) => sum + leg.fen, 0)).toBe(100_000);
    expect(split.receivers.map((one) => [one.party, one.amountFen, one.state])).toEqual([
      ['BRAND', 18_000, 'SUCCESS'],
      ['GUIDE', 5_000, 'SUCCESS'],
    ]);
    expect(await e2e.broken()).toEqual([]);
  });

  it('refunds everything after the split: takes the brand’s share back, refunds, and every party ends at zero', async () => {
    const { api, openid } = await e2e.consumer('zhou');
    const order = await buy(api, openid, { guideCode: 'NORTH' });
    const guide = await e2e.guide('north');
    await guide.guide.verifyPickup({ params: { code: order.pickupCode ?? '' } });
    await e2e.pass(7 * DAY_MS + 1000);
    await (await headquarters()).console.refundOrder({ params: { id: order.id }, body: { reason: '质量问题' } });
    await e2e.work(20);
    const done = await api.mall.order({ params: { id: order.id } });
    expect(done).toMatchObject({ state: 'REFUNDED', refundedFen: 100_000 });
    const split = await (await headquarters()).console.orderSplit({ params: { id: order.id } });
    expect(split.legs.every((leg) => leg.fen === 0)).toBe(true);
    expect(split.receivers.find((one) => one.party === 'BRAND')).toMatchObject({
      state: 'RETURNED',
      returnedFen: 18_000,
    });
    // A person's share cannot be taken back: nobody but the guide owes or is owed anything.
    expect(await stillDue(e2e, order.id)).toEqual({ [`due:GUIDE:${e2e.shop.guides.north}`]: -5_000 });
    expect(await e2e.broken()).toEqual([]);
  });
});

describe('brand-collect mode', () => {
  it('pays the guide by profit sharing, leaves nothing due to the brand, and owes a franchisee nothing in a self-run store', async () => {
    const { api, openid } = await e2e.consumer('lin');
    const order = await buy(api, openid, { storeId: e2e.shop.lake, guideCode: 'LAKE' });
    await (await e2e.guide('lake')).guide.verifyPickup({ params: { code: order.pickupCode ?? '' } });
    await e2e.pass(7 * DAY_MS + 1000);
    const split = await (await headquarters()).console.orderSplit({ params: { id: order.id } });
    expect(split.legs.map((leg) => [leg.party, leg.fen])).toEqual([
      ['CHANNEL', 600],
      ['GUIDE', 5_000],
      ['BRAND', 94_400],
    ]);
    expect(split.receivers.map((one) => [one.party, one.state])).toEqual([['GUIDE', 'SUCCESS']]);
    expect(await stillDue(e2e, order.id)).toEqual({});
    expect(await e2e.broken()).toEqual([]);
  });
});
