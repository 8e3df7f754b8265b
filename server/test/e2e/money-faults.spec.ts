import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { armFailpoints } from '../../src/platform/failpoints/failpoint.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import {
  ALL_PAUSES_S,
  effects,
  expectRefundedOnce,
  expectSplitOnce,
  forgetChannel,
  payPatiently,
  refundAll,
  soldAlmostSplit,
  soldAndSplit,
} from './money-journeys.js';
import { type Buyer, buy, count, expectQuiet, fillShelves, settle, submit } from './sale-steps.js';

jest.setTimeout(60_000);

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

/** A way through the product that needs a certain call, and what must be true at its end. */
type Journey = (armed: () => void) => Promise<void>;

const journeys: Record<string, Journey> = {
  pay: async (armed) => {
    armed();
    const id = await payPatiently(e2e, lin);
    await settle(e2e);
    expect((await lin.api.mall.order({ params: { id } })).state).toBe('TO_PICKUP');
    expect(effects(e2e, id).orders).toBe(1);
    await refundAll(e2e, id);
    await settle(e2e);
    await expectRefundedOnce(e2e, lin, id);
  },
  ask: async (armed) => {
    e2e.sims.core.faults.add({ target: 'pay', side: 'callback', path: 'TRANSACTION', kind: 'drop-callback', times: 9 });
    armed();
    const id = await payPatiently(e2e, lin);
    await settle(e2e);
    expect((await lin.api.mall.order({ params: { id } })).state).toBe('TO_PICKUP');
    await refundAll(e2e, id);
    await settle(e2e);
    await expectRefundedOnce(e2e, lin, id);
  },
  close: async (armed) => {
    const order = await submit(e2e, lin, { sku: 5 });
    await lin.api.mall.pay({ params: { id: order.id } });
    armed();
    await e2e.pass(31 * 60_000);
    await settle(e2e);
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('CLOSED');
    expect(effects(e2e, order.id).order?.state).toBe('CLOSED');
    const sku = e2e.shop.products[2]?.skus[1] ?? '';
    expect(await count(e2e, 'SELECT SUM(reserved) AS n FROM stock WHERE brand_id = ? AND sku_id = ?', [sku])).toBe(0);
  },
  refund: async (armed) => {
    const { id } = await buy(e2e, lin, { guideCode: 'NORTH' });
    armed();
    await refundAll(e2e, id);
    await settle(e2e, ALL_PAUSES_S);
    await expectRefundedOnce(e2e, lin, id);
    expect(effects(e2e, id).refunds).toHaveLength(1);
  },
  split: async (armed) => {
    await forgetChannel(e2e);
    const id = await soldAlmostSplit(e2e, lin);
    armed();
    await settle(e2e, ALL_PAUSES_S);
    await expectSplitOnce(e2e, id);
  },
  giveBack: async (armed) => {
    const id = await soldAndSplit(e2e, lin);
    lin = await e2e.consumer('lin');
    armed();
    await refundAll(e2e, id);
    await settle(e2e, ALL_PAUSES_S);
    await expectRefundedOnce(e2e, lin, id);
    expect(effects(e2e, id).returns.map((one) => [one.amount, one.result])).toEqual([[18_000, 'SUCCESS']]);
  },
};

const CALLS = [
  ['pay-06', 'place order', 'POST', '/transactions/jsapi$', 'pay'],
  ['pay-03', 'query', 'GET', '/transactions/out-trade-no/', 'ask'],
  ['pay-05', 'close', 'POST', '/close$', 'close'],
  ['pay-14', 'refund', 'POST', '/refunds$', 'refund'],
  ['pay-14', 'refund query', 'GET', '/refunds/', 'refund'],
  ['pay-21', 'add receiver', 'POST', '/receivers/add$', 'split'],
  ['pay-24', 'ratio', 'GET', '/merchant-configs/', 'split'],
  ['pay-19', 'split', 'POST', '/profitsharing/orders$', 'split'],
  ['pay-19', 'split query', 'GET', '/profitsharing/orders/', 'split'],
  ['pay-27', 'unfreeze', 'POST', '/orders/unfreeze$', 'split'],
  ['pay-27', 'amounts', 'GET', '/amounts$', 'split'],
  ['pay-28', 'return', 'POST', '/return-orders$', 'giveBack'],
  ['pay-28', 'return query', 'GET', '/return-orders/', 'giveBack'],
] as const;

const LOST = [
  ['before it took effect', { kind: 'drop-before-apply' }],
  ['after it took effect', { kind: 'drop-after-apply' }],
] as const;
/** Only for calls that change something: for a question an error is no different from silence. */
const HIDDEN = [
  ['behind an error although it took effect', { kind: '5xx', afterApply: true }],
  ['behind a 429 although it took effect', { kind: 'rate-limit', afterApply: true }],
] as const;

describe.each(CALLS)('%s when the answer to "%s" is lost', (_, name, method, path, journey) => {
  it.each([...LOST, ...(method === 'POST' ? HIDDEN : [])])(
    '%s, the end is right and happened once',
    async (_when, fault) => {
      lin = await e2e.consumer('lin');
      const faults = e2e.sims.core.faults;
      let armed = '';
      await journeys[journey]?.(() => {
        armed = faults.add({ target: 'pay', side: 'request', method, path, ...fault }).id;
      });
      // A fault that never struck would make this test prove nothing.
      expect([name, faults.all().find((one) => one.id === armed)?.fired]).toEqual([name, 1]);
      await expectQuiet(e2e);
    },
  );
});

describe('pay-30 a crash at any step of the saga resumes with the same numbers', () => {
  // What the guide owes back after the refunds above is taken out of this sale's split.
  beforeAll(async () => {
    lin = await e2e.consumer('lin');
    await soldAndSplit(e2e, lin);
    await expectQuiet(e2e);
  });
  it.each([
    // Splits come first: what the guide owes back after a refund is taken out of the next one.
    ['split.after-plan', 'split'],
    ['split.after-send', 'split'],
    ['split.after-booked', 'split'],
    ['split.after-unfreeze', 'split'],
    ['refund.after-plan', 'giveBack'],
    ['refund.after-return', 'giveBack'],
    ['refund.after-send', 'giveBack'],
    ['refund.before-booked', 'giveBack'],
    ['refund.after-booked', 'giveBack'],
    ['payment.start.after-call', 'pay'],
  ] as const)('%s', async (failpoint, journey) => {
    lin = await e2e.consumer('lin');
    await journeys[journey]?.(() => armFailpoints(`${failpoint}=throw`));
    await expectQuiet(e2e);
  });
});
