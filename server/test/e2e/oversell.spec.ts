import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, buy, count, expectQuiet, handOver, payOnPhone, settle, submit } from './sale-steps.js';

jest.setTimeout(180_000);
const CROWD = 500;

let e2e: E2e;
let crowd: Buyer[];
beforeAll(async () => {
  e2e = await openE2e({ consumers: CROWD });
  crowd = [];
  for (let from = 0; from < CROWD; from += 25)
    crowd.push(...(await Promise.all(Array.from({ length: 25 }, (_, at) => e2e.consumer(`buyer${from + at}`)))));
});
afterAll(() => e2e.close());

const skuAt = (at: number) => e2e.shop.products.flatMap((product) => product.skus)[at] ?? '';
const one = (at: number) => {
  const buyer = crowd[at];
  if (!buyer) throw new Error(`there is no buyer ${at}`);
  return buyer;
};
const shelf = async (sku: number, storeId: string = e2e.shop.north) => {
  const [row] = await e2e.bench.database.query<{ on_hand: number; reserved: number }>(
    'SELECT on_hand, reserved FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
    [e2e.brandId, storeId, skuAt(sku)],
  );
  return [Number(row?.on_hand), Number(row?.reserved)];
};
interface Answer {
  code?: string;
  message?: string;
  id?: string;
}
/** Everybody taps "submit" at the same moment for one piece of the same SKU. */
const rush = (buyers: readonly Buyer[], sku: number, key?: string): Promise<Answer[]> =>
  Promise.all(
    buyers.map(({ api }) =>
      api.mall
        .submitOrder({
          body: {
            storeId: e2e.shop.north,
            lines: [{ skuId: skuAt(sku), qty: 1 }],
            fulfil: 'PICKUP',
            expectedTotalFen: 100_000,
          },
          idempotencyKey: key,
        })
        .then(({ id }): Answer => ({ id }))
        .catch(({ code, message }: Answer): Answer => ({ code, message })),
    ),
  );
const ordersOf = (sku: number) =>
  count(
    e2e,
    'SELECT COUNT(DISTINCT o.id) AS n FROM sales_order o JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id WHERE o.brand_id = ? AND l.sku_id = ?',
    [skuAt(sku)],
  );

describe('ten pieces and five hundred buyers', () => {
  it('pain-01 sells exactly ten, tells the others kindly, and all ten can pay', async () => {
    const answers = await rush(crowd, 0);
    const winners = answers.flatMap((answer, at) => (answer.id ? [{ id: answer.id, buyer: one(at) }] : []));
    const losers = answers.filter((answer) => !answer.id);
    expect(winners).toHaveLength(10);
    expect(new Set(losers.map((loser) => loser.code))).toEqual(new Set(['SOLD_OUT']));
    expect(losers.every((loser) => /卖完/.test(loser.message ?? ''))).toBe(true);
    expect(await ordersOf(0)).toBe(10);
    expect(await shelf(0)).toEqual([10, 10]);

    await Promise.all(winners.map(({ id, buyer }) => payOnPhone(e2e, buyer, id)));
    await e2e.sims.clock.advance(1);
    await settle(e2e, 12);
    for (const { id, buyer } of winners) {
      const order = await buyer.api.mall.order({ params: { id } });
      expect(order.state).toBe('TO_PICKUP');
      await handOver(e2e, order.pickupCode);
    }
    expect(await shelf(0)).toEqual([0, 0]);
    await expectQuiet(e2e);
  });

  it('pain-01 gives the pieces back when orders are cancelled or their time to pay is over', async () => {
    const answers = await rush(crowd.slice(0, 40), 1);
    const winners = answers.flatMap((answer, at) => (answer.id ? [{ id: answer.id, buyer: one(at) }] : []));
    expect(winners).toHaveLength(10);
    // Half of them have opened the pay sheet, so WeChat has to be told as well.
    for (const { id, buyer } of winners.slice(0, 5)) await buyer.api.mall.pay({ params: { id } });
    await Promise.all(winners.slice(3, 6).map(({ id, buyer }) => buyer.api.mall.cancelOrder({ params: { id } })));
    expect(await shelf(1)).toEqual([10, 7]);
    await e2e.pass(31 * 60_000);
    await settle(e2e, 30);
    expect(await shelf(1)).toEqual([10, 0]);
    for (const { id, buyer } of winners) expect((await buyer.api.mall.order({ params: { id } })).state).toBe('CLOSED');
    const again = await rush(crowd.slice(100, 130), 1);
    expect(again.filter((answer) => answer.id)).toHaveLength(10);
    await e2e.pass(31 * 60_000);
    await settle(e2e, 30);
    await expectQuiet(e2e);
  });

  it('pain-01 buying several pieces and several SKUs in opposite order neither oversells nor deadlocks', async () => {
    const lines = [
      { skuId: skuAt(2), qty: 2 },
      { skuId: skuAt(3), qty: 1 },
    ];
    const answers = await Promise.all(
      crowd.slice(0, 60).map(({ api }, at) =>
        api.mall
          .submitOrder({
            body: {
              storeId: e2e.shop.north,
              lines: at % 2 === 0 ? lines : [...lines].reverse(),
              fulfil: 'PICKUP',
              expectedTotalFen: 300_000,
            },
          })
          .then(() => 'sold')
          .catch((error: Answer) => error.code),
      ),
    );
    expect(answers.filter((answer) => answer === 'sold')).toHaveLength(5);
    expect(new Set(answers)).toEqual(new Set(['sold', 'SOLD_OUT']));
    expect([await shelf(2), await shelf(3)]).toEqual([
      [10, 10],
      [10, 5],
    ]);
    await e2e.pass(31 * 60_000);
    await settle(e2e, 30);
    await expectQuiet(e2e);
  });
});

