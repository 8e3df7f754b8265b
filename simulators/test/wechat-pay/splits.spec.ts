import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Movement, Order } from '../../src/wechat-pay/types.js';
import {
  APPID,
  addBrand,
  type Bench,
  BRAND,
  GUIDE,
  number,
  openBench,
  paidOrder,
  SP,
  SUB,
  SUB2,
  silence,
} from './bench.js';

const DAY = 86_400_000;
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await silence(bench);
  await addBrand(bench);
  const person = { sub_mchid: SUB, appid: APPID, type: 'PERSONAL_OPENID', account: GUIDE, relation_type: 'STAFF' };
  await bench.call('POST', '/v3/profitsharing/receivers/add', person);
});
afterAll(() => bench.stop());

const brand = (amount: number) => ({ type: 'MERCHANT_ID', account: BRAND, amount, description: '品牌分成' });
const guide = (amount: number) => ({ type: 'PERSONAL_OPENID', account: GUIDE, amount, description: '导购提成' });
const split = (id: string, receivers: unknown[], extra: Record<string, unknown> = {}) =>
  bench.call('POST', '/v3/profitsharing/orders', {
    sub_mchid: SUB,
    appid: APPID,
    transaction_id: id,
    out_order_no: number('P'),
    receivers,
    unfreeze_unsplit: false,
    ...extra,
  });
const query = (no: string, id: string) =>
  bench.call('GET', `/v3/profitsharing/orders/${no}?sub_mchid=${SUB}&transaction_id=${id}`).then((reply) => reply.body);
const unsplit = (id: string) =>
  bench.call('GET', `/v3/profitsharing/transactions/${id}/amounts`).then((reply) => reply.body.unsplit_amount);
const unfreeze = (id: string, no = number('U')) =>
  bench.call('POST', '/v3/profitsharing/orders/unfreeze', {
    sub_mchid: SUB,
    transaction_id: id,
    out_order_no: no,
    description: '解冻',
  });
const balance = async (mchid: string) =>
  (await bench.control('GET', '/pay/balances')).body.merchants.find((item: { mchid: string }) => item.mchid === mchid);
const ripe = async () => {
  const paid = await paidOrder(bench);
  await bench.sims.clock.advance(61_000);
  return paid.id;
};
const soon = () => bench.sims.clock.advance(2000);

