import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { template } from '../../src/modules/coupons/testing/template.js';
import { terms } from '../../src/modules/coupons/testing/terms.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, fillShelves, payOnPhone, settle } from './sale-steps.js';

jest.setTimeout(120_000);

let e2e: E2e;
let lin: Buyer;
let templateId: string;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  const made = await hq.console.createCouponTemplate({
    body: template({ take: { ...template().take, perMember: 100 }, terms: terms({ thresholdFen: 50_000 }) as never }),
  });
  templateId = made.id;
  await hq.console.setCouponTemplateStatus({ params: { id: templateId }, body: { status: 'ACTIVE' } });
  lin = await e2e.consumer('lin');
});
afterAll(async () => {
  expect(await e2e.broken()).toEqual([]);
  await e2e.close();
});

const take = async () => (await lin.api.mall.takeCoupon({ params: { id: templateId }, body: {} })).id;
const stateOf = async (id: string) => (await lin.api.mall.coupon({ params: { id } })).state;

async function submitWith(couponId: string) {
  const body = {
    storeId: e2e.shop.north,
    lines: [{ skuId: e2e.shop.products[0]?.skus[0] ?? '', qty: 1 }],
    fulfil: 'PICKUP' as const,
    couponIds: [couponId],
  };
  const preview = await lin.api.mall.preview({ body });
  expect(preview.totalFen).toBe(95_000);
  return lin.api.mall.submitOrder({ body: { ...body, expectedTotalFen: preview.totalFen } });
}

describe('a coupon in real orders', () => {
  it('pain-03 comes back when the consumer cancels and when the deadline passes', async () => {
    const coupon = await take();
    const cancelled = await submitWith(coupon);
    expect(await stateOf(coupon)).toBe('LOCKED');
    await lin.api.mall.cancelOrder({ params: { id: cancelled.id } });
    expect(await stateOf(coupon)).toBe('AVAILABLE');
    const late = await submitWith(coupon);
    await e2e.pass(31 * 60_000);
    expect((await lin.api.mall.order({ params: { id: late.id } })).state).toBe('CLOSED');
    expect(await stateOf(coupon)).toBe('AVAILABLE');
  });

  it('pain-02 wins in one of many orders submitted side by side; the others say that it is taken, and nobody owes less than nothing', async () => {
    const coupon = await take();
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => submitWith(coupon)));
    const won = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(won.map((order) => order.totalFen)).toEqual([95_000]);
    await lin.api.mall.cancelOrder({ params: { id: won[0]?.id ?? '' } });
  });

  it('is used when paid, charged to its bearers, and back after a full refund', async () => {
    const coupon = await take();
    const order = await submitWith(coupon);
    await payOnPhone(e2e, lin, order.id);
    await settle(e2e, 30);
    expect(await stateOf(coupon)).toBe('USED');
    const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
    const { items } = await hq.console.clearingEntries();
    expect(items[0]).toMatchObject({ kind: 'COUPON_USE' });
    expect(items[0]?.legs.map((leg) => leg.fen)).toEqual([5000, -3000, -2000]);
    await lin.api.mall.requestRefund({ params: { id: order.id }, body: { reason: '不想要了' } });
    await settle(e2e, 120);
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('REFUNDED');
    expect(await stateOf(coupon)).toBe('AVAILABLE');
    expect((await hq.console.clearingMatrix({ query: {} })).totalFen).toBe(0);
  });
});
