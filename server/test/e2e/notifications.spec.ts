import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Fault } from '../../../simulators/src/core/index.js';
import { makeKeyPair } from '../../../simulators/src/core/make-keys.js';
import type { Delivery } from '../../../simulators/src/wechat-pay/delivery-types.js';
import { transactionBody } from '../../../simulators/src/wechat-pay/transaction-body.js';
import { xmlRefundCallback } from '../../../simulators/src/wechat-pay/xml-callback.js';
import { metrics } from '../../src/platform/observability/metrics.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { FRANCHISEE_B } from '../harness/test-world.js';
import {
  type Craft,
  craft as craftFor,
  type HandMade,
  post as postTo,
  simOrder as simOrderOf,
} from './hand-made-callbacks.js';
import {
  type Buyer,
  buy,
  count,
  expectQuiet,
  fillShelves,
  handOver,
  payOnPhone,
  settle,
  splitOf,
  submit,
  workNow,
} from './sale-steps.js';

jest.setTimeout(60_000);

let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  lin = await e2e.consumer('lin');
});
afterAll(() => e2e.close());
afterEach(async () => {
  e2e.sims.core.faults.clear();
  await settle(e2e);
  await expectQuiet(e2e);
});

const onCallback = (kind: Fault['kind'], more: Partial<Fault> = {}) =>
  e2e.sims.core.faults.add({ target: 'pay', side: 'callback', path: 'TRANSACTION.SUCCESS', kind, ...more });
const stateOf = async (id: string) => (await lin.api.mall.order({ params: { id } })).state;
const simOrder = (orderId: string) => simOrderOf(e2e, orderId);
const deliveryOf = (orderId: string, eventType = 'TRANSACTION.SUCCESS'): Delivery => {
  const found = Object.values(e2e.sims.pay.sim.state.deliveries).find(
    (one) => one.eventType === eventType && (one.plaintext as { out_trade_no?: string }).out_trade_no === `P${orderId}`,
  );
  if (!found) throw new Error(`no ${eventType} of order ${orderId}`);
  return found;
};
const statuses = (delivery: Delivery) => delivery.attempts.map((attempt) => attempt.status ?? 0);

const craft = (plaintext: unknown, options: Craft = {}) => craftFor(e2e, plaintext, options);
const post = (message: HandMade, path?: string) => postTo(e2e, message, path);

/** One order's money was booked once, and everybody else was told once. */
async function expectPaidOnce(orderId: string): Promise<void> {
  expect(
    await count(e2e, "SELECT COUNT(*) AS n FROM transfer WHERE brand_id = ? AND order_id = ? AND kind = 'PAY'", [
      orderId,
    ]),
  ).toBe(1);
  expect(
    await count(e2e, "SELECT COUNT(*) AS n FROM entitlement WHERE brand_id = ? AND order_id = ? AND kind = 'ACCRUAL'", [
      orderId,
    ]),
  ).toBe(1);
  expect(
    await count(
      e2e,
      "SELECT COUNT(*) AS n FROM outbox WHERE brand_id = ? AND type = 'order.paid' AND JSON_VALUE(payload, '$.orderId') = ?",
      [orderId],
    ),
  ).toBe(1);
}

