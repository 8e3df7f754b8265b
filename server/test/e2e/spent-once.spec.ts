import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import type { MemberId } from '@shuke/shared/kernel';
import { AssetLedger } from '../../src/modules/asset-ledger/index.js';
import { template } from '../../src/modules/coupons/testing/template.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { atOnce, publishNow, times } from './at-once.js';
import { type Buyer, count, fillShelves, headquarters, payOnPhone, settle } from './sale-steps.js';

jest.setTimeout(180_000);

let e2e: E2e;
let hq: Api;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  hq = await headquarters(e2e);
  lin = await e2e.consumer('lin');
});
afterAll(async () => {
  await settle(e2e, 60);
  const broken = await e2e.broken();
  await e2e.close();
  expect(broken).toEqual([]);
});

async function credit(asset: 'WALLET' | 'POINTS', amount: number): Promise<void> {
  const { ids, unitOfWork } = e2e.bench;
  const id = ids.next();
  const kind = asset === 'WALLET' ? ('PRINCIPAL' as const) : ('POINTS' as const);
  const lot = { kind, amount, originKind: 'TEST', originId: id, title: '测试', storeId: e2e.shop.north };
  await unitOfWork.run('credit', (tx) =>
    e2e.app
      .get(AssetLedger)
      .credit(tx, e2e.brandId, asset, lin.memberId as MemberId, [
        { lot, cause: { kind: 'EARN', ref: `TEST:${id}`, title: '测试' } },
      ]),
  );
}

/** An order of one coat at the price that is shown now, ready to be sent. */
async function wishWith(more: Record<string, unknown>) {
  const sku = e2e.shop.products[0]?.skus[0] ?? '';
  const wish = { storeId: e2e.shop.north, lines: [{ skuId: sku, qty: 1 }], fulfil: 'PICKUP', ...more };
  const preview = await lin.api.mall.preview({ body: { ...wish, withOffers: true } as never });
  const body = { ...wish, expectedTotalFen: preview.totalFen, expectedCashFen: preview.money?.cashFen };
  return { totalFen: preview.totalFen, send: () => lin.api.mall.submitOrder({ body: body as never }) };
}
const sumOf = (what: string, asset: string) =>
  count(e2e, `SELECT COALESCE(SUM(${what}), 0) AS n FROM asset_account WHERE brand_id = ? AND asset = ?`, [asset]);

describe('what somebody has is spent once, whichever ways are tried at once', () => {
  it('a coupon goes into one order, to one friend, or over one counter', async () => {
    const { id } = await hq.console.createCouponTemplate({ body: template({ name: '只有一张' }) });
    await hq.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
    const coupon = await lin.api.mall.takeCoupon({ params: { id }, body: {} });
    const { qrText } = await lin.api.mall.showCoupon({ params: { id: coupon.id } });
    const guide = await e2e.guide('north');
    const { send } = await wishWith({ couponIds: [coupon.id] });
    const body = { code: qrText, amountFen: 19_900, expectedDiscountFen: 5000 };
    const { made } = await atOnce<unknown>([
      ...times(6, send),
      ...times(6, () => lin.api.mall.giveCoupon({ params: { id: coupon.id } })),
      ...times(6, () => guide.guide.redeemCoupon({ body })),
    ]);
    expect(made).toHaveLength(1);
  });

  it('points pay one order or one present', async () => {
    await credit('POINTS', 1000);
    const good = await hq.console.createPointsGood({
      body: {
        kind: 'GOODS',
        name: '帆布袋',
        imageUrl: '/files/demo/bag.jpg',
        description: '',
        points: 1000,
        stock: 50,
        perPersonLimit: null,
        couponTemplateId: null,
        isListed: true,
        position: 1,
      },
    });
    const { totalFen, send } = await wishWith({ points: 1000 });
    expect(totalFen).toBeLessThan(100_000);
    const exchange = () =>
      lin.api.mall.redeemPoints({ params: { id: good.id }, body: { qty: 1, storeId: e2e.shop.north } });
    const { made } = await atOnce<unknown>([...times(10, send), ...times(10, exchange)]);
    expect(made).toHaveLength(1);
    expect(await sumOf('balance - held', 'POINTS')).toBe(0);
  });

  it('a balance pays one order or one bill at the counter, and is given up for what is left at most', async () => {
    await credit('WALLET', 10_000);
    const { send } = await wishWith({ walletFen: 10_000 });
    const { code } = await lin.api.mall.payCode();
    const [north, lake] = [await e2e.guide('north'), await e2e.guide('lake')];
    await atOnce<unknown>([
      ...times(6, send),
      ...[north, lake].flatMap((guide) =>
        times(6, () => guide.guide.chargePayCode({ body: { code, amountFen: 10_000 } })),
      ),
      ...times(6, () => lin.api.mall.requestBalanceRefund({ body: { expectedFen: 10_000 } })),
    ]);
    expect(await sumOf('balance', 'WALLET')).toBeGreaterThanOrEqual(0);
    expect(await sumOf('held', 'WALLET')).toBeLessThanOrEqual(10_000);
    const payments = await count(
      e2e,
      "SELECT COUNT(*) AS n FROM asset_hold WHERE brand_id = ? AND asset = 'WALLET' AND state <> 'RELEASED'",
      [],
    );
    expect(payments).toBeLessThanOrEqual(1);
  });
});

