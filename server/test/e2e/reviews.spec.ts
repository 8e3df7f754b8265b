import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DAY_MS } from '@shuke/shared/kernel';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, buy, count, fillShelves, handOver, headquarters, settle } from './sale-steps.js';

jest.setTimeout(180_000);

/** The smallest PNG that is one. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
let e2e: E2e;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
});
afterAll(async () => {
  const broken = await e2e.broken();
  await e2e.close();
  expect(broken).toEqual([]);
});

/** Bought with the guide of the north store and handed over. */
async function received(key = 'lin', qty = 1) {
  lin = await e2e.consumer(key);
  const order = await buy(e2e, lin, { qty, guideCode: 'NORTH' });
  await handOver(e2e, order.pickupCode);
  return lin.api.mall.order({ params: { id: order.id } });
}
const productId = () => e2e.shop.products[0]?.id ?? '';
const publicReviews = () => lin.api.mall.productReviews({ params: { id: productId() }, query: {} });
const mine = async (id: string) => (await lin.api.mall.myReviews({ query: {} })).items.find((one) => one.id === id);
const write = (order: { id: string; lines: { id: string }[] }, stars: number, text: string, more: object = {}) =>
  lin.api.mall.addReview({ body: { orderId: order.id, lineId: order.lines[0]?.id ?? '', stars, text, ...more } });