describe('splitting', () => {
  let id: string;
  beforeEach(async () => {
    id = await ripe();
  });

  it('pays receivers asynchronously and keeps the rest frozen', async () => {
    const before = await balance(BRAND);
    const asked = await split(id, [brand(1500), guide(500)]);
    expect(asked.body).toMatchObject({
      state: 'PROCESSING',
      receivers: [{ result: 'PENDING' }, { result: 'PENDING' }],
    });
    await soon();
    const done = await query(asked.body.out_order_no, id);
    expect(done).toMatchObject({ state: 'FINISHED', receivers: [{ result: 'SUCCESS' }, { result: 'SUCCESS' }] });
    expect(await unsplit(id)).toBe(10_000 - 60 - 2000);
    expect((await balance(BRAND)).available - before.available).toBe(1500);
  });

  it('answers the same number with the same split, and refuses it with other receivers', async () => {
    const no = number('P');
    const first = await split(id, [brand(100)], { out_order_no: no });
    await soon();
    const again = await split(id, [brand(100)], { out_order_no: no });
    expect(again.body).toMatchObject({ order_id: first.body.order_id, state: 'FINISHED' });
    const other = await split(id, [brand(101)], { out_order_no: no });
    expect(other.body).toEqual({ code: 'INVALID_REQUEST', message: '分账接收方与原请求不一致' });
  });

  it('caps the cumulated share at the merchant ratio, which control can lower', async () => {
    await split(id, [brand(2500)]);
    expect((await split(id, [brand(501)])).body.message).toBe('分账金额超出最大分账比例');
    expect((await split(id, [brand(500)])).status).toBe(200);
    await bench.control('POST', '/pay/ratio', { mchid: SUB, ratio: 1000 });
    expect((await bench.call('GET', `/v3/profitsharing/merchant-configs/${SUB}`)).body).toEqual({
      sub_mchid: SUB,
      max_ratio: 1000,
    });
    const next = await ripe();
    expect((await split(next, [brand(1001)])).body.message).toBe('分账金额超出最大分账比例');
    await bench.control('POST', '/pay/ratio', { mchid: SUB, ratio: 3000 });
  });

  it('does not count money that goes back to the collector', async () => {
    const self = { type: 'MERCHANT_ID', account: SUB, amount: 5000, description: '释放' };
    expect((await split(id, [self, brand(3000)])).status).toBe(200);
    await soon();
    expect(await unsplit(id)).toBe(1940);
  });

  it('refuses strangers, people twice, more than is left and orders placed without the flag', async () => {
    const stranger = { type: 'MERCHANT_ID', account: SP, amount: 1, description: 'x' };
    expect((await split(id, [stranger])).body.message).toBe('分账接收方关系不存在');
    expect((await split(id, [guide(1), guide(2)])).body.code).toBe('PARAM_ERROR');
    const self = { type: 'MERCHANT_ID', account: SUB, amount: 9941, description: '释放' };
    expect((await split(id, [self])).body).toEqual({ code: 'NOT_ENOUGH', message: '分账金额不足' });
    const plain = await paidOrder(bench, { settle_info: undefined });
    expect((await split(plain.id, [brand(1)])).body.message).toBe('非分账订单不支持分账');
    expect(await query('never-sent', id)).toEqual({ code: 'RESOURCE_NOT_EXISTS', message: '记录不存在' });
  });

  it('closes one receiver and pays the other, and keeps the failed part frozen', async () => {
    await bench.control('POST', '/pay/next-result', {
      op: 'split',
      match: GUIDE,
      result: 'CLOSED',
      failReason: 'RECEIVER_HIGH_RISK',
    });
    const asked = await split(id, [brand(1000), guide(700)], { unfreeze_unsplit: true });
    await soon();
    const done = await query(asked.body.out_order_no, id);
    expect(done.receivers).toMatchObject([
      { account: BRAND, result: 'SUCCESS' },
      { account: GUIDE, result: 'CLOSED', fail_reason: 'RECEIVER_HIGH_RISK' },
      { account: SUB, result: 'SUCCESS', description: '解冻给分账方', amount: 8240 },
    ]);
    expect(await unsplit(id)).toBe(700);
    expect((await split(id, [guide(700)])).body.message).toBe('订单已完结分账');
    expect((await unfreeze(id)).status).toBe(200);
    await soon();
    expect(await unsplit(id)).toBe(0);
  });

  it('closes a receiver whose relation was removed after acceptance', async () => {
    const asked = await split(id, [brand(100)]);
    await bench.call('POST', '/v3/profitsharing/receivers/delete', {
      sub_mchid: SUB,
      appid: APPID,
      type: 'MERCHANT_ID',
      account: BRAND,
    });
    await soon();
    expect((await query(asked.body.out_order_no, id)).receivers[0]).toMatchObject({
      result: 'CLOSED',
      fail_reason: 'NO_RELATION',
    });
    await addBrand(bench);
  });

  it('springs the trap: unfreezing under a used number succeeds and releases nothing', async () => {
    const asked = await split(id, [brand(1000)]);
    await soon();
    const trap = await unfreeze(id, asked.body.out_order_no);
    expect(trap.body).toMatchObject({ state: 'FINISHED', order_id: asked.body.order_id });
    await soon();
    expect(await unsplit(id)).toBe(8940);
    expect((await unfreeze(id)).body.state).toBe('PROCESSING');
    await soon();
    expect(await unsplit(id)).toBe(0);
    expect((await unfreeze(id)).body).toEqual({ code: 'NOT_ENOUGH', message: '分账金额为0' });
  });

  it('releases everything after thirty days and refuses splits from then on', async () => {
    const before = await balance(SUB);
    await bench.sims.clock.advance(30 * DAY);
    expect(await unsplit(id)).toBe(0);
    expect((await balance(SUB)).available).toBeGreaterThanOrEqual(before.available + 9940);
    expect((await split(id, [brand(1)])).body.message).toBe('订单已完结分账');
  });
});

describe('when splitting may start', () => {
  it('waits a minute after the payment', async () => {
    const { id } = await paidOrder(bench);
    expect((await split(id, [brand(1)])).body.message).toBe('订单处理中，请稍后重试');
  });

  it('waits for shipping when the merchant requires it', async () => {
    await bench.control('POST', '/pay/merchant', { mchid: SUB, requireShipping: true });
    const id = await ripe();
    expect((await split(id, [brand(1)])).body.message).toBe('订单处理中，请在到达结算周期之后再请求分账');
    expect(bench.sims.pay.markSettled(id)).toBe(true);
    expect((await split(id, [brand(1)])).status).toBe(200);
    await bench.control('POST', '/pay/merchant', { mchid: SUB, requireShipping: false });
  });
});

describe('receivers', () => {
  it('wants the full name of a merchant, encrypted, and keeps one list for each store', async () => {
    expect((await addBrand(bench, BRAND, '别的公司')).body.message).toBe('分账接收方全称未正确填写');
    const open = {
      sub_mchid: SUB2,
      appid: APPID,
      type: 'MERCHANT_ID',
      account: BRAND,
      name: 'plain',
      relation_type: 'BRAND',
    };
    expect((await bench.call('POST', '/v3/profitsharing/receivers/add', open)).body.code).toBe('INVALID_REQUEST');
    const lists = (await bench.control('GET', '/pay/receivers')).body.receivers;
    expect(lists[SUB].filter((item: { account: string }) => item.account === BRAND)).toHaveLength(1);
    expect(lists[SUB2] ?? []).toEqual([]);
  });

  it('refuses an openid of another appid and a store of another provider', async () => {
    const person = { sub_mchid: SUB, appid: APPID, type: 'PERSONAL_OPENID', account: 'oElse', relation_type: 'STAFF' };
    expect((await bench.call('POST', '/v3/profitsharing/receivers/add', person)).body.code).toBe('INVALID_REQUEST');
    const foreign = await bench.call('POST', '/v3/profitsharing/receivers/add', {
      ...person,
      account: GUIDE,
      sub_mchid: '1600009999',
    });
    expect([foreign.status, foreign.body.message]).toEqual([403, '服务商和分账方无受理关系']);
  });
});

