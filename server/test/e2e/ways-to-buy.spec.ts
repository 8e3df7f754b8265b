import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, expectQuiet, fillShelves, handOver, headquarters, payOnPhone, settle } from './sale-steps.js';

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
afterAll(() => e2e.close());

const HOUR = 3_600_000;
const skuId = (at: number) => e2e.shop.products[at]?.skus[0] ?? '';
const inHours = (hours: number) => new Date(e2e.sims.clock.now() + hours * HOUR).toISOString();
const orderOf = (id: string) => lin.api.mall.order({ params: { id } });

async function publish(
  kind: 'PRESALE' | 'GROUP_BUY' | 'FULL_REDUCTION',
  terms: Record<string, unknown>,
): Promise<string> {
  hq = await headquarters(e2e);
  const body = { kind, name: kind, startsAt: inHours(-1), endsAt: inHours(500), terms };
  const { id } = await hq.console.createPromotion({ body: body as never });
  await hq.console.runPromotion({ params: { id }, body: { days: 30 } });
  await hq.console.publishPromotion({ params: { id }, body: { acceptsBelowFloor: true, reason: '活动' } });
  await e2e.sims.clock.advance(6000);
  return id;
}

async function order(body: Record<string, unknown>) {
  const wish = { storeId: e2e.shop.north, lines: [{ skuId: skuId(0), qty: 1 }], fulfil: 'PICKUP', ...body };
  const preview = await lin.api.mall.preview({ body: wish as never });
  return lin.api.mall.submitOrder({ body: { ...wish, expectedTotalFen: preview.totalFen } as never });
}

async function pay(id: string): Promise<void> {
  await payOnPhone(e2e, lin, id);
  await settle(e2e, 8);
}

describe('an order that begins to pay as it is submitted', () => {
  afterEach(() => e2e.sims.core.faults.clear());

  async function wishToPay() {
    const wish = { storeId: e2e.shop.north, lines: [{ skuId: skuId(0), qty: 1 }], fulfil: 'PICKUP' as const };
    const { totalFen } = await lin.api.mall.preview({ body: wish });
    return { ...wish, expectedTotalFen: totalFen, startPayment: true };
  }

  it('comes with what opens the pay sheet, and a repeat is the same order with the same number', async () => {
    const idempotencyKey = 'begin-to-pay-1';
    const body = await wishToPay();
    const made = await lin.api.mall.submitOrder({ body, idempotencyKey });
    const again = await lin.api.mall.submitOrder({ body, idempotencyKey });
    expect(again).toMatchObject({ id: made.id, payment: { package: made.payment?.package } });
    const prepayId = made.payment?.package.replace('prepay_id=', '') ?? '';
    expect(e2e.sims.pay.pay({ prepayId, openid: lin.openid }).ok).toBe(true);
    await settle(e2e, 8);
    expect((await orderOf(made.id)).state).toBe('TO_PICKUP');
  });

  it('stands without it when WeChat Pay refuses or does not answer, and paying tries again', async () => {
    for (const kind of ['drop-before-apply', 'drop-after-apply'] as const) {
      e2e.sims.core.faults.add({ target: 'pay', path: '/v3/pay/(partner/)?transactions/jsapi', kind, times: 9 });
      const made = await lin.api.mall.submitOrder({ body: await wishToPay() });
      expect(made).toMatchObject({ state: 'PENDING_PAY' });
      expect(made.payment).toBeUndefined();
      e2e.sims.core.faults.clear();
      await pay(made.id);
      expect((await orderOf(made.id)).state).toBe('TO_PICKUP');
    }
  });
});

const presaleTerms = (forfeits: boolean) => ({
  mode: 'DEPOSIT',
  items: [{ skuId: skuId(0), priceFen: 98_000, depositFen: 5_000, worthFen: 10_000 }],
  tailFrom: inHours(48),
  tailUntil: inHours(72),
  shipBy: inHours(200),
  forfeits,
});

