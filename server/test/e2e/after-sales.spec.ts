import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { type E2e, openE2e } from '../harness/e2e.js';
import { effects } from './money-journeys.js';
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
  workNow,
} from './sale-steps.js';

jest.setTimeout(180_000);

const HOUR_MS = 3_600_000;
let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
});
afterAll(() => e2e.close());
beforeEach(async () => {
  lin = await e2e.consumer('lin');
});
afterEach(async () => {
  e2e.sims.core.faults.clear();
  await settle(e2e, 240);
  await expectQuiet(e2e);
});

type Kind = 'REFUND_ONLY' | 'RETURN_REFUND' | 'EXCHANGE';
const wishOf = (
  order: { lines: { id: string }[] },
  kind: Kind,
  more: Partial<{ qty: number; returnWay: 'CARRIER' | 'STORE'; returnStoreId: string; exchangeSkuId: string }> = {},
) => {
  const { qty = 1, ...rest } = more;
  return { kind, lines: [{ lineId: order.lines[0]?.id ?? '', qty }], reason: 'CHANGED_MIND' as const, ...rest };
};

async function ask(
  order: { id: string; lines: { id: string }[] },
  kind: Kind,
  more: Parameters<typeof wishOf>[2] = {},
) {
  const wish = wishOf(order, kind, more);
  const preview = await lin.api.mall.previewAfterSale({ params: { id: order.id }, body: wish });
  return lin.api.mall.requestAfterSale({
    params: { id: order.id },
    body: { ...wish, expectedRefundFen: preview.sources.totalFen, text: '穿着不合适' },
  });
}
const caseOf = (id: string) => lin.api.mall.afterSale({ params: { id } });
const onHand = (storeId: string, skuId: string) =>
  count(e2e, 'SELECT on_hand AS n FROM stock WHERE brand_id = ? AND store_id = ? AND sku_id = ?', [storeId, skuId]);
const sku = (at: number) => e2e.shop.products.flatMap((product) => product.skus)[at] ?? '';

/** Two pieces, handed over. */
async function received(qty = 2, place: 'north' | 'lake' = 'north') {
  const order = await buy(e2e, lin, { qty, guideCode: 'NORTH', storeId: e2e.shop[place] });
  await handOver(e2e, order.pickupCode, place);
  return lin.api.mall.order({ params: { id: order.id } });
}

describe('after-sale of what has not left', () => {
  it('says every consequence, agrees at once and pays back exactly what was said', async () => {
    const order = await buy(e2e, lin, { qty: 2, guideCode: 'NORTH' });
    const options = await lin.api.mall.afterSaleOptions({ params: { id: order.id } });
    expect(options.kinds.map((kind) => [kind.value, kind.isAllowed])).toEqual([
      ['REFUND_ONLY', true],
      ['RETURN_REFUND', false],
      ['EXCHANGE', false],
    ]);
    const preview = await lin.api.mall.previewAfterSale({
      params: { id: order.id },
      body: wishOf(order, 'REFUND_ONLY'),
    });
    expect(preview).toMatchObject({ willApproveAtOnce: true, sources: { totalFen: 100_000, cashFen: 100_000 } });
    expect(preview.consequences.map((one) => one.kind)).toEqual(
      expect.arrayContaining(['CASH', 'GUIDE', 'SPLIT', 'TIME']),
    );
    const made = await ask(order, 'REFUND_ONLY');
    expect(made.state).toBe('REFUNDING');
    await settle(e2e);
    expect(await caseOf(made.id)).toMatchObject({ state: 'DONE', refundFen: 100_000, refundState: 'SUCCESS' });
    expect(effects(e2e, order.id).order?.refunded).toBe(100_000);
  });

  it('refuses a request whose refund is no longer what was read, and pieces that another case has', async () => {
    const order = await buy(e2e, lin, { qty: 1 });
    const body = { ...wishOf(order, 'REFUND_ONLY'), expectedRefundFen: 1 };
    await expect(lin.api.mall.requestAfterSale({ params: { id: order.id }, body })).rejects.toMatchObject({
      code: 'AFTER_SALE_CHANGED',
    });
    await ask(order, 'REFUND_ONLY');
    await expect(ask(order, 'REFUND_ONLY')).rejects.toMatchObject({ code: 'AFTER_SALE_PIECES' });
  });
});

