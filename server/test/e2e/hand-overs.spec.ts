import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Api, createApi, fetchTransport } from '@shuke/shared/api';
import type { MemberId } from '@shuke/shared/kernel';
import { Points } from '../../src/modules/assets/index.js';
import { Sessions } from '../../src/platform/access/sessions.js';
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

const MINUTE = 60_000;
let e2e: E2e;
let lin: Buyer;
let guide: Api;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
});
// Sessions end when a test lets days go by.
beforeEach(async () => {
  lin = await e2e.consumer('lin');
  guide = await e2e.guide('north');
});
afterAll(() => e2e.close());
afterEach(async () => {
  await settle(e2e, 240);
  await expectQuiet(e2e);
});

type Order = Awaited<ReturnType<typeof buy>>;
const codeOf = (done: Promise<unknown>): Promise<string> =>
  done.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const orderNow = ({ id }: Pick<Order, 'id'>): Promise<Order> => lin.api.mall.order({ params: { id } });
const pendingPoints = async () => (await lin.api.mall.points()).pending;
const shelf = () =>
  count(e2e, 'SELECT SUM(on_hand * 10000 + reserved) AS n FROM stock WHERE brand_id = ? AND store_id = ?', [
    e2e.shop.north,
  ]);

async function received(): Promise<Order> {
  const order = await buy(e2e, lin, { guideCode: 'NORTH' });
  await handOver(e2e, order.pickupCode);
  return order;
}
const lastOf = async (subjectId: string, api = guide) => (await api.guide.handOvers({ query: { subjectId } })).items[0];
const undoOf = async (subjectId: string, api = guide) =>
  api.guide.undoHandOver({
    params: { id: (await lastOf(subjectId))?.id ?? '' },
    body: { reason: '拿错了货' },
  });
/** Somebody of the northern store who is no manager; the harness logs managers in. */
async function clerk(): Promise<Api> {
  const { bench, shop } = e2e;
  const who = { kind: 'guide', brandId: bench.brandId, guideId: shop.guides.north, storeId: shop.north } as const;
  const token = await e2e.app.get(Sessions).issue({ ...who, isManager: false });
  const headers = () => ({ authorization: `Bearer ${token}` });
  return createApi({ baseUrl: e2e.origin, transport: fetchTransport(), headers });
}

describe('a pickup handed over by mistake', () => {
  it('waits again under its code with its pieces held, its points taken back, and earns them anew', async () => {
    const order = await buy(e2e, lin, { guideCode: 'NORTH' });
    const [waiting, before] = [await shelf(), await pendingPoints()];
    expect((await handOver(e2e, order.pickupCode)).memberName).toBe((await lin.api.mall.me()).profile.nickname);
    await e2e.work(5);
    const earned = (await pendingPoints()) - before;
    expect(earned).toBeGreaterThan(0);
    expect(await lastOf(order.id)).toMatchObject({ kind: 'ORDER', state: 'DONE', canUndo: true });

    expect(await undoOf(order.id)).toMatchObject({ state: 'UNDONE', undoReason: '拿错了货', canUndo: false });
    expect([await shelf(), await pendingPoints()]).toEqual([waiting, before]);
    const again = await orderNow(order);
    expect(again).toMatchObject({ state: 'TO_PICKUP', pickupCode: order.pickupCode });
    expect(again.timeline.slice(-2).map((one) => one.text)).toEqual(['已到店自提', '门店撤销了这次交货：拿错了货']);
    const desk = await (await headquarters(e2e)).console.order({ params: { id: order.id } });
    expect(desk.timeline).toEqual(again.timeline);
    await e2e.work(5);
    expect(await pendingPoints()).toBe(before);

    await handOver(e2e, order.pickupCode);
    await e2e.work(5);
    expect((await pendingPoints()) - before).toBe(earned);
    expect((await orderNow(order)).state).toBe('RECEIVED');
  });

  it('can be given back whole while it waits, and finishes and is split once when it is fetched', async () => {
    const [given, fetched] = [await received(), await received()];
    for (const one of [given, fetched]) await undoOf(one.id);
    await lin.api.mall.requestAfterSale({
      params: { id: given.id },
      body: { kind: 'REFUND_ONLY', lines: [{ lineId: given.lines[0]?.id ?? '', qty: 1 }], reason: 'CHANGED_MIND' },
    });
    await settle(e2e);
    expect((await orderNow(given)).state).toBe('REFUNDED');
    await handOver(e2e, fetched.pickupCode);
    await e2e.pass(9 * 86_400_000);
    await settle(e2e);
    lin = await e2e.consumer('lin');
    expect((await orderNow(fetched)).state).toBe('FINISHED');
    expect((await splitOf(e2e, fetched.id)).state).toBe('FINISHED');
    guide = await e2e.guide('north');
    expect(await codeOf(undoOf(fetched.id))).toBe('ORDER_STATE');
  });

  it('is not told to WeChat while it waits, and is told once when it is fetched', async () => {
    const order = await received();
    const told = () =>
      count(e2e, "SELECT COUNT(*) AS n FROM shipping_upload WHERE brand_id = ? AND order_id = ? AND state = 'DONE'", [
        order.id,
      ]);
    await undoOf(order.id);
    await settle(e2e);
    expect(await told()).toBe(0);
    await handOver(e2e, order.pickupCode);
    await settle(e2e);
    expect(await told()).toBe(1);
    await undoOf(order.id);
    await handOver(e2e, order.pickupCode);
    await settle(e2e);
    expect(await told()).toBe(1);
  });
});

