import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CouponTerms } from '../../src/modules/coupons/index.js';
import { template } from '../../src/modules/coupons/testing/template.js';
import { terms } from '../../src/modules/coupons/testing/terms.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, expectQuiet, fillShelves, headquarters, payOnPhone, settle } from './sale-steps.js';

jest.setTimeout(180_000);

let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  lin = await e2e.consumer('lin');
});
afterAll(() => e2e.close());
afterEach(async () => {
  await settle(e2e, 240);
  await expectQuiet(e2e);
});

type Order = { id: string; lines: { id: string }[] };

async function coupon(more: Partial<CouponTerms>): Promise<string> {
  const hq = await headquarters(e2e);
  const { id } = await hq.console.createCouponTemplate({ body: template({ terms: terms(more) as never }) });
  await hq.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
  return (await lin.api.mall.takeCoupon({ params: { id }, body: {} })).id;
}

/** Pays an order of some pieces of the shop's first SKUs. */
async function bought(qty: readonly number[], couponIds: string[] = [], addressId?: string) {
  const skus = e2e.shop.products.flatMap((product) => product.skus);
  const lines = qty.map((pieces, at) => ({ skuId: skus[at] ?? '', qty: pieces }));
  const way = addressId ? { fulfil: 'SHIP' as const, addressId } : { fulfil: 'PICKUP' as const };
  const wish = { storeId: e2e.shop.north, lines, couponIds, ...way };
  const { totalFen: expectedTotalFen } = await lin.api.mall.preview({ body: wish });
  const order = await lin.api.mall.submitOrder({ body: { ...wish, expectedTotalFen } });
  await payOnPhone(e2e, lin, order.id);
  await settle(e2e, 20);
  return order;
}

const wishOf = (order: Order, qty: readonly number[]) => ({
  kind: 'REFUND_ONLY' as const,
  lines: qty.flatMap((pieces, at) => (pieces > 0 ? [{ lineId: order.lines[at]?.id ?? '', qty: pieces }] : [])),
  reason: 'CHANGED_MIND' as const,
});
const look = (order: Order, qty: readonly number[]) =>
  lin.api.mall.previewAfterSale({ params: { id: order.id }, body: wishOf(order, qty) });

/** Asks for pieces of the lines and waits for the money. @returns what the preview had said */
async function giveBack(order: Order, qty: readonly number[]) {
  const preview = await look(order, qty);
  const body = { ...wishOf(order, qty), expectedRefundFen: preview.sources.totalFen };
  const made = await lin.api.mall.requestAfterSale({ params: { id: order.id }, body });
  await settle(e2e, 30);
  expect((await lin.api.mall.afterSale({ params: { id: made.id } })).state).toBe('DONE');
  return preview;
}

/** What each party has got or owes by entries of these kinds about a subject. */
async function standing(kinds: readonly string[], subject: string): Promise<Record<string, number>> {
  const rows = await e2e.bench.database.query<{ party: string; fen: string }>(
    `SELECT l.party, SUM(l.fen) AS fen FROM clearing_entry e JOIN clearing_leg l ON l.brand_id = e.brand_id AND l.entry_id = e.id
     WHERE e.brand_id = ? AND e.kind IN (${kinds.map(() => '?').join(',')}) AND e.subject_id LIKE ? GROUP BY l.party`,
    [e2e.brandId, ...kinds, `${subject}%`],
  );
  return Object.fromEntries(rows.map((row) => [row.party.split(':')[0] ?? '', Number(row.fen)]));
}
const textOf = (preview: { consequences: { kind: string; title: string; text: string }[] }, kind: string) =>
  preview.consequences.filter((one) => one.kind === kind).map((one) => `${one.title}：${one.text}`);