describe('a presale with a deposit', () => {
  it('is paid in two payments, waits for its tail, and gives both back when everything is returned', async () => {
    const promotionId = await publish('PRESALE', presaleTerms(true));
    const made = await order({ activity: { promotionId } });
    expect(made.presale).toMatchObject({ depositFen: 5_000, tailFen: 88_000, due: 'DEPOSIT' });
    await pay(made.id);
    expect(await orderOf(made.id)).toMatchObject({ state: 'PENDING_PAY', canCancel: false, presale: { due: 'TAIL' } });
    await expect(lin.api.mall.pay({ params: { id: made.id } })).rejects.toMatchObject({ code: 'TAIL_NOT_YET' });
    await e2e.pass(49 * HOUR);
    lin = await e2e.consumer('lin');
    await pay(made.id);
    const paid = await orderOf(made.id);
    expect(paid).toMatchObject({ state: 'TO_PICKUP', presale: { due: 'DONE' } });
    await lin.api.mall.requestRefund({ params: { id: made.id }, body: { reason: '不想要了' } });
    await settle(e2e, 150);
    expect(await orderOf(made.id)).toMatchObject({ state: 'REFUNDED', refundedFen: 93_000 });
    await settle(e2e, 300);
    await expectQuiet(e2e);
  });

  it('pain-15 gives the deposit back by itself when the tail was missed and the deposit is not forfeit', async () => {
    const promotionId = await publish('PRESALE', presaleTerms(false));
    const made = await order({ activity: { promotionId } });
    await pay(made.id);
    await e2e.pass(73 * HOUR);
    await settle(e2e, 200);
    lin = await e2e.consumer('lin');
    const closed = await orderOf(made.id);
    expect(closed).toMatchObject({
      state: 'CLOSED',
      paidAt: null,
      canPay: false,
      presale: { due: 'DONE' },
      refunds: [{ amountFen: 5_000, state: 'SUCCESS' }],
    });
    expect(closed.timeline.map((one) => one.text)).toContain('尾款没有按时付，订单已关闭，定金原路退回');
    await expect(lin.api.mall.pay({ params: { id: made.id } })).rejects.toMatchObject({ code: 'ORDER_CLOSED' });
    expect(await lin.api.mall.checkPayment({ params: { id: made.id } })).toMatchObject({
      state: 'CLOSED',
      paidAt: null,
    });
    await expectQuiet(e2e);
  });
});

describe('a group that nobody joins', () => {
  it('pain-15 keeps the goods until it is complete and gives the money back by itself', async () => {
    const terms = {
      items: [{ skuId: skuId(1), priceFen: 80_000 }],
      size: 3,
      hours: 24,
      joinsPerMember: 3,
      fillsUp: false,
    };
    const promotionId = await publish('GROUP_BUY', terms);
    const made = await order({ lines: [{ skuId: skuId(1), qty: 1 }], activity: { promotionId } });
    await pay(made.id);
    const { pickupCode } = await orderOf(made.id);
    await expect(handOver(e2e, pickupCode)).rejects.toMatchObject({ code: 'ORDER_STATE' });
    await e2e.pass(25 * HOUR);
    await settle(e2e, 200);
    lin = await e2e.consumer('lin');
    expect(await orderOf(made.id)).toMatchObject({ state: 'REFUNDED', refundedFen: 80_000 });
  });
});

describe('other ways to get goods', () => {
  it('delivers nearby in a booked slot, at the fee of the distance, and gives the slot back when cancelled or refunded', async () => {
    hq = await headquarters(e2e);
    const service = await hq.console.storeService({ params: { id: e2e.shop.north } });
    const delivery = {
      ...service.delivery,
      isOn: true,
      tiers: [{ upToM: 3000, feeFen: 600 }],
      slots: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '20:00', capacity: 1 }],
    };
    await hq.console.updateStoreService({
      params: { id: e2e.shop.north },
      body: { version: service.version, delivery },
    });
    await e2e.sims.clock.advance(3000);
    const store = (await lin.api.mall.stores({ query: {} })).items.find((one) => one.id === e2e.shop.north);
    const here = { latitude: Number(store?.latitude), longitude: Number(store?.longitude) };
    const ways = await lin.api.mall.fulfilOptions({ params: { id: e2e.shop.north }, query: here });
    const slot = ways.delivery.slots[0]?.id ?? '';
    const address = await lin.api.mall.addAddress({
      body: {
        name: '小林',
        phone: '13800000001',
        province: '浙江省',
        city: '杭州市',
        district: '拱墅区',
        detail: '湖墅南路 1 号',
      },
    });
    const wish = { fulfil: 'DELIVERY', addressId: address.id, delivery: { slot, ...here } };
    const first = await order(wish);
    expect(first).toMatchObject({ freightFen: 600, delivery: { slot } });
    await expect(order(wish)).rejects.toMatchObject({ code: expect.stringMatching(/SLOT_FULL|DELIVERY_NOT_OFFERED/) });
    await lin.api.mall.cancelOrder({ params: { id: first.id } });
    const changedMind = await order(wish);
    await pay(changedMind.id);
    await lin.api.mall.requestRefund({ params: { id: changedMind.id }, body: { reason: '那天不在家' } });
    await settle(e2e, 150);
    expect((await orderOf(changedMind.id)).state).toBe('REFUNDED');
    const second = await order(wish);
    await pay(second.id);
    const guide = await e2e.guide('north');
    await guide.guide.sendOut({ params: { id: second.id }, body: { courier: '店员小周' } });
    const arrived = await guide.guide.delivered({ params: { id: second.id } });
    expect(arrived.state).toBe('RECEIVED');
  });

  it('lets a consumer scan a tag, pay and leave past the guide who checks the code at the exit', async () => {
    const [sku] = await e2e.bench.database.query<{ code: string }>(
      'SELECT code FROM sku WHERE brand_id = ? AND id = ?',
      [e2e.brandId, skuId(2)],
    );
    const item = await lin.api.mall.scanItem({ params: { id: e2e.shop.north, code: sku?.code ?? '' } });
    expect(item.skuId).toBe(skuId(2));
    const made = await order({ lines: [{ skuId: item.skuId, qty: 1 }], fulfil: 'SCAN_AND_GO' });
    expect(made.totalFen).toBe(item.priceFen);
    await pay(made.id);
    const { pickupCode } = await orderOf(made.id);
    expect((await handOver(e2e, pickupCode)).state).toBe('RECEIVED');
  });

  it('takes the price of the member’s level off after promotions, with headquarters bearing it', async () => {
    hq = await headquarters(e2e);
    const { version: _, publishedAt: __, memberCounts: ___, ...scheme } = await hq.console.levelScheme();
    const levels = scheme.levels.map((one) => ({ ...one, benefits: { ...one.benefits, discountBp: 9_500 } }));
    await hq.console.setLevelScheme({ body: { ...scheme, levels } });
    await e2e.sims.clock.advance(6000);
    const made = await order({});
    expect(made.goodsFen - made.totalFen).toBe(Math.floor(made.goodsFen / 20));
    expect(made.steps.find((step) => step.label === '会员价')?.explain).toContain('95 折');
    const [line] = await e2e.bench.database.query<{ applied: unknown }>(
      'SELECT applied FROM order_line WHERE brand_id = ? AND order_id = ?',
      [e2e.brandId, made.id],
    );
    const shares = line?.applied;
    expect(typeof shares === 'string' ? JSON.parse(shares) : shares).toMatchObject([
      { kind: 'LEVEL', bearers: [{ party: 'HQ', bp: 10_000 }] },
    ]);
    await lin.api.mall.cancelOrder({ params: { id: made.id } });
    expect(await e2e.broken()).toEqual([]);
  });
});