describe('who may undo a hand-over', () => {
  it("is whoever handed it over within the brand's minutes, then the manager, and nobody of another store", async () => {
    const desk = (await headquarters(e2e)).console;
    await desk.setCounterRules({ body: { undoMinutes: 3 } });
    // Who saves the rules of coupons, which were read before, does not take the counter's back.
    const { reverseMinutes: _, ...ofCoupons } = await desk.couponSettings();
    expect((await desk.setCouponSettings({ body: ofCoupons })).reverseMinutes).toBe(3);
    expect(await desk.counterRules()).toEqual({ undoMinutes: 3 });
    expect((await (await clerk()).guide.me()).undoMinutes).toBe(3);
    const order = await received();
    const id = (await lastOf(order.id))?.id ?? '';
    const undo = (api: Api) => codeOf(api.guide.undoHandOver({ params: { id }, body: { reason: '拿错了货' } }));
    expect(await undo(await e2e.guide('lake'))).toBe('NOT_FOUND');
    await e2e.pass(4 * MINUTE);
    expect((await lastOf(order.id, await clerk()))?.canUndo).toBe(false);
    expect(await undo(await clerk())).toBe('UNDO_NOT_ALLOWED');
    expect(await undo(await e2e.guide('north'))).toBe('done');
    expect(await undo(await e2e.guide('north'))).toBe('ALREADY_UNDONE');

    await handOver(e2e, order.pickupCode);
    expect((await undoOf(order.id, await clerk())).state).toBe('UNDONE');
    await (await headquarters(e2e)).console.setCounterRules({ body: { undoMinutes: 10 } });
  });

  it('is nobody once something stands on it', async () => {
    const [reviewed, returned] = [await received(), await received()];
    await lin.api.mall.addReview({
      body: { orderId: reviewed.id, lineId: reviewed.lines[0]?.id ?? '', stars: 5, text: '很好' },
    });
    await askReturn(returned);
    guide = await e2e.guide('north');
    for (const one of [reviewed, returned]) expect(await codeOf(undoOf(one.id))).toBe('UNDO_NOT_POSSIBLE');
    for (const one of [reviewed, returned]) expect((await orderNow(one)).state).toBe('RECEIVED');
  });
});