describe('partial refunds of an order with a coupon', () => {
  const charged = (id: string) => standing(['COUPON_USE', 'COUPON_BACK'], id);

  it('give its bearers back the share of the refunded pieces, in sum exactly what it took off, and the coupon at the end', async () => {
    const id = await coupon({ valueFen: 5001 });
    const order = await bought([3, 1], [id]);
    expect(await charged(id)).toEqual({ STORE: 5001, HQ: -3001, FRANCHISEE: -2000 });
    let left = 5001;
    for (const pieces of [[1], [0, 1], [1]]) {
      const preview = await giveBack(order, pieces);
      const said = /用它减了 ¥([\d.]+)/.exec(textOf(preview, 'COUPON').join());
      left -= Math.round(Number(said?.[1]) * 100);
      expect(textOf(preview, 'COUPON')[0]).toContain('退完全部商品才会退回');
      const now = await charged(id);
      expect(now['STORE']).toBe(left);
      expect((now['HQ'] ?? 0) + (now['FRANCHISEE'] ?? 0)).toBe(-left);
      expect((await lin.api.mall.coupon({ params: { id } })).state).toBe('USED');
    }
    expect(left).toBeGreaterThan(0);
    expect(textOf(await giveBack(order, [1]), 'COUPON')).toEqual([
      '优惠券退回：「满减券」会退回你的卡包，有效期不变；已经过期的再给 7 天',
    ]);
    expect(await charged(id)).toEqual({ STORE: 0, HQ: 0, FRANCHISEE: 0 });
    expect((await lin.api.mall.coupon({ params: { id } })).state).toBe('AVAILABLE');
  });

  it('say so when the terms do not let the coupon come back, and keep that promise; nobody bears its discount either', async () => {
    const id = await coupon({ valueFen: 3000, isRefundable: false });
    const order = await bought([2], [id]);
    expect(textOf(await giveBack(order, [1]), 'COUPON')[0]).toContain('「满减券」用过不退');
    expect(await charged(id)).toEqual({ STORE: 1500, HQ: -900, FRANCHISEE: -600 });
    expect(textOf(await giveBack(order, [1]), 'COUPON')[0]).toContain('退完全部商品也不会退回');
    expect(await charged(id)).toEqual({ STORE: 0, HQ: 0, FRANCHISEE: 0 });
    expect((await lin.api.mall.coupon({ params: { id } })).state).toBe('USED');
  });
});

