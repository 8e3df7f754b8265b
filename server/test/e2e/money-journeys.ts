import { expect } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import type { E2e } from '../harness/e2e.js';
import { type Buyer, buy, handOver, headquarters, payOnPhone, settle, splitOf, submit } from './sale-steps.js';

/** Long enough for every pause of the refund saga and the split pipeline. */
export const ALL_PAUSES_S = 760;

const sim = (e2e: E2e) => e2e.sims.pay.sim;

/** What the simulated WeChat Pay did for one order. */
export function effects(e2e: E2e, orderId: string) {
  const { state } = sim(e2e);
  const orders = Object.values(state.orders).filter((one) => one.outTradeNo === `P${orderId}`);
  const keys = orders.map((one) => one.key);
  const splits = Object.values(state.splits).filter((one) => keys.includes(one.orderKey));
  const splitKeys = splits.map((one) => one.key);
  return {
    order: orders[0],
    orders: orders.length,
    refunds: Object.values(state.refunds).filter((one) => keys.includes(one.orderKey)),
    splits: splits.filter((one) => one.kind === 'split'),
    unfreezes: splits.filter((one) => one.kind === 'unfreeze'),
    returns: Object.values(state.returns).filter((one) => splitKeys.includes(one.splitKey)),
  };
}

/** The franchisee's receivers and ratio are forgotten here and at the channel, so that the next split needs both calls. */
export async function forgetChannel(e2e: E2e): Promise<void> {
  await e2e.bench.database.execute('DELETE FROM channel_receiver WHERE brand_id = ?', [e2e.brandId]);
  await e2e.bench.database.execute('DELETE FROM channel_ratio WHERE brand_id = ?', [e2e.brandId]);
  sim(e2e).state.receivers = {};
}

export async function refundAll(e2e: E2e, orderId: string, reason = '七天无理由'): Promise<void> {
  await (await headquarters(e2e)).console.refundOrder({ params: { id: orderId }, body: { reason } });
}

/** Paid, handed over, and the after-sale window nearly over. */
export async function soldAlmostSplit(e2e: E2e, buyer: Buyer): Promise<string> {
  const order = await buy(e2e, buyer, { guideCode: 'NORTH' });
  await handOver(e2e, order.pickupCode);
  await e2e.pass(7 * DAY_MS - 60_000);
  return order.id;
}

export async function soldAndSplit(e2e: E2e, buyer: Buyer): Promise<string> {
  const id = await soldAlmostSplit(e2e, buyer);
  await settle(e2e, 120);
  expect(await splitOf(e2e, id)).toMatchObject({ state: 'FINISHED' });
  return id;
}

/** The final state of an order that was sold, split and kept. */
export async function expectSplitOnce(e2e: E2e, id: string): Promise<void> {
  const split = await splitOf(e2e, id);
  expect(split.state).toBe('FINISHED');
  expect(split.receivers.map((one) => [one.party, one.amountFen, one.state])).toEqual([
    ['BRAND', 18_000, 'SUCCESS'],
    ['GUIDE', 5_000, 'SUCCESS'],
  ]);
  const done = effects(e2e, id);
  expect([done.splits.length, done.unfreezes.length]).toEqual([1, 1]);
  expect(done.splits[0]?.receivers.map((one) => [one.amount, one.result])).toEqual([
    [18_000, 'SUCCESS'],
    [5_000, 'SUCCESS'],
  ]);
  expect([done.order?.held, done.order?.reserved, done.order?.hold]).toEqual([0, 0, 'NONE']);
  // The trap: a number that was used before answers success and frees nothing.
  expect(done.unfreezes[0]?.outOrderNo).not.toBe(done.splits[0]?.outOrderNo);
}

/** The final state of an order that was refunded whole, whatever was tried on the way. */
export async function expectRefundedOnce(e2e: E2e, buyer: Buyer, id: string): Promise<void> {
  const order = await buyer.api.mall.order({ params: { id } });
  expect([order.state, order.refundedFen]).toEqual(['REFUNDED', 100_000]);
  const { refunds, order: theirs } = effects(e2e, id);
  expect(refunds.filter((one) => one.status === 'SUCCESS').map((one) => one.amount)).toEqual([100_000]);
  expect(theirs?.refunded).toBe(100_000);
}

/** Places an order and pays it, tapping again when the server says that WeChat did not answer. */
export async function payPatiently(e2e: E2e, buyer: Buyer): Promise<string> {
  const order = await submit(e2e, buyer, { guideCode: 'NORTH' });
  await buyer.api.mall.pay({ params: { id: order.id } }).catch(() => null);
  await payOnPhone(e2e, buyer, order.id);
  return order.id;
}