describe('callbacks that come too often, too late or not at all', () => {
  it('pay-01 takes the same callback three times in parallel and books it once', async () => {
    onCallback('duplicate-callback');
    const order = await buy(e2e, lin);
    expect(order.state).toBe('TO_PICKUP');
    expect(statuses(deliveryOf(order.id))).toEqual([200, 200, 200]);
    await expectPaidOnce(order.id);
  });

  it('pay-01 takes two callbacks with different ids about one payment, and twenty more, as one', async () => {
    const order = await submit(e2e, lin);
    await payOnPhone(e2e, lin, order.id);
    const theirs = transactionBody(simOrder(order.id));
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(craft(theirs))));
    expect(new Set(answers)).toEqual(new Set([200]));
    await Promise.all([workNow(e2e), workNow(e2e), workNow(e2e)]);
    await e2e.work();
    await expectPaidOnce(order.id);
  });

  it('pay-02 takes the refund’s callback before the payment’s, and the late one changes nothing', async () => {
    onCallback('reorder-callbacks', { delayMs: 3_600_000 });
    const order = await submit(e2e, lin);
    await payOnPhone(e2e, lin, order.id);
    await settle(e2e, 12);
    expect(await stateOf(order.id)).toBe('TO_PICKUP');
    await lin.api.mall.requestRefund({ params: { id: order.id }, body: { reason: '不想要了' } });
    await e2e.work();
    expect(await stateOf(order.id)).toBe('REFUNDED');
    expect(deliveryOf(order.id).attempts).toEqual([]);
    expect(statuses(deliveryOf(order.id, 'REFUND.SUCCESS'))).toEqual([200]);
    await e2e.pass(3_600_000);
    expect(statuses(deliveryOf(order.id))).toEqual([200]);
    expect(await stateOf(order.id)).toBe('REFUNDED');
    await expectPaidOnce(order.id);
  });

  it('pay-03 finds a payment whose callback was lost by asking', async () => {
    onCallback('drop-callback', { times: 100 });
    const order = await buy(e2e, lin);
    await settle(e2e, 12);
    expect(await stateOf(order.id)).toBe('TO_PICKUP');
    expect(deliveryOf(order.id).state).toBe('pending');
    await expectPaidOnce(order.id);
  });

  it('pay-03 shows the payment at once to a consumer who comes back to the page', async () => {
    onCallback('drop-callback', { times: 100 });
    const order = await submit(e2e, lin);
    await payOnPhone(e2e, lin, order.id);
    expect((await lin.api.mall.checkPayment({ params: { id: order.id } })).state).toBe('TO_PICKUP');
  });

  it('pay-10 refuses a replayed callback, ten minutes later and at once', async () => {
    const order = await submit(e2e, lin);
    await payOnPhone(e2e, lin, order.id);
    const message = craft(transactionBody(simOrder(order.id)));
    expect(await post(message)).toBe(200);
    expect(await post(message)).toBe(401);
    await e2e.pass(600_000);
    expect(await post(message)).toBe(401);
    await expectPaidOnce(order.id);
  });
});

