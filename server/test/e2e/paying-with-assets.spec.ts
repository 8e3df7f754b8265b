import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { AssetLedger } from '../../src/modules/asset-ledger/index.js';
import { template } from '../../src/modules/coupons/testing/template.js';
import { terms } from '../../src/modules/coupons/testing/terms.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { effects } from './money-journeys.js';
import { type Buyer, count, expectQuiet, fillShelves, payOnPhone, settle } from './sale-steps.js';

jest.setTimeout(60_000);

/** Asked for where the wallet pays much. */
const PIN = '246810';

let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  await (await e2e.consumer('lin')).api.mall.setWalletPin({ body: { pin: PIN } });
});
afterAll(() => e2e.close());
beforeEach(async () => {
  lin = await e2e.consumer('lin');
});
afterEach(async () => {
  e2e.sims.core.faults.clear();
  await settle(e2e);
  await expectQuiet(e2e);
});

/** Gives the consumer wallet money or points as their own modules would. */
async function credit(asset: 'WALLET' | 'POINTS', amount: number): Promise<void> {
  const brandId = e2e.brandId as BrandId;
  const id = e2e.bench.ids.next();
  await e2e.bench.unitOfWork.run('credit', (tx) =>
    e2e.app.get(AssetLedger).credit(
      tx,
      brandId,
      asset,
      lin.memberId as MemberId,
      [
        {
          lot: {
            kind: asset === 'WALLET' ? 'PRINCIPAL' : 'POINTS',
            amount,
            originKind: 'TEST',
            originId: id,
            title: '测试',
            storeId: e2e.shop.north,
            terms: null,
            expiresAt: null,
          },
          cause: { kind: 'EARN', ref: `TEST:${id}`, title: '测试', storeId: e2e.shop.north, orderId: null },
        },
      ] as never,
    ),
  );
}

const held = (asset: string) =>
  count(e2e, 'SELECT COALESCE(SUM(held), 0) AS n FROM asset_account WHERE brand_id = ? AND asset = ?', [asset]);
const balance = (asset: string) =>
  count(e2e, 'SELECT COALESCE(SUM(balance), 0) AS n FROM asset_account WHERE brand_id = ? AND asset = ?', [asset]);

async function submit(wish: { points?: number; walletFen?: number }, key?: string) {
  const lines = [{ skuId: e2e.shop.products[0]?.skus[0] ?? '', qty: 1 }];
  const basket = { storeId: e2e.shop.north, lines, fulfil: 'PICKUP' as const, ...wish };
  const preview = await lin.api.mall.preview({ body: { ...basket, withOffers: true } });
  const body = {
    ...basket,
    ...(preview.needsWalletPin ? { walletPin: PIN } : {}),
    expectedTotalFen: preview.totalFen,
    expectedCashFen: preview.money?.cashFen ?? 0,
  };
  const order = await lin.api.mall.submitOrder(key ? { body, idempotencyKey: key } : { body });
  return { preview, order };
}
const orderOf = (id: string) => lin.api.mall.order({ params: { id } });

