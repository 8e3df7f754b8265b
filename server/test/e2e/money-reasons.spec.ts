import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { openidOf } from '../../../simulators/src/core/index.js';
import type { NextResult } from '../../../simulators/src/wechat-pay/settings-types.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { BRAND_MERCHANT, FRANCHISEE_A } from '../harness/test-world.js';
import {
  ALL_PAUSES_S,
  effects,
  expectRefundedOnce,
  expectSplitOnce,
  refundAll,
  soldAlmostSplit,
  soldAndSplit,
} from './money-journeys.js';
import { type Buyer, buy, expectQuiet, fillShelves, handOver, settle, splitOf, stuck } from './sale-steps.js';

jest.setTimeout(60_000);

let e2e: E2e;
let lin: Buyer;
// A shop of its own for each test: what a party owes back after one test's refund would be taken out of the next one's split.
beforeEach(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  lin = await e2e.consumer('lin');
});
afterEach(async () => {
  const { sim } = e2e.sims.pay;
  e2e.sims.core.faults.clear();
  sim.settings.merchants = {};
  sim.settings.nextResults = [];
  sim.settings.capBase = 'total';
  Object.assign(sim.settings.delays, { refund: 1500, split: 1500, return: 1500 });
  await settle(e2e);
  await expectQuiet(e2e);
  await e2e.close();
});

const next = (result: Omit<NextResult, 'times'>, times = 1) =>
  e2e.sims.pay.sim.settings.nextResults.push({ ...result, times });
const setMerchant = (mchid: string, settings: object) => {
  e2e.sims.pay.sim.settings.merchants[mchid] = settings;
};
const setBalance = async (mchid: string, available: number) => {
  await fetch(`${e2e.sims.urls.desk}/control/pay/balances`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mchid, available }),
  });
};
const guideAccount = () => openidOf(e2e.shop.appid, 'guide');
const states = async (id: string) =>
  (await splitOf(e2e, id)).receivers.map((one) => [one.party, one.amountFen, one.state]);
const CHINESE = /[\u4e00-\u9fff]{6}/;

