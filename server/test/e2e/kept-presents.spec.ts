import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { PresentChoice } from '@shuke/shared/contracts';
import { type E2e, openE2e } from '../harness/e2e.js';
import {
  type Buyer,
  buy,
  count,
  expectQuiet,
  fillShelves,
  handOver,
  headquarters,
  settle,
  splitOf,
} from './sale-steps.js';

jest.setTimeout(180_000);

/** What two of the four pieces cost; the present costs as much as one. */
const HALF_FEN = 200_000;
let e2e: E2e;
let lin: Buyer;
let giftSkuId: string;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  giftSkuId = e2e.shop.products.flatMap((product) => product.skus)[1] ?? '';
  const at = (hours: number) => new Date(e2e.sims.clock.now() + hours * 3_600_000).toISOString();
  const tiers = [{ atFen: 300_000, giftSkuId, giftQty: 1 }];
  const terms = { measure: 'MONEY', basis: 'PAID', reward: 'GIFT', mode: 'TIERS', tiers };
  const hq = await headquarters(e2e);
  const body = { kind: 'FULL_REDUCTION', name: '满 3000 送帆布袋', startsAt: at(-1), endsAt: at(500), terms } as never;
  const { id } = await hq.console.createPromotion({ body });
  await hq.console.runPromotion({ params: { id }, body: { days: 30 } });
  await hq.console.publishPromotion({ params: { id }, body: { acceptsBelowFloor: true, reason: '活动' } });
  await e2e.sims.clock.advance(6000);
});
afterAll(() => e2e.close());
afterEach(async () => {
  await settle(e2e, 240);
  await expectQuiet(e2e);
});

type Order = Awaited<ReturnType<typeof buy>>;
const goodsOf = (order: Order) => order.lines.find((line) => !line.isGift)?.id ?? '';
const giftOf = (order: Order) => order.lines.find((line) => line.isGift)?.id ?? '';
const giftOnHand = () =>
  count(e2e, 'SELECT on_hand AS n FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ?', [
    e2e.shop.north,
    giftSkuId,
  ]);

/** Four pieces and the present that they earn, handed over. */
async function received(): Promise<Order> {
  lin = await e2e.consumer('lin');
  const order = await buy(e2e, lin, { qty: 4, guideCode: 'NORTH' });
  await handOver(e2e, order.pickupCode);
  return order;
}

const wishOf = (lineId: string, kind: 'RETURN_REFUND' | 'REFUND_ONLY' = 'RETURN_REFUND', qty = 2) => ({
  ...{ kind, lines: [{ lineId, qty }], reason: 'CHANGED_MIND' as const },
  ...(kind === 'RETURN_REFUND' ? { returnWay: 'CARRIER' as const } : {}),
});
const look = (order: Order, wish: ReturnType<typeof wishOf>, presents?: { lineId: string; choice: PresentChoice }[]) =>
  lin.api.mall.previewAfterSale({ params: { id: order.id }, body: presents ? { ...wish, presents } : wish });

/** Asks as the preview said, and waits until goods and money are where they belong. */
async function giveBack(order: Order, lineId: string, choice?: PresentChoice) {
  lin = await e2e.consumer('lin');
  const wish = wishOf(lineId, 'RETURN_REFUND', lineId === giftOf(order) ? 1 : 2);
  const presents = choice ? [{ lineId: giftOf(order), choice }] : [];
  const preview = await look(order, wish, presents);
  const body = { ...wish, presents, expectedRefundFen: preview.sources.totalFen };
  const { id } = await lin.api.mall.requestAfterSale({ params: { id: order.id }, body });
  await (await e2e.guide('north')).guide.approveAfterSale({ params: { id }, body: {} });
  await lin.api.mall.sendBack({ params: { id }, body: { company: '顺丰', trackingNo: 'SF1234567890' } });
  await (await headquarters(e2e)).console.receiveAfterSale({ params: { id }, body: {} });
  await settle(e2e);
  const seen = await (await headquarters(e2e)).console.afterSale({ params: { id } });
  expect(seen).toMatchObject({ state: 'DONE', refundFen: preview.sources.totalFen });
  return seen;
}
const legsOf = async (order: Order) => (await splitOf(e2e, order.id)).legs.reduce((sum, leg) => sum + leg.fen, 0);