describe('returns', () => {
  const giveBack = (out: string, amount: number, no = number('R')) =>
    bench.call('POST', '/v3/profitsharing/return-orders', {
      sub_mchid: SUB,
      out_order_no: out,
      out_return_no: no,
      return_mchid: BRAND,
      amount,
      description: '退货',
    });
  const result = (no: string, out: string) =>
    bench
      .call('GET', `/v3/profitsharing/return-orders/${no}?sub_mchid=${SUB}&out_order_no=${out}`)
      .then((reply) => reply.body);
  let out: string;
  let id: string;
  beforeEach(async () => {
    id = await ripe();
    const asked = await split(id, [brand(1000), guide(500)]);
    out = asked.body.out_order_no;
    await soon();
  });

  it('moves the money to the available balance of the collector, not to the frozen part', async () => {
    const [before, frozen] = [await balance(SUB), await unsplit(id)];
    const back = await giveBack(out, 600);
    expect(back.body.result).toBe('PROCESSING');
    await soon();
    expect((await result(back.body.out_return_no, out)).result).toBe('SUCCESS');
    expect((await balance(SUB)).available - before.available).toBe(600);
    expect(await unsplit(id)).toBe(frozen);
    expect((await giveBack(out, 401)).body.code).toBe('INVALID_REQUEST');
  });

  it('stays PROCESSING while the receiver is short and succeeds under the same number after a top-up', async () => {
    await bench.control('POST', '/pay/balances', { mchid: BRAND, available: 0 });
    const no = number('R');
    const short = await giveBack(out, 1000, no);
    expect([short.status, short.body.message]).toEqual([403, '可用余额不足，请充值后重新发起']);
    expect((await result(no, out)).result).toBe('PROCESSING');
    await bench.control('POST', '/pay/balances', { mchid: BRAND, available: 5000 });
    expect((await giveBack(out, 1000, no)).status).toBe(200);
    await soon();
    expect((await result(no, out)).result).toBe('SUCCESS');
  });

  it('gives up on a return that was never funded', async () => {
    await bench.control('POST', '/pay/balances', { mchid: BRAND, available: 0 });
    const no = number('R');
    await giveBack(out, 1000, no);
    await bench.sims.clock.advance(7 * DAY + 1000);
    expect(await result(no, out)).toMatchObject({ result: 'FAILED', fail_reason: 'TIME_OUT_CLOSED' });
    await bench.control('POST', '/pay/balances', { mchid: BRAND, available: 5000 });
    expect((await giveBack(out, 1000)).status).toBe(200);
  });

  it('refuses persons, receivers without consent, and returns after 180 days', async () => {
    await bench.control('POST', '/pay/balances', { mchid: BRAND, available: 5000 });
    await bench.control('POST', '/pay/return-authorisation', { mchid: BRAND, enabled: false });
    expect((await giveBack(out, 1)).body).toEqual({ code: 'NO_AUTH', message: '回退方未开通分账回退功能' });
    await bench.control('POST', '/pay/return-authorisation', { mchid: BRAND, enabled: true });
    const person = {
      sub_mchid: SUB,
      out_order_no: out,
      out_return_no: number('R'),
      return_mchid: GUIDE,
      amount: 1,
      description: 'x',
    };
    expect((await bench.call('POST', '/v3/profitsharing/return-orders', person)).body.message).toBe('回退方不存在');
    await bench.sims.clock.advance(181 * DAY);
    expect((await giveBack(out, 1)).body.code).toBe('INVALID_REQUEST');
  });
});

describe('the books after all that', () => {
  it('hold frozen money for orders only, and balances that equal their movements', async () => {
    const { orders } = (await bench.control('GET', '/pay/orders')).body as { orders: Order[] };
    const { movements } = (await bench.control('GET', '/pay/movements')).body as { movements: Movement[] };
    const { merchants } = (await bench.control('GET', '/pay/balances')).body;
    for (const merchant of merchants) {
      const own = orders.filter((order) => order.collector === merchant.mchid);
      expect(merchant.frozen).toBe(own.reduce((sum, order) => sum + order.held + order.reserved, 0));
      const moved = movements.filter((item) => item.mchid === merchant.mchid);
      const total = moved.reduce((sum, item) => sum + item.amount, 0);
      expect(merchant.available + merchant.frozen + merchant.unsettled + merchant.operation).toBe(total);
      expect(
        Math.min(merchant.available, merchant.frozen, merchant.unsettled, merchant.operation),
      ).toBeGreaterThanOrEqual(0);
    }
    expect(orders.length).toBeGreaterThan(3);
  });
});