describe('partial refunds that break the condition of a discount, for a brand that recomputes', () => {
  beforeAll(async () => {
    const hq = await headquarters(e2e);
    const rules = await hq.console.afterSaleRules();
    await hq.console.setAfterSaleRules({ body: { ...rules, condition: 'RECOMPUTE' } });
    const tiers = [
      { atFen: 200_000, cutFen: 10_000 },
      { atFen: 350_000, cutFen: 40_000 },
    ];
    const terms = { measure: 'MONEY', basis: 'PAID', reward: 'AMOUNT', mode: 'TIERS', tiers };
    await promotion('FULL_REDUCTION', '满减', terms);
  });

  async function promotion(kind: string, name: string, terms: object): Promise<void> {
    const hq = await headquarters(e2e);
    const at = (hours: number) => new Date(e2e.sims.clock.now() + hours * 3_600_000).toISOString();
    const body = { kind, name, startsAt: at(-1), endsAt: at(500), terms } as never;
    const { id } = await hq.console.createPromotion({ body });
    await hq.console.runPromotion({ params: { id }, body: { days: 30 } });
    await hq.console.publishPromotion({ params: { id }, body: { acceptsBelowFloor: true, reason: '活动' } });
    await e2e.sims.clock.advance(6000);
  }

  const lossOf = (preview: Awaited<ReturnType<typeof look>>) =>
    preview.consequences.filter((one) => one.kind === 'CONDITION').map((one) => [one.title, one.fen]);

  it('hold back what the goods that stay no longer earn, down to the lower tier, and give it back in the end', async () => {
    const order = await bought([3, 1]);
    expect(order.totalFen).toBe(360_000);
    const back: [number, number][] = [];
    for (const pieces of [[1], [0, 1], [1], [1]]) {
      const { sources } = await giveBack(order, pieces);
      back.push([sources.totalFen, sources.withheldFen]);
    }
    expect(back).toEqual([
      [70_000, 20_000],
      [100_000, 10_000],
      [90_000, 10_000],
      [100_000, 0],
    ]);
  });

  it('never charge the freight that the sum of the goods had waived, whatever stays, and say so', async () => {
    const { id: addressId } = await lin.api.mall.addAddress({
      body: {
        ...{ name: '小林', phone: '13800000001', province: '浙江省', city: '杭州市', district: '拱墅区' },
        detail: '湖墅南路 1 号',
      },
    });
    // From 3,000 on the goods travel free; the second refund leaves 1,900 of them.
    const order = await bought([3, 1], [], addressId);
    expect(order).toMatchObject({ freightFen: 0, totalFen: 360_000 });
    const back: number[] = [];
    for (const pieces of [[1], [0, 1], [1]]) {
      const preview = await giveBack(order, pieces);
      expect(textOf(preview, 'FREIGHT')).toEqual(['运费：下单时没有收运费，退掉一部分也不用补']);
      back.push(preview.sources.totalFen);
    }
    const last = await giveBack(order, [1]);
    expect(textOf(last, 'FREIGHT')).toEqual([]);
    expect([...back, last.sources.totalFen]).toEqual([70_000, 100_000, 90_000, 100_000]);
  });

  it('say what is lost by name, also of a coupon, and refuse a refund that would give nothing', async () => {
    const id = await coupon({ valueFen: 90_000, thresholdFen: 150_000 });
    const order = await bought([1, 1], [id]);
    expect(order.totalFen).toBe(100_000);
    const said = look(order, [1]);
    // The piece was paid with 500; what stays loses its 450 of the coupon and its 50 of the reduction.
    await expect(said).rejects.toMatchObject({ code: 'AFTER_SALE_NOTHING' });
    const body = { reason: '不想要了', lines: [{ lineId: order.lines[0]?.id ?? '', qty: 1 }] };
    await expect(lin.api.mall.requestRefund({ params: { id: order.id }, body })).rejects.toMatchObject({
      code: 'REFUND_NOT_POSSIBLE',
    });
    expect((await giveBack(order, [1, 1])).sources).toMatchObject({ totalFen: 100_000, withheldFen: 0 });
    const more = await bought([3], [await coupon({ valueFen: 20_000, thresholdFen: 250_000 })]);
    expect(lossOf(await look(more, [1]))).toEqual([
      ['不再满足优惠条件', 13_333],
      ['优惠照样保留', null],
    ]);
  });

  it('count the pieces of a case at its side as gone, so that two cases together cannot keep what one could not', async () => {
    const order = await bought([2, 2]);
    const side = { ...wishOf(order, [2]), expectedRefundFen: (await look(order, [2])).sources.totalFen };
    expect(side.expectedRefundFen).toBe(170_000);
    const first = await lin.api.mall.requestAfterSale({ params: { id: order.id }, body: side });
    expect((await look(order, [0, 1])).sources.withheldFen).toBe(10_000);
    const second = await giveBack(order, [0, 1]);
    await settle(e2e, 30);
    expect((await lin.api.mall.afterSale({ params: { id: first.id } })).refundFen).toBe(170_000);
    expect(second.sources.withheldFen).toBe(10_000);
    const rest = await giveBack(order, [0, 1]);
    expect(rest.sources.withheldFen).toBe(0);
    expect((await lin.api.mall.order({ params: { id: order.id } })).refundedFen).toBe(360_000);
  });

  it('charge a part of a bundle its own price when the other is given back, say so, and give all back in the end', async () => {
    const parts = e2e.shop.products.flatMap((product) => product.skus).slice(0, 2);
    const terms = { mode: 'FIXED', parts: parts.map((skuId) => ({ skuId, qty: 1 })), priceFen: 150_000, times: 1 };
    await promotion('BUNDLE', '两件套', terms);
    const order = await bought([1, 1]);
    expect(order.totalFen).toBe(150_000);
    const first = await giveBack(order, [1]);
    expect(first.sources).toMatchObject({ totalFen: 50_000, withheldFen: 25_000 });
    expect(textOf(first, 'CONDITION')).toEqual([
      '不再满足优惠条件：留下的商品凑不齐原来的「两件套」，按留下的几件重新算，多减的 ¥250 要从退款里扣；全部退完会补给你',
    ]);
    expect((await giveBack(order, [0, 1])).sources).toMatchObject({ totalFen: 100_000, withheldFen: 0 });
  });
});
