import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { freePort } from '../../../scripts/free-port.mjs';
import { cutPower, type Engine, engines } from './engines.js';
import { openProduct, type Product } from './product.js';

jest.setTimeout(180_000);

let product: Product;
let redis: Engine & { url: string };
let database: Engine & { url(name: string): string };
let api: Api;
let openid = '';
const dir = mkdtempSync(join(tmpdir(), 'shuke-engines-'));
const startRedis = async (port: number) => engines.startRedis({ dir: join(dir, 'redis'), port, persistent: false });
const startDatabase = async (port: number) => engines.startDatabase({ dir: join(dir, 'db'), port, durable: true });

beforeAll(async () => {
  redis = await startRedis(await freePort());
  database = await startDatabase(await freePort());
  product = await openProduct({ database: database.url('mysql'), redis: redis.url });
  await Promise.all([product.start('server'), product.start('worker')]);
  ({ api, openid } = await product.consumer('lin'));
});

afterAll(async () => {
  await product?.close();
  for (const engine of [redis, database]) if (engine) await cutPower(engine);
  rmSync(dir, { recursive: true, force: true });
});

async function submit(): Promise<string> {
  const lines = [{ skuId: product.shop.products[0]?.skus[0] ?? '', qty: 1 }];
  const body = { storeId: product.shop.north, lines, fulfil: 'PICKUP' as const, expectedTotalFen: 100_000 };
  return (await api.mall.submitOrder({ body: { ...body, guideCode: 'NORTH' } })).id;
}

async function pay(orderId: string): Promise<void> {
  const params = await api.mall.pay({ params: { id: orderId } });
  product.sims.pay.pay({ prepayId: params.package.replace('prepay_id=', ''), openid });
}

const isPaid = async (orderId: string) =>
  (await api.mall.order({ params: { id: orderId } }).catch(() => null))?.state === 'TO_PICKUP';
const accrued = () => product.count('SELECT COUNT(*) AS n FROM entitlement').catch(() => -1);

describe('losing an engine in the middle of a sale', () => {
  it('sells on while Redis is gone and catches up with all work on an empty one', async () => {
    const waiting = await submit();
    await pay(waiting);
    await cutPower(redis);
    // Selling needs the database only; what Redis carried is written in rows.
    const second = await submit();
    await pay(second);
    const readiness = await fetch(`${product.origin}/readyz`);
    expect([readiness.status, await readiness.json()]).toEqual([
      200,
      { status: 'ready', database: true, redis: false },
    ]);

    redis = await startRedis(redis.port);
    await product.until('both are paid', async () => (await isPaid(waiting)) && (await isPaid(second)));
    await product.until('both are accrued', async () => (await accrued()) === 2);
    await product.until(
      'all events are handled',
      async () => (await product.count('SELECT COUNT(*) AS n FROM outbox WHERE pending > 0')) === 0,
    );
    expect(Object.keys(product.sims.pay.sim.state.orders)).toHaveLength(2);
    expect(await product.broken()).toEqual([]);
  });

  it('goes on without a restart when the database lost power and came back', async () => {
    const before = await submit();
    await pay(before);
    await cutPower(database);
    await expect(submit()).rejects.toMatchObject({ status: 500 });
    expect((await fetch(`${product.origin}/readyz`)).status).toBe(503);
    // WeChat comes again with a callback that nobody could store.
    await product.sims.clock.advance(5000);

    database = await startDatabase(database.port);
    await product.until('paid', () => isPaid(before));
    const after = await submit();
    await pay(after);
    await product.until('the next one is paid, too', () => isPaid(after));
    await product.until('both are accrued', async () => (await accrued()) === 4);
    expect(await product.count("SELECT COUNT(*) AS n FROM sales_order WHERE state <> 'TO_PICKUP'")).toBe(0);
    expect(await product.broken()).toEqual([]);
  });
});
