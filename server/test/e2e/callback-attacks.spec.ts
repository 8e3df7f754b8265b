import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { transactionBody } from '../../../simulators/src/wechat-pay/transaction-body.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Craft, craft, post, simOrder } from './hand-made-callbacks.js';
import { effects } from './money-journeys.js';
import { type Buyer, buy, count, expectQuiet, fillShelves, payOnPhone, settle, submit, workNow } from './sale-steps.js';

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

const stateOf = async (id: string) => (await lin.api.mall.order({ params: { id } })).state;
const say = (plaintext: unknown, options?: Craft) => post(e2e, craft(e2e, plaintext, options));

const refundsOf = (id: string) =>
  e2e.bench.database.query<{ out_refund_no: string; state: string; problem: string | null }>(
    'SELECT out_refund_no, state, problem FROM refund WHERE brand_id = ? AND order_id = ? ORDER BY id',
    [e2e.brandId, id],
  );

/** What WeChat would say of an order if it were paid now; it is not. */
async function claimed(): Promise<{
  id: string;
  claim: Record<string, unknown> & { amount: Record<string, unknown> };
}> {
  const order = await submit(e2e, lin);
  await lin.api.mall.pay({ params: { id: order.id } });
  const paid = { ...simOrder(e2e, order.id), transactionId: '4200000000000000000000000001', state: 'SUCCESS' as const };
  const claim = transactionBody({ ...paid, paidAt: e2e.sims.clock.now() });
  return { id: order.id, claim: claim as Awaited<ReturnType<typeof claimed>>['claim'] };
}

describe('callbacks whose signature is right and whose content is not', () => {
  it('pay-08 believes none that names another mini-program, or leaves out or bends what we check', async () => {
    const { id, claim } = await claimed();
    const amount = (change: Record<string, unknown>) => ({ ...claim, amount: { ...claim.amount, ...change } });
    const { transaction_id: _t, ...noNumber } = claim;
    const { success_time: _s, ...noTime } = claim;
    const { amount: _a, ...noAmount } = claim;
    const lies = [
      { ...claim, sp_appid: 'wx0000000000000000' },
      amount({ total: undefined }),
      amount({ total: '100000' }),
      amount({ total: 100_000.5 }),
      amount({ total: -100_000 }),
      amount({ currency: 'USD' }),
      amount({ total: 1 }),
      noAmount,
      noNumber,
      noTime,
      { ...claim, success_time: 'yesterday' },
      { ...claim, trade_state: 'REFUND', transaction_id: undefined },
      { ...claim, sp_mchid: '1900000200' },
      { ...claim, out_trade_no: `P${id}-TAIL` },
      { ...claim, out_trade_no: `p${id}` },
      [claim],
      'SUCCESS',
    ];
    for (const lie of lies) expect([200, 400]).toContain(await say(lie));
    await workNow(e2e);
    expect(await stateOf(id)).toBe('PENDING_PAY');
    const [open] = await e2e.bench.database.query("SELECT id FROM pay_notification WHERE state <> 'DONE'");
    expect(open).toBeUndefined();
    await lin.api.mall.cancelOrder({ params: { id } });
  });

  it('pay-10 takes a callback inside five minutes of its hour and none outside, early or late', async () => {
    const { id, claim } = await claimed();
    const at = (seconds: number) =>
      say({ ...claim, trade_state: 'NOTPAY' }, { atMs: e2e.sims.clock.now() + seconds * 1000 });
    expect([await at(-299), await at(299), await at(-301), await at(301)]).toEqual([200, 200, 401, 401]);
    await workNow(e2e);
    await lin.api.mall.cancelOrder({ params: { id } });
  });

  it('pay-08 refuses a body that no callback has, and goes on answering', async () => {
    const flood = {
      body: JSON.stringify({ id: 'x'.repeat(8 * 1024 * 1024) }),
      headers: { 'content-type': 'application/json' },
    };
    expect([400, 413]).toContain(await post(e2e, flood));
    const deep = { body: '['.repeat(200_000), headers: { 'content-type': 'application/json' } };
    expect(await post(e2e, deep)).toBe(400);
    expect((await buy(e2e, lin)).state).toBe('TO_PICKUP');
  });
});

