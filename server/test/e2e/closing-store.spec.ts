import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { AssetLedger } from '../../src/modules/asset-ledger/index.js';
import { template } from '../../src/modules/coupons/testing/template.js';
import { createConsoleUser } from '../../src/modules/identity/index.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, buy, expectQuiet, handOver, headquarters, settle } from './sale-steps.js';

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
    const exchange = await exchangeAtNorth(chen);
    const params = { id: shop.north };
    const preview = await hq.closingPreview({ params });
    expect(preview).toMatchObject({ toPickup: 2, presents: 1, presentPoints: 100 });
    expect(preview.targets.find((one) => one.storeId === shop.lake)?.movable).toBe(2);
    const body = { toStoreId: shop.lake, answerDays: 3, reason: '租约到期' };
    const { version } = await hq.store({ params });
    await expect(hq.updateStore({ params, body: { version, status: 'CLOSED' } })).rejects.toMatchObject({
      code: 'STORE_HAS_ORDERS',
    });
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
    // The present may still be fetched until the last day for answers.
    expect((await hq.closing({ params: { id: closing.id } })).closing).toMatchObject({ state: 'RUNNING', presents: 1 });
    expect(await chen.api.mall.pointsExchange({ params: { id: exchange.id } })).toMatchObject({ state: 'TO_PICKUP' });
    await e2e.pass(3 * 24 * 3_600_000);
    const later = (await e2e.desk(`closer-${brandId}`, 'a-long-password')).console;
    expect((await later.closing({ params: { id: closing.id } })).closing).toMatchObject({ state: 'DONE', presents: 0 });
    expect((await later.store({ params })).status).toBe('CLOSED');
    await e2e.pass(5 * 60_000);
    // Nobody can fetch a present there any more: its points come back.
    expect(await chen.api.mall.pointsExchange({ params: { id: exchange.id } })).toMatchObject({ state: 'CANCELLED' });
    expect(await chen.api.mall.points()).toMatchObject({ available: 100 });
    await expectQuiet(e2e);
    await expect(
      chen.api.mall.redeemPoints({ params: { id: exchange.goodId }, body: { qty: 1, storeId: shop.north } }),
    ).rejects.toMatchObject({ code: 'EXCHANGE_STORE' });
    // A coupon is fetched nowhere.
    expect(await exchangeAtNorth(chen, await couponTemplate())).toMatchObject({ state: 'DONE', kind: 'COUPON' });
    // What it sold is taken back elsewhere in the city, whatever the brand says about other stores.
    const rules = await later.afterSaleRules();
    await later.setAfterSaleRules({ body: { ...rules, otherStoreReturns: false } });
    const back = await e2e.consumer('lin');
    const order = { params: { id: moving.id } };
    const stores = await back.api.mall.returnStores(order);
    expect(stores.items.map((one) => one.id)).toEqual([shop.lake]);
    const wish = {
      kind: 'RETURN_REFUND' as const,
      lines: [{ lineId: moving.lines[0]?.id ?? '', qty: 1 }],
      reason: 'CHANGED_MIND' as const,
      returnWay: 'STORE' as const,
    };
    await expect(back.api.mall.requestAfterSale({ ...order, body: wish })).rejects.toMatchObject({
      code: 'RETURN_STORE',
    });
    const asked = await back.api.mall.requestAfterSale({ ...order, body: { ...wish, returnStoreId: shop.lake } });
    expect(asked).toMatchObject({ state: 'REQUESTED', returnStore: { id: shop.lake } });
    await back.api.mall.cancelAfterSale({ params: { id: asked.id } });
  });
});

describe('closing a store that took over pickups', () => {
  it('counts what waits there for another store, and gives it back with its own', async () => {
    const { shop } = e2e;
    const { console: hq } = await headquarters(e2e);
    const lin = await e2e.consumer('lin');
    const order = await buy(e2e, lin, { storeId: shop.lake, sku: 2 });
    const reason = '合并门店';
    const first = await hq.startClosing({
      params: { id: shop.lake },
      body: { toStoreId: shop.shanghai, answerDays: 3, reason },
    });
    await e2e.work();
    const [asked] = await lin.api.mall.pickupMoves();
    await lin.api.mall.answerPickupMove({ params: { id: asked?.id ?? '' }, body: { isAccepted: true } });
    const params = { id: shop.shanghai };
    expect(await hq.closingPreview({ params })).toMatchObject({ toPickup: 1 });
    const { version } = await hq.store({ params });
    await expect(hq.updateStore({ params, body: { version, status: 'CLOSED' } })).rejects.toMatchObject({
      code: 'STORE_HAS_ORDERS',
    });
    const second = await hq.startClosing({ params, body: { toStoreId: null, answerDays: 3, reason } });
    await settle(e2e);
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('REFUNDED');
    for (const { id } of [first, second])
      expect((await hq.closing({ params: { id } })).closing).toMatchObject({ state: 'DONE' });
    await settle(e2e, 900);
    await expectQuiet(e2e);
  });
});

async function couponTemplate(): Promise<string> {
  const { console: desk } = await headquarters(e2e);
  const { id } = await desk.createCouponTemplate({ body: template() });
  await desk.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
  return id;
}

/** A hundred points for a coupon, or for a bag that waits in the store. */
async function exchangeAtNorth({ api, memberId }: Buyer, couponTemplateId: string | null = null) {
  await e2e.bench.unitOfWork.run('give', (tx) =>
    e2e.app.get(AssetLedger).credit(tx, e2e.brandId, 'POINTS', memberId as MemberId, [
      {
        lot: { kind: 'POINTS', amount: 100, originKind: 'ADJUST', originId: e2e.bench.ids.next(), title: '调整' },
        cause: { kind: 'ADJUST', ref: `ADJUST:closing:${e2e.bench.ids.next()}`, title: '调整' },
      },
    ]),
  );
  const hq = await headquarters(e2e);
  const good = await hq.console.createPointsGood({
    body: {
      kind: couponTemplateId ? 'COUPON' : 'GOODS',
      name: '帆布袋',
      imageUrl: '/files/demo/bag.jpg',
      description: '',
      points: 100,
      stock: 10,
      perPersonLimit: null,
      couponTemplateId,
      isListed: true,
      position: 1,
    },
  });
  return api.mall.redeemPoints({ params: { id: good.id }, body: { qty: 1, storeId: e2e.shop.north } });
}
