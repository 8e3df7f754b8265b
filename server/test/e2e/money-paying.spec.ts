import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type E2e, openE2e } from '../harness/e2e.js';
import { effects } from './money-journeys.js';
import { type Buyer, expectQuiet, settle, submit } from './sale-steps.js';

jest.setTimeout(60_000);

let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
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

describe('paying late', () => {
  it('pay-07 asks for a new prepay number when the old one has run out, for the same order', async () => {
    const order = await submit(e2e, lin);
    const inFiveHours = new Date(e2e.sims.clock.now() + 5 * 3_600_000);
    await e2e.bench.database.execute('UPDATE sales_order SET due_at = ? WHERE brand_id = ? AND id = ?', [
      inFiveHours,
      e2e.brandId,
      order.id,
    ]);
    const first = await lin.api.mall.pay({ params: { id: order.id } });
    expect(await lin.api.mall.pay({ params: { id: order.id } })).toMatchObject({ package: first.package });
    await e2e.pass(2 * 3_600_000 + 1000);
    const old = e2e.sims.pay.pay({ prepayId: first.package.replace('prepay_id=', ''), openid: lin.openid });
    expect(old).toMatchObject({ ok: false });
    const second = await lin.api.mall.pay({ params: { id: order.id } });
    const paid = e2e.sims.pay.pay({ prepayId: second.package.replace('prepay_id=', ''), openid: lin.openid });
    expect(paid.ok).toBe(true);
    await settle(e2e, 8);
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('TO_PICKUP');
    expect(effects(e2e, order.id).orders).toBe(1);
  });

  it('pay-06 a tap that WeChat never answered is told so, and the next tap repeats the very same order', async () => {
    const order = await submit(e2e, lin);
    const path = '/transactions/jsapi$';
    e2e.sims.core.faults.add({ target: 'pay', method: 'POST', path, kind: 'drop-after-apply', times: 2 });
    await expect(lin.api.mall.pay({ params: { id: order.id } })).rejects.toMatchObject({ code: 'PAY_NOT_READY' });
    const params = await lin.api.mall.pay({ params: { id: order.id } });
    expect(params.package).toMatch(/^prepay_id=/);
    expect(effects(e2e, order.id).orders).toBe(1);
    const bodies = e2e.sims.core.journal
      .find({ target: 'pay', direction: 'in' })
      .filter((one) => one.path.endsWith('/transactions/jsapi') && String(one.request).includes(`P${order.id}`));
    expect(new Set(bodies.map((one) => String(one.request))).size).toBe(1);
    await lin.api.mall.cancelOrder({ params: { id: order.id } });
  });
});