describe('payments that meet a closing order', () => {
  it('pay-04 refunds a payment that arrives after its order was closed, by itself and whole', async () => {
    const order = await submit(e2e, lin, { sku: 1 });
    const params = await lin.api.mall.pay({ params: { id: order.id } });
    // WeChat says that it never had the order, and then takes the money all the same.
    const lie = { status: 404, body: { code: 'ORDER_NOT_EXIST', message: '订单不存在' } };
    e2e.sims.core.faults.add({ target: 'pay', method: 'POST', path: '/close$', kind: '5xx', ...lie });
    expect((await lin.api.mall.cancelOrder({ params: { id: order.id } })).state).toBe('CLOSED');
    const paid = e2e.sims.pay.pay({ prepayId: params.package.replace('prepay_id=', ''), openid: lin.openid });
    expect(paid.ok).toBe(true);
    await settle(e2e, 24);
    const closed = await lin.api.mall.order({ params: { id: order.id } });
    expect(closed.state).toBe('CLOSED');
    const refunds = Object.values(e2e.sims.pay.sim.state.refunds).filter(
      (one) => one.orderKey === simOrder(order.id).key,
    );
    expect(refunds.map((one) => [one.amount, one.status])).toEqual([[100_000, 'SUCCESS']]);
    expect(
      await count(e2e, 'SELECT SUM(reserved) AS n FROM stock WHERE brand_id = ? AND sku_id = ?', [
        e2e.shop.products[0]?.skus[1] ?? '',
      ]),
    ).toBe(0);
  });

  it('pay-05 a payment in the middle of a cancellation wins: the order is paid and keeps its goods', async () => {
    const order = await submit(e2e, lin);
    const params = await lin.api.mall.pay({ params: { id: order.id } });
    e2e.sims.core.faults.add({ target: 'pay', method: 'POST', path: '/close$', kind: 'delay', delayMs: 400 });
    const cancelled = lin.api.mall.cancelOrder({ params: { id: order.id } }).catch((error: unknown) => error);
    await new Promise((done) => setTimeout(done, 250));
    e2e.sims.pay.pay({ prepayId: params.package.replace('prepay_id=', ''), openid: lin.openid });
    expect(await cancelled).toMatchObject({ status: 409, code: 'ORDER_STATE' });
    await e2e.work();
    expect(await stateOf(order.id)).toBe('TO_PICKUP');
    await expectPaidOnce(order.id);
  });

  it('pay-05 whoever is first, paying and cancelling at once end in one consistent way', async () => {
    for (let round = 0; round < 6; round += 1) {
      const order = await submit(e2e, lin);
      const params = await lin.api.mall.pay({ params: { id: order.id } });
      const cancelled = lin.api.mall.cancelOrder({ params: { id: order.id } }).catch(() => null);
      await new Promise((done) => setTimeout(done, round * 6));
      const paid = e2e.sims.pay.pay({ prepayId: params.package.replace('prepay_id=', ''), openid: lin.openid });
      await cancelled;
      await e2e.work();
      expect(await stateOf(order.id)).toBe(paid.ok ? 'TO_PICKUP' : 'CLOSED');
    }
  });
});