describe('the same tap many times', () => {
  it('gives one order for one key, however often and however parallel it is sent', async () => {
    const taps = await rush(
      Array.from({ length: 20 }, () => one(7)),
      4,
      'one-key-for-twenty-taps',
    );
    expect(new Set(taps.map((tap) => tap.id)).size).toBe(1);
    expect(taps[0]?.id).toBeDefined();
    expect(await ordersOf(4)).toBe(1);
    expect(await shelf(4)).toEqual([10, 1]);
  });

  it('gives one order for one key even when that order takes the last pieces', async () => {
    await e2e.bench.database.execute(
      'UPDATE stock SET on_hand = 2 WHERE brand_id = ? AND store_id = ? AND sku_id = ?',
      [e2e.brandId, e2e.shop.north, skuAt(4)],
    );
    const taps = await rush(
      Array.from({ length: 20 }, () => one(6)),
      4,
      'the-last-piece-and-one-key',
    );
    expect(new Set(taps.map((tap) => tap.id)).size).toBe(1);
    expect(taps[0]?.id).toBeDefined();
    expect(await shelf(4)).toEqual([2, 2]);
  });

  it('refuses the same key with other content instead of guessing', async () => {
    const refused = await rush([one(7)], 5, 'one-key-for-twenty-taps');
    expect(refused[0]).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    expect(await ordersOf(5)).toBe(0);
  });

  it('lets two people use the same key for two orders', async () => {
    const both = await rush([one(8), one(9)], 5, 'a-key-of-two-people');
    expect(new Set(both.map((answer) => answer.id)).size).toBe(2);
  });

  it('gives one refund for one key, asked ten times in parallel', async () => {
    const order = await buy(e2e, one(11), { sku: 3 });
    const ask = () =>
      one(11).api.mall.requestRefund({
        params: { id: order.id },
        body: { reason: '不想要了' },
        idempotencyKey: 'refund-key-of-eleven',
      });
    const asked = await Promise.all(Array.from({ length: 10 }, ask));
    expect(new Set(asked.map((refund) => refund.id)).size).toBe(1);
    await settle(e2e);
    expect((await ask()).id).toBe(asked[0]?.id);
    expect((await one(11).api.mall.order({ params: { id: order.id } })).refundedFen).toBe(100_000);
    expect(Object.values(e2e.sims.pay.sim.state.refunds)).toHaveLength(1);
  });

  it('hands one pickup code over once, however often the guide taps', async () => {
    const order = await buy(e2e, one(12), { sku: 3 });
    const guide = await e2e.guide('north');
    const taps = await Promise.all(
      Array.from({ length: 5 }, () =>
        guide.guide
          .verifyPickup({ params: { code: order.pickupCode ?? '' } })
          .then(() => 'handed over')
          .catch((error: Answer) => error.code),
      ),
    );
    expect(taps.filter((tap) => tap === 'handed over')).toHaveLength(1);
    expect(new Set(taps)).toEqual(new Set(['handed over', 'ORDER_STATE']));
  });
});

describe('goods and refunds', () => {
  it('a piece refunded before it left is free at once, and only the kept piece leaves the shelf', async () => {
    const before = await shelf(0, e2e.shop.shanghai);
    const buyer = one(20);
    const order = await submit(e2e, buyer, { storeId: e2e.shop.shanghai, qty: 2 });
    await payOnPhone(e2e, buyer, order.id);
    await e2e.sims.clock.advance(1);
    await settle(e2e, 8);
    const lineId = order.lines[0]?.id ?? '';
    const body = { reason: '多买了', lines: [{ lineId, qty: 1 }] };
    await buyer.api.mall.requestRefund({ params: { id: order.id }, body });
    await settle(e2e, 24);
    expect(await shelf(0, e2e.shop.shanghai)).toEqual([10, 1]);
    const { pickupCode } = await buyer.api.mall.order({ params: { id: order.id } });
    await (await e2e.guide('shanghai')).guide.verifyPickup({ params: { code: pickupCode ?? '' } });
    expect([before, await shelf(0, e2e.shop.shanghai)]).toEqual([
      [10, 0],
      [9, 0],
    ]);
    await buyer.api.mall.requestRefund({ params: { id: order.id }, body });
    await settle(e2e, 100);
    expect(await shelf(0, e2e.shop.shanghai)).toEqual([10, 0]);
    expect((await buyer.api.mall.order({ params: { id: order.id } })).state).toBe('REFUNDED');
    await e2e.pass(31 * 60_000);
    await settle(e2e, 30);
    await expectQuiet(e2e);
  });
});
