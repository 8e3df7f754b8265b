import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createConsoleUser } from '../../src/modules/identity/index.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { buy, expectQuiet, handOver, settle } from './sale-steps.js';

jest.setTimeout(60_000);

let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e();
});
afterAll(() => e2e.close());

describe('closing a store with open pickups', () => {
  it('moves a pickup with the consumer’s consent, refunds the other, and closes when nothing is owed', async () => {
    const { bench, brandId, shop } = e2e;
    await bench.unitOfWork.run('user', (tx) =>
      createConsoleUser(tx, {
        brandId,
        id: bench.ids.next<'user'>(),
        login: `closer-${brandId}`,
        name: '总部',
        role: 'HQ',
        franchiseeId: null,
        password: 'a-long-password',
      }),
    );
    const hq = (await e2e.desk(`closer-${brandId}`, 'a-long-password')).console;
    const [lin, chen] = [await e2e.consumer('lin'), await e2e.consumer('chen')];
    const [moving, refunded] = [await buy(e2e, lin), await buy(e2e, chen)];
    const params = { id: shop.north };
    const preview = await hq.closingPreview({ params });
    expect(preview).toMatchObject({ toPickup: 2 });
    expect(preview.targets.find((one) => one.storeId === shop.lake)?.movable).toBe(2);
    const body = { toStoreId: shop.lake, answerDays: 3, reason: '租约到期' };
    const closing = await hq.startClosing({ params, body });
    await e2e.work();
    expect((await hq.closing({ params: { id: closing.id } })).orders.map((one) => one.state)).toEqual([
      'ASKED',
      'ASKED',
    ]);
    const [mine] = await lin.api.mall.pickupMoves();
    const [theirs] = await chen.api.mall.pickupMoves();
    await expect(
      lin.api.mall.answerPickupMove({ params: { id: theirs?.id ?? '' }, body: { isAccepted: true } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await lin.api.mall.answerPickupMove({ params: { id: mine?.id ?? '' }, body: { isAccepted: true } });
    await chen.api.mall.answerPickupMove({ params: { id: theirs?.id ?? '' }, body: { isAccepted: false } });
    await settle(e2e);
    expect((await chen.api.mall.order({ params: { id: refunded.id } })).state).toBe('REFUNDED');
    expect((await hq.closing({ params: { id: closing.id } })).closing.state).toBe('RUNNING');
    expect((await handOver(e2e, moving.pickupCode, 'lake')).state).toBe('RECEIVED');
    await e2e.work();
    expect((await hq.closing({ params: { id: closing.id } })).closing.state).toBe('DONE');
    expect((await hq.store({ params })).status).toBe('CLOSED');
    await expectQuiet(e2e);
  });
});
