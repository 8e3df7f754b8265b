import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Database, OpenTransaction } from '../../src/platform/database/database.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { fillShelves, payOnPhone } from './sale-steps.js';

jest.setTimeout(60_000);

let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await e2e.close();
});

/** Writes down every statement that the application sends, its commits included. */
function recorded(): string[] {
  const statements: string[] = [];
  for (const on of [Database.prototype, OpenTransaction.prototype] as Pick<Database, 'query' | 'execute'>[]) {
    for (const method of ['query', 'execute'] as const) {
      const real = on[method] as (...given: unknown[]) => Promise<never>;
      jest.spyOn(on, method).mockImplementation(function (this: unknown, ...given: unknown[]) {
        statements.push(String(given[0]));
        return real.apply(this, given);
      } as never);
    }
  }
  const commit = OpenTransaction.prototype.commit;
  jest.spyOn(OpenTransaction.prototype, 'commit').mockImplementation(function (this: OpenTransaction) {
    statements.push('COMMIT');
    return commit.call(this);
  });
  return statements;
}

/** Read every few seconds whatever the requests do: the brand with its people, sessions that were ended, promotions. */
const SNAPSHOTS = /FROM (brand|store|guide|franchisee|session_end|promotion)\b/;

it('takes at most 12 statements from submitting an order to the answer that shows it paid', async () => {
  const lin = await e2e.consumer('lin');
  const lines = [{ skuId: e2e.shop.products[0]?.skus[0] ?? '', qty: 1 }];
  const body = { storeId: e2e.shop.north, lines, fulfil: 'PICKUP' as const };
  await lin.api.mall.addToCart({ body: { storeId: e2e.shop.north, skuId: lines[0]?.skuId ?? '', qty: 1 } });
  const preview = await lin.api.mall.preview({ body });
  const statements = recorded();
  const wish = { ...body, expectedTotalFen: preview.totalFen, fromCart: true, guideCode: 'NORTH' };
  const order = await lin.api.mall.submitOrder({ body: wish });
  await payOnPhone(e2e, lin, order.id);
  const seen = await lin.api.mall.checkPayment({ params: { id: order.id } });
  expect(seen.state).toBe('TO_PICKUP');
  const own = statements.filter((one) => !SNAPSHOTS.test(one));
  expect(own.length).toBeGreaterThan(8);
  expect(own.length).toBeLessThanOrEqual(12);
});