describe('a present whose goods go back', () => {
  it('is named with both choices and what each means, before anything is asked for', async () => {
    const order = await received();
    const [shown, ...others] = (await look(order, wishOf(goodsOf(order)))).presents ?? [];
    expect(others).toEqual([]);
    expect(shown).toMatchObject({ lineId: giftOf(order), qty: 1, choice: 'BACK', canKeep: true });
    expect(shown?.why).toContain('「满 3000 送帆布袋」');
    const kept = await look(order, wishOf(goodsOf(order)), [{ lineId: giftOf(order), choice: 'KEEP' }]);
    const keepFen = shown?.keepFen ?? 0;
    expect(keepFen).toBeGreaterThan(0);
    expect(kept.sources).toMatchObject({ totalFen: HALF_FEN - keepFen, presentsFen: keepFen });
    expect(kept.consequences).toContainEqual(
      expect.objectContaining({ kind: 'GIFT', title: '留下赠品', fen: keepFen }),
    );
  });

  it('comes back with them for nothing, and lies on the shelf again', async () => {
    const order = await received();
    const before = await giftOnHand();
    const done = await giveBack(order, goodsOf(order), 'BACK');
    expect(done.refundFen).toBe(HALF_FEN);
    expect(done.lines.map((line) => [line.refundFen, line.isGift ?? false])).toContainEqual([0, true]);
    expect(await giftOnHand()).toBe(before + 1);
    expect(await legsOf(order)).toBe(HALF_FEN);
  });

  it('stays for its price, which is shared out like the sale, and gives it back when it comes back later', async () => {
    const order = await received();
    const before = await giftOnHand();
    const first = await giveBack(order, goodsOf(order), 'KEEP');
    const [kept] = first.keptPresents ?? [];
    const keepFen = kept?.fen ?? 0;
    expect(kept).toMatchObject({ lineId: giftOf(order), qty: 1 });
    expect(first.refundFen).toBe(HALF_FEN - keepFen);
    expect(await legsOf(order)).toBe(HALF_FEN + keepFen);
    // It was paid for: nothing is asked about it again, and nothing held back twice.
    expect((await look(order, wishOf(goodsOf(order)))).presents).toBeUndefined();
    expect((await giveBack(order, goodsOf(order))).refundFen).toBe(HALF_FEN);
    expect(await legsOf(order)).toBe(keepFen);
    expect(await giftOnHand()).toBe(before);
    expect((await giveBack(order, giftOf(order))).refundFen).toBe(keepFen);
    expect(await giftOnHand()).toBe(before + 1);
    expect((await lin.api.mall.order({ params: { id: order.id } })).refundedFen).toBe(2 * HALF_FEN);
  });

  it('is not sent when it has not left; what nobody offered cannot be chosen', async () => {
    lin = await e2e.consumer('lin');
    const order = await buy(e2e, lin, { qty: 4 });
    const wish = wishOf(goodsOf(order), 'REFUND_ONLY', 4);
    const presents = [{ lineId: giftOf(order), choice: 'KEEP' as const }];
    const preview = await look(order, wish, presents);
    expect(preview.presents).toMatchObject([{ choice: 'BACK', canKeep: false }]);
    const ask = (body: object) =>
      lin.api.mall.requestAfterSale({ params: { id: order.id }, body: { ...wish, ...body } as never });
    await expect(ask({ presents })).rejects.toMatchObject({ code: 'AFTER_SALE_CHANGED' });
    const before = await giftOnHand();
    await ask({ expectedRefundFen: 2 * HALF_FEN });
    await settle(e2e);
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('REFUNDED');
    expect(await giftOnHand()).toBe(before);
  });

  it('stays with whoever keeps the goods too, and is asked for once by two cases side by side', async () => {
    const order = await received();
    expect((await look(order, wishOf(goodsOf(order), 'REFUND_ONLY'))).presents).toBeUndefined();
    const presents = [{ lineId: giftOf(order), choice: 'KEEP' as const }];
    const body = { ...wishOf(goodsOf(order)), presents };
    const made = await lin.api.mall.requestAfterSale({ params: { id: order.id }, body });
    expect((await look(order, wishOf(goodsOf(order)))).presents).toBeUndefined();
    await lin.api.mall.cancelAfterSale({ params: { id: made.id } });
    expect((await look(order, wishOf(goodsOf(order)))).presents).toHaveLength(1);
  });
});
