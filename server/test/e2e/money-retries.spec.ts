import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { openidOf } from '../../../simulators/src/core/index.js';
import type { NextResult } from '../../../simulators/src/wechat-pay/settings-types.js';
import { Organization } from '../../src/modules/organization/index.js';
import { ApplyPayment } from '../../src/modules/payments/application/apply-payment.js';
import { PaymentStore } from '../../src/modules/payments/persistence/payment.store.js';
import { drain } from '../../src/platform/jobs/drain.js';
import { OutboxRelay } from '../../src/platform/outbox/relay.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { FRANCHISEE_A, SERVICE_PROVIDER } from '../harness/test-world.js';
import {
  ALL_PAUSES_S,
  effects,
  expectRefundedOnce,
  expectSplitOnce,
  refundAll,
  soldAlmostSplit,
  soldAndSplit,
} from './money-journeys.js';
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
} from './sale-steps.js';

jest.setTimeout(60_000);

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
  const { sim } = e2e.sims.pay;
  e2e.sims.core.faults.clear();
  sim.settings.merchants = {};
  sim.settings.nextResults = [];
  await settle(e2e);
  await expectQuiet(e2e);
});

const next = (result: Omit<NextResult, 'times'>, times = 1) =>
  e2e.sims.pay.sim.settings.nextResults.push({ ...result, times });
const guideAccount = () => openidOf(e2e.shop.appid, 'guide');
const states = async (id: string) =>
  (await splitOf(e2e, id)).receivers.map((one) => [one.party, one.amountFen, one.state, one.nextStep !== null]);
const callsOf = (path: string) => e2e.sims.core.journal.find({ target: 'pay', path }).length;

describe('receivers that were refused for a reason that passes', () => {
  it('pay-22 a guide who was not verified is paid the next day under a new number, alone', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    next({ op: 'split', match: guideAccount(), result: 'CLOSED', failReason: 'RECEIVER_REAL_NAME_NOT_VERIFIED' });
    await settle(e2e, ALL_PAUSES_S);
    expect(await states(id)).toEqual([
      ['BRAND', 18_000, 'SUCCESS', false],
      ['GUIDE', 5_000, 'CLOSED', true],
    ]);
    const waiting = await splitOf(e2e, id);
    expect([waiting.state, waiting.stateText]).toEqual(['ATTENTION', expect.stringContaining('实名认证')]);
    await e2e.pass(DAY_MS);
    await settle(e2e, 120);
    expect(await splitOf(e2e, id)).toMatchObject({ state: 'FINISHED' });
    expect(await states(id)).toEqual([
      ['BRAND', 18_000, 'SUCCESS', false],
      ['GUIDE', 5_000, 'CLOSED', false],
      ['GUIDE', 5_000, 'SUCCESS', false],
    ]);
    const { splits, order } = effects(e2e, id);
    expect(splits.map((one) => one.receivers.length)).toEqual([2, 1]);
    expect(new Set(splits.map((one) => one.outOrderNo)).size).toBe(2);
    expect(order).toMatchObject({ held: 0, reserved: 0, hold: 'NONE' });
  });

  it('pay-22 a guide who is never verified does not keep the store’s money frozen: after three days the rest is freed', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    const failReason = 'RECEIVER_REAL_NAME_NOT_VERIFIED';
    next({ op: 'split', match: guideAccount(), result: 'CLOSED', failReason }, 9);
    for (let day = 0; day < 5; day += 1) await e2e.pass(DAY_MS);
    const split = await splitOf(e2e, id);
    expect([split.state, split.stateText]).toEqual(['ATTENTION', expect.stringContaining('实名认证')]);
    expect(split.legs.find((leg) => leg.party === 'GUIDE')?.fen).toBe(5_000);
    const { splits, order } = effects(e2e, id);
    expect([splits.length, order?.hold]).toEqual([4, 'NONE']);
    // What stayed owed comes on top of the guide's next share, as soon as the reason has passed.
    e2e.sims.pay.sim.settings.nextResults = [];
    const later = await soldAndSplit(e2e, await e2e.consumer('lin'));
    expect((await states(later))[1]).toEqual(['GUIDE', 10_000, 'SUCCESS', false]);
    expect((await splitOf(e2e, id)).state).toBe('FINISHED');
  });

  it('pay-22 pay-31 a refund does not wait for a receiver’s next try', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    next({ op: 'split', match: guideAccount(), result: 'CLOSED', failReason: 'RECEIVER_REAL_NAME_NOT_VERIFIED' });
    await settle(e2e, ALL_PAUSES_S);
    lin = await e2e.consumer('lin');
    await refundAll(e2e, id);
    await settle(e2e, 200);
    await expectRefundedOnce(e2e, lin, id);
    expect(effects(e2e, id).splits).toHaveLength(1);
  });
});

