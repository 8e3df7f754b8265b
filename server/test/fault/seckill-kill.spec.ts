import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Id } from '@shuke/shared/kernel';
import { Sessions } from '../../src/platform/access/sessions.js';
import { ManualClock } from '../../src/platform/clock/clock.js';
import { manyMembers, publishSeckill, type SeckillDraft, seckillRows } from '../harness/seckill.js';
import { pause } from './processes.js';
import { openProduct, type Product } from './product.js';

jest.setTimeout(180_000);
const BUYERS = 300;
const PIECES = 50;
const AT_ONCE = 60;
const PRICE = 60_000;

let product: Product;
beforeAll(async () => {
  product = await openProduct();
});
afterAll(() => product?.close());

interface Final {
  code: string;
  id: string;
}

describe('a server that is killed in the middle of a seckill', () => {
  it('has told nobody yes before the commit, and sells the rest exactly once it is back', async () => {
    const { bench, shop, env, origin } = product;
    const skuId = shop.products[1]?.skus[0] as Id<'sku'>;
    const draft: SeckillDraft = { storeId: shop.north, skuId, priceFen: PRICE, sliceQty: PIECES };
    await bench.database.execute('UPDATE stock SET on_hand = 100 WHERE brand_id = ?', [product.brandId]);
    const promotionId = await publishSeckill(bench, draft);
    const sessions = new Sessions(env['SESSION_SECRET'] ?? '', new ManualClock(product.sims.clock.now()));
    const tokens = await Promise.all((await manyMembers(bench, BUYERS)).map((one) => sessions.issue(one)));
    // Dies when a whole group is written but not committed.
    const armed = await product.start('server', 'order.submit.before-commit');
    const body = JSON.stringify({
      storeId: shop.north,
      lines: [{ skuId, qty: 1 }],
      fulfil: 'PICKUP',
      expectedTotalFen: PRICE,
    });
    const tap = async (at: number): Promise<Final> => {
      const headers = {
        authorization: `Bearer ${tokens[at]}`,
        'content-type': 'application/json',
        'idempotency-key': `seckill-kill-${at}`,
      };
      const answer = await fetch(`${origin}/api/m/orders`, { method: 'POST', headers, body });
      const { id = '', code = 'ORDER' } = (await answer.json()) as { id?: string; code?: string };
      return { id, code };
    };
    const finals: Final[] = [];
    let next = 0;
    const everybody = Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let at = next++; at < BUYERS; at = next++)
          for (;;) {
            const answer = await tap(at).catch((): Final => ({ id: '', code: 'BROKEN' }));
            if (!['BROKEN', 'SECKILL_WAIT', 'BUSY'].includes(answer.code)) {
              finals[at] = answer;
              break;
            }
            await pause(100);
          }
      }),
    );
    expect((await armed.ended).signal).toBe('SIGKILL');
    expect((await seckillRows(bench, draft, promotionId)).orders).toBe(0);
    const second = await product.start('server');
    // And once more at any moment.
    await pause(150);
    await second.stop('SIGKILL');
    await product.start('server');
    await everybody;

    const orders = finals.filter((one) => one.code === 'ORDER');
    expect(orders).toHaveLength(PIECES);
    expect(new Set(orders.map((one) => one.id)).size).toBe(PIECES);
    expect([...new Set(finals.map((one) => one.code))].sort()).toEqual(['ORDER', 'SECKILL_SOLD_OUT']);
    expect(await seckillRows(bench, draft, promotionId)).toMatchObject({
      slice: PIECES,
      reserved: PIECES,
      aside: 0,
      orders: PIECES,
      buyers: PIECES,
    });
    expect(await product.broken()).toEqual([]);
  });
});