describe('splits that do not go as planned', () => {
  it.each(['RECEIVER_HIGH_RISK', 'ACCOUNT_ABNORMAL'])(
    'pay-20 pay-22 pain-23 a receiver refused for %s: the other is paid, the rest is freed, and a person is told what to do',
    async (failReason) => {
      const id = await soldAlmostSplit(e2e, lin);
      next({ op: 'split', match: guideAccount(), result: 'CLOSED', failReason });
      await settle(e2e, ALL_PAUSES_S);
      expect(await states(id)).toEqual([
        ['BRAND', 18_000, 'SUCCESS'],
        ['GUIDE', 5_000, 'CLOSED'],
      ]);
      const split = await splitOf(e2e, id);
      expect(split.state).toBe('ATTENTION');
      const guide = split.receivers.find((one) => one.party === 'GUIDE');
      expect(guide).toMatchObject({ failReason });
      expect(guide?.nextStep).toMatch(CHINESE);
      expect(split.stateText).toContain(guide?.nextStep ?? 'nothing');
      // The guide's money is not lost: it is still owed, and the collector has it.
      expect(split.legs.find((leg) => leg.party === 'GUIDE')?.fen).toBe(5_000);
      expect(effects(e2e, id).order).toMatchObject({ held: 0, reserved: 0, hold: 'NONE' });
    },
  );

  it('pay-22 a receiver at its limit of the month, close to the month’s end: the rest stays frozen and is split on the first', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    next({ op: 'split', match: guideAccount(), result: 'CLOSED', failReason: 'RECEIVER_RECEIPT_LIMIT' });
    await settle(e2e, ALL_PAUSES_S);
    expect(await states(id)).toEqual([
      ['BRAND', 18_000, 'SUCCESS'],
      ['GUIDE', 5_000, 'CLOSED'],
    ]);
    expect(effects(e2e, id).order).toMatchObject({ held: 81_400, hold: 'FROZEN' });
    await e2e.pass(2 * DAY_MS);
    await settle(e2e, ALL_PAUSES_S);
    expect((await states(id)).filter(([, , state]) => state === 'SUCCESS')).toEqual([
      ['BRAND', 18_000, 'SUCCESS'],
      ['GUIDE', 5_000, 'SUCCESS'],
    ]);
    expect(effects(e2e, id).order).toMatchObject({ held: 0, reserved: 0, hold: 'NONE' });
  });

  it('pay-21 adds a receiver again that somebody removed at the channel', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    e2e.sims.pay.sim.state.receivers = {};
    await settle(e2e, ALL_PAUSES_S);
    await expectSplitOnce(e2e, id);
  });

  it('pay-23 waits until the trade is settled and then splits under the same number', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    const { order } = effects(e2e, id);
    if (order) order.settled = false;
    await settle(e2e, 300);
    expect(await splitOf(e2e, id)).toMatchObject({ state: 'PROCESSING' });
    expect(effects(e2e, id).splits).toEqual([]);
    e2e.sims.pay.markSettled(order?.transactionId ?? '');
    await settle(e2e, 300);
    await expectSplitOnce(e2e, id);
  });

  it('pay-24 a ratio lowered before the split cuts the brand’s share first and says what is left owed', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    setMerchant(FRANCHISEE_A, { maxRatio: 1000 });
    await settle(e2e, ALL_PAUSES_S);
    expect(await states(id)).toEqual([
      ['BRAND', 4_940, 'SUCCESS'],
      ['GUIDE', 5_000, 'SUCCESS'],
    ]);
    const split = await splitOf(e2e, id);
    expect([split.state, split.stateText]).toEqual(['ATTENTION', expect.stringContaining('差额记为应付')]);
  });

  it('pay-24 a ratio lowered after it was read: refused, read anew, split under a new number', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    await e2e.bench.database.execute('UPDATE channel_ratio SET max_ratio_bp = 3000, read_at = ? WHERE brand_id = ?', [
      new Date(e2e.sims.clock.now()),
      e2e.brandId,
    ]);
    setMerchant(FRANCHISEE_A, { maxRatio: 2000 });
    await settle(e2e, 1400);
    expect(await states(id)).toEqual([
      ['BRAND', 14_880, 'SUCCESS'],
      ['GUIDE', 5_000, 'SUCCESS'],
    ]);
    expect(effects(e2e, id).splits).toHaveLength(1);
  });

  it('pay-25 stays inside the channel’s cap when that counts from the amount net of the fee', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    e2e.sims.pay.sim.settings.capBase = 'net';
    setMerchant(FRANCHISEE_A, { maxRatio: 2310 });
    await settle(e2e, ALL_PAUSES_S);
    expect(await states(id)).toEqual([
      ['BRAND', 17_961, 'SUCCESS'],
      ['GUIDE', 5_000, 'SUCCESS'],
    ]);
  });

  it('pay-25 a split refused for too little money is planned anew under a new number', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    const refusal = { status: 403, body: { code: 'NOT_ENOUGH', message: '分账金额不足' } };
    const path = '/profitsharing/orders$';
    e2e.sims.core.faults.add({ target: 'pay', method: 'POST', path, kind: '5xx', ...refusal });
    await settle(e2e, 1400);
    await expectSplitOnce(e2e, id);
  });

  it('pay-26 splits on day 28 although nobody has finished the order', async () => {
    const order = await buy(e2e, lin, { guideCode: 'NORTH' });
    await e2e.pass(27 * DAY_MS);
    expect(await splitOf(e2e, order.id)).toMatchObject({ state: 'WAITING' });
    await e2e.pass(DAY_MS);
    await settle(e2e, 120);
    await expectSplitOnce(e2e, order.id);
  });

  it('pay-26 a server that was away past day 30 finds the money freed: it is still owed, and a person is told', async () => {
    const order = await buy(e2e, lin, { guideCode: 'NORTH' });
    await e2e.sims.clock.advance(31 * DAY_MS);
    await settle(e2e, 1400);
    const split = await splitOf(e2e, order.id);
    expect([split.state, split.receivers]).toEqual(['ATTENTION', []]);
    expect(split.stateText).toMatch(CHINESE);
    expect(split.legs.map((leg) => [leg.party, leg.fen])).toEqual([
      ['CHANNEL', 600],
      ['BRAND', 18_000],
      ['GUIDE', 5_000],
      ['FRANCHISEE', 76_400],
    ]);
    expect(effects(e2e, order.id).splits).toEqual([]);
    lin = await e2e.consumer('lin');
    await refundAll(e2e, order.id);
    await settle(e2e);
    await expectRefundedOnce(e2e, lin, order.id);
  });

  it('pay-27 frees the rest under a number of its own and looks at the amount itself', async () => {
    const id = await soldAndSplit(e2e, lin);
    const { splits, unfreezes } = effects(e2e, id);
    expect(new Set([...splits, ...unfreezes].map((one) => one.outOrderNo)).size).toBe(2);
    expect(unfreezes[0]?.receivers.map((one) => [one.synthetic, one.amount])).toEqual([[true, 76_400]]);
  });
});

