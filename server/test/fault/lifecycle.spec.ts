import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { pause, Running, within } from './processes.js';
import { openProduct, type Product } from './product.js';

jest.setTimeout(120_000);

const SLOW_MS = 2000;
const AT_ONCE = 5;
let product: Product;
beforeAll(async () => {
  product = await openProduct();
});
afterAll(() => product?.close());

/** How a process may end on SIGTERM when it ended in order: with a code, or by passing the signal on to itself. */
const IN_ORDER = [
  { code: 0, signal: null },
  { code: 143, signal: null },
  { code: null, signal: 'SIGTERM' },
];

describe('the life of a process', () => {
  it('answers every request that is under way when it is told to end', async () => {
    const server = await product.start('server');
    const { api } = await product.consumer('lin');
    const lines = [{ skuId: product.shop.products[0]?.skus[0] ?? '', qty: 1 }];
    const body = { storeId: product.shop.north, lines, fulfil: 'PICKUP' as const, expectedTotalFen: 100_000 };
    const orders = await Promise.all(Array.from({ length: AT_ONCE }, () => api.mall.submitOrder({ body })));
    const { faults } = product.sims.core;
    faults.add({ target: 'pay', path: 'transactions/jsapi', kind: 'delay', delayMs: SLOW_MS, times: AT_ONCE });

    const answers = Promise.all(orders.map(({ id }) => api.mall.pay({ params: { id } })));
    // All of them are waiting for WeChat Pay now.
    const fired = () => faults.all().reduce((sum, one) => sum + one.fired, 0);
    for (let tries = 0; fired() < AT_ONCE && tries < 500; tries += 1) await pause(10);
    expect(fired()).toBe(AT_ONCE);
    const ending = server.stop('SIGTERM');

    expect((await answers).map((one) => one.package.slice(0, 10))).toEqual(orders.map(() => 'prepay_id='));
    expect(IN_ORDER).toContainEqual(await ending);
  });

  it('lets a worker end its work in order', async () => {
    const worker = await product.start('worker');
    expect(IN_ORDER).toContainEqual(await worker.stop('SIGTERM'));
  });

  it.each([
    ['server', 'DATABASE_URL', 'postgres://nowhere'],
    ['worker', 'SESSION_SECRET', 'short'],
    ['server', 'PORT', 'seventy'],
  ] as const)('refuses to start the %s with a bad %s and names it', async (part, setting, value) => {
    const started = Running.spawn(part, { ...product.env, [setting]: value }, product.dir);
    const ending = await within(started.ended, 60_000, () => started.story('refusing a bad setting'));
    expect(ending).toEqual({ code: 1, signal: null });
    expect(started.log()).toContain(`setting ${setting}`);
  });

  it('refuses a clock or failpoints of tests in production', async () => {
    const started = Running.spawn('server', { ...product.env, NODE_ENV: 'production' }, product.dir);
    expect(await within(started.ended, 60_000, () => started.story('refusing'))).toEqual({ code: 1, signal: null });
    expect(started.log()).toContain('CLOCK_FOLLOW_URL');
  });
});