const askReturn = (order: Order) =>
  lin.api.mall.requestAfterSale({
    params: { id: order.id },
    body: {
      kind: 'RETURN_REFUND',
      lines: [{ lineId: order.lines[0]?.id ?? '', qty: 1 }],
      reason: 'CHANGED_MIND',
      returnWay: 'CARRIER',
    },
  });

describe('two at once', () => {
  it('undo a hand-over once', async () => {
    const order = await received();
    const codes = await Promise.all([codeOf(undoOf(order.id)), codeOf(undoOf(order.id))]);
    expect(codes.sort()).toEqual(['ALREADY_UNDONE', 'done']);
    expect((await orderNow(order)).state).toBe('TO_PICKUP');
  });

  it('never leave a return, a review or points on goods that wait', async () => {
    const [returning, reviewing, earning] = [await received(), await received(), await received()];
    const [undoneReturn, asked] = await Promise.all([codeOf(undoOf(returning.id)), codeOf(askReturn(returning))]);
    expect([undoneReturn, asked].filter((one) => one === 'done')).toHaveLength(1);
    const review = { orderId: reviewing.id, lineId: reviewing.lines[0]?.id ?? '', stars: 5, text: '很好' };
    const [undoneReview, written] = await Promise.all([
      codeOf(undoOf(reviewing.id)),
      codeOf(lin.api.mall.addReview({ body: review })),
    ]);
    expect([undoneReview, written].filter((one) => one === 'done')).toHaveLength(1);
    await Promise.all([undoOf(earning.id), e2e.work(2)]);
    await e2e.work(5);
    expect(
      await count(
        e2e,
        "SELECT COALESCE(SUM(amount + pending), 0) AS n FROM asset_entry WHERE brand_id = ? AND order_id = ? AND asset = 'POINTS'",
        [earning.id],
      ),
    ).toBe(0);
  });
});

describe('goods for points handed over by mistake', () => {
  it('wait again under their code, at least a day', async () => {
    await givePoints(300);
    const good = await (await headquarters(e2e)).console.createPointsGood({
      body: {
        kind: 'GOODS',
        name: '帆布袋',
        imageUrl: '/files/demo/bag.jpg',
        description: '',
        points: 100,
        stock: 5,
        perPersonLimit: null,
        couponTemplateId: null,
        isListed: true,
        position: 1,
      },
    });
    const wish = { params: { id: good.id }, body: { qty: 1, storeId: e2e.shop.north } };
    const exchange = await lin.api.mall.redeemPoints(wish);
    const code = { params: { code: exchange.pickupCode ?? '' } };
    await e2e.pass(30 * 86_400_000 - MINUTE);
    guide = await e2e.guide('north');
    await guide.guide.handOverExchange(code);
    expect(await lastOf(exchange.id)).toMatchObject({ kind: 'EXCHANGE', title: '帆布袋', canUndo: true });
    await undoOf(exchange.id);
    await e2e.pass(2 * MINUTE);
    lin = await e2e.consumer('lin');
    const mine = () => lin.api.mall.pointsExchange({ params: { id: exchange.id } });
    expect(await mine()).toMatchObject({ state: 'TO_PICKUP', pickupCode: exchange.pickupCode, doneAt: null });
    expect((await guide.guide.handOverExchange(code)).state).toBe('DONE');
    await undoOf(exchange.id);
    await e2e.pass(25 * 3_600_000);
    expect((await mine()).state).toBe('CANCELLED');
  });
});

async function givePoints(amount: number): Promise<void> {
  const { bench, brandId } = e2e;
  const originId = bench.ids.next();
  const lot = { kind: 'POINTS' as const, amount, originKind: 'ADJUST', originId, title: '人工调整' };
  const cause = { kind: 'ADJUST', ref: `ADJUST:${originId}`, title: '人工调整' };
  await bench.unitOfWork.run('give points', (tx) =>
    e2e.app.get(Points).ledger.credit(tx, brandId, 'POINTS', lin.memberId as MemberId, [{ lot, cause }]),
  );
}