describe('shares that come back slowly or never', () => {
  it('pay-28 a brand short of money: the consumer is refunded first, the return follows under its number', async () => {
    const id = await soldAndSplit(e2e, lin);
    await setBalance(FRANCHISEE_A, 500_000);
    await setBalance(BRAND_MERCHANT, 0);
    lin = await e2e.consumer('lin');
    await refundAll(e2e, id);
    await settle(e2e, 300);
    await expectRefundedOnce(e2e, lin, id);
    const [pending] = effects(e2e, id).returns;
    expect(pending).toMatchObject({ result: 'PROCESSING', funded: false });
    expect(await stuck(e2e)).toEqual({ return: 1 });
    await setBalance(BRAND_MERCHANT, 900_000);
    await settle(e2e, 300);
    expect(effects(e2e, id).returns).toHaveLength(1);
    expect(effects(e2e, id).returns[0]).toMatchObject({ outReturnNo: pending?.outReturnNo, result: 'SUCCESS' });
  });

  it('pay-29 a brand that has not agreed to returns: the refund goes on and the debt stays in the books', async () => {
    const id = await soldAndSplit(e2e, lin);
    await setBalance(FRANCHISEE_A, 500_000);
    setMerchant(BRAND_MERCHANT, { returnEnabled: false });
    lin = await e2e.consumer('lin');
    await refundAll(e2e, id);
    await settle(e2e, 300);
    await expectRefundedOnce(e2e, lin, id);
    expect(effects(e2e, id).returns).toEqual([]);
    const debts = await e2e.bench.database.query<{ code: string; fen: string }>(
      "SELECT account AS code, SUM(fen) AS fen FROM posting WHERE brand_id = ? AND order_id = ? AND book = 'ENTITLEMENT' AND account LIKE 'due:%' GROUP BY account HAVING fen <> 0 ORDER BY account",
      [e2e.brandId, id],
    );
    // Brand and guide had their shares and the order gave them up: both owe exactly that.
    expect(debts.map((row) => [row.code.split(':')[1], Number(row.fen)])).toEqual([
      ['BRAND', -18_000],
      ['GUIDE', -5_000],
    ]);
  });

  it('pay-29 a return that fails at the end is kept as a debt with its reason', async () => {
    const id = await soldAndSplit(e2e, lin);
    await setBalance(FRANCHISEE_A, 500_000);
    next({ op: 'return', result: 'FAILED', failReason: 'ACCOUNT_ABNORMAL' });
    lin = await e2e.consumer('lin');
    await refundAll(e2e, id);
    await settle(e2e, 300);
    await expectRefundedOnce(e2e, lin, id);
    const [row] = await e2e.bench.database.query<{ state: string; fail_reason: string }>(
      'SELECT r.state, r.fail_reason FROM split_return r JOIN split s ON s.brand_id = r.brand_id AND s.id = r.split_id WHERE s.brand_id = ? AND s.order_id = ?',
      [e2e.brandId, id],
    );
    expect(row?.state).toBe('FAILED');
    expect(row?.fail_reason).toMatch(CHINESE);
  });

  it('pay-30 a refund after the split takes the share back, then refunds, each once', async () => {
    const id = await soldAndSplit(e2e, lin);
    await setBalance(FRANCHISEE_A, 500_000);
    lin = await e2e.consumer('lin');
    await refundAll(e2e, id);
    await settle(e2e, 120);
    await expectRefundedOnce(e2e, lin, id);
    const { returns, refunds } = effects(e2e, id);
    expect([returns.length, refunds.length]).toEqual([1, 1]);
    expect(returns[0]?.finishedAt).toBeLessThanOrEqual(refunds[0]?.createdAt ?? 0);
  });

  it('pay-31 a refund asked for while the split is on its way waits for the split', async () => {
    const id = await soldAlmostSplit(e2e, lin);
    e2e.sims.pay.sim.settings.delays.split = 120_000;
    await settle(e2e, 100);
    expect(await splitOf(e2e, id)).toMatchObject({ state: 'PROCESSING' });
    await setBalance(FRANCHISEE_A, 500_000);
    await refundAll(e2e, id);
    await settle(e2e, 20);
    expect(effects(e2e, id).refunds).toEqual([]);
    e2e.sims.pay.sim.settings.delays.split = 1500;
    await settle(e2e, ALL_PAUSES_S);
    await expectRefundedOnce(e2e, lin, id);
    expect(effects(e2e, id).returns.map((one) => [one.amount, one.result])).toEqual([[18_000, 'SUCCESS']]);
  });
});

