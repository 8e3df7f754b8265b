import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RecentOrders } from '../../src/modules/orders/index.js';
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
    // As if the shop gave five hours to pay: the plan with the shorter time is forgotten in both places.
    await e2e.bench.database.execute(
      'UPDATE sales_order SET due_at = ?, pay_plan = NULL WHERE brand_id = ? AND id = ?',
      [inFiveHours, e2e.brandId, order.id],
    );
    e2e.app.get(RecentOrders).forgetPlan(order.id);
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

  it('pay-04 looks once more after everything could have been paid: a payment of a closed order whose callback was lost goes back', async () => {
    const order = await submit(e2e, lin);
    const params = await lin.api.mall.pay({ params: { id: order.id } });
    e2e.sims.core.faults.add({ target: 'pay', path: 'TRANSACTION', kind: 'drop-callback', times: 99 });
    expect(e2e.sims.pay.pay({ prepayId: params.package.replace('prepay_id=', ''), openid: lin.openid }).ok).toBe(true);
    // As after a close whose answer said that WeChat had never heard of the order.
    const now = e2e.sims.clock.now();
    await e2e.bench.database.execute(
      "UPDATE sales_order SET state = 'CLOSED', due_at = NULL, closed_at = ?, close_reason = 'CANCELLED' WHERE brand_id = ? AND id = ?",
      [new Date(now), e2e.brandId, order.id],
    );
    await e2e.bench.database.execute(
      "UPDATE payment SET state = 'CLOSED', next_check_at = ? WHERE brand_id = ? AND order_id = ?",
      [new Date(now + 130 * 60_000), e2e.brandId, order.id],
    );
    await e2e.bench.unitOfWork.run('give the pieces back', async (tx) => {
      await tx.execute(
        "UPDATE stock s JOIN reservation r ON r.brand_id = s.brand_id AND r.store_id = s.store_id AND r.sku_id = s.sku_id SET s.reserved = s.reserved - r.qty, r.state = 'RELEASED', r.ended_at = ? WHERE r.brand_id = ? AND r.order_id = ?",
        [tx.now, e2e.brandId, order.id],
      );
    });
    await e2e.pass(131 * 60_000);
    await settle(e2e);
    const closed = await lin.api.mall.order({ params: { id: order.id } });
    expect(closed).toMatchObject({ state: 'CLOSED', refunds: [{ amountFen: order.totalFen, state: 'SUCCESS' }] });
  });
});