describe('callbacks at the same moment as something else', () => {
  it('pay-01 pay-03 callbacks, questions and the page’s own look book one payment together once', async () => {
    const order = await submit(e2e, lin);
    e2e.sims.core.faults.add({ target: 'pay', side: 'callback', path: '.', kind: 'drop-callback', times: 9 });
    await payOnPhone(e2e, lin, order.id);
    const theirs = transactionBody(simOrder(e2e, order.id));
    await Promise.all([
      ...Array.from({ length: 5 }, () => say(theirs)),
      ...Array.from({ length: 5 }, () => lin.api.mall.checkPayment({ params: { id: order.id } })),
      workNow(e2e),
      lin.api.mall.cancelOrder({ params: { id: order.id } }).catch(() => null),
    ]);
    await e2e.work();
    expect(await stateOf(order.id)).toBe('TO_PICKUP');
    const paid = "SELECT COUNT(*) AS n FROM transfer WHERE brand_id = ? AND order_id = ? AND kind = 'PAY'";
    expect(await count(e2e, paid, [order.id])).toBe(1);
  });

  it('pay-04 five callbacks about a payment of a closed order give it back once', async () => {
    const order = await submit(e2e, lin);
    const params = await lin.api.mall.pay({ params: { id: order.id } });
    const lie = { status: 404, body: { code: 'ORDER_NOT_EXIST', message: '订单不存在' } };
    e2e.sims.core.faults.add({ target: 'pay', method: 'POST', path: '/close$', kind: '5xx', ...lie });
    await lin.api.mall.cancelOrder({ params: { id: order.id } });
    e2e.sims.core.faults.add({ target: 'pay', side: 'callback', path: 'TRANSACTION', kind: 'drop-callback', times: 9 });
    expect(e2e.sims.pay.pay({ prepayId: params.package.replace('prepay_id=', ''), openid: lin.openid }).ok).toBe(true);
    const theirs = transactionBody(simOrder(e2e, order.id));
    await Promise.all(Array.from({ length: 5 }, () => say(theirs)));
    await Promise.all([workNow(e2e), workNow(e2e)]);
    await settle(e2e, 24);
    expect(await stateOf(order.id)).toBe('CLOSED');
    expect(effects(e2e, order.id).refunds.map((one) => [one.amount, one.status])).toEqual([[100_000, 'SUCCESS']]);
  });

  it('pay-14 a refund’s callback that comes before the refund was sent is only a reason to look', async () => {
    const order = await buy(e2e, lin);
    await lin.api.mall.requestRefund({ params: { id: order.id }, body: { reason: '不想要了' } });
    const { transaction_id, out_trade_no } = transactionBody(simOrder(e2e, order.id)) as Record<string, string>;
    const [row] = await refundsOf(order.id);
    const told = {
      sp_mchid: '1900000100',
      sub_mchid: '1600000001',
      transaction_id,
      out_trade_no,
      out_refund_no: row?.out_refund_no,
      refund_id: '50000000000000000000000000001',
      refund_status: 'SUCCESS',
      amount: { total: 100_000, refund: 100_000, payer_total: 100_000, payer_refund: 100_000 },
    };
    const refundEvent = { eventType: 'REFUND.SUCCESS', originalType: 'refund' };
    expect(await say(told, refundEvent)).toBe(200);
    expect((await refundsOf(order.id))[0]?.state).not.toBe('SUCCESS');
    await Promise.all([workNow(e2e), say(told, refundEvent), workNow(e2e)]);
    await settle(e2e, 24);
    expect(await stateOf(order.id)).toBe('REFUNDED');
    expect(effects(e2e, order.id).refunds.map((one) => one.status)).toEqual(['SUCCESS']);
  });
});

describe('the money API', () => {
  it('inv-04 inv-05 one key is one refund: at once, later, and never with another wish', async () => {
    const order = await buy(e2e, lin, { qty: 3 });
    const lineId = order.lines[0]?.id ?? '';
    const ask = (qty: number, key: string, reason = '买多了') =>
      lin.api.mall
        .requestRefund({ params: { id: order.id }, body: { reason, lines: [{ lineId, qty }] }, idempotencyKey: key })
        .then((made) => made.id)
        .catch((error: { code: string }) => error.code);
    const twins = await Promise.all(Array.from({ length: 5 }, () => ask(1, 'a-key-of-one-refund')));
    expect(new Set(twins).size).toBe(1);
    await settle(e2e, 24);
    expect(await ask(1, 'a-key-of-one-refund')).toBe(twins[0]);
    expect([await ask(2, 'a-key-of-one-refund'), await ask(1, 'a-key-of-one-refund', '别的原因')]).toEqual([
      'IDEMPOTENCY_MISMATCH',
      'IDEMPOTENCY_MISMATCH',
    ]);
    expect(effects(e2e, order.id).refunds).toHaveLength(1);
    const wild = await Promise.all([-1, 0, 1.5, 1e9, 4].map((qty, at) => ask(qty, `a-wild-key-number-${at}`)));
    expect(wild.slice(0, 3)).toEqual(['VALIDATION', 'VALIDATION', 'VALIDATION']);
    expect(wild.slice(3).every((code) => code === 'VALIDATION' || code === 'REFUND_NOT_POSSIBLE')).toBe(true);
  });
});