describe('refunds that do not go as planned', () => {
  it('pay-15 a collector without money: the refund waits, says why, and goes on under the same number', async () => {
    const id = await soldAndSplit(e2e, lin);
    await setBalance(FRANCHISEE_A, 0);
    await setBalance(BRAND_MERCHANT, 0);
    lin = await e2e.consumer('lin');
    await refundAll(e2e, id);
    await settle(e2e, 300);
    const [waiting] = (await lin.api.mall.order({ params: { id } })).refunds;
    expect(waiting).toMatchObject({ state: 'REQUESTED' });
    const [row] = await e2e.bench.database.query<{ problem: string; out_refund_no: string }>(
      'SELECT problem, out_refund_no FROM refund WHERE brand_id = ? AND order_id = ?',
      [e2e.brandId, id],
    );
    expect(row?.problem).toContain('余额不足');
    await setBalance(FRANCHISEE_A, 900_000);
    await setBalance(BRAND_MERCHANT, 900_000);
    await settle(e2e, 1400);
    await expectRefundedOnce(e2e, lin, id);
    expect(effects(e2e, id).refunds.map((one) => one.outRefundNo)).toEqual([row?.out_refund_no]);
  });

  it('pay-16 pain-07 a closed refund is tried again by itself under a new number', async () => {
    const order = await buy(e2e, lin);
    next({ op: 'refund', result: 'CLOSED' });
    await lin.api.mall.requestRefund({ params: { id: order.id }, body: { reason: '买错了' } });
    await settle(e2e, 300);
    await expectRefundedOnce(e2e, lin, order.id);
    const tried = effects(e2e, order.id).refunds;
    expect(tried.map((one) => one.status).sort()).toEqual(['CLOSED', 'SUCCESS']);
    expect(new Set(tried.map((one) => one.outRefundNo)).size).toBe(2);
  });

  it('pay-16 pain-07 a refund closed every time stops as failed, and the consumer may ask again', async () => {
    const order = await buy(e2e, lin);
    next({ op: 'refund', result: 'CLOSED' }, 3);
    await lin.api.mall.requestRefund({ params: { id: order.id }, body: { reason: '买错了' } });
    await settle(e2e, 600);
    const failed = await lin.api.mall.order({ params: { id: order.id } });
    expect([failed.state, failed.refundedFen, failed.refunds[0]?.state]).toEqual(['TO_PICKUP', 0, 'FAILED']);
    expect(failed.canRefund).toBe(true);
    await lin.api.mall.requestRefund({ params: { id: order.id }, body: { reason: '再试一次' } });
    await settle(e2e);
    await expectRefundedOnce(e2e, lin, order.id);
  });

  it('pay-16 an abnormal refund stays open with its reason until the merchant has dealt with it', async () => {
    const order = await buy(e2e, lin);
    next({ op: 'refund', result: 'ABNORMAL' });
    await lin.api.mall.requestRefund({ params: { id: order.id }, body: { reason: '买错了' } });
    await settle(e2e);
    const [row] = await e2e.bench.database.query<{ state: string; problem: string }>(
      'SELECT state, problem FROM refund WHERE brand_id = ? AND order_id = ?',
      [e2e.brandId, order.id],
    );
    expect(row).toMatchObject({ state: 'PROCESSING', problem: expect.stringContaining('异常') });
    const [theirs] = effects(e2e, order.id).refunds;
    if (theirs) theirs.status = 'SUCCESS';
    await settle(e2e, 1400);
    await expectRefundedOnce(e2e, lin, order.id);
  });

  it('pay-17 racing refunds never give back more than was paid', async () => {
    const order = await buy(e2e, lin, { qty: 2, guideCode: 'NORTH' });
    const lineId = order.lines[0]?.id ?? '';
    const ask = (qty: number) =>
      lin.api.mall
        .requestRefund({ params: { id: order.id }, body: { reason: '买多了', lines: [{ lineId, qty }] } })
        .then(() => 'accepted')
        .catch((error: { code: string }) => error.code);
    const answers = await Promise.all([ask(1), ask(1), ask(2), ask(1)]);
    expect(answers.filter((one) => one === 'accepted')).toHaveLength(1);
    expect(answers.filter((one) => one === 'REFUND_IN_PROGRESS')).toHaveLength(3);
    await settle(e2e);
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([ask(1), ask(1)]);
      await settle(e2e);
    }
    expect(effects(e2e, order.id).order?.refunded).toBe(200_000);
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('REFUNDED');
  });

  it('pay-17 a second piece refunded after the split leaves every party exactly its part of what was kept', async () => {
    const order = await buy(e2e, lin, { qty: 3, guideCode: 'NORTH' });
    const lineId = order.lines[0]?.id ?? '';
    const refundOne = () =>
      lin.api.mall.requestRefund({
        params: { id: order.id },
        body: { reason: '颜色不合适', lines: [{ lineId, qty: 1 }] },
      });
    await refundOne();
    await settle(e2e);
    await handOver(e2e, (await lin.api.mall.order({ params: { id: order.id } })).pickupCode);
    await e2e.pass(7 * DAY_MS);
    await settle(e2e, 120);
    lin = await e2e.consumer('lin');
    await refundOne();
    await settle(e2e, 120);
    const split = await splitOf(e2e, order.id);
    expect(split.legs.map((leg) => [leg.party, leg.fen])).toEqual([
      ['CHANNEL', 600],
      ['BRAND', 18_000],
      ['GUIDE', 5_000],
      ['FRANCHISEE', 76_400],
    ]);
    expect(split.receivers.map((one) => [one.party, one.amountFen, one.returnedFen])).toEqual([
      ['BRAND', 36_000, 18_000],
      ['GUIDE', 10_000, 0],
    ]);
  });
});