const statesOf = (promotionId: string) =>
  e2e.bench.database.query<{ state: string }>(
    'SELECT state FROM group_buy_seat WHERE brand_id = ? AND promotion_id = ? ORDER BY state',
    [e2e.brandId, promotionId],
  );

describe('what a person may do once is done once', () => {
  it('pain-15 a member with one seat who pays for four groups at once has one, and three times the money back', async () => {
    const items = [{ skuId: e2e.shop.products[0]?.skus[0], priceFen: 80_000 }];
    const promotionId = await publishNow(e2e, 'GROUP_BUY', {
      items,
      size: 2,
      hours: 24,
      joinsPerMember: 1,
      fillsUp: true,
    });
    const { send } = await wishWith({ activity: { promotionId } });
    const { made: orders } = await atOnce(times(4, send));
    await Promise.all(orders.map((order) => payOnPhone(e2e, lin, order.id)));
    await settle(e2e, 120);
    const states = (await statesOf(promotionId)).map((row) => row.state);
    expect(states.filter((state) => state === 'PAID')).toHaveLength(1);
    expect(states.filter((state) => state !== 'PAID' && state !== 'REFUNDED')).toEqual([]);
    expect(states).toHaveLength(orders.length);
  });

  it('a bargain at its floor is bought once', async () => {
    const skuId = e2e.shop.products[0]?.skus[0] ?? '';
    const promotionId = await publishNow(e2e, 'BARGAIN', {
      items: [{ skuId, floorFen: 50_000 }],
      helps: 1,
      hours: 48,
      needsFloor: true,
    });
    const { id } = await lin.api.mall.startBargain({ body: { promotionId, skuId, storeId: e2e.shop.north } });
    const friend = await e2e.consumer('chen');
    await friend.api.mall.helpBargain({ params: { id } });
    const { totalFen, send } = await wishWith({ activity: { promotionId, sessionId: id } });
    expect(totalFen).toBe(50_000);
    const { made: orders } = await atOnce(times(20, send));
    expect(orders).toHaveLength(1);
    await lin.api.mall.cancelOrder({ params: { id: orders[0]?.id ?? '' }, body: {} as never });
    expect((await atOnce(times(5, send))).made).toHaveLength(1);
  });

  it('a presale’s deposit that is paid by two sheets is one payment', async () => {
    const skuId = e2e.shop.products[0]?.skus[0] ?? '';
    const at = (hours: number) => new Date(e2e.sims.clock.now() + hours * 3_600_000).toISOString();
    const promotionId = await publishNow(e2e, 'PRESALE', {
      mode: 'DEPOSIT',
      items: [{ skuId, priceFen: 98_000, depositFen: 5_000, worthFen: 10_000 }],
      tailFrom: at(48),
      tailUntil: at(72),
      shipBy: at(200),
      forfeits: true,
    });
    const { send } = await wishWith({ activity: { promotionId } });
    const order = await send();
    const { made: sheets } = await atOnce(times(6, () => lin.api.mall.pay({ params: { id: order.id } })));
    const prepaid = sheets.map((sheet) => sheet.package.replace('prepay_id=', ''));
    const paid = prepaid.filter((prepayId) => e2e.sims.pay.pay({ prepayId, openid: lin.openid }).ok);
    expect(paid).toHaveLength(1);
    await settle(e2e, 10);
    expect(await lin.api.mall.order({ params: { id: order.id } })).toMatchObject({ presale: { due: 'TAIL' } });
  });
});