describe('a store that cannot be split', () => {
  it('pay-35 pauses that store alone with a word to people, asks once for all its orders, and goes on when it is mended', async () => {
    const first = await soldAlmostSplit(e2e, lin);
    const [second, elsewhere] = [
      await buy(e2e, lin, { guideCode: 'NORTH' }),
      await buy(e2e, lin, { storeId: e2e.shop.lake, guideCode: 'LAKE' }),
    ];
    await handOver(e2e, second.pickupCode);
    await handOver(e2e, elsewhere.pickupCode, 'lake');
    e2e.sims.pay.sim.settings.merchants[FRANCHISEE_A] = { splitAuthorised: false };
    await settle(e2e, 200);
    expect(await splitOf(e2e, first)).toMatchObject({ state: 'ATTENTION', stateText: expect.stringContaining('授权') });
    const asked = callsOf('/profitsharing/');
    await e2e.pass(7 * DAY_MS);
    await settle(e2e, 120);
    expect((await splitOf(e2e, elsewhere.id)).state).toBe('FINISHED');
    expect(callsOf('/profitsharing/') - asked).toBeLessThan(40);
    e2e.sims.pay.sim.settings.merchants = {};
    for (let hours = 0; hours < 2; hours += 1) await e2e.pass(DAY_MS / 2);
    await settle(e2e, 200);
    await expectSplitOnce(e2e, first);
    await expectSplitOnce(e2e, second.id);
  });

  it('pay-35 a store with a wrong merchant number sells nothing, and the others sell', async () => {
    await e2e.bench.database.execute('UPDATE store SET sub_mchid = ? WHERE brand_id = ? AND id = ?', [
      '1699999999',
      e2e.brandId,
      e2e.shop.shanghai,
    ]);
    e2e.app.get(Organization, { strict: false }).forget(e2e.brandId);
    const broken = await submit(e2e, lin, { storeId: e2e.shop.shanghai });
    await expect(lin.api.mall.pay({ params: { id: broken.id } })).rejects.toMatchObject({ code: 'PAY_SETUP' });
    expect((await buy(e2e, lin)).state).toBe('TO_PICKUP');
    await lin.api.mall.cancelOrder({ params: { id: broken.id } });
    await settle(e2e);
    expect((await lin.api.mall.order({ params: { id: broken.id } })).state).toBe('CLOSED');
  });

  it('pay-36 a settlement that the channel puts off is tried daily under the same number, and the store is told', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    const { order } = effects(e2e, id);
    if (order) order.settled = false;
    await settle(e2e, 4000);
    const told = await splitOf(e2e, id);
    expect([told.state, told.stateText]).toEqual(['ATTENTION', expect.stringContaining('推迟')]);
    await e2e.pass(DAY_MS);
    expect((await splitOf(e2e, id)).state).toBe('ATTENTION');
    e2e.sims.pay.markSettled(order?.transactionId ?? '');
    await e2e.pass(DAY_MS);
    await settle(e2e, 120);
    await expectSplitOnce(e2e, id);
    expect(
      await count(
        e2e,
        "SELECT COUNT(*) AS n FROM split_request r JOIN split s ON s.brand_id = r.brand_id AND s.id = r.split_id WHERE s.brand_id = ? AND s.order_id = ? AND r.kind = 'SPLIT'",
        [id],
      ),
    ).toBe(1);
  });
});

