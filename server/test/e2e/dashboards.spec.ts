import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type E2e, openE2e } from '../harness/e2e.js';

let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e();
});
afterAll(() => e2e.close());

describe('dashboards', () => {
  it('show the day’s money by party within the actor’s stores, and a guide’s income with its formula', async () => {
    const { api, openid } = await e2e.consumer('lin');
    const lines = [{ skuId: e2e.shop.products[0]?.skus[0] ?? '', qty: 1 }];
    const order = await api.mall.submitOrder({
      body: { storeId: e2e.shop.north, lines, fulfil: 'PICKUP', expectedTotalFen: 100_000, guideCode: 'NORTH' },
    });
    const params = await api.mall.pay({ params: { id: order.id } });
    await e2e.sims.pay.pay({ prepayId: params.package.replace('prepay_id=', ''), openid });
    await e2e.sims.clock.advance(1);
    await e2e.work(5);

    const own = await (await e2e.desk(`fa-${e2e.brandId}`, 'a-long-password')).console.overview();
    expect(own).toMatchObject({
      orderCount: 1,
      paidFen: 100_000,
      toPickup: 1,
      party: { franchiseeFen: 76_400, brandFen: 18_000, guideFen: 5_000, channelFen: 600 },
    });
    expect(own.days.at(-1)).toMatchObject({ orderCount: 1, paidFen: 100_000 });
    const foreign = await (await e2e.desk(`fb-${e2e.brandId}`, 'a-long-password')).console.overview();
    expect(foreign).toMatchObject({ orderCount: 0, paidFen: 0, party: { franchiseeFen: 0 }, topStores: [] });

    const income = await (await e2e.guide('north')).guide.earnings();
    expect(income).toMatchObject({ pendingFen: 5_000, paidFen: 0 });
    expect(income.items[0]).toMatchObject({ orderNo: order.orderNo, entitledFen: 5_000, formula: '¥1000.00 × 5%' });
  });
});
