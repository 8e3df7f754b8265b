import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { AssetLedger } from '../../src/modules/asset-ledger/index.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { buy, headquarters } from './sale-steps.js';

jest.setTimeout(120_000);

let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e();
});
afterAll(async () => {
  expect(await e2e.broken()).toEqual([]);
  await e2e.close();
});

/** Sends the same request six times at once. @returns the ids that came back */
async function sixTimes<T extends { id: string }>(
  send: (key: { idempotencyKey: string }) => Promise<T>,
): Promise<string[]> {
  const key = { idempotencyKey: `twin-${e2e.bench.ids.next()}` };
  const made = await Promise.all(Array.from({ length: 6 }, () => send(key)));
  return made.map((one) => one.id);
}
const count = async (table: 'points_exchange' | 'asset_adjustment' | 'guide_change' | 'wallet_refund' | 'refund') =>
  Number(
    (
      await e2e.bench.database.query<{ n: string }>(`SELECT COUNT(*) AS n FROM ${table} WHERE brand_id = ?`, [
        e2e.brandId,
      ])
    )[0]?.n,
  );

describe('the same tap that comes six times at once is answered six times with what the first one did', () => {
  it('for an exchange of points that leaves neither points nor pieces for a second', async () => {
    const { api, memberId } = await e2e.consumer('lin');
    const hq = await headquarters(e2e);
    await e2e.bench.unitOfWork.run('give', (tx) =>
      e2e.app.get(AssetLedger).credit(tx, e2e.brandId, 'POINTS', memberId as MemberId, [
        {
          lot: { kind: 'POINTS', amount: 100, originKind: 'ADJUST', originId: e2e.bench.ids.next(), title: '调整' },
          cause: { kind: 'ADJUST', ref: 'ADJUST:twins', title: '调整' },
        },
      ]),
    );
    const good = await hq.console.createPointsGood({
      body: {
        kind: 'GOODS',
        name: '帆布袋',
        imageUrl: '/files/demo/bag.jpg',
        description: '',
        points: 100,
        stock: 1,
        perPersonLimit: 1,
        couponTemplateId: null,
        isListed: true,
        position: 1,
      },
    });
    const body = { qty: 1, storeId: e2e.shop.lake, expectedPoints: 100 };
    await expect(
      api.mall.redeemPoints({ params: { id: good.id }, body: { ...body, expectedPoints: 99 } }),
    ).rejects.toMatchObject({ code: 'GOOD_POINTS', detail: { points: 100 } });
    const ids = await sixTimes((key) => api.mall.redeemPoints({ params: { id: good.id }, body, ...key }));
    expect([new Set(ids).size, await count('points_exchange')]).toEqual([1, 1]);
    await expect(api.mall.redeemPoints({ params: { id: good.id }, body })).rejects.toMatchObject({
      code: 'GOOD_SOLD_OUT',
    });
  });

  it('for a refund of everything, after which nothing is left to refund', async () => {
    const lin = await e2e.consumer('lin');
    const { id } = await buy(e2e, lin);
    const wish = { params: { id }, body: { reason: '不想要了' } };
    const ids = await sixTimes((key) => lin.api.mall.requestRefund({ ...wish, ...key }));
    expect([new Set(ids).size, await count('refund')]).toEqual([1, 1]);
    await e2e.work(30);
    expect(await lin.api.mall.order({ params: { id } })).toMatchObject({ refundedFen: 100_000 });
    await expect(lin.api.mall.requestRefund(wish)).rejects.toMatchObject({ code: 'REFUND_NOT_POSSIBLE' });
  });

  it('for a correction by hand', async () => {
    const { memberId } = await e2e.consumer('lin');
    const hq = await headquarters(e2e);
    const body = { memberId, asset: 'POINTS' as const, amount: 10, reason: '补记' };
    const ids = await sixTimes((key) => hq.console.requestAdjustment({ body, ...key }));
    expect([new Set(ids).size, await count('asset_adjustment')]).toEqual([1, 1]);
  });

  it('for a wish for another guide, of which there may be one', async () => {
    const { api } = await e2e.consumer('zhou', { guideCode: 'LAKE' });
    const body = { toGuideId: e2e.shop.guides.north, reason: '搬家了' };
    const ids = await sixTimes((key) => api.mall.changeGuide({ body, ...key }));
    expect([new Set(ids).size, await count('guide_change')]).toEqual([1, 1]);
    await expect(api.mall.changeGuide({ body })).rejects.toMatchObject({ code: 'CHANGE_OPEN' });
  });

  it('for a balance that is given up, after which nothing is left to give up', async () => {
    const { api, openid } = await e2e.consumer('lin');
    const { agreement } = await api.mall.topUpTiers({ query: { storeId: e2e.shop.lake } });
    const wish = { storeId: e2e.shop.lake, amountFen: 5_000, agreementVersion: agreement.version };
    const tops = await sixTimes((key) => api.mall.topUp({ body: wish, ...key }));
    expect(new Set(tops).size).toBe(1);
    const { package: prepay } = await api.mall.payTopUp({ params: { id: tops[0] ?? '' } });
    expect(e2e.sims.pay.pay({ prepayId: prepay.replace('prepay_id=', ''), openid }).ok).toBe(true);
    await e2e.work();
    await api.mall.checkTopUp({ params: { id: tops[0] ?? '' } });
    const ids = await sixTimes(async (key) => {
      const { items } = await api.mall.requestBalanceRefund({ body: { expectedFen: 5_000 }, ...key });
      return items[0] as (typeof items)[number];
    });
    expect([new Set(ids).size, await count('wallet_refund')]).toEqual([1, 1]);
    await e2e.work(30);
    expect((await api.mall.walletRefunds()).items).toMatchObject([{ state: 'DONE', refundFen: 5_000 }]);
  });
});