describe('a review of goods', () => {
  it('is shown only after words and pictures have passed, with no rating made up before', async () => {
    const order = await received();
    expect((await publicReviews()).summary).toMatchObject({ count: 0, averageTenths: null });
    const { id: pictureId } = await lin.api.mall.uploadPicture({ body: { purpose: 'REVIEW', dataBase64: PNG } });
    const made = await write(order, 4, '很暖，袖子略长', { pictureIds: [pictureId] });
    expect(made.state).toBe('PENDING');
    expect((await publicReviews()).items).toEqual([]);
    await settle(e2e);
    expect(await mine(made.id)).toMatchObject({ state: 'SHOWN', rewardText: '20 积分' });
    const page = await publicReviews();
    expect(page.summary).toMatchObject({ count: 1, averageTenths: 40, withPictures: 1, goodPercent: 100 });
    expect(page.items[0]).toMatchObject({ stars: 4, text: '很暖，袖子略长' });
    await expect(write(order, 5, '再写一次')).rejects.toMatchObject({ code: 'REVIEW_DONE' });
  });

  it('with forbidden words is hidden with its reason in the log, and one in doubt waits for a person', async () => {
    const bad = await write(await received(), 5, '加微信领券');
    const doubtful = await write(await received(), 5, '店里有QQ群吗');
    await settle(e2e);
    expect((await mine(bad.id))?.state).toBe('HIDDEN');
    expect((await mine(doubtful.id))?.state).toBe('MANUAL');
    const hq = await headquarters(e2e);
    const { items } = await hq.console.reviews({ query: { state: 'HIDDEN' } });
    expect(items.find((one) => one.id === bad.id)?.log[0]?.text).toContain('违法');
    await hq.console.showReview({ params: { id: doubtful.id }, body: { note: '只是问路' } });
    expect((await mine(doubtful.id))?.state).toBe('SHOWN');
  });

  it('can be followed up once within thirty days, answered by both sides, and taken back for good', async () => {
    const order = await received();
    const made = await write(order, 5, '轻得像没穿');
    await settle(e2e);
    await e2e.pass(3 * DAY_MS);
    lin = await e2e.consumer('lin');
    await lin.api.mall.followUp({ params: { id: made.id }, body: { text: '洗过一次没有跑绒' } });
    await settle(e2e);
    const fa = await e2e.desk(`fa-${e2e.brandId}`, 'a-long-password');
    await fa.console.replyReview({ params: { id: made.id }, body: { text: '谢谢喜欢' } });
    await (await headquarters(e2e)).console.replyReview({ params: { id: made.id }, body: { text: '欢迎常来' } });
    const shown = (await publicReviews()).items.find((one) => one.id === made.id);
    expect(shown?.followUp).toMatchObject({ text: '洗过一次没有跑绒', daysAfter: 3 });
    expect(shown?.replies.map((reply) => reply.text)).toEqual(['谢谢喜欢', '欢迎常来']);
    await expect(lin.api.mall.followUp({ params: { id: made.id }, body: { text: '再追一条' } })).rejects.toMatchObject({
      code: 'FOLLOW_UP_NOT_POSSIBLE',
    });
    const before = (await publicReviews()).summary?.count ?? 0;
    await lin.api.mall.deleteReview({ params: { id: made.id } });
    expect((await publicReviews()).summary?.count).toBe(before - 1);
    expect(
      await count(
        e2e,
        "SELECT COUNT(*) AS n FROM review WHERE brand_id = ? AND id = ? AND text = '' AND author_name = ''",
        [made.id],
      ),
    ).toBe(1);
  });

  it('says tags by its words: counted while it is shown, to choose by, from the dictionary of headquarters', async () => {
    const said = async () =>
      Object.fromEntries(((await publicReviews()).summary?.tags ?? []).map(({ name, count: n }) => [name, n]));
    const by = async (tag: string) =>
      (await lin.api.mall.productReviews({ params: { id: productId() }, query: { tag } })).items.map((one) => one.id);
    const before = await said();
    const first = await write(await received(), 5, '很暖和，尺码合适，没有色差');
    const second = await write(await received(), 3, '不保暖，还偏大');
    await settle(e2e);
    const now = await said();
    expect([now['保暖'], now['尺码准'], now['偏大'], now['颜色正']]).toEqual([(before['保暖'] ?? 0) + 1, 1, 1, 1]);
    expect([await by('尺码准'), await by('偏大'), await by('没人说过')]).toEqual([[first.id], [second.id], []]);
    await lin.api.mall.deleteReview({ params: { id: second.id } });
    expect([(await said())['偏大'], await by('偏大')]).toEqual([undefined, []]);
    const hq = await headquarters(e2e);
    const rules = await hq.console.reviewRules();
    const body = { ...rules, tags: [{ name: '口袋多', words: ['口袋多'] }] };
    await hq.console.setReviewRules({ body });
    await write(await received(), 5, '口袋多，很暖和');
    await settle(e2e);
    expect(await said()).toEqual({ 口袋多: 1 });
    await hq.console.setReviewRules({ body: rules });
    // Also what was written before and in between is read with the new dictionary.
    await settle(e2e);
    expect(await said()).toMatchObject({ 保暖: (now['保暖'] ?? 0) + 1, 尺码准: 1 });
    expect((await said())['口袋多']).toBeUndefined();
  });

  it('is hidden only for a legal reason by headquarters, never by a store', async () => {
    const made = await write(await received(), 1, '拉链坏了');
    await settle(e2e);
    const hide = { params: { id: made.id }, body: { reason: 'PERSONAL_DATA' as const, note: '写了店员的手机号' } };
    const fa = await e2e.desk(`fa-${e2e.brandId}`, 'a-long-password');
    await expect(fa.console.hideReview(hide)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const fb = await e2e.desk(`fb-${e2e.brandId}`, 'a-long-password');
    expect((await fb.console.reviews({ query: {} })).items).toEqual([]);
    const hidden = await (await headquarters(e2e)).console.hideReview(hide);
    expect(hidden).toMatchObject({ state: 'HIDDEN' });
    expect(hidden.log.at(-1)?.text).toContain('隐私');
  });
});

describe('a review of service', () => {
  it('with a low score opens a ticket that only the consumer closes', async () => {
    const order = await received();
    const made = await lin.api.mall.addServiceReview({
      body: { orderId: order.id, attitude: 2, expertise: 4, speed: 4, text: '等了很久', isAnonymous: true },
    });
    expect(made.ticket).toMatchObject({ state: 'OPEN', stateText: '店长正在处理，24 小时内会联系你' });
    // Nobody has called yet: there is no call to be dissatisfied with, and the store's time does not begin anew.
    const early = { params: { id: made.ticket?.id ?? '' }, body: { isSatisfied: false } };
    await expect(lin.api.mall.closeReviewTicket(early)).rejects.toMatchObject({ code: 'TICKET_STATE' });
    await settle(e2e);
    const guide = await e2e.guide('north');
    const open = (await guide.guide.reviewTickets({ query: { state: 'OPEN' } })).items;
    const ticket = open.find((one) => one.reviewId === made.id);
    expect(ticket).toMatchObject({ authorName: '匿名用户', isOverdue: false });
    const params = { id: ticket?.id ?? '' };
    await guide.guide.callBack({ params, body: { note: '已道歉并约好再来' } });
    expect((await lin.api.mall.closeReviewTicket({ params, body: { isSatisfied: false } })).ticket?.state).toBe('OPEN');
    await guide.guide.callBack({ params, body: { note: '店长再次联系' } });
    expect((await lin.api.mall.closeReviewTicket({ params, body: { isSatisfied: true } })).ticket?.state).toBe(
      'CLOSED',
    );
    const seen = (await guide.guide.reviews({ query: { kind: 'SERVICE' } })).items.find((one) => one.id === made.id);
    expect(seen).toMatchObject({ authorName: '匿名用户', orderNo: '' });
  });

  it('is possible for goods that went back, and gives no score below the minimum sample', async () => {
    const order = await received();
    await (await headquarters(e2e)).console.refundOrder({ params: { id: order.id }, body: { reason: '质量问题' } });
    await settle(e2e);
    await expect(write(order, 5, '没有用过')).rejects.toMatchObject({ code: 'REVIEW_NOT_POSSIBLE' });
    const body = { orderId: order.id, attitude: 5, expertise: 5, speed: 5, text: '' };
    expect((await lin.api.mall.addServiceReview({ body })).state).toBe('SHOWN');
    const score = await lin.api.mall.guideScore({ params: { id: e2e.shop.guides.north } });
    expect(score).toMatchObject({ isEnough: false, scoreHundredths: null });
  });

  it('is refused to whoever is paid as a guide', async () => {
    const order = await received();
    await e2e.bench.database.execute("UPDATE guide SET receiver_openid = ? WHERE brand_id = ? AND code = 'PAUSE'", [
      lin.openid,
      e2e.brandId,
    ]);
    await expect(write(order, 5, '自己夸自己')).rejects.toMatchObject({ code: 'REVIEW_BY_EMPLOYEE' });
    await e2e.bench.database.execute("UPDATE guide SET receiver_openid = NULL WHERE brand_id = ? AND code = 'PAUSE'", [
      e2e.brandId,
    ]);
  });
});

describe('an offline purchase', () => {
  it('is reviewed with the code on its receipt, once', async () => {
    lin = await e2e.consumer('lin');
    const orderId = e2e.bench.ids.next<'order'>();
    const lineId = e2e.bench.ids.next<'line'>();
    const now = new Date(e2e.sims.clock.now());
    await e2e.bench.database.execute(
      `INSERT INTO sales_order (brand_id, id, order_no, channel, kind, store_id, guide_id, state, fulfil, goods_fen, freight_fen, total_fen, refunded_fen, remark, created_at, paid_at)
       VALUES (?,?,?,'POS','SALE',?,?,'FINISHED','PICKUP',100000,0,100000,0,'',?,?)`,
      [e2e.brandId, orderId, `T${orderId}`, e2e.shop.north, e2e.shop.guides.north, now, now],
    );
    await e2e.bench.database.execute(
      `INSERT INTO order_line (brand_id, order_id, id, product_id, code, name, spec, qty, unit_price_fen, amount_fen, payable_fen, refunded_qty, refunded_fen)
       VALUES (?,?,?,?,'XL1000','羽绒服','松绿 M',1,100000,100000,100000,0,0)`,
      [e2e.brandId, orderId, lineId, productId()],
    );
    const { token } = await (await e2e.guide('north')).guide.inviteReview({ params: { id: orderId } });
    expect((await lin.api.mall.reviewInvite({ params: { token } })).lines).toHaveLength(1);
    const body = { lines: [{ lineId, stars: 5, text: '店里试过才买的' }] };
    const { items } = await lin.api.mall.useReviewInvite({ params: { token }, body });
    expect(items[0]).toMatchObject({ isOffline: true, kind: 'LINE' });
    await expect(lin.api.mall.useReviewInvite({ params: { token }, body })).rejects.toMatchObject({
      code: 'INVITE_USED',
    });
    const late = await (await e2e.guide('north')).guide.inviteReview({ params: { id: orderId } });
    await e2e.bench.database.execute(
      'UPDATE review_invite SET expires_at = made_at WHERE brand_id = ? AND used_at IS NULL',
      [e2e.brandId],
    );
    await expect(lin.api.mall.reviewInvite({ params: { token: late.token } })).rejects.toMatchObject({
      code: 'INVITE_EXPIRED',
    });
    await settle(e2e);
    expect((await publicReviews()).items.some((one) => one.isOffline)).toBe(true);
  });
});