describe('orders that points and the wallet pay', () => {
  it('pays an order whole from the wallet as it is submitted, without WeChat Pay and without a split', async () => {
    await credit('WALLET', 100_000);
    const before = await balance('WALLET');
    const { preview, order } = await submit({ walletFen: 100_000 });
    expect(preview.offers?.wallet.usableFen).toBe(100_000);
    expect(order).toMatchObject({ state: 'TO_PICKUP', money: { walletFen: 100_000, cashFen: 0 } });
    expect(order.pickupCode).toMatch(/^\d{10}$/);
    expect(await balance('WALLET')).toBe(before - 100_000);
    expect(await held('WALLET')).toBe(0);
    await settle(e2e);
    expect(effects(e2e, order.id).orders).toBe(0);
    expect(
      await count(
        e2e,
        "SELECT COUNT(*) AS n FROM payment WHERE brand_id = ? AND order_id = ? AND channel = 'NONE' AND state = 'PAID'",
        [order.id],
      ),
    ).toBe(1);
    expect(await count(e2e, 'SELECT COUNT(*) AS n FROM split WHERE brand_id = ? AND order_id = ?', [order.id])).toBe(0);
    await expect(lin.api.mall.pay({ params: { id: order.id } })).rejects.toMatchObject({ code: 'ALREADY_PAID' });
  });

  it('holds points and wallet money at submission, asks WeChat for the rest only, and captures all when it is paid', async () => {
    await credit('WALLET', 30_000);
    await credit('POINTS', 1_000);
    const { order } = await submit({ walletFen: 30_000, points: 1_000 });
    expect(order).toMatchObject({
      state: 'PENDING_PAY',
      totalFen: 99_000,
      money: { pointsFen: 1_000, pointsUsed: 1_000, walletFen: 30_000, cashFen: 69_000 },
    });
    expect(await held('WALLET')).toBe(30_000);
    expect(await held('POINTS')).toBe(1_000);
    await payOnPhone(e2e, lin, order.id);
    await settle(e2e);
    expect((await orderOf(order.id)).state).toBe('TO_PICKUP');
    expect(effects(e2e, order.id).order?.total).toBe(69_000);
    expect([await held('WALLET'), await held('POINTS')]).toEqual([0, 0]);
    const legs = await count(
      e2e,
      'SELECT COALESCE(SUM(fen), 0) AS n FROM entitlement_leg WHERE brand_id = ? AND order_id = ?',
      [order.id],
    );
    expect(legs).toBe(69_000);
  });

  it('pain-03 gives everything back in one go when an order is cancelled or its time is over', async () => {
    await credit('WALLET', 20_000);
    await credit('POINTS', 1_000);
    const before = [await balance('WALLET'), await balance('POINTS')];
    const { order } = await submit({ walletFen: 20_000, points: 1_000 });
    await lin.api.mall.cancelOrder({ params: { id: order.id } });
    expect([await held('WALLET'), await held('POINTS')]).toEqual([0, 0]);
    const { order: late } = await submit({ walletFen: 20_000, points: 1_000 });
    await e2e.pass(31 * 60_000);
    await settle(e2e);
    expect((await orderOf(late.id)).state).toBe('CLOSED');
    expect([await held('WALLET'), await held('POINTS')]).toEqual([0, 0]);
    expect([await balance('WALLET'), await balance('POINTS')]).toEqual(before);
  });

  it('keeps what an order holds while WeChat does not say whether it was paid, however long after its deadline', async () => {
    await credit('WALLET', 30_000);
    await credit('POINTS', 1_000);
    const before = [await balance('WALLET'), await balance('POINTS')] as const;
    const { order } = await submit({ walletFen: 30_000, points: 1_000 });
    const silence = { target: 'pay' as const, times: 10_000 };
    e2e.sims.core.faults.add({ ...silence, side: 'callback', path: 'TRANSACTION.SUCCESS', kind: 'drop-callback' });
    await payOnPhone(e2e, lin, order.id);
    e2e.sims.core.faults.add({ ...silence, side: 'request', path: 'out-trade-no', kind: '5xx' });
    await settle(e2e, 3_600);
    expect((await orderOf(order.id)).state).toBe('PENDING_PAY');
    expect([await held('WALLET'), await held('POINTS')]).toEqual([30_000, 1_000]);
    e2e.sims.core.faults.clear();
    await settle(e2e);
    expect((await orderOf(order.id)).state).toBe('TO_PICKUP');
    expect([await balance('WALLET'), await balance('POINTS')]).toEqual([before[0] - 30_000, before[1] - 1_000]);
  });

  it('makes one order and holds once, however often the same tap arrives', async () => {
    await credit('WALLET', 10_000);
    const heldBefore = await held('WALLET');
    const key = `tap-${e2e.bench.ids.next()}`;
    const [first, second] = await Promise.all([submit({ walletFen: 10_000 }, key), submit({ walletFen: 10_000 }, key)]);
    expect(second.order.id).toBe(first.order.id);
    expect(await held('WALLET')).toBe(heldBefore + 10_000);
    await lin.api.mall.cancelOrder({ params: { id: first.order.id } });
  });

  it('pain-14 two joint coupons, points, the wallet and cash pay one order, and every share of every line is explained', async () => {
    await credit('WALLET', 30_001);
    await credit('POINTS', 1_000);
    const coupons = await takeTwoJointCoupons();
    const skus = e2e.shop.products.slice(0, 2).map((product) => product.skus[0] ?? '');
    const basket = {
      storeId: e2e.shop.north,
      lines: skus.map((skuId, at) => ({ skuId, qty: at + 1 })),
      fulfil: 'PICKUP' as const,
      couponIds: coupons,
      points: 1_000,
      walletFen: 30_001,
    };
    const preview = await lin.api.mall.preview({ body: basket });
    expect(preview.unusedCoupons ?? []).toEqual([]);
    expect(preview.money).toMatchObject({ couponFen: 8_000, pointsFen: 1_000, walletFen: 30_001, cashFen: 260_999 });
    const explained = preview.steps.reduce((sum, step) => sum + step.amountFen, 0);
    expect([preview.totalFen, explained]).toEqual([291_000, 291_000]);
    const order = await lin.api.mall.submitOrder({
      body: {
        ...basket,
        walletPin: PIN,
        expectedTotalFen: preview.totalFen,
        expectedCashFen: preview.money?.cashFen ?? 0,
      },
    });
    await payOnPhone(e2e, lin, order.id);
    await settle(e2e);
    expect(effects(e2e, order.id).order?.total).toBe(260_999);
    for (const id of coupons) expect((await lin.api.mall.coupon({ params: { id } })).state).toBe('USED');
    const lines = await e2e.bench.database.query<{ amount: string; payable: string; wallet: string; applied: string }>(
      `SELECT amount_fen AS amount, payable_fen AS payable, wallet_fen AS wallet, applied FROM order_line
       WHERE brand_id = ? AND order_id = ?`,
      [e2e.brandId, order.id],
    );
    type Applied = { kind: string; fen: number; bearers: { bp: number }[] };
    const shares = lines.map((line) => {
      const applied = (typeof line.applied === 'string' ? JSON.parse(line.applied) : line.applied) as Applied[];
      for (const { bearers } of applied) expect(bearers.reduce((sum, { bp }) => sum + bp, 0)).toBe(10_000);
      const off = applied.reduce((sum, one) => sum + one.fen, 0);
      expect(Number(line.payable)).toBe(Number(line.amount) - off);
      const coupon = applied.filter((one) => one.kind === 'COUPON').reduce((sum, one) => sum + one.fen, 0);
      return { off, coupon, wallet: Number(line.wallet), payable: Number(line.payable) };
    });
    const sum = (of: (one: (typeof shares)[number]) => number) => shares.reduce((total, one) => total + of(one), 0);
    expect([
      sum((one) => one.coupon),
      sum((one) => one.off),
      sum((one) => one.wallet),
      sum((one) => one.payable),
    ]).toEqual([8_000, 9_000, 30_001, 291_000]);
  });
});

async function takeTwoJointCoupons(): Promise<string[]> {
  const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  const ids: string[] = [];
  for (const [category, valueFen] of [
    ['gift', 5_000],
    ['care', 3_000],
  ] as const) {
    const { id } = await hq.console.createCouponTemplate({
      body: template({ terms: terms({ valueFen, stack: { mode: 'JOINT', category, perOrder: 1 } }) as never }),
    });
    await hq.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
    ids.push((await lin.api.mall.takeCoupon({ params: { id }, body: {} })).id);
  }
  return ids;
}