describe('after-sale of what was received', () => {
  it('takes goods back by a carrier, checks them, puts them on the shelf and refunds', async () => {
    const order = await received();
    const before = await onHand(e2e.shop.north, sku(0));
    const made = await ask(order, 'RETURN_REFUND');
    expect(made).toMatchObject({ state: 'REQUESTED', canCancel: true });
    const guide = await e2e.guide('north');
    await guide.guide.approveAfterSale({ params: { id: made.id }, body: {} });
    await lin.api.mall.sendBack({ params: { id: made.id }, body: { company: '顺丰', trackingNo: 'SF1234567890' } });
    await (await headquarters(e2e)).console.receiveAfterSale({ params: { id: made.id }, body: {} });
    await settle(e2e);
    const done = await caseOf(made.id);
    expect(done).toMatchObject({ state: 'DONE', refundFen: 100_000 });
    expect(done.messages.length).toBeGreaterThanOrEqual(4);
    expect(await onHand(e2e.shop.north, sku(0))).toBe(before + 1);
    expect((await splitOf(e2e, order.id)).legs.reduce((sum, leg) => sum + leg.fen, 0)).toBe(100_000);
  });

  it('takes goods back in another store, shelves them there and books what that store owes', async () => {
    const order = await received(1, 'lake');
    const made = await ask(order, 'RETURN_REFUND', { returnWay: 'STORE', returnStoreId: e2e.shop.north });
    await (await headquarters(e2e)).console.approveAfterSale({ params: { id: made.id }, body: {} });
    const { returnCode } = await caseOf(made.id);
    const before = await onHand(e2e.shop.north, sku(0));
    const shanghai = await e2e.guide('shanghai');
    const code = { params: { code: returnCode ?? '' } };
    await expect(shanghai.guide.lookUpReturn(code)).rejects.toMatchObject({ code: 'RETURN_CODE' });
    await (await e2e.guide('north')).guide.receiveReturn({ ...code, body: {} });
    await settle(e2e);
    expect((await caseOf(made.id)).state).toBe('DONE');
    expect(await onHand(e2e.shop.north, sku(0))).toBe(before + 1);
    const owed = 'SELECT SUM(fen) AS n FROM clearing_leg WHERE brand_id = ? AND party = ?';
    expect(await count(e2e, owed, [`STORE:${e2e.shop.north}`])).toBe(-100_000);
    expect(await count(e2e, owed, [`STORE:${e2e.shop.lake}`])).toBe(100_000);
  });

  it('exchanges for another size without money moving, and takes the new piece back later', async () => {
    const order = await received(1);
    const [first, second] = [await onHand(e2e.shop.north, sku(0)), await onHand(e2e.shop.north, sku(1))];
    const made = await ask(order, 'EXCHANGE', { exchangeSkuId: sku(1) });
    expect(made).toMatchObject({ refundFen: 0, exchangeSpec: '松绿 L' });
    const hq = await headquarters(e2e);
    await hq.console.approveAfterSale({ params: { id: made.id }, body: {} });
    await hq.console.receiveAfterSale({ params: { id: made.id }, body: {} });
    await hq.console.resendAfterSale({ params: { id: made.id }, body: { company: '顺丰', trackingNo: 'SF99887766' } });
    await lin.api.mall.confirmResent({ params: { id: made.id } });
    expect((await caseOf(made.id)).state).toBe('DONE');
    expect(await onHand(e2e.shop.north, sku(0))).toBe(first + 1);
    expect(await onHand(e2e.shop.north, sku(1))).toBe(second - 1);
    const back = await ask(order, 'RETURN_REFUND');
    await hq.console.approveAfterSale({ params: { id: back.id }, body: {} });
    await hq.console.receiveAfterSale({ params: { id: back.id }, body: {} });
    await settle(e2e);
    expect((await caseOf(back.id)).state).toBe('DONE');
    expect(await onHand(e2e.shop.north, sku(1))).toBe(second);
  });

  it('says that the piece to exchange for is gone when nobody decided in time, and leaves time to ask for something else', async () => {
    const order = await received(1);
    await e2e.pass(6.5 * DAY_MS);
    lin = await e2e.consumer('lin');
    const made = await ask(order, 'EXCHANGE', { exchangeSkuId: sku(1) });
    const shelf = [e2e.brandId, e2e.shop.north, sku(1)];
    const where = 'WHERE brand_id = ? AND store_id = ? AND sku_id = ?';
    await e2e.bench.database.execute(`UPDATE stock SET on_hand = reserved ${where}`, shelf);
    await e2e.pass(49 * HOUR_MS);
    await e2e.bench.database.execute(`UPDATE stock SET on_hand = reserved + 1000 ${where}`, shelf);
    lin = await e2e.consumer('lin');
    expect(await caseOf(made.id)).toMatchObject({ state: 'REFUSED', hint: expect.stringContaining('卖完') });
    const again = await ask(order, 'RETURN_REFUND');
    await lin.api.mall.cancelAfterSale({ params: { id: again.id } });
  });

  it('is refused with a reason, can be asked again, withdrawn, and ends by itself when nobody acts', async () => {
    const order = await received(1);
    const hq = await headquarters(e2e);
    const first = await ask(order, 'RETURN_REFUND');
    await hq.console.refuseAfterSale({ params: { id: first.id }, body: { text: '吊牌已经剪掉了' } });
    expect((await caseOf(first.id)).hint).toContain('吊牌');
    const second = await ask(order, 'RETURN_REFUND');
    expect((await lin.api.mall.cancelAfterSale({ params: { id: second.id } })).state).toBe('CANCELLED');
    const third = await ask(order, 'RETURN_REFUND');
    await e2e.pass(49 * HOUR_MS);
    lin = await e2e.consumer('lin');
    expect((await caseOf(third.id)).state).toBe('APPROVED');
    await e2e.pass(8 * DAY_MS);
    lin = await e2e.consumer('lin');
    expect((await caseOf(third.id)).state).toBe('CANCELLED');
    // The window was held open by the case and ends after it.
    await e2e.pass(2 * HOUR_MS);
    expect((await lin.api.mall.order({ params: { id: order.id } })).state).toBe('FINISHED');
  });

  it('waits for evidence that the store asks for, then leaves it all the time it had left, and ends when nobody answers', async () => {
    const order = await received(2);
    const first = await ask(order, 'RETURN_REFUND');
    await e2e.pass(47 * HOUR_MS);
    let hq = await headquarters(e2e);
    const question = { text: '麻烦再拍一张问题处的近照', asksEvidence: true };
    const asked = await hq.console.messageAfterSale({ params: { id: first.id }, body: question });
    expect(asked).toMatchObject({ state: 'REQUESTED', isEvidenceAsked: true, isOverdue: false, canApprove: true });
    // Asked again, nothing changes: neither is the answer due later nor is more of the store's time kept.
    expect(await hq.console.messageAfterSale({ params: { id: first.id }, body: question })).toMatchObject({
      dueAt: asked.dueAt,
    });
    await e2e.pass(3 * DAY_MS);
    lin = await e2e.consumer('lin');
    expect(await caseOf(first.id)).toMatchObject({ state: 'REQUESTED', stateText: '等你补充凭证' });
    hq = await headquarters(e2e);
    const listed = async (query: object) => (await hq.console.afterSales({ query })).items.map((one) => one.id);
    expect(await listed({ state: 'REQUESTED' })).toContain(first.id);
    expect(await listed({ overdueOnly: true })).not.toContain(first.id);
    const counter = await (await e2e.guide('north')).guide.afterSales({ query: { waitingOnly: true } });
    expect(counter.items.map((one) => one.id)).not.toContain(first.id);
    const answered = await lin.api.mall.messageAfterSale({ params: { id: first.id }, body: { text: '拍好了' } });
    expect(answered).toMatchObject({ isEvidenceAsked: false, stateText: '等待门店处理' });
    await e2e.pass(HOUR_MS / 2);
    expect((await caseOf(first.id)).state).toBe('REQUESTED');
    await e2e.pass(HOUR_MS);
    expect((await caseOf(first.id)).state).toBe('APPROVED');
    hq = await headquarters(e2e);
    await expect(hq.console.messageAfterSale({ params: { id: first.id }, body: question })).rejects.toMatchObject({
      code: 'AFTER_SALE_STATE',
    });
    await lin.api.mall.cancelAfterSale({ params: { id: first.id } });
    const second = await ask(order, 'RETURN_REFUND');
    await hq.console.messageAfterSale({ params: { id: second.id }, body: question });
    await e2e.pass(8 * DAY_MS);
    lin = await e2e.consumer('lin');
    expect((await caseOf(second.id)).state).toBe('CANCELLED');
    // Deciding without the answer ends the question too.
    const third = await ask(await received(1), 'REFUND_ONLY');
    hq = await headquarters(e2e);
    await hq.console.messageAfterSale({ params: { id: third.id }, body: question });
    await hq.console.refuseAfterSale({ params: { id: third.id }, body: { text: '照片里看不出问题' } });
    expect(await caseOf(third.id)).toMatchObject({ state: 'REFUSED', isEvidenceAsked: false, dueAt: null });
  });

  it('shows a case to nobody of another store', async () => {
    const order = await received(1);
    const made = await ask(order, 'RETURN_REFUND');
    const other = await e2e.desk(`fb-${e2e.brandId}`, 'a-long-password');
    const own = await e2e.desk(`fa-${e2e.brandId}`, 'a-long-password');
    await expect(other.console.afterSale({ params: { id: made.id } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await other.console.afterSales({ query: {} })).items).toEqual([]);
    expect((await own.console.afterSale({ params: { id: made.id } })).memberName).not.toBeNull();
    const zhou = await e2e.consumer('zhou');
    await expect(zhou.api.mall.afterSale({ params: { id: made.id } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await lin.api.mall.cancelAfterSale({ params: { id: made.id } });
  });
});

describe('a refund that fails', () => {
  it('pain-07 is tried again under a new number and the books are equal', async () => {
    const order = await buy(e2e, lin, { qty: 1, guideCode: 'NORTH' });
    e2e.sims.core.faults.add({
      target: 'pay',
      method: 'POST',
      path: '/refunds$',
      kind: '5xx',
      status: 403,
      body: { code: 'USER_ACCOUNT_ABNORMAL', message: '退款请求失败' },
      times: 1,
    });
    const made = await ask(order, 'REFUND_ONLY');
    await settle(e2e, 60);
    expect(await caseOf(made.id)).toMatchObject({ state: 'REFUNDING', refundState: 'FAILED' });
    const hq = await headquarters(e2e);
    expect((await hq.console.afterSale({ params: { id: made.id } })).canRetryRefund).toBe(true);
    await hq.console.retryAfterSaleRefund({ params: { id: made.id } });
    await settle(e2e, 60);
    expect((await caseOf(made.id)).state).toBe('DONE');
    expect(effects(e2e, order.id).refunds.map((one) => one.outRefundNo.endsWith('-2'))).toEqual([true]);
  });

  it('pain-07 blocks no other refund of its order, and takes no share back twice', async () => {
    const order = await received(2);
    await e2e.pass(7 * DAY_MS + 1000);
    await settle(e2e, 240);
    expect(await splitOf(e2e, order.id)).toMatchObject({ state: 'FINISHED' });
    const hq = await headquarters(e2e);
    e2e.sims.core.faults.add({
      target: 'pay',
      method: 'POST',
      path: '/refunds$',
      kind: '5xx',
      status: 403,
      body: { code: 'USER_ACCOUNT_ABNORMAL', message: '退款请求失败' },
      times: 1,
    });
    const one = { reason: '颜色不合适', lines: [{ lineId: order.lines[0]?.id ?? '', qty: 1 }] };
    await hq.console.refundOrder({ params: { id: order.id }, body: one });
    await settle(e2e, 60);
    const taken = () => effects(e2e, order.id).returns.map((share) => share.amount);
    expect(taken()).toEqual([18_000]);
    await hq.console.refundOrder({ params: { id: order.id }, body: one });
    await settle(e2e, 60);
    expect(effects(e2e, order.id).order?.refunded).toBe(100_000);
    expect(taken()).toEqual([18_000]);
  });
});

describe('what a guide owes back after a refund', () => {
  it('pain-06 is netted from the next split of the same collector, and every entitlement still computes again', async () => {
    const debt = async (id: string) =>
      e2e.bench.database.query<{ owed_fen: string; netted_fen: string }>(
        "SELECT owed_fen, netted_fen FROM split_debt WHERE brand_id = ? AND order_id = ? AND party = 'GUIDE'",
        [e2e.brandId, id],
      );
    const first = await received(1);
    await e2e.pass(7 * DAY_MS + 1000);
    await settle(e2e, 240);
    await (await headquarters(e2e)).console.refundOrder({ params: { id: first.id }, body: { reason: '质量问题' } });
    await settle(e2e, 60);
    const [owed] = await debt(first.id);
    expect(Number(owed?.owed_fen) - Number(owed?.netted_fen)).toBe(5_000);
    lin = await e2e.consumer('lin');
    const second = await received(2);
    await e2e.pass(7 * DAY_MS + 1000);
    await settle(e2e, 240);
    const offsets = await e2e.bench.database.query<{ order_id: string; fen: string; state: string }>(
      'SELECT order_id, fen, state FROM split_offset WHERE brand_id = ? AND debt_order_id = ?',
      [e2e.brandId, first.id],
    );
    expect(offsets.reduce((sum, one) => sum + Number(one.fen), 0)).toBe(5_000);
    for (const offset of offsets) {
      const split = await splitOf(e2e, offset.order_id);
      const entitled = split.legs.find((leg) => leg.party === 'GUIDE')?.fen ?? 0;
      const paid = split.receivers.filter((one) => one.party === 'GUIDE').reduce((sum, one) => sum + one.amountFen, 0);
      // The same split also pays the guide what its collector still owed from earlier orders.
      const kept = await count(
        e2e,
        "SELECT SUM(fen) AS n FROM split_offset WHERE brand_id = ? AND order_id = ? AND party = 'GUIDE'",
        [offset.order_id],
      );
      expect([offset.state, paid]).toEqual(['BOOKED', entitled - kept]);
    }
    const [after] = await debt(first.id);
    expect(after?.netted_fen).toBe(after?.owed_fen);
    const open = await count(
      e2e,
      "SELECT COALESCE(SUM(p.fen), 0) AS n FROM posting p WHERE p.brand_id = ? AND p.book = 'ENTITLEMENT' AND p.account LIKE 'due:GUIDE:%' AND p.order_id IN (?, ?)",
      [first.id, second.id],
    );
    expect(open).toBe(0);
    await workNow(e2e);
  });
});