describe('presents', () => {
  it('go along while there are any; an order is made without them when they have run out or are not wanted', async () => {
    lin = await e2e.consumer('lin');
    const giftSkuId = e2e.shop.products[2]?.skus[1] ?? '';
    const tiers = [{ atFen: 50_000, giftSkuId, giftQty: 1 }];
    const terms = { measure: 'MONEY', basis: 'PAID', reward: 'GIFT', mode: 'TIERS', tiers };
    await publish('FULL_REDUCTION', terms);
    lin = await e2e.consumer('lin');
    await e2e.bench.database.execute(
      'UPDATE stock SET on_hand = reserved + 1 WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
      [e2e.brandId, e2e.shop.north, giftSkuId],
    );
    const wish = { storeId: e2e.shop.north, lines: [{ skuId: skuId(1), qty: 1 }], fulfil: 'PICKUP' as const };
    const { totalFen: expectedTotalFen } = await waitFor(
      () => lin.api.mall.preview({ body: wish }),
      (seen) => seen.gifts?.length === 1,
    );
    const without = await lin.api.mall.submitOrder({ body: { ...wish, noGifts: true, expectedTotalFen } });
    expect(without.lines.map((line) => line.skuId)).toEqual([skuId(1)]);
    // Six want the last one at the same instant: all six get their goods, and one of them the present.
    const made = await Promise.all(
      Array.from({ length: 6 }, () => lin.api.mall.submitOrder({ body: { ...wish, expectedTotalFen } })),
    );
    expect(made.filter((one) => one.lines.some((line) => line.skuId === giftSkuId))).toHaveLength(1);
    const after = await lin.api.mall.preview({ body: wish });
    expect(after).toMatchObject({ gifts: [], goneGifts: [{ skuId: giftSkuId }], totalFen: expectedTotalFen });
    for (const { id } of [without, ...made]) await lin.api.mall.cancelOrder({ params: { id } });
    await expectQuiet(e2e);
  });

  it('go with the goods that earned them: asked for where what stays no longer does, and only then', async () => {
    const bought = await order({ lines: [{ skuId: skuId(1), qty: 2 }] });
    await pay(bought.id);
    const [line, gift] = bought.lines;
    expect([line?.isGift, gift?.isGift]).toEqual([undefined, true]);
    const said = async (qty: number, withGift = false) => {
      const lines = [line, withGift ? gift : undefined].flatMap((one, at) =>
        one ? [{ lineId: one.id, qty: at === 0 ? qty : 1 }] : [],
      );
      const wish = { kind: 'REFUND_ONLY' as const, reason: 'CHANGED_MIND' as const, lines };
      const { consequences } = await lin.api.mall.previewAfterSale({ params: { id: bought.id }, body: wish });
      return consequences.filter((one) => one.kind === 'GIFT').map((one) => one.text);
    };
    expect(await said(1)).toEqual([]);
    expect(await said(2)).toEqual([`退货后不满赠送的条件，「${gift?.name}」不再送出`]);
    expect(await said(2, true)).toEqual([]);
  });
});

async function waitFor<T>(look: () => Promise<T>, isThere: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    const seen = await look();
    if (isThere(seen)) return seen;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  throw new Error('waited for ever');
}
