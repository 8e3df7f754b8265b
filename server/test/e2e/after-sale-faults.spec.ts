import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { armFailpoints } from '../../src/platform/failpoints/failpoint.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { ALL_PAUSES_S, effects } from './money-journeys.js';
import { type Buyer, buy, expectQuiet, fillShelves, handOver, headquarters, settle } from './sale-steps.js';

jest.setTimeout(180_000);

let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
});
afterAll(() => e2e.close());
afterEach(() => {
  e2e.sims.core.faults.clear();
  armFailpoints('');
});

const ADDRESS = {
  name: '小林',
  phone: '13800000001',
  province: '浙江省',
  city: '杭州市',
  district: '拱墅区',
  detail: '湖墅南路 1 号',
};

/** A return of one of two pieces, up to the moment in which its money should move. */
async function returned(): Promise<{ orderId: string; caseId: string; settleIt: () => Promise<void> }> {
  lin = await e2e.consumer('lin');
  const order = await buy(e2e, lin, { qty: 2, guideCode: 'NORTH' });
  await handOver(e2e, order.pickupCode);
  const body = {
    kind: 'RETURN_REFUND' as const,
    lines: [{ lineId: order.lines[0]?.id ?? '', qty: 1 }],
    reason: 'CHANGED_MIND' as const,
  };
  const made = await lin.api.mall.requestAfterSale({ params: { id: order.id }, body });
  const hq = await headquarters(e2e);
  await hq.console.approveAfterSale({ params: { id: made.id }, body: {} });
  return {
    orderId: order.id,
    caseId: made.id,
    settleIt: async () => {
      await hq.console.receiveAfterSale({ params: { id: made.id }, body: {} });
      await settle(e2e, ALL_PAUSES_S);
    },
  };
}

async function expectDoneOnce(orderId: string, caseId: string): Promise<void> {
  expect(await lin.api.mall.afterSale({ params: { id: caseId } })).toMatchObject({ state: 'DONE', refundFen: 100_000 });
  const { refunds, order } = effects(e2e, orderId);
  expect(refunds.filter((one) => one.status === 'SUCCESS').map((one) => one.amount)).toEqual([100_000]);
  expect(order?.refunded).toBe(100_000);
  await expectQuiet(e2e);
}

describe('a case whose refund meets trouble', () => {
  it.each([
    ['POST', '/refunds$', { kind: 'drop-before-apply' }],
    ['POST', '/refunds$', { kind: 'drop-after-apply' }],
    ['POST', '/refunds$', { kind: '5xx', afterApply: true }],
    ['GET', '/refunds/', { kind: 'drop-after-apply' }],
  ] as const)('pay-14 ends once and right when the answer to %s %s is lost (%o)', async (method, path, fault) => {
    const { orderId, caseId, settleIt } = await returned();
    e2e.sims.core.faults.add({ target: 'pay', side: 'request', method, path, ...fault });
    await settleIt();
    await expectDoneOnce(orderId, caseId);
  });

  it.each(['refund.after-plan', 'refund.after-send', 'refund.before-booked', 'refund.after-booked'])(
    'pay-30 ends once and right after a crash at %s',
    async (failpoint) => {
      const { orderId, caseId, settleIt } = await returned();
      armFailpoints(`${failpoint}=throw`);
      await settleIt();
      await expectDoneOnce(orderId, caseId);
    },
  );

  it('pay-16 gives the freight back with a refund that became the last one while it had failed', async () => {
    lin = await e2e.consumer('lin');
    const address = await lin.api.mall.addAddress({ body: ADDRESS });
    const order = await buy(e2e, lin, { qty: 2, fulfil: 'SHIP', addressId: address.id });
    const lineId = order.lines[0]?.id ?? '';
    const askBack = () =>
      lin.api.mall.requestAfterSale({
        params: { id: order.id },
        body: { kind: 'REFUND_ONLY', lines: [{ lineId, qty: 1 }], reason: 'CHANGED_MIND' },
      });
    const closed = { op: 'refund' as const, match: `P${order.id}`, result: 'CLOSED', times: 3 };
    e2e.sims.pay.sim.settings.nextResults.push(closed);
    const first = await askBack();
    await settle(e2e, 400);
    expect(await lin.api.mall.afterSale({ params: { id: first.id } })).toMatchObject({ refundState: 'FAILED' });
    await askBack();
    await settle(e2e, 100);
    await (await headquarters(e2e)).console.retryAfterSaleRefund({ params: { id: first.id } });
    await settle(e2e, ALL_PAUSES_S);
    const total = order.totalFen;
    expect(order.freightFen).toBe(600);
    expect(await lin.api.mall.order({ params: { id: order.id } })).toMatchObject({
      state: 'REFUNDED',
      refundedFen: total,
    });
    expect(await lin.api.mall.afterSale({ params: { id: first.id } })).toMatchObject({
      state: 'DONE',
      sources: { freightFen: 600 },
    });
    await expectQuiet(e2e);
  });
});