describe('money in parts and by many hands', () => {
  it('pay-32 seven odd pieces refunded one by one leave no fen over with any party', async () => {
    await e2e.bench.database.execute('UPDATE store_price SET price_fen = 93331 WHERE brand_id = ?', [e2e.brandId]);
    const order = await buy(e2e, lin, { qty: 7, guideCode: 'NORTH', sku: 4 });
    const lineId = order.lines[0]?.id ?? '';
    const refundOne = async () => {
      lin = await e2e.consumer('lin');
      await lin.api.mall.requestRefund({
        params: { id: order.id },
        body: { reason: '不合适', lines: [{ lineId, qty: 1 }] },
      });
      await settle(e2e, 60);
    };
    for (let piece = 0; piece < 3; piece += 1) await refundOne();
    const part = await splitOf(e2e, order.id);
    expect(part.legs.reduce((sum, leg) => sum + leg.fen, 0)).toBe(order.totalFen - part.refundedFen);
    await handOver(e2e, order.pickupCode);
    await e2e.pass(5 * DAY_MS);
    for (let piece = 0; piece < 4; piece += 1) await refundOne();
    const whole = await splitOf(e2e, order.id);
    expect(whole.refundedFen).toBe(order.totalFen);
    expect(whole.legs.map((leg) => leg.fen)).toEqual(whole.legs.map(() => 0));
    await e2e.pass(3 * DAY_MS);
  });

  it('pay-34 many workers at once do each step of payment, split and refund once', async () => {
    const relay = e2e.app.get(OutboxRelay);
    const crowd = async (steps: number) => {
      for (let step = 0; step < steps; step += 1) {
        await Promise.all(Array.from({ length: 4 }, () => drain(relay, 3)));
        await e2e.sims.clock.advance(2000);
      }
    };
    const buyers = await Promise.all(['lin', 'chen', 'zhou'].map((key) => e2e.consumer(key)));
    const orders = [];
    for (const buyer of buyers) {
      const order = await submit(e2e, buyer, { guideCode: 'NORTH' });
      await payOnPhone(e2e, buyer, order.id);
      orders.push(order.id);
    }
    await crowd(4);
    for (const [at, buyer] of buyers.entries())
      await handOver(e2e, (await buyer.api.mall.order({ params: { id: orders[at] ?? '' } })).pickupCode);
    await e2e.sims.clock.advance(7 * DAY_MS);
    await crowd(12);
    for (const id of orders) {
      const { splits, unfreezes } = effects(e2e, id);
      expect([splits.length, unfreezes.length, (await splitOf(e2e, id)).state]).toEqual([1, 1, 'FINISHED']);
    }
    await refundAll(e2e, orders[0] ?? '');
    await crowd(12);
    expect(effects(e2e, orders[0] ?? '').refunds).toHaveLength(1);
    expect(effects(e2e, orders[0] ?? '').returns).toHaveLength(1);
  });

  it('inv-09 eight refunds that drain one order at once get exactly its pieces and not one more', async () => {
    const order = await buy(e2e, lin, { qty: 3 });
    const lineId = order.lines[0]?.id ?? '';
    const body = { reason: '不合适', lines: [{ lineId, qty: 1 }] };
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, () => lin.api.mall.requestRefund({ params: { id: order.id }, body })),
    );
    await settle(e2e, 200);
    const after = await lin.api.mall.order({ params: { id: order.id } });
    const accepted = asked.filter((one) => one.status === 'fulfilled').length;
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThanOrEqual(3);
    const given = effects(e2e, order.id).refunds.reduce((sum, one) => sum + one.amount, 0);
    expect([given, after.refundedFen]).toEqual([(order.totalFen / 3) * accepted, (order.totalFen / 3) * accepted]);
  });

  it('inv-11 a payment in another currency pays nothing, whoever signed it', async () => {
    const order = await submit(e2e, lin);
    await lin.api.mall.pay({ params: { id: order.id } });
    const payment = await e2e.app
      .get(PaymentStore, { strict: false })
      .ofOrder(e2e.bench.database, e2e.brandId, order.id as never);
    const outTradeNo = payment?.outTradeNo ?? '';
    const theirs = {
      appid: e2e.shop.appid,
      mchid: payment?.mchid,
      subMchid: payment?.subMchid,
      outTradeNo,
      transactionId: '4200000000202611220000000001',
      tradeState: 'SUCCESS',
      total: order.totalFen,
      payerTotal: order.totalFen,
      currency: 'USD',
      openid: lin.openid,
      successAtMs: e2e.sims.clock.now(),
    };
    expect(await e2e.app.get(ApplyPayment, { strict: false }).run(payment as never, theirs as never)).toBe('MISMATCH');
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('PENDING_PAY');
    await lin.api.mall.cancelOrder({ params: { id: order.id } });
  });
});

describe('keys', () => {
  it('pay-13 a reset APIv3 key makes callbacks be repeated, and the sale is found all the same', async () => {
    e2e.sims.pay.sim.settings.merchants[SERVICE_PROVIDER] = { apiV3Key: 'reset-api-v3-key-reset-api-v3-ke' };
    const order = await submit(e2e, lin);
    await payOnPhone(e2e, lin, order.id);
    await e2e.sims.clock.advance(1);
    const [delivery] = Object.values(e2e.sims.pay.sim.state.deliveries).filter((one) =>
      JSON.stringify(one.plaintext).includes(`P${order.id}`),
    );
    expect(delivery?.attempts[0]?.status).toBeGreaterThanOrEqual(500);
    expect(delivery?.state).toBe('pending');
    // Whoever comes back to the page is told at once: the server asks WeChat itself.
    await settle(e2e, 300);
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('TO_PICKUP');
    e2e.sims.pay.sim.settings.merchants = {};
    await e2e.pass(DAY_MS);
    expect(Object.values(e2e.sims.pay.sim.state.deliveries).find((one) => one.id === delivery?.id)?.state).toBe(
      'delivered',
    );
  });
});