describe('callbacks that are not what they seem', () => {
  it.each([
    ['a forged signature', 'bad-signature', 401],
    ['a bad tag', 'tampered', 500],
    ['a key that nobody knows', 'expired-certificate', 500],
  ] as const)('pay-08 refuses %s without touching the order, and takes the honest repeat', async (_, kind, status) => {
    onCallback(kind);
    const order = await submit(e2e, lin);
    await payOnPhone(e2e, lin, order.id);
    await e2e.sims.clock.advance(1);
    await workNow(e2e);
    expect(statuses(deliveryOf(order.id))).toEqual([status]);
    expect(await stateOf(order.id)).toBe('PENDING_PAY');
    await settle(e2e, 24);
    expect(await stateOf(order.id)).toBe('TO_PICKUP');
    expect(statuses(deliveryOf(order.id))).toEqual([status, 200]);
    await expectPaidOnce(order.id);
  });

  it.each([
    ['one fen more', 'wrong-amount'],
    ['another merchant', 'foreign-merchant'],
  ] as const)('pay-08 believes no callback that names %s, even when its signature is right', async (_, kind) => {
    onCallback(kind);
    const order = await submit(e2e, lin);
    await payOnPhone(e2e, lin, order.id);
    await e2e.sims.clock.advance(1);
    await workNow(e2e);
    expect(await stateOf(order.id)).toBe('PENDING_PAY');
    await settle(e2e, 24);
    expect(await stateOf(order.id)).toBe('TO_PICKUP');
    await expectPaidOnce(order.id);
  });

  it('pay-08 leaves an order alone when a foreign sub-merchant or the wrong account claims its payment', async () => {
    const order = await submit(e2e, lin);
    await lin.api.mall.pay({ params: { id: order.id } });
    const honest = { ...simOrder(order.id), transactionId: '4200000000000000000000000001', state: 'SUCCESS' as const };
    const claim = transactionBody({ ...honest, paidAt: e2e.sims.clock.now() });
    expect(await post(craft({ ...claim, sub_mchid: FRANCHISEE_B }))).toBe(200);
    expect(await post(craft({ ...claim, trade_state: 'NOTPAY' }))).toBe(200);
    expect(await post(craft({ ...claim, out_trade_no: 'P1' }))).toBe(200);
    const brandKey = 'br-api-v3-key-br-api-v3-key-1234';
    expect(await post(craft(claim, { key: brandKey }), 'test-brand/payment')).toBe(200);
    expect(await post(craft(claim), 'test-brand/payment')).toBe(500);
    expect(await post(craft(claim), 'no-such-account/payment')).toBe(404);
    const { privateKeyPem } = makeKeyPair();
    const { serial } = e2e.sims.pay.sim.keys.publicKeySigner();
    expect(await post(craft(claim, { signer: { serial, privateKeyPem } }))).toBe(401);
    await workNow(e2e);
    expect(await stateOf(order.id)).toBe('PENDING_PAY');
    await lin.api.mall.cancelOrder({ params: { id: order.id } });
  });

  it('pay-09 answers WeChat’s signature probe with 401, counts it without an alarm, and takes the resend', async () => {
    const probes = async () => (await metrics.signtest.get()).values[0]?.value ?? 0;
    const before = await probes();
    onCallback('signtest');
    const order = await buy(e2e, lin);
    await settle(e2e, 24);
    expect(statuses(deliveryOf(order.id))).toEqual([401, 200]);
    expect((await probes()) - before).toBe(1);
    expect(await stateOf(order.id)).toBe('TO_PICKUP');
  });

  it('pay-12 takes callbacks signed by a key that was made a moment ago, mixed with the old ones', async () => {
    const { sim } = e2e.sims.pay;
    sim.settings.callbackSigner = 'mixed';
    for (const _ of [1, 2]) {
      await fetch(`${e2e.sims.urls.desk}/control/pay/rotate-keys`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ kind: 'certificate' }),
      });
      await e2e.pass(61_000);
      sim.settings.callbackSigner = 'certificate';
      const order = await buy(e2e, lin);
      expect(statuses(deliveryOf(order.id))).toEqual([200]);
      expect(order.state).toBe('TO_PICKUP');
      sim.settings.callbackSigner = 'pubkey';
      expect(statuses(deliveryOf((await buy(e2e, lin)).id))).toEqual([200]);
    }
  });

  it('pay-18 survives the old XML form of a refund’s callback and goes on', async () => {
    const order = await buy(e2e, lin);
    await lin.api.mall.requestRefund({ params: { id: order.id }, body: { reason: '尺码不合适' } });
    await e2e.work();
    const refund = deliveryOf(order.id, 'REFUND.SUCCESS');
    const body = xmlRefundCallback(e2e.sims.pay.sim, refund);
    const status = await post({ body, headers: { 'content-type': 'text/xml' } }, 'test-sp/refund');
    expect(status).toBe(400);
    expect(await post({ body: '<xml><a', headers: { 'content-type': 'text/xml' } }, 'test-sp/refund')).toBe(400);
    expect(await stateOf(order.id)).toBe('REFUNDED');
  });
});

describe('callbacks of splits', () => {
  it('pay-02 a split’s callback is only a reason to ask, whatever it says and whenever it comes', async () => {
    const { sim } = e2e.sims.pay;
    sim.settings.merchants['1900000200'] = { profitSharingNotifyUrl: `${e2e.origin}/wxpay/notify/test-brand/split` };
    const order = await buy(e2e, lin, { guideCode: 'NORTH' });
    await handOver(e2e, order.pickupCode);
    await e2e.pass(7 * 86_400_000 + 1000);
    lin = await e2e.consumer('lin');
    expect(await splitOf(e2e, order.id)).toMatchObject({ state: 'FINISHED' });
    const told = Object.values(sim.state.deliveries).filter((one) => one.originalType === 'profitsharing');
    expect(told.length).toBeGreaterThan(0);
    for (const delivery of told) {
      await fetch(`${e2e.sims.urls.desk}/control/pay/redeliver`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: delivery.id }),
      });
    }
    await e2e.work();
    expect(await splitOf(e2e, order.id)).toMatchObject({ state: 'FINISHED' });
  });
});
